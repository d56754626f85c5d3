"""A partnership with its secretariat, bodies, meetings and conclusions, valid as they stand."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import services
from spoiwo.partnership.models import Agreement, Body, Communique, Meeting, Outcome
from spoiwo.partnership.types import (
    AccessionState,
    BodyDetails,
    BodyKind,
    MeetingDetails,
    MeetingKind,
    OutcomeDetails,
    OutcomeKind,
    Seat,
    SeatDetails,
    Step,
)
from tests.makers import institutions as people

_numbers = count(1)
OPERATOR = Actor(user_id=0, institution_id=0, is_operator=True)
FOUNDED = date(2020, 1, 1)
DAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def agreement(*signatories: Institution, secretariat: Institution | None = None) -> Agreement:
    """A partnership agreement kept by a secretariat, signed by institutions since its first day."""
    office = secretariat or people.institution(
        name=f"Sekretariat {next(_numbers)}", email="sekretariat@example.pl"
    )
    made = services.found_agreement(
        code=f"partnerstwo-{next(_numbers)}",
        title="Partnerstwo próbne",
        secretariat_id=office.pk,
        scope="promocja ekonomii społecznej\nwspieranie działań",
        purpose="wspólne promowanie",
        signed_on=FOUNDED,
        by=OPERATOR,
    )
    for one in signatories:
        sign(made, one)
    return made


def sign(partnership: Agreement, institution: Institution, on: date = FOUNDED) -> None:
    """The institution signs."""
    services.set_accession(
        agreement_id=partnership.pk,
        institution_id=institution.pk,
        state=AccessionState.SIGNED,
        on=on,
        by=secretary(partnership),
    )


def secretary(partnership: Agreement, user_id: int = 0) -> Actor:
    """A secretary of the agreement's secretariat."""
    return Actor(
        user_id=user_id or 7_000_000,
        institution_id=partnership.secretariat_id,
        roles=frozenset({str(Role.SECRETARY)}),
    )


def worker(institution: Institution, *roles: Role, user_id: int = 7_100_000) -> Actor:
    """Somebody who works at the institution."""
    held = frozenset(str(role) for role in roles or (Role.CASE_WORKER,))
    return Actor(user_id=user_id, institution_id=institution.pk, roles=held)


def body(partnership: Agreement, **values: Any) -> Body:
    """A council without members, for which nobody is needed for a quorum."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "name": f"Rada {number}",
        "kind": BodyKind.COUNCIL,
        "prefix": f"RP{number}",
        **values,
    }
    return services.create_body(
        agreement_id=partnership.pk, details=BodyDetails(**given), by=secretary(partnership)
    )


def seat(council: Body, institution: Institution, kind: Seat = Seat.MEMBER, **values: Any) -> None:
    """The institution gets a seat since the first day of the agreement."""
    services.give_seat(
        body_id=council.pk,
        details=SeatDetails(institution_id=institution.pk, seat=kind, **{"since": FOUNDED, **values}),
        by=secretary(council.agreement),
    )


def details(**values: Any) -> MeetingDetails:
    """What is written down of a council meeting."""
    given: dict[str, Any] = {
        "kind": MeetingKind.COUNCIL,
        "title": "Posiedzenie Rady",
        "starts_on": DAY,
        **values,
    }
    return MeetingDetails(**given)


def meeting(council: Body, *, announced: bool = False, held: bool = False, **values: Any) -> Meeting:
    """A draft, an announced or a held meeting of the body."""
    by = secretary(council.agreement)
    made = services.draft_meeting(body_id=council.pk, details=details(**values), at=NOON, by=by)
    if announced or held:
        made = services.announce(meeting_id=made.pk, at=NOON, by=by)
    if held:
        made = services.hold(meeting_id=made.pk, at=NOON, by=by)
    return made


def outcome(
    of: Meeting, *, adopted: bool = False, owner: Institution | None = None, **values: Any
) -> Outcome:
    """A proposed conclusion; adopted and given to an owner on request."""
    by = secretary(of.body.agreement)
    given: dict[str, Any] = {"kind": OutcomeKind.CONCLUSION, "text": "Zorganizować spotkanie", **values}
    made = services.propose_outcome(meeting_id=of.pk, details=OutcomeDetails(**given), at=NOON, by=by)
    if adopted or owner:
        made = services.take_step(outcome_id=made.pk, step=Step.ADOPT, at=NOON, today=DAY, by=by)
    if owner:
        made = services.assign(outcome_id=made.pk, owner_id=owner.pk, at=NOON, today=DAY, by=by)
    return made


def communique(council: Body, *, approved: bool = False, **values: Any) -> Communique:
    """A draft of a communiqué, approved on request."""
    by = secretary(council.agreement)
    given: dict[str, Any] = {
        "title": "Komunikat z posiedzenia",
        "text": "Rada obradowała.",
        "year": 2026,
        **values,
    }
    made = services.draft_communique(body_id=council.pk, by=by, **given)
    if approved:
        made = services.approve_communique(communique_id=made.pk, at=NOON, by=by)
    return made
