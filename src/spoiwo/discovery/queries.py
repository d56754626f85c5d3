"""What the pages of discovery show: rounds, who has sent, how many are in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from spoiwo.access import queries as access
from spoiwo.discovery.errors import NoSuchRound
from spoiwo.discovery.models import CommonPerson, Connector, Round, Sending
from spoiwo.discovery.rules.envelopes import bytes_of
from spoiwo.discovery.rules.opening import holds
from spoiwo.discovery.rules.pair_keys import fingerprint
from spoiwo.discovery.types import Level
from spoiwo.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A partner with whom a round may begin, and the agreement that allows it."""

    agreement_id: int
    partner_id: int
    agreement_number: str
    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Tokens of one office, as both sides may know them."""

    institution: str
    is_own: bool
    sent_at: datetime | None
    rows: int
    fingerprint: str
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a round stands, for one of its two offices. given, received: people whose fields lie here."""

    round: Round
    partner: str
    sent: Sequence[Sent]
    sure: int
    possible: int
    given: int
    received: int

    @property
    def own_sent(self) -> bool:
        """Whether the own tokens are there."""
        return any(one.is_own and one.sent_at is not None for one in self.sent)


def rounds_of(actor: Actor) -> QuerySet[Round]:
    """Rounds of the own institution, newest first."""
    rows = Round.objects.visible_to(actor).select_related("left_institution", "right_institution")
    return rows.order_by("-opened_at", "-pk")


def partner_of(found: Round, actor: Actor) -> str:
    """The other office of a round."""
    own_is_left = found.left_institution_id == actor.institution_id
    other = found.right_institution if own_is_left else found.left_institution
    return str(other.short_name)


def round_of(actor: Actor, uuid: UUID) -> Round:
    """One round. Raises NoSuchRound for what is absent or out of reach."""
    found = rounds_of(actor).filter(uuid=uuid).first()
    if found is None:
        raise NoSuchRound(str(uuid))
    return found


def offers(actor: Actor, day: date) -> list[Offer]:
    """With whom a round may begin: parties of agreements in force."""
    found = []
    for agreement in access.agreements_of(actor):
        if not holds(agreement.state, agreement.valid_from, agreement.valid_to, day):
            continue
        found += [
            Offer(
                agreement_id=agreement.pk,
                partner_id=party.institution_id,
                agreement_number=agreement.number,
                partner=party.institution.short_name,
            )
            for party in agreement.parties.all()
            if party.institution_id != actor.institution_id
            and agreement.number in numbers_in_force(actor.institution_id, party.institution_id, day)
        ]
    return sorted(found, key=lambda offer: (offer.partner, offer.agreement_number))


def numbers_in_force(one: int, other: int, day: date) -> set[str]:
    """Agreements by which either of two institutions may give the other something on a day."""
    grants = [*access.grants_between(one, other, day), *access.grants_between(other, one, day)]
    return {grant.agreement_number for grant in grants}


def standing(found: Round, actor: Actor) -> Standing:
    """Figures of a round; nothing about anybody."""
    sendings = {one.institution_id: one for one in found.sendings.all()}
    own_is_left = found.left_institution_id == actor.institution_id
    mine, theirs = ("left_gave", "right_gave") if own_is_left else ("right_gave", "left_gave")
    alias = "left_alias" if own_is_left else "right_alias"
    sure = Q(level=Level.SURE)
    counts = found.people.aggregate(
        sure=Count(alias, filter=sure, distinct=True),
        all=Count(alias, distinct=True),
        given=Count("pk", filter=~Q(**{mine: b""})),
        received=Count("pk", filter=~Q(**{theirs: b""})),
    )
    sides = sorted(
        (found.left_institution, found.right_institution), key=lambda one: one.pk != actor.institution_id
    )
    return Standing(
        round=found,
        partner=partner_of(found, actor),
        sent=[
            _sent(one.short_name, sendings.get(one.pk), is_own=one.pk == actor.institution_id)
            for one in sides
        ],
        sure=counts["sure"],
        possible=counts["all"] - counts["sure"],
        given=counts["given"],
        received=counts["received"],
    )


def connector_of(actor: Actor) -> tuple[Connector, str] | None:
    """The program of the own office and the fingerprint of its key, which is empty until it has come forward."""
    found = Connector.objects.visible_to(actor).first()
    if found is None:
        return None
    return found, fingerprint(bytes_of(found.public)) if found.public else ""


def held_people(found: Round) -> QuerySet[CommonPerson]:
    """Pairs of a round, those with fields first."""
    return found.people.order_by("-level", "uuid")


def _sent(name: str, sending: Sending | None, *, is_own: bool) -> Sent:
    return Sent(
        institution=name,
        is_own=is_own,
        sent_at=sending.sent_at if sending else None,
        rows=sending.rows if sending else 0,
        fingerprint=fingerprint(bytes_of(sending.signer)) if sending else "",
        root=sending.root if sending else "",
    )
