"""What can be done with a paper on its way: one function per verb.

Each locks (page, journey, stage: always in this order), asks the rules, writes,
leaves a trail and announces, in one transaction. A "no" is a JourneyRefused,
and nothing has been written.
"""

from workflow.actions.deciding import decide, return_to_author
from workflow.actions.override import override
from workflow.actions.submission import resubmit, submit
from workflow.actions.takeover import take_over
from workflow.actions.withdrawal import withdraw

__all__ = [
    "decide",
    "override",
    "resubmit",
    "return_to_author",
    "submit",
    "take_over",
    "withdraw",
]
