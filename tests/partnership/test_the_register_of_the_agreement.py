"""The agreement register: who signed when, bodies with one chair at a time, letters, yearly reports that stay."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import Workbook

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import queries, services
from spoiwo.partnership.errors import (
    ChairTaken,
    CodeTaken,
    EndsBeforeStart,
    FileRefused,
    NotASignatory,
    NotFound,
    NotYours,
    ReasonMissing,
    RowsRefused,
    TextMissing,
    WrongState,
)
from spoiwo.partnership.messages import message_for
from spoiwo.partnership.types import (
    AccessionState,
    BodyDetails,
    BodyKind,
    CadenceOutlook,
    LetterDetails,
    LetterState,
    Purpose,
    Seat,
    SeatDetails,
)
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON

pytestmark = pytest.mark.django_db


def step(partnership, office, state, on):
    services.set_accession(
        agreement_id=partnership.pk,
        institution_id=office.pk,
        state=state,
        on=on,
        by=make.secretary(partnership),
    )


def test_the_number_of_signatories_is_worked_out_for_any_day():
    office = people.institution()
    partnership = make.agreement(people.institution())
    step(partnership, office, AccessionState.SIGNED, date(2024, 5, 1))
    step(partnership, office, AccessionState.WITHDRAWN, date(2025, 5, 1))
    step(partnership, office, AccessionState.INVITED, date(2024, 4, 1))  # entered late

    counts = [
        queries.count_signatories(partnership, day)
        for day in (date(2019, 1, 1), date(2024, 4, 2), date(2024, 5, 1), date(2025, 4, 30), date(2025, 5, 1))
    ]

    assert counts == [0, 1, 2, 2, 1]
    assert queries.accessions_on(partnership, DAY).get(institution=office).state == AccessionState.WITHDRAWN
    assert len(queries.history_of(partnership)) == 4


@settings(deadline=None, derandomize=True, max_examples=15, suppress_health_check=list(HealthCheck))
@given(
    steps=some.lists(
        some.tuples(some.dates(date(2020, 1, 1), date(2022, 1, 1)), some.sampled_from(list(AccessionState))),
        min_size=1,
        max_size=6,
    ),
    day=some.dates(date(2020, 1, 1), date(2022, 1, 1)),
)
def test_on_any_day_the_newest_step_decides(steps, day):
    partnership, office = make.agreement(), people.institution()
    for on, state in steps:
        step(partnership, office, state, on)

    known = [(on, number, state) for number, (on, state) in enumerate(steps) if on <= day]
    expected = max(known, default=(None, None, None))[2] is AccessionState.SIGNED
    assert queries.is_signatory(partnership, office.pk, day) is expected


def test_only_the_operator_founds_and_only_the_secretariat_keeps():
    partnership = make.agreement()
    again: dict[str, Any] = {
        "code": partnership.code, "title": "x", "secretariat_id": partnership.secretariat_id, "scope": "x",
        "purpose": "", "signed_on": DAY,
    }  # fmt: skip

    with pytest.raises(NotYours):
        services.found_agreement(**again, by=make.secretary(partnership))
    with pytest.raises(CodeTaken):
        services.found_agreement(**again, by=make.OPERATOR)
    with pytest.raises(NotFound):
        services.write_version(
            agreement_id=partnership.pk,
            scope="x",
            purpose="",
            valid_from=DAY,
            by=make.worker(people.institution()),
        )
    version = services.write_version(
        agreement_id=partnership.pk,
        scope="nowy zakres",
        purpose="",
        valid_from=DAY,
        by=make.secretary(partnership),
    )
    assert version.number == 2


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_signatories_of_a_spreadsheet_are_taken_in_all_or_none():
    first, second = people.institution(), people.institution()
    partnership = make.agreement(first)
    secretary = make.secretary(partnership)
    rows = services.signatory_rows(
        "lista.xlsx",
        workbook(("kod", "dzień"), (first.code, date(2024, 1, 1)), (), (second.code, "3.02.2024")),
    )

    with pytest.raises(RowsRefused) as refusal:
        services.take_in_signatories(
            agreement_id=partnership.pk, rows=[*rows, (9, "nie-ma", DAY)], by=secretary
        )
    assert refusal.value.rows == ((9, "unknown_code"),)
    assert "wiersz 9" in message_for(refusal.value)
    added = services.take_in_signatories(agreement_id=partnership.pk, rows=rows, by=secretary)

    assert added == 1
    assert queries.count_signatories(partnership, DAY) == 2


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.xlsx", b"to nie arkusz", "kind"),
        ("a.csv", b"\xff\xfe\xfa", "kind"),
        ("a.csv", b"kod;dzien\n", "empty"),
        ("a.csv", b"x" * 2_000_001, "too_large"),
    ],
)
def test_what_is_no_table_of_signatories_is_refused(name, content, error):
    with pytest.raises(FileRefused) as refusal:
        services.signatory_rows(name, content)

    assert refusal.value.reason == error


def test_bad_rows_are_named_and_good_ones_read():
    good = services.signatory_rows("a.csv", b"kod,dzien\nwup,2024-01-02\n")
    assert good == [(2, "wup", date(2024, 1, 2))]

    with pytest.raises(RowsRefused) as refusal:
        services.signatory_rows("a.csv", "kod;dzień\nwup;jutro\nsam\n".encode())

    assert refusal.value.rows == ((2, "day"), (3, "columns"))


def seat(council, office, **values):
    given_values = {"institution_id": office.pk, "seat": Seat.CHAIR, "since": DAY, **values}
    return services.give_seat(
        body_id=council.pk, details=SeatDetails(**given_values), by=make.secretary(council.agreement)
    )


def test_a_body_has_one_chair_at_a_time_and_signatories_only():
    office, stranger = people.institution(), people.institution()
    partnership = make.agreement(office)
    council = make.body(partnership)
    first = seat(council, office)

    with pytest.raises(ChairTaken):
        seat(council, office, since=DAY + timedelta(days=1))
    with pytest.raises(NotASignatory):
        seat(council, stranger, seat=Seat.MEMBER)
    with pytest.raises(EndsBeforeStart):
        seat(council, office, until=DAY - timedelta(days=1))
    before = seat(council, office, since=DAY - timedelta(days=9), until=DAY - timedelta(days=1))
    with pytest.raises(EndsBeforeStart):
        services.end_seat(
            mandate_id=first.pk, last_day=DAY - timedelta(days=1), by=make.secretary(partnership)
        )
    with pytest.raises(NotFound):
        services.end_seat(mandate_id=0, last_day=DAY, by=make.secretary(partnership))
    services.end_seat(mandate_id=first.pk, last_day=DAY, by=make.secretary(partnership))
    seat(council, office, since=DAY + timedelta(days=1))

    assert before.valid_to == DAY - timedelta(days=1)
    external = make.body(partnership, kind=BodyKind.EXTERNAL, is_external=True)
    assert seat(external, stranger).institution == stranger


def test_bodies_are_edited_without_overwriting_anybody():
    partnership = make.agreement()
    council, other = make.body(partnership), make.body(partnership)
    secretary = make.secretary(partnership)

    def edit(version, prefix):
        details = BodyDetails(name="Nowa nazwa", kind=BodyKind.COUNCIL, prefix=prefix)
        return services.edit_body(body_id=council.pk, version=version, details=details, by=secretary)

    with pytest.raises(CodeTaken):
        edit(1, other.prefix)
    assert edit(1, council.prefix).version == 2
    with pytest.raises(Conflict):
        edit(1, council.prefix)


def test_a_forum_counts_meetings_for_each_of_its_two_purposes():
    partnership = make.agreement()
    forum, secretary = make.body(partnership), make.secretary(partnership)
    for purpose in Purpose:
        services.set_cadence(
            body_id=forum.pk, label=purpose, at_least=3, since=date(2026, 1, 1), purpose=purpose, by=secretary
        )
    for month, purposes in (
        (1, (Purpose.GOOD_PRACTICE,)),
        (2, tuple(Purpose)),
        (3, (Purpose.GOOD_PRACTICE,)),
    ):
        make.meeting(forum, held=True, starts_on=date(2026, month, 5), purposes=purposes)

    found = {rule.purpose: pace for rule, pace in queries.paces_of(forum, year=2026, today=date(2026, 4, 1))}

    assert (found["good_practice"].held, found["good_practice"].outlook) == (3, CadenceOutlook.MET)
    assert (found["support_information"].held, found["support_information"].outlook) == (
        1,
        CadenceOutlook.ON_TIME,
    )


def test_tasks_are_divided_and_topics_closed():
    partnership = make.agreement()
    council, committee, secretary = (
        make.body(partnership),
        make.body(partnership),
        make.secretary(partnership),
    )
    services.divide_tasks(
        body_id=council.pk,
        other_id=committee.pk,
        text="Rada opiniuje",
        decided_on=DAY,
        is_overlap=True,
        by=secretary,
    )
    topic = services.open_topic(body_id=council.pk, title="Pytanie", on=DAY, by=secretary)

    services.close_topic(topic_id=topic.pk, on=DAY, by=secretary)

    assert council.divisions.get().is_overlap
    assert queries.agenda_of(make.meeting(council), secretary) == []
    with pytest.raises(NotFound):
        services.close_topic(topic_id=0, on=DAY, by=secretary)


def test_a_letter_is_sent_and_answered_or_not():
    office, other = people.institution(), people.institution()
    partnership = make.agreement(office, other)
    council, secretary = make.body(partnership), make.secretary(partnership)

    def draft(**values):
        details = LetterDetails(to_id=office.pk, subject="Zapytanie", text="Prosimy", **values)
        return services.draft_letter(body_id=council.pk, details=details, by=secretary)

    letter, information = draft(), draft(purpose="information")

    def answer(by, text="Tak"):
        return services.answer_letter(letter_id=letter.pk, answer=text, on=DAY, by=by)

    assert queries.letter(make.worker(office), letter.uuid) is None
    with pytest.raises(WrongState):
        answer(secretary)
    services.send_letter(letter_id=letter.pk, number="1/2026", on=DAY, by=secretary)
    with pytest.raises(WrongState):
        services.send_letter(letter_id=letter.pk, number="2/2026", on=DAY, by=secretary)
    with pytest.raises(NotFound):
        answer(make.worker(other))
    with pytest.raises(NotYours):
        answer(Actor(user_id=8, institution_id=office.pk))
    services.give_up_letter(letter_id=letter.pk, by=secretary)
    with pytest.raises(WrongState):
        services.give_up_letter(letter_id=letter.pk, by=secretary)
    with pytest.raises(TextMissing):
        answer(make.worker(office), " ")

    assert answer(make.worker(office)).state == LetterState.ANSWERED
    sent = services.send_letter(letter_id=information.pk, number="3/2026", on=DAY, by=secretary)
    assert sent.state == LetterState.CLOSED
    with pytest.raises(NotYours):
        services.give_up_letter(letter_id=letter.pk, by=make.worker(office))


def test_an_approved_report_no_longer_follows_the_registers():
    partnership = make.agreement(people.institution())
    council, secretary = make.body(partnership), make.secretary(partnership)
    make.meeting(council, held=True)
    report = services.begin_report(agreement_id=partnership.pk, year=2026, by=secretary)
    services.write_report(report_id=report.pk, narrative="Rok", effects="Efekty", by=secretary)
    with pytest.raises(ReasonMissing):
        services.enter_figure(report_id=report.pk, key="x", label="Ulotki", value=5, reason="", by=secretary)
    services.enter_figure(
        report_id=report.pk, key="x", label="Ulotki", value=5, reason="spis ręczny", by=secretary
    )
    with pytest.raises(WrongState):
        services.publish_report(report_id=report.pk, by=secretary)

    approved = services.approve_report(report_id=report.pk, at=NOON, by=secretary)
    make.meeting(council, held=True, starts_on=DAY + timedelta(days=1))

    def council_meetings():
        shown = queries.figures_shown(partnership, 2026)
        return next(one.value for one in shown if one.key == "council_meetings")

    assert council_meetings() == 1
    assert approved.sha256 == services.fingerprint_of(approved)
    approved.figures.filter(key="council_meetings").update(value=2)
    assert approved.sha256 != services.fingerprint_of(approved)
    with pytest.raises(WrongState):
        services.write_report(report_id=report.pk, narrative="", effects="", by=secretary)
    with pytest.raises(NotFound):
        services.publish_report(report_id=0, by=secretary)
    with pytest.raises(NotYours):
        services.publish_report(
            report_id=report.pk, by=make.worker(queries.signatories_on(partnership, DAY)[0])
        )
    assert services.publish_report(report_id=report.pk, by=secretary).state == "published"
    assert services.begin_report(agreement_id=partnership.pk, year=2026, by=secretary) == report
