"""A plan on paper: one page for the person in simple words, and the whole plan for the files."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from spoiwo.plans import messages
from spoiwo.plans.models import PlanVersion
from spoiwo.plans.queries.reading import OpenedPlan
from spoiwo.plans.rules.content import actions_of, support_in_all
from spoiwo.plans.tables.wording import bare_name, name_of, paper_rows, party_name, short_code
from spoiwo.plans.types import PERSON, ActionDraft, Content
from spoiwo.toolkit.documents import (
    Block,
    Bullets,
    Document,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Signatures,
)
from spoiwo.toolkit.templatetags.spoiwo import pl_date, zloty


def for_person(opened: OpenedPlan, version: PlanVersion, content: Content, *, mark: str = "") -> Document:
    """One page: what I want to reach, what I do, what the offices do, whom I can ask, when we meet."""
    mine = [one for _goal, one in actions_of(content) if one.owner == PERSON]
    theirs = [one for _goal, one in actions_of(content) if one.owner != PERSON]
    blocks: list[Block] = [
        Heading(_("What I want to reach")),
        Bullets(tuple(f"{goal.text} ({_until(goal.due_on)})" for goal in content.goals)),
        Heading(_("What I do")),
        Bullets(tuple(f"{one.text} ({_until(one.due_on)})" for one in mine) or (_("nothing"),)),
        Heading(_("What the offices do for me")),
        Bullets(
            tuple(
                f"{party_name(one.owner, opened.badges)}: {one.text} ({_until(one.due_on)})" for one in theirs
            )
            or (_("nothing"),)
        ),
    ]
    if content.payments:
        blocks += [Heading(_("Money I get")), Bullets(_money(content))]
    blocks += [Heading(_("Whom I can ask")), Bullets(_people(opened, content))]
    if opened.review:
        blocks.append(
            Paragraph(_("We meet to look at the plan on %(day)s.") % {"day": pl_date(opened.review.due_on)})
        )
    blocks.append(Signatures((name_of(opened), *(badge.name for badge in opened.badges.values()))))
    return _document(opened, version, _("My plan"), blocks, mark)


def whole(opened: OpenedPlan, version: PlanVersion, content: Content, *, mark: str = "") -> Document:
    """Everything the version says."""
    blocks: list[Block] = [
        _head(opened, version, content),
        Heading(str(messages.FIELD_NAMES["problem"])),
        Paragraph(content.problem),
        Heading(_("Goals and actions")),
    ]
    for goal in content.goals:
        blocks += [
            Heading(goal.text, level=3),
            Paragraph(
                _("Measured by: %(measure)s. Now: %(baseline)s. To be reached: %(target)s, by %(day)s.")
                % {
                    "measure": goal.measure,
                    "baseline": goal.baseline,
                    "target": goal.target,
                    "day": pl_date(goal.due_on),
                }
            ),
            _actions(opened, goal.text, goal.actions),
        ]
    if content.payments:
        blocks += [_support(content)]
    blocks += [
        Heading(_("Statutory papers")),
        Bullets(tuple(words for _number, words in paper_rows(content, opened.badges)) or (_("none"),)),
        Heading(_("Who works with the person")),
        Bullets(_people(opened, content)),
        Heading(_("Signatures")),
        Signatures((name_of(opened), *(badge.name for badge in opened.badges.values()))),
        Paragraph(
            _("Whole code of the content: %(code)s") % {"code": version.fingerprint or "–"}, quiet=True
        ),
    ]
    return _document(opened, version, _("Individual support plan"), blocks, mark)


def _head(opened: OpenedPlan, version: PlanVersion, content: Content) -> Facts:
    return Facts(
        (
            (_("Person"), name_of(opened)),
            (_("Number"), str(opened.plan.number)),
            (_("Version"), str(version.number)),
            (_("Time"), f"{pl_date(content.starts_on)} – {pl_date(content.ends_on)}"),
            (_("Parties"), ", ".join(party_name(one, opened.badges) for one in content.parties)),
            (_("Sharing agreement"), opened.plan.agreement),
        )
    )


def _document(
    opened: OpenedPlan, version: PlanVersion, title: str, blocks: list[Block], mark: str
) -> Document:
    code = short_code(version.fingerprint) or _("draft, not to be signed")
    return Document(
        title=title,
        subtitle=name_of(opened),
        blocks=tuple(blocks),
        issuer=", ".join(badge.name for badge in opened.badges.values()),
        footer=_("Plan %(number)s, version %(version)s, code: %(code)s")
        % {"number": opened.plan.number, "version": version.number, "code": code},
        mark=mark,
    )


def _until(day: date) -> str:
    return _("by %(day)s") % {"day": pl_date(day)}


def _money(content: Content) -> tuple[str, ...]:
    return tuple(
        _("from %(day)s: %(amount)s a month") % {"day": pl_date(one.from_on), "amount": zloty(one.amount)}
        for one in content.payments
    )


def _people(opened: OpenedPlan, content: Content) -> tuple[str, ...]:
    return tuple(
        f"{messages.ROLE_NAMES[one.role]}: {bare_name(one.name)}, {party_name(one.institution, opened.badges)}"
        for one in content.workers
    )


def _actions(opened: OpenedPlan, caption: str, actions: Sequence[ActionDraft]) -> Grid:
    rows = tuple(
        (
            one.text,
            party_name(one.owner, opened.badges),
            bare_name(one.responsible_name),
            f"{pl_date(one.starts_on)} – {pl_date(one.due_on)}",
            one.evidence,
        )
        for one in actions
    )
    header = (_("Action"), _("Who answers for it"), _("Worker"), _("When"), _("What will prove it"))
    return Grid(caption=_("Actions for the goal: %(goal)s") % {"goal": caption}, header=header, rows=rows)


def _support(content: Content) -> Grid:
    return Grid(
        caption=_("Decreasing financial support, together %(sum)s") % {"sum": zloty(support_in_all(content))},
        header=(_("From"), _("Amount")),
        rows=tuple((pl_date(one.from_on), zloty(one.amount)) for one in content.payments),
        numeric=frozenset({1}),
    )
