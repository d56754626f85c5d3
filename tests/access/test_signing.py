"""Drafting, signing and ending agreements: who may, what it takes, and what is on record."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from spoiwo.access import errors, messages, queries, services
from spoiwo.access.models import SharingAgreement
from spoiwo.access.types import AgreementTerms, Category, Clause, PurposeTerm
from spoiwo.audit.models import AuditRecord
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import access as make
from tests.makers import institutions as people

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
AT = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
OPERATOR = Actor(user_id=9, institution_id=0, is_operator=True)
State = SharingAgreement.State


def offices(count: int = 2) -> list[int]:
    """Ids of open institutions."""
    return [people.institution().pk for _ in range(count)]


def director(institution_id: int) -> Actor:
    """Who signs for the institution."""
    return Actor(user_id=institution_id, institution_id=institution_id, roles=frozenset({"director"}))


def worker(institution_id: int) -> Actor:
    """Who reads agreements and does not make them."""
    return Actor(user_id=institution_id, institution_id=institution_id, roles=frozenset({"case_worker"}))


def terms(*parties: int, **changed: object) -> AgreementTerms:
    """Complete terms between the parties."""
    values: dict[str, Any] = {
        "number": "1/2026", "title": "Próba", "valid_from": DAY, "valid_to": None, "stale_after_days": 30,
        "link_rules": frozenset(), "parties": frozenset(parties),
        "clauses": frozenset({Clause(0, 0, Category.IDENTITY)}),
        "purposes": frozenset({PurposeTerm(make.purpose().pk, make.legal_basis().pk)}),
        **changed,
    }  # fmt: skip
    return AgreementTerms(**values)


def drafted(*parties: int, **changed: object) -> SharingAgreement:
    """A draft by the first party's director."""
    return services.draft_agreement(terms=terms(*parties, **changed), at=AT, by=director(parties[0]))


def signed(*parties: int, **changed: object) -> SharingAgreement:
    """An agreement all parties signed."""
    agreement = drafted(*parties, **changed)
    for party in parties:
        services.sign(agreement_id=agreement.pk, version=1, at=AT, day=DAY, by=director(party))
    agreement.refresh_from_db()
    return agreement


def outcomes(institution_id: int) -> list[str]:
    """What the chain of the institution says, oldest first."""
    return list(
        AuditRecord.objects.filter(institution_id=institution_id)
        .order_by("seq")
        .values_list("outcome", flat=True)
    )


def of(agreement: SharingAgreement, **more: Any) -> dict[str, Any]:
    """Arguments of a deed on the agreement."""
    return {"agreement_id": agreement.pk, **more}


def test_every_change_is_in_the_chains_of_all_parties_and_of_those_that_left():
    left, right, third = offices(3)
    agreement = drafted(left, right)

    services.edit_draft(
        agreement_id=agreement.pk, version=1, terms=terms(left, third), at=AT, by=director(left)
    )

    assert [outcomes(party) for party in (left, right, third)] == [
        ["drafted", "edited"],
        ["drafted", "edited"],
        ["edited"],
    ]


def test_what_was_drafted_is_read_back():
    left, right = offices()
    wanted = terms(
        left,
        right,
        valid_to=DAY + timedelta(days=9),
        clauses=frozenset({Clause(left, 0, Category.STATUS), Clause(0, right, Category.CONTACT)}),
    )

    agreement = services.draft_agreement(terms=wanted, at=AT, by=OPERATOR)

    assert queries.terms_of(agreement) == wanted


def test_the_last_signature_brings_it_into_force(monkeypatch, django_capture_on_commit_callbacks):
    left, right = offices()
    agreement = drafted(left, right)
    asked = []
    monkeypatch.setattr(
        "spoiwo.access.services.signing.enqueue", lambda name, **pair: asked.append((name, *pair.values()))
    )

    services.sign(agreement_id=agreement.pk, version=1, at=AT, day=DAY, by=director(left))
    waiting = SharingAgreement.objects.get(pk=agreement.pk).state
    with django_capture_on_commit_callbacks(execute=True):
        services.sign(agreement_id=agreement.pk, version=1, at=AT, day=DAY, by=director(right))

    agreement.refresh_from_db()
    assert (waiting, agreement.state, agreement.signed_on) == (State.DRAFT, State.ACTIVE, DAY)
    assert asked == [("matching.rematch", left, right)]
    assert outcomes(left) == ["drafted", "signed", "signed", "activated"]


def test_an_edit_takes_signatures_and_document_away():
    left, right = offices()
    agreement = drafted(left, right)
    services.attach_document(
        agreement_id=agreement.pk, name="../skan.pdf", content=b"%PDF-1", by=director(left)
    )
    services.sign(agreement_id=agreement.pk, version=2, at=AT, day=DAY, by=director(left))

    edited = services.edit_draft(
        agreement_id=agreement.pk,
        version=2,
        terms=terms(left, right, title="Inny"),
        at=AT,
        by=director(right),
    )

    assert edited.document_sha256 == ""
    assert not edited.parties.filter(signed_at__isnull=False).exists()
    assert edited.edit_version == 3


