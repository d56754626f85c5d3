"""What was taken from an XLSForm workbook and what was not."""

from dataclasses import dataclass
from enum import StrEnum

from spoiwo.surveys.types.questions import Content


class Refusal(StrEnum):
    """Why a part of an XLSForm workbook was not taken; the sentence says what to do."""

    TYPE = "type"
    EXPRESSION = "expression"
    REPEAT = "repeat"
    NESTED_GROUP = "nested_group"
    LIST_UNKNOWN = "list_unknown"
    OR_OTHER = "or_other"
    COLUMN = "column"
    NAME = "name"
    NAME_TWICE = "name_twice"
    LABEL = "label"
    CHOICE_TWICE = "choice_twice"
    CHOICE_NAME = "choice_name"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Refused:
    """A part of a workbook that was not taken: sheet, row as the spreadsheet numbers it, column, what it said."""

    sheet: str
    row: int
    column: str
    refusal: Refusal
    said: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What could be read from a workbook, and what could not."""

    title: str
    content: Content
    refused: tuple[Refused, ...]
