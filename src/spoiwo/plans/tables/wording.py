"""Values of plans in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.institutions.types import Badge
from spoiwo.plans import messages
from spoiwo.plans.models import Action, Evidence, PlanVersion
from spoiwo.plans.queries.reading import OpenedPlan
from spoiwo.plans.types import (
    OPEN_ACTIONS,
    PERSON,
    ActionDraft,
    Content,
    FieldChange,
    GoalDraft,
    Paper,
    Payment,
    Worker,
)
from spoiwo.projects.messages import SUPPORT_NAMES, SUPPORT_STATE_NAMES
from spoiwo.projects.queries.choosing import GivenSupport
from spoiwo.toolkit.templatetags.spoiwo import pl_date, zloty

Badges = Mapping[int, Badge]
CODE_SHOWN = 16
REFERRAL = "referral"


def plan_title(opened: OpenedPlan) -> str:
    """Whom the plan is about, and its number."""
    return f"{name_of(opened)}, {opened.plan.number}"


def name_of(opened: OpenedPlan) -> str:
    """The person as the own register names them."""
    if opened.name is None:
        return _("A person who is no longer in your register")
    return f"{opened.name.first_name} {opened.name.last_name}"


def party_name(party: int | None, badges: Badges) -> str:
    """A party; the person is one too."""
    if not party:
        return str(messages.PERSON_NAME)
    badge = badges.get(party)
    return badge.name if badge else _("an institution that is no party")


def short_code(fingerprint: str) -> str:
    """The first signs of a fingerprint in groups of four, for people to compare."""
    shown = fingerprint[:CODE_SHOWN]
    return " ".join(shown[place : place + 4] for place in range(0, len(shown), 4))


def value_words(field: str, value: Any, badges: Badges) -> str:  # noqa: PLR0911 one return for each kind of value
    """A value of a plan in words."""
    if value is None or value == "":
        return ""
    if field in {"owner", "institution"}:
        return party_name(value, badges)
    if field == "parties":
        return ", ".join(party_name(one, badges) for one in value)
    if field == "area":
        return str(messages.AREA_NAMES[value])
    if field == "kind":
        return str(messages.PAPER_NAMES[value])
    if field == "role":
        return str(messages.ROLE_NAMES[value])
    if isinstance(value, date):
        return pl_date(value)
    if isinstance(value, Decimal):
        return zloty(value)
    if isinstance(value, tuple):
        return "; ".join(part_words(one, badges) for one in value)
    return str(value)


def part_words(part: Any, badges: Badges) -> str:
    """A whole part of a plan in one line."""
    match part:
        case GoalDraft():
            return _("%(text)s (%(measure)s: from %(baseline)s to %(target)s, by %(day)s)") % {
                "text": part.text,
                "measure": part.measure,
                "baseline": part.baseline,
                "target": part.target,
                "day": pl_date(part.due_on),
            }
        case ActionDraft():
            owner = party_name(part.owner, badges)
            return f"{part.text} ({owner}, {pl_date(part.starts_on)} – {pl_date(part.due_on)})"
        case Payment():
            return f"{pl_date(part.from_on)}: {zloty(part.amount)}"
        case Paper():
            owner = party_name(part.owner, badges)
            return f"{messages.PAPER_NAMES[part.kind]} {part.number}, {pl_date(part.signed_on)} ({owner})"
        case Worker():
            return f"{messages.ROLE_NAMES[part.role]}: {part.name}"
    return str(part)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A difference between two versions in words."""

    where: str
    field: str
    before: str
    after: str