def test_another_document_takes_the_signatures_given_before_it_away():
    left, right = offices()
    draft = make.agreement(left, right, state=State.DRAFT)
    services.sign(agreement_id=draft.pk, version=draft.edit_version, at=AT, day=DAY, by=director(left))

    services.attach_document(agreement_id=draft.pk, name="a.pdf", content=b"%PDF-1", by=director(right))

    assert not draft.parties.filter(signed_at__isnull=False).exists()
    with pytest.raises(errors.NotADraft):
        services.sign(agreement_id=draft.pk, version=draft.edit_version, at=AT, day=DAY, by=director(left))


def test_the_same_document_again_leaves_the_signatures():
    left, right = offices()
    draft = drafted(left, right)
    scan: dict[str, Any] = {"agreement_id": draft.pk, "content": b"%PDF-1", "by": director(left)}
    services.attach_document(name="skan.pdf", **scan)
    services.sign(agreement_id=draft.pk, version=2, at=AT, day=DAY, by=director(left))

    again = services.attach_document(name="skan-2.pdf", **scan)

    assert (again.document_name, again.edit_version) == ("skan-2.pdf", 2)
    assert again.parties.filter(signed_at__isnull=False).count() == 1


def test_a_document_is_kept_once_under_its_fingerprint():
    left, right = offices()
    first, second = drafted(left, right), drafted(left, right, number="2/2026")

    scan: dict[str, Any] = {"name": "../a/skan.pdf", "content": b"%PDF-1"}
    services.attach_document(agreement_id=first.pk, by=director(left), **scan)
    kept = services.attach_document(agreement_id=second.pk, by=director(left), **scan)

    assert kept.document_name == "skan.pdf"
    with default_storage.open(services.document_path(kept)) as file:
        assert file.read() == b"%PDF-1"


def test_a_new_version_replaces_the_one_before():
    left, right = offices()
    former = signed(left, right)
    draft = services.new_version(agreement_id=former.pk, at=AT, by=director(right))
    later = terms(left, right, valid_from=DAY + timedelta(days=10))
    services.edit_draft(agreement_id=draft.pk, version=1, terms=later, at=AT, by=director(right))

    for party in (left, right):
        services.sign(agreement_id=draft.pk, version=2, at=AT, day=DAY, by=director(party))

    former.refresh_from_db()
    assert (former.state, former.valid_to) == (State.ACTIVE, DAY + timedelta(days=9))
    assert queries.grants_to(right, DAY)[0].agreement_id == former.pk
    assert [one.agreement_id for one in queries.grants_to(right, DAY + timedelta(days=10))] == [draft.pk]


def test_a_new_version_from_the_same_day_ends_the_one_before_at_once():
    left, right = offices()
    former = signed(left, right, valid_to=DAY + timedelta(days=99))
    draft = services.new_version(agreement_id=former.pk, at=AT, by=OPERATOR)

    for party in (left, right):
        services.sign(agreement_id=draft.pk, version=1, at=AT, day=DAY, by=director(party))

    former.refresh_from_db()
    assert (former.state, former.valid_to) == (State.ENDED, DAY)
    assert outcomes(left)[-2:] == ["replaced", "activated"]


def test_an_agreement_ends_on_a_day_or_at_once():
    left, right = offices()
    later, past = (
        signed(left, right),
        signed(left, right, number="2/2026", valid_from=DAY - timedelta(days=30)),
    )

    services.end_agreement(agreement_id=later.pk, last_day=DAY, day=DAY, by=director(right))
    services.end_agreement(agreement_id=past.pk, last_day=DAY - timedelta(days=1), day=DAY, by=OPERATOR)

    later.refresh_from_db()
    past.refresh_from_db()
    assert (later.state, later.valid_to) == (State.ACTIVE, DAY)
    assert past.state == State.ENDED
    assert queries.grants_to(right, DAY + timedelta(days=1)) == []


def test_the_operator_enters_what_was_signed_on_paper():
    left, right = offices()
    agreement = drafted(left, right)

    with pytest.raises(errors.DocumentMissing):
        services.put_into_force(agreement_id=agreement.pk, day=DAY, by=OPERATOR)
    services.attach_document(agreement_id=agreement.pk, name="a.pdf", content=b"%PDF-1", by=OPERATOR)
    services.put_into_force(agreement_id=agreement.pk, day=DAY, by=OPERATOR)

    assert queries.grants_to(right, DAY)


def test_a_conflict_names_the_fields_and_changes_nothing():
    left, right = offices()
    agreement = drafted(left, right)
    services.edit_draft(
        agreement_id=agreement.pk,
        version=1,
        terms=terms(left, right, title="Pierwszy"),
        at=AT,
        by=director(left),
    )

    with pytest.raises(Conflict) as refusal:
        services.edit_draft(
            agreement_id=agreement.pk,
            version=1,
            terms=terms(left, right, title="Drugi"),
            at=AT,
            by=director(right),
        )

    [difference] = refusal.value.differences
    assert (difference.field, difference.yours, difference.saved) == ("title", "Drugi", "Pierwszy")
    assert (refusal.value.version, refusal.value.saved_by_user_id, refusal.value.saved_at) == (2, left, AT)


