"""What has changed between two texts, for people to read.

texts      every part of a text as lines of plain text, so that a change cannot
           hide in a part of the page that has no picture (a date, an audience)
words      two plain texts side by side: first by lines, in changed lines by words
fields     field by field and block by block; a moved block is moved, not deleted
files      the texts of attached files
summary    how much has changed, in one line
"""

from workflow.differences.fields import (
    Change,
    FieldDifference,
    PartDifference,
    between,
)
from workflow.differences.files import FileDifference, files_between
from workflow.differences.summary import summary_of
from workflow.differences.texts import FILES, Part, parts_of, plain_text
from workflow.differences.words import Mark, Piece, compare

__all__ = [
    "FILES",
    "Change",
    "FieldDifference",
    "FileDifference",
    "Mark",
    "Part",
    "PartDifference",
    "Piece",
    "between",
    "compare",
    "files_between",
    "parts_of",
    "plain_text",
    "summary_of",
]
