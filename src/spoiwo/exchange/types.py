"""States of an import, what may be wrong with files and rows, results."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class ImportState(StrEnum):
    """Where an import stands."""

    MAPPING = "mapping"  # waits for a person: which column is what
    CHECKING = "checking"  # a job reads the file
    CHECKED = "checked"  # waits for a person: continue or stop
    STAGING = "staging"  # a job writes rows that nobody sees yet
    SETTLING = "settling"  # published; a job opens and closes relations and starts matching
    DONE = "done"
    CANCELLING = "cancelling"  # a job removes staged rows
    CANCELLED = "cancelled"
    REFUSED = "refused"  # the file cannot be read
    FAILED = "failed"  # tried several times in vain; staged rows were removed


WAITING = frozenset({ImportState.MAPPING, ImportState.CHECKED})
WORKING = frozenset({ImportState.CHECKING, ImportState.STAGING, ImportState.SETTLING, ImportState.CANCELLING})
UNDER_WAY = WAITING | WORKING


class FileFormat(StrEnum):
    """What kind of file."""

    CSV = "csv"
    XLSX = "xlsx"


class FileProblem(StrEnum):
    """Why a whole file cannot be used."""

    EMPTY = "empty"
    NO_ROWS = "no_rows"
    TOO_LARGE = "too_large"
    NOT_A_TABLE = "not_a_table"  # neither CSV nor XLSX
    OLD_WORKBOOK = "old_workbook"  # .xls, or a workbook with a password
    UTF_16 = "utf_16"
    BROKEN_UTF_8 = "broken_utf_8"
    OTHER_ENCODING = "other_encoding"
    ONE_COLUMN = "one_column"  # a delimiter that is not known
    LINE_TOO_LONG = "line_too_long"
    OPEN_QUOTE = "open_quote"
    TOO_MANY_COLUMNS = "too_many_columns"
    BROKEN_WORKBOOK = "broken_workbook"
    WORKBOOK_TOO_LARGE = "workbook_too_large"  # unpacks to far more than it should
    MISSING_COLUMNS = "missing_columns"
    DAMAGED_STORE = "damaged_store"  # our sealed copy does not open
    GAVE_UP = "gave_up"  # several attempts broke off
    TOO_MANY_ROWS = "too_many_rows"  # for a sheet


class SheetKind(StrEnum):
    """What a sheet of the support register holds."""

    SUPPORT = "support"  # advice and other support of past years, a row each
    EVENTS = "events"  # trainings and other events of past years, a row for each person who was there
    KFS = "kfs"  # totals of the National Training Fund, a row per period and priority


class SheetState(StrEnum):
    """Where a sheet stands."""

    COLUMNS = "columns"  # waits for a person: which column is what
    CHECKED = "checked"  # waits for a person: take in or stop
    TAKING = "taking"  # a job writes rows down, batch by batch
    DONE = "done"
    STOPPED = "stopped"


class RowProblem(StrEnum):
    """What may be wrong with a row; the row is rejected."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    CELL_COUNT = "cell_count"
    BAD_DATE = "bad_date"
    IMPOSSIBLE_DATE = "impossible_date"
    FUTURE_DATE = "future_date"
    END_BEFORE_START = "end_before_start"
    UNKNOWN_CODE = "unknown_code"
    DUPLICATE = "duplicate"
    REPEATED_FACT = "repeated_fact"
    UNKNOWN_RECORD = "unknown_record"
    ERASED_RECORD = "erased_record"
    NOT_SENSITIVE = "not_sensitive"  # a sensitive kind of fact under a category that is shared
    NOT_A_NUMBER = "not_a_number"
    NO_MINUTES = "no_minutes"  # no time, or more than a day
    NOBODY = "nobody"  # no name of a recipient
    DAY_TO_COME = "day_to_come"
    UNKNOWN_PROJECT = "unknown_project"
    OUTSIDE_PROJECT = "outside_project"
    PERIOD_CLOSED = "period_closed"
    WRITTEN_ALREADY = "written_already"
    BAD_NUMBER = "bad_number"  # PESEL, NIP or REGON that cannot be
    SEVERAL_MATCH = "several_match"
    REPEATED_TOTAL = "repeated_total"
    EVENT_UNDER_WAY = "event_under_way"  # of this title and day, not reported yet


class RowWarning(StrEnum):
    """What looks wrong with a row that is taken all the same."""

    PESEL_SHAPE = "pesel_shape"
    PESEL_DUMMY = "pesel_dummy"
    PESEL_CHECKSUM = "pesel_checksum"
    PESEL_IMPOSSIBLE_DATE = "pesel_impossible_date"
    PESEL_BIRTH_DATE = "pesel_birth_date"
    PESEL_SEX = "pesel_sex"
    PESEL_ZERO_RESTORED = "pesel_zero_restored"
    TERYT_SHAPE = "teryt_shape"
    TERYT_ZERO_RESTORED = "teryt_zero_restored"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a row. field: standard column, empty for the row as a whole.

    detail: a figure or a code that the wording needs (first row of a duplicate, longest length, unknown code).
    """

    problem: RowProblem | RowWarning
    field: str = ""
    detail: str = ""


class Content(StrEnum):
    """What a column holds, which decides how its cells are read."""

    TEXT = "text"
    PESEL = "pesel"
    DATE = "date"
    PAST_DATE = "past_date"
    SEX = "sex"
    COUNTRY = "country"
    DOCUMENT_KIND = "document_kind"
    STATUS = "status"
    TERYT = "teryt"
    POSTAL_CODE = "postal_code"
    CATEGORY = "category"
    FACT_KIND = "fact_kind"
    NUMBER = "number"  # a whole number
    DURATION = "duration"  # hours: 1,5 or 1:30
    MONEY = "money"
    RECIPIENT = "recipient"
    DELIVERY = "delivery"
    MODE = "mode"
    LABOUR = "labour"
    EVENT = "event"
    YES_NO = "yes_no"
    STAFF = "staff"  # somebody who works at the institution


CODED = frozenset(
    {Content.SEX, Content.COUNTRY, Content.DOCUMENT_KIND, Content.STATUS, Content.CATEGORY, Content.FACT_KIND}
)

SHEET_CODED = frozenset(
    {
        *(Content.RECIPIENT, Content.DELIVERY, Content.MODE, Content.LABOUR, Content.STAFF),
        *(Content.EVENT, Content.YES_NO),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One standard column of a file. label_pl, label_en: its name for people; english, polish: what it holds."""

    name: str
    content: Content = Content.TEXT
    length: int = 0  # characters at most; 0 for dates and codes
    mandatory: bool = False
    label_en: str
    label_pl: str
    english: str
    polish: str
    example: str
    synonyms: tuple[str, ...] = ()  # headers that offices' programs write, folded


ValueMaps = Mapping[str, Mapping[str, str]]  # standard column -> their value -> ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How to read the rows of one file: standard column -> header, and value maps."""

    columns: Mapping[str, str]
    values: ValueMaps = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The beginning of a file: headers, first rows, and distinct values of its columns by header."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    values: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import got. step: ImportState value. total: 0 when unknown."""

    step: ImportState
    done: int
    total: int


Listener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import did, or would do (dry_run)."""

    import_uuid: UUID
    state: ImportState
    kind: str
    generation: int
    as_of: date
    rows: int
    new: int
    changed: int
    unchanged: int
    vanished: int
    rejected: int
    warnings: int
    already_imported: bool
    dry_run: bool
    seconds: float
    problems: Mapping[str, int]  # RowProblem -> rows
    first_findings: Sequence[tuple[int, str, str]]  # (row number, column, problem), the first ones