def change_rows(changes: Iterable[FieldChange], badges: Badges) -> list[ChangeRow]:
    """Differences in words; a whole part that came or went stands in one line."""
    rows = []
    for one in changes:
        whole = one.field == ""
        where = str(messages.PART_NAMES[one.part])
        if one.part == "payment":
            where = f"{where}: {pl_date(date.fromisoformat(one.label))}"
        elif one.label:
            where = f"{where}: {one.label}"
        before, after = (
            (part_words(value, badges) if value is not None else "")
            if whole
            else value_words(one.field, value, badges)
            for value in (one.before, one.after)
        )
        rows.append(ChangeRow(where, str(messages.FIELD_NAMES[one.field]), before, after))
    return rows


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What proves an action. referral: public id of the own referral that told it, empty otherwise."""

    text: str
    who: str
    on: date
    referral: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as the page shows it. may_finish: the reader's institution may write its outcome down."""

    action: Action
    owner: str
    kind: str
    state: str
    tone: str
    is_late: bool
    may_finish: bool
    evidence: tuple[EvidenceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with its actions."""

    goal: GoalDraft
    actions: tuple[ActionRow, ...]


def _evidence_row(one: Evidence, institution: int) -> EvidenceRow:
    kind, _sign, what = one.ref.partition(":")
    is_own = kind == REFERRAL and one.institution_id == institution
    day = timezone.localdate(one.at)
    return EvidenceRow(one.text, one.institution.short_name, day, what if is_own else "")


def goal_rows(
    opened: OpenedPlan, *, institution: int, today: date, evidence: Mapping[int, Sequence[Evidence]]
) -> list[GoalRow]:
    """The goals of the version in force with what became of their actions."""
    is_active = opened.plan.state == "active"
    by_goal: dict[str, list[ActionRow]] = {}
    for one in opened.actions:
        is_open = one.state in OPEN_ACTIONS
        late = is_open and is_active and one.due_on < today
        by_goal.setdefault(one.goal_key, []).append(
            ActionRow(
                action=one,
                owner=party_name(one.owner_id, opened.badges),
                kind=opened.badges[one.owner_id].kind if one.owner_id in opened.badges else "",
                state=str(messages.ACTION_NAMES[one.state]),
                tone="late" if late else messages.ACTION_TONES.get(one.state, ""),
                is_late=late,
                may_finish=is_active and is_open and one.owner_id in {None, institution},
                evidence=tuple(_evidence_row(two, institution) for two in evidence.get(one.pk, ())),
            )
        )
    return [GoalRow(goal, tuple(by_goal.get(goal.key, ()))) for goal in opened.content.goals]


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """Whether a party has signed."""

    who: str
    kind: str
    words: str
    has_signed: bool


def signature_rows(
    version: PlanVersion, content: Content, badges: Badges, *, signed_before: date | None = None
) -> list[SignatureRow]:
    """Every party and whether, when and how it signed. signed_before: on paper, before the plan was brought in."""
    by_party = {one.institution_id or PERSON: one for one in version.signatures.select_related("account")}
    rows = []
    for party in (*content.parties, PERSON):
        signed = by_party.get(party)
        words = _("has not signed yet")
        if signed_before is not None:
            words = _("%(day)s, on paper, before the plan was brought in from a file") % {
                "day": pl_date(signed_before)
            }
        if signed is not None:
            words = _("%(day)s, %(how)s, %(who)s") % {
                "day": pl_date(signed.signed_on),
                "how": messages.METHOD_NAMES[signed.method],
                "who": signed.account.full_name,
            }
        kind = badges[party].kind if party in badges else ""
        rows.append(SignatureRow(party_name(party, badges), kind, words, bool(signed or signed_before)))
    return rows


def worker_rows(content: Content, badges: Badges) -> list[tuple[str, str, Badge | None]]:
    """(role, name, whose worker)."""
    return [
        (str(messages.ROLE_NAMES[one.role]), bare_name(one.name), badges.get(one.institution))
        for one in content.workers
    ]


def bare_name(name: str) -> str:
    """A worker's name without the institution that choices show behind it."""
    return name.split(" (", maxsplit=1)[0]


def paper_rows(content: Content, badges: Badges) -> Sequence[tuple[str, str]]:
    """(number, whole line)."""
    return [(one.number, part_words(one, badges)) for one in content.papers]


def support_words(one: GivenSupport) -> str:
    """A piece of support that a project gave, in one line."""
    kind = str(SUPPORT_NAMES[one.kind])
    days = f"{pl_date(one.starts_on)} – {pl_date(one.ends_on)}" if one.ends_on else pl_date(one.starts_on)
    return f"{one.participant.project.number}: {one.name or kind}, {days}, {SUPPORT_STATE_NAMES[one.state]}"
