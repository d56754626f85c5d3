"""Who a person was recognised to be, what guards their record and who serves their address, in words for them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from spoiwo.clients.types import DecisionKind
from spoiwo.matching.messages import rule_name
from spoiwo.oversight.queries.kept import Kept
from spoiwo.oversight.tables.wording import Found, day_words, joined, local_day


def recognised_rows(kept: Kept) -> Iterator[Found]:
    """Rows in no order. A stranger's record that a person's was compared with is not told from any other."""
    yield from _served_too(kept)
    yield from _decisions(kept)
    yield from _compared(kept)
    yield from _guarded(kept)
    yield from _districts(kept)


def _served_too(kept: Kept) -> Iterator[Found]:
    for one in kept.recognised.served_too:
        what = _("Recognised as the same person at %(name)s") % {"name": one.other.name}
        yield local_day(one.since), what, rule_name(one.rule)


def _decisions(kept: Kept) -> Iterator[Found]:
    for one in kept.recognised.decisions:
        under = _("agreement %(number)s") % {"number": one.agreement} if one.agreement else ""
        back = (
            _("taken back on %(day)s") % {"day": day_words(local_day(one.undone_at))} if one.undone_at else ""
        )
        yield local_day(one.decided_at), _decided(one.kind), joined(_by(one, kept.own), under, back)


def _decided(kind: str) -> str:
    return {
        DecisionKind.LINK: _("Decision: your record and another are about one person"),
        DecisionKind.SPLIT: _("Decision: records that were linked are about different people"),
        DecisionKind.APART: _("Decision: your record and a similar one are about different people"),
    }[DecisionKind(kind)]


def _by(one: Any, own: int) -> str:
    if not one.decided_by_user_id:
        return _("by a rule of the agreement: %(rule)s") % {"rule": rule_name(one.rule)}
    return _("by our worker") if one.institution_acting_id == own else _("by a worker of another institution")


def _compared(kept: Kept) -> Iterator[Found]:
    for one in kept.compared:
        said = _("we answered: %(answer)s") % {"answer": one.answer} if one.answer else ""
        row = one.proposal
        details = joined(rule_name(row.rule), said, row.get_state_display())
        yield local_day(row.created_at), _("Proposal that another record is about you too"), details


def _guarded(kept: Kept) -> Iterator[Found]:
    for one in kept.recognised.restrictions:
        until = _("until %(day)s") % {"day": day_words(one.until)} if one.until else ""
        lifted = _("ended on %(day)s") % {"day": day_words(local_day(one.lifted_at))} if one.lifted_at else ""
        what = _("Your data are hidden: only named workers see them")
        yield local_day(one.set_at), what, joined(one.get_kind_display(), until, lifted)
    for hold in kept.recognised.holds:
        ended = (
            _("ended on %(day)s") % {"day": day_words(local_day(hold.released_at))}
            if hold.released_at
            else ""
        )
        yield local_day(hold.set_at), _("Your data may not be erased"), joined(hold.case_ref, ended)


def _districts(kept: Kept) -> Iterator[Found]:
    for one in kept.served.assignments:
        until = _("until %(day)s") % {"day": day_words(one.ends_on)} if one.ends_on else ""
        what = _("District by your address: %(name)s") % {"name": one.district}
        yield one.starts_on, what, until
    for moved in kept.served.hand_overs:
        way = _("from district %(old)s to district %(new)s") % {
            "old": moved.from_district,
            "new": moved.to_district,
        }
        note = _("with a note") if moved.note else ""
        details = joined(way, moved.get_reason_display(), moved.get_state_display(), note)
        yield moved.noticed_on, _("Handing over between workers"), details