Deed = tuple[type[Exception], Any, Actor, dict[str, Any]]


def arranged() -> tuple[Any, ...]:
    """Three offices; a draft one side signed, an agreement in force with its next version, an empty draft."""
    left, right, third = offices(3)
    draft = drafted(left, right)
    active = signed(left, right, number="2/2026", valid_to=DAY + timedelta(days=9))
    empty = drafted(left, right, number="3/2026", clauses=frozenset())
    again = services.new_version(agreement_id=active.pk, at=AT, by=director(left))
    services.sign(agreement_id=draft.pk, version=1, at=AT, day=DAY, by=director(left))
    return left, right, third, draft, active, empty, again


def refused_deeds() -> list[Deed]:
    """What must be refused: why, which deed, by whom, with what."""
    left, right, third, draft, active, empty, again = arranged()
    at, day = {"at": AT}, {"day": DAY}
    e, d = errors, director
    wanted = terms(left, right)
    words = {"version": 1, "terms": wanted, **at}
    scan = {"name": "a.pdf", "content": b"%PDF-"}
    large = {"name": "a.pdf", "content": b"%PDF-" + b"x" * settings.SPOIWO_UPLOAD_BYTES}
    read, past, far = {"version": 1, **at, **day}, date(2020, 1, 1), date(2030, 1, 1)
    return [
        (e.NotYoursToChange, services.draft_agreement, worker(left), {"terms": wanted, **at}),
        (e.OwnInstitutionMissing, services.draft_agreement, d(third), {"terms": wanted, **at}),
        (e.AgreementNumberTaken, services.draft_agreement, d(left), {"terms": wanted, **at}),
        (e.AgreementNotFound, services.discard_draft, d(third), of(draft)),
        (e.NotYoursToChange, services.discard_draft, worker(left), of(draft)),
        (e.NotADraft, services.discard_draft, d(left), of(active)),
        (e.NotADraft, services.edit_draft, d(left), of(active, **words)),
        (e.NotYoursToChange, services.edit_draft, worker(left), of(draft, **words)),
        (e.AgreementNumberTaken, services.edit_draft, d(left), of(again, **words)),
        (e.NotInForce, services.new_version, d(left), of(draft, **at)),
        (e.NotYoursToChange, services.new_version, worker(left), of(active, **at)),
        (e.DraftAlreadyOpen, services.new_version, d(left), of(active, **at)),
        (e.AlreadySigned, services.sign, d(left), of(draft, **read)),
        (e.NotADraft, services.sign, d(right), of(draft, **{**read, "version": 7})),
        (e.NotYoursToChange, services.sign, worker(right), of(draft, **read)),
        (e.AgreementIncomplete, services.sign, d(left), of(empty, **read)),
        (e.NotADraft, services.put_into_force, OPERATOR, of(active, **day)),
        (e.NotYoursToChange, services.put_into_force, d(left), of(draft, **day)),
        (e.NotInForce, services.end_agreement, d(left), of(draft, last_day=DAY, **day)),
        (e.NotYoursToChange, services.end_agreement, worker(left), of(active, last_day=DAY, **day)),
        (e.EndsBeforeStart, services.end_agreement, d(left), of(active, last_day=past, **day)),
        (e.EndCannotMoveOut, services.end_agreement, d(left), of(active, last_day=far, **day)),
        (e.NotADraft, services.attach_document, d(left), of(active, **scan)),
        (e.NotYoursToChange, services.attach_document, worker(left), of(draft, **scan)),
        (e.DocumentRefused, services.attach_document, d(left), of(draft, **large)),
    ]


def test_deeds_that_are_refused():
    deeds = refused_deeds()
    before = AuditRecord.objects.count()

    for expected, deed, actor, arguments in deeds:
        with pytest.raises(expected):
            deed(by=actor, **arguments)

    assert AuditRecord.objects.count() == before


def test_every_refusal_has_a_sentence():
    worded = [
        errors.PurposeNotAllowed(), errors.NotYoursToChange(), errors.NotADraft(), errors.NotInForce(),
        errors.AgreementNumberTaken("1"), errors.DraftAlreadyOpen(1), errors.AgreementIncomplete(("clauses",)),
        errors.OwnInstitutionMissing(), errors.ClauseOutsideParties(), errors.EndsBeforeStart(),
        errors.EndCannotMoveOut(DAY), errors.AlreadySigned(), errors.DocumentRefused("empty"), errors.DocumentMissing(),
    ]  # fmt: skip

    sentences = {messages.message_for(error) for error in worded}

    assert len(sentences) == len(worded)
    assert all(sentence.endswith(".") for sentence in sentences)
    with pytest.raises(errors.AgreementNotFound):
        messages.message_for(errors.AgreementNotFound())
