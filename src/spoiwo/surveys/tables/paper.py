"""A questionnaire on paper: the same words, with places to write and boxes to tick."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from spoiwo.surveys.models import QuestionnaireVersion
from spoiwo.surveys.rules.budget import minutes_of
from spoiwo.surveys.types import Page, Question, QuestionKind
from spoiwo.toolkit.documents import Block, Bullets, Document, Grid, Heading, Paragraph

LINE = "…" * 40
BOX = "☐"


def paper_of(version: QuestionnaireVersion, *, language: str, issuer: str) -> Document:
    """The print of a version."""
    content = version.questions
    _least, most = minutes_of(content)
    blocks: list[Block] = [
        Paragraph(_("Filling in takes up to %(n)s minutes. Tick the boxes with a cross.") % {"n": most})
    ]
    number = 0
    for page in content.pages:
        blocks += _page(page, language)
        for question in page.questions:
            number += question.kind != QuestionKind.NOTE
            blocks += _question(question, number, language)
    title = version.questionnaire.title.in_language(language)
    return Document(
        title=title,
        blocks=tuple(blocks),
        lang=language[:2],
        issuer=issuer,
        subtitle=_("Version %(n)s") % {"n": version.number},
        footer=f"{version.questionnaire.code} v{version.number}",
    )


def _page(page: Page, language: str) -> Iterator[Block]:
    yield Heading(page.title.in_language(language))
    if page.condition:
        yield Paragraph(_("Only when: %(condition)s") % {"condition": page.condition}, quiet=True)


def _question(question: Question, number: int, language: str) -> Iterator[Block]:
    label = question.label.in_language(language)
    if question.kind == QuestionKind.NOTE:
        yield Paragraph(label)
        return
    mark = "" if question.required else " " + _("(optional)")
    yield Heading(f"{number}. {label}{mark}", level=3)
    hints = [question.hint.in_language(language)]
    if question.condition:
        hints.append(_("Only when: %(condition)s") % {"condition": question.condition})
    if question.kind == QuestionKind.MULTIPLE:
        hints.append(_("You may tick several."))
    if text := " ".join(hint for hint in hints if hint):
        yield Paragraph(text, quiet=True)
    yield from _place(question, label, language)


def _place(question: Question, label: str, language: str) -> Iterator[Block]:
    choices = [choice.label.in_language(language) for choice in question.choices]
    if question.kind in {QuestionKind.MATRIX, QuestionKind.NUMBERS}:
        box = BOX if question.kind == QuestionKind.MATRIX else "……"
        rows = tuple((row.label.in_language(language), *(box for _one in choices)) for row in question.rows)
        yield Grid(label, ("", *choices), rows)
        return
    if question.kind == QuestionKind.YES_NO:
        choices = [_("Yes"), _("No")]
    if question.may_be_unknown:
        choices = [*choices, _("No data")]
    if question.kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.YES_NO}:
        yield Bullets(tuple(f"{BOX} {choice}" for choice in choices))
        return
    lines = 4 if question.kind == QuestionKind.LONG_TEXT else 1
    yield Paragraph("\n".join([f"{LINE} {question.unit}".strip()] * lines))
    if question.may_be_unknown:
        yield Paragraph(f"{BOX} {_('No data')}")
