"""What can be done with a paper on its way: one function per verb.

Each locks (page, journey, stage: always in this order), asks the rules, writes,
leaves a trail and announces, in one transaction. A "no" is a JourneyRefused,
and nothing has been written.
"""

from workflow.actions.claiming import claim, release
from workflow.actions.deciding import confirm, decide, decide_in_bulk
from workflow.actions.deputising import appoint_deputy, revoke_deputy
from workflow.actions.following_up import (
    change_follow_up,
    finish_follow_up,
    note_follow_up,
)
from workflow.actions.guests import (
    ask_for_code,
    ask_for_present_text,
    decide_as_guest,
    open_with_code,
    send_back_as_guest,
)
from workflow.actions.inviting import invite_guest, revoke_guest, send_guest_link
from workflow.actions.moving import move_journey
from workflow.actions.override import end_journey, pass_stage, take_offline
from workflow.actions.returning import send_back, settle_point
from workflow.actions.submission import resubmit, submit
from workflow.actions.takeover import take_over
from workflow.actions.withdrawal import withdraw

__all__ = [
    "appoint_deputy",
    "ask_for_code",
    "ask_for_present_text",
    "change_follow_up",
    "claim",
    "confirm",
    "decide",
    "decide_as_guest",
    "decide_in_bulk",
    "end_journey",
    "finish_follow_up",
    "invite_guest",
    "move_journey",
    "note_follow_up",
    "open_with_code",
    "pass_stage",
    "release",
    "resubmit",
    "revoke_deputy",
    "revoke_guest",
    "send_back",
    "send_back_as_guest",
    "send_guest_link",
    "settle_point",
    "submit",
    "take_offline",
    "take_over",
    "withdraw",
]
