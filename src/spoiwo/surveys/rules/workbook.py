"""XLSForm: rows of a workbook as a questionnaire, and what of it could not be taken.

Sheets are what pyxform's reader gives: one dictionary per row, an empty one for an empty row, so that row n of the
sheet is item n - 2. Columns of our own begin with "spoiwo:" and carry what XLSForm has no word for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from spoiwo.surveys.rules.answering import parsed_number
from spoiwo.surveys.rules.checking import CHOICE_CODE, is_code
from spoiwo.surveys.rules.xpath import NotUnderstood, limits_of, to_condition
from spoiwo.surveys.types import (
    NO,
    YES,
    Choice,
    Content,
    Page,
    Pattern,
    Question,
    QuestionKind,
    Refusal,
    Refused,
    Taken,
    Words,
)

Row = Mapping[str, str]
Sheets = Mapping[str, Sequence[Row]]
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
KIND, UNIT, PATTERN, UNKNOWN_COLUMN = "spoiwo:kind", "spoiwo:unit", "spoiwo:pattern", "spoiwo:no_data"
REGISTER = "spoiwo:from_register"
MOST_ROWS = 3000
SIMPLE = {
    "text": QuestionKind.TEXT,
    "string": QuestionKind.TEXT,
    "integer": QuestionKind.INTEGER,
    "int": QuestionKind.INTEGER,
    "decimal": QuestionKind.DECIMAL,
    "date": QuestionKind.DATE,
    "note": QuestionKind.NOTE,
}
SELECTS = {"select_one": QuestionKind.SINGLE, "select_multiple": QuestionKind.MULTIPLE}
UNDERSTOOD = frozenset(
    {"type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message"}
    | {"appearance", KIND, UNIT, PATTERN, UNKNOWN_COLUMN, REGISTER}
)
TRUE = frozenset({"yes", "true", "true()", "tak"})
TABLE = "table-list"


def read_workbook(sheets: Sheets) -> Taken:
    """The questionnaire of a workbook, and every part that was refused, by sheet, row and column."""
    reader = _Reader(sheets)
    reader.read_choices()
    for number, row in enumerate(sheets.get(SURVEY, ()), start=2):
        if number > MOST_ROWS:
            reader.refuse(number, "type", Refusal.TOO_MANY)
            break
        reader.read_row(number, row)
    title = next((row.get("form_title", "") for row in sheets.get(SETTINGS, ()) if row), "")
    return Taken(
        title, Content(tuple(page for page in reader.pages if page.questions)), tuple(reader.refused)
    )


@dataclass
class _Reader:
    sheets: Sheets
    pages: list[Page] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    lists: dict[str, list[Choice]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    depth: int = 0
    in_repeat: int = 0
    table: Question | None = None
    table_depth: int = 0

    def refuse(self, row: int, column: str, refusal: Refusal, said: str = "", sheet: str = SURVEY) -> None:
        self.refused.append(Refused(sheet, row, column, refusal, said[:120]))

    def read_choices(self) -> None:
        for number, row in enumerate(self.sheets.get(CHOICES, ()), start=2):
            name, code = row.get("list_name", "") or row.get("list name", ""), _code(row.get("name", ""))
            if not name:
                continue
            taken = self.lists.setdefault(name, [])
            if not CHOICE_CODE.fullmatch(code):
                self.refuse(number, "name", Refusal.CHOICE_NAME, code, CHOICES)
            elif any(one.code == code for one in taken):
                self.refuse(number, "name", Refusal.CHOICE_TWICE, code, CHOICES)
            else:
                label = self._words(number, row, "label", CHOICES)
                taken.append(Choice(code, label if label.pl else Words(code)))

    def read_row(self, number: int, row: Row) -> None:
        kind = " ".join(row.get("type", "").split()).replace("begin group", "begin_group")
        kind = kind.replace("end group", "end_group").replace("begin repeat", "begin_repeat")
        kind = kind.replace("end repeat", "end_repeat")
        if not kind:
            return
        if kind == "begin_repeat":
            self.in_repeat += 1
            self.refuse(number, "type", Refusal.REPEAT, row.get("name", ""))
        elif kind == "end_repeat":
            self.in_repeat = max(0, self.in_repeat - 1)
        elif self.in_repeat:
            return
        elif kind == "begin_group":
            self._begin(number, row)
        elif kind == "end_group":
            self._end()
        else:
            self._question(number, row, kind)

    def _begin(self, number: int, row: Row) -> None:
        self.depth += 1
        if TABLE in row.get("appearance", "") or row.get(KIND) == QuestionKind.NUMBERS:
            self._begin_table(number, row)
        elif self.depth == 1:
            code = self._name(number, row, default=f"p{len(self.pages) + 1}")
            title = self._words(number, row, "label")
            condition = self._condition(number, row)
            self.pages.append(Page(code=code, title=title if title.pl else Words(code), condition=condition))
            self._columns(number, row)
        else:
            self.refuse(number, "type", Refusal.NESTED_GROUP, row.get("name", ""))

    def _begin_table(self, number: int, row: Row) -> None:
        code = self._name(number, row, default=f"t{number}")
        numbers = row.get(KIND) == QuestionKind.NUMBERS
        question = Question(
            code=code,
            kind=QuestionKind.NUMBERS if numbers else QuestionKind.MATRIX,
            label=self._words(number, row, "label"),
            hint=self._words(number, row, "hint"),
            required=row.get("required", "").lower() in TRUE,
            may_be_unknown=row.get(UNKNOWN_COLUMN, "").lower() in TRUE,
            unit=row.get(UNIT, ""),
            condition=self._condition(number, row),
            rows=tuple(self.lists.get(f"{code}_rows", ())) if numbers else (),
            choices=tuple(self.lists.get(f"{code}_columns", ())) if numbers else (),
        )
        self.table, self.table_depth = question, self.depth

    def _end(self) -> None:
        if self.table and self.depth == self.table_depth:
            self._put(self.table)
            self.table = None
        self.depth = max(0, self.depth - 1)

    def _question(self, number: int, row: Row, kind: str) -> None:
        if self.table is not None:
            self._table_row(number, row, kind)
            return
        found = self._kind(number, row, kind)
        if found is None:
            return
        question_kind, choices = found
        code = self._name(number, row)
        if not code:
            return
        label = self._words(number, row, "label")
        if not label.pl:
            self.refuse(number, "label", Refusal.LABEL)
            label = Words(code)
        pattern = row.get(PATTERN, "")
        question = Question(
            code=code,
            kind=question_kind,
            label=label,
            hint=self._words(number, row, "hint"),
            required=row.get("required", "").lower() in TRUE and question_kind != QuestionKind.NOTE,
            may_be_unknown=row.get(UNKNOWN_COLUMN, "").lower() in TRUE,
            unit=row.get(UNIT, ""),
            pattern=Pattern(pattern) if pattern in list(Pattern) else Pattern.ANY,
            choices=choices,
            condition=self._condition(number, row),
            from_register=question_kind == QuestionKind.SINGLE and row.get(REGISTER, "").lower() in TRUE,
        )
        self._columns(number, row)
        self._put(self._with_limits(number, row, question))

    def _table_row(self, number: int, row: Row, kind: str) -> None:
        assert self.table is not None
        if self.table.kind == QuestionKind.NUMBERS:
            return  # its cells follow from its rows and columns
        words = kind.split()
        if words[0] != "select_one" or len(words) < 2 or words[1] not in self.lists:
            self.refuse(number, "type", Refusal.TYPE, kind)
            return
        said = row.get("name", "")
        code = _code(said.rpartition(".")[2])
        self.renamed[said] = f"{self.table.code}.{code}"
        label = self._words(number, row, "label")
        added = Choice(code, label if label.pl else Words(code))
        rows = (*self.table.rows, added)
        self.table = replace(self.table, rows=rows, choices=tuple(self.lists[words[1]]))

    def _kind(self, number: int, row: Row, kind: str) -> tuple[QuestionKind, tuple[Choice, ...]] | None:
        words = kind.split()
        if kind in SIMPLE:
            long = SIMPLE[kind] == QuestionKind.TEXT and "multiline" in row.get("appearance", "")
            return (QuestionKind.LONG_TEXT if long else SIMPLE[kind]), ()
        if words[0] not in SELECTS or len(words) < 2:
            self.refuse(number, "type", Refusal.TYPE, kind)
            return None
        if "or_other" in words:
            self.refuse(number, "type", Refusal.OR_OTHER, kind)
        choices = tuple(self.lists.get(words[1], ()))
        if not choices:
            self.refuse(number, "type", Refusal.LIST_UNKNOWN, words[1])
            return None
        if words[0] == "select_one" and {one.code for one in choices} == {YES, NO}:
            return QuestionKind.YES_NO, ()
        return SELECTS[words[0]], choices

    def _put(self, question: Question) -> None:
        if not self.pages:
            self.pages.append(Page(code="p1", title=Words("Pytania", "Questions")))
        page = self.pages[-1]
        self.pages[-1] = replace(page, questions=(*page.questions, question))

    def _name(self, number: int, row: Row, default: str = "") -> str:
        said = row.get("name", "")
        code = _code(said).lower() or default
        taken = {*self.renamed.values(), *(page.code for page in self.pages)}
        if not is_code(code):
            self.refuse(number, "name", Refusal.NAME, said)
            return default
        if code in taken:
            self.refuse(number, "name", Refusal.NAME_TWICE, said)
            return default
        self.renamed[said] = code
        return code

    def _words(self, number: int, row: Row, column: str, sheet: str = SURVEY) -> Words:
        pl = en = ""
        for header, text in row.items():
            name, _parted, language = header.partition("::")
            if name.strip() != column or not text:
                continue
            spoken = language.strip().lower()
            if not spoken or "(pl)" in spoken or spoken.startswith(("pl", "pol")):
                pl = clean(text)
            elif "(en)" in spoken or spoken.startswith("en"):
                en = clean(text)
            elif column == "label":
                self.refuse(number, header, Refusal.COLUMN, text, sheet)
        return Words(pl or en, en if pl else "")

    def _condition(self, number: int, row: Row) -> str:
        said = row.get("relevant", "")
        if not said.strip():
            return ""
        try:
            return to_condition(self._with_our_names(said))
        except NotUnderstood:
            self.refuse(number, "relevant", Refusal.EXPRESSION, said)
            return ""

    def _with_our_names(self, said: str) -> str:
        for theirs, ours in self.renamed.items():
            said = said.replace("${" + theirs + "}", "${" + ours + "}")
        return said

    def _with_limits(self, number: int, row: Row, question: Question) -> Question:
        said = row.get("constraint", "")
        if not said.strip():
            return question
        try:
            if question.kind not in {QuestionKind.INTEGER, QuestionKind.DECIMAL}:
                raise NotUnderstood(said)
            low, high = (_limit(bound) for bound in limits_of(said))
        except NotUnderstood:
            self.refuse(number, "constraint", Refusal.EXPRESSION, said)
            return question
        return replace(question, minimum=low, maximum=high)

    def _columns(self, number: int, row: Row) -> None:
        for header, text in row.items():
            name = header.partition("::")[0].strip()
            if text and name not in UNDERSTOOD:
                self.refuse(number, header, Refusal.COLUMN, text)


def clean(text: str) -> str:
    """A cell's text without the apostrophe that keeps spreadsheets from running it."""
    text = text.strip()
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def _code(said: str) -> str:
    return said.strip().replace("-", "_").replace(".", "_").replace(" ", "_")


def _limit(bound: str | None) -> Decimal | None:
    if bound is None:
        return None
    number = parsed_number(bound)
    if number is None:
        raise NotUnderstood(bound)
    return number
