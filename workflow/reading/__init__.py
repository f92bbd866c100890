"""What the page of a journey shows: read only, in few queries.

comparison  the present text against the one this person knows
say         what this person can do in the open stage
points      what returns asked for, and what was done about it
blind       what nobody sees before a stage is complete
stages      the stages with their participants and answers
record      the Verlauf in words
office      what authors and administrators can do
"""

from workflow.reading.blind import Screen, screen_of
from workflow.reading.comparison import Comparison, comparison_for, standing_of
from workflow.reading.office import (
    Overrides,
    edit_url,
    may_withdraw,
    overrides_for,
    resubmission_of,
)
from workflow.reading.points import ReturnRow, place_choices, points_by_place, returns_of
from workflow.reading.record import record_of
from workflow.reading.say import Say, answers_to_confirm, say_of
from workflow.reading.stages import stages_of

__all__ = [
    "Comparison",
    "Overrides",
    "ReturnRow",
    "Say",
    "Screen",
    "answers_to_confirm",
    "comparison_for",
    "edit_url",
    "may_withdraw",
    "overrides_for",
    "place_choices",
    "points_by_place",
    "record_of",
    "resubmission_of",
    "returns_of",
    "say_of",
    "screen_of",
    "stages_of",
    "standing_of",
]
