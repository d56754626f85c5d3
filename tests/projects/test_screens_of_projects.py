"""Every page of projects opens for those it is for, does what it says, and says why it refuses."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.types import Category
from spoiwo.audit.models import AuditRecord
from spoiwo.clients.services import identity
from spoiwo.institutions.models import Institution, User
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.projects import errors, messages
from spoiwo.projects.models import EmployerContact, Participant, Project, Support, WorkResult
from spoiwo.projects.types import SupportKind
from spoiwo.toolkit.context import acting_for
from tests.makers import access as agreements
from tests.makers import clients, registers
from tests.makers import projects as made

pytestmark = pytest.mark.django_db
ABOUT = {"number": "7/2026", "title": "Nowa ścieżka", "starts_on": "1.01.2026", "ends_on": "31.12.2027"}


def browser_of(by: Actor) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(pk=by.user_id))
    return browser


def text(answer: Any) -> str:
    return str(answer.content.decode())


def address(name: str, *args: object) -> str:
    return reverse(f"projects:{name}", args=args)


def only(model: Any, by: Actor) -> Any:
    with acting_for(by.institution_id):
        return model.objects.get()


def test_a_project_is_added_and_stands_on_the_list():
    by = made.keeper()
    browser = browser_of(by)
    made.project(by, title="Dawny", starts_on=date(2013, 1, 1), ends_on=date(2014, 1, 1))
    made.project(by, title="Przyszły", starts_on=date(2990, 1, 1), ends_on=date(2991, 1, 1))

    assert browser.post(address("add"), {**ABOUT, "planned_participants": "30"}).status_code == 302
    page = text(browser.get(address("list")))

    for said in ("Nowa ścieżka", "w toku", "Dawny", "zakończony", "Przyszły", "przed startem"):
        assert said in page
    again = browser.post(address("add"), ABOUT)
    assert again.status_code == 422
    assert messages.message_for(errors.NumberTaken()) in text(again)


def test_an_empty_list_says_what_to_do():
    assert "Nie ma jeszcze projektów" in text(browser_of(made.keeper()).get(address("list")))


def test_two_people_change_a_project_and_the_second_chooses():
    by = made.keeper()
    project = made.project(by, **{**ABOUT, "starts_on": made.FIRST, "ends_on": made.LAST})
    browser = browser_of(by)
    page = address("change", project.uuid)

    assert 'name="version" value="1"' in text(browser.get(page))
    assert browser.post(page, {**ABOUT, "title": "Pierwszy", "version": "1"}).status_code == 302
    conflict = browser.post(page, {**ABOUT, "title": "Drugi", "version": "1"})

    assert conflict.status_code == 409
    assert "Pierwszy" in text(conflict)
    assert "Drugi" in text(conflict)
    browser.post(page, {**ABOUT, "title": "Drugi", "version": "2", "overwrite": "1"})
    assert Project.objects.get().title == "Drugi"
    wrong = browser.post(page, {**ABOUT, "ends_on": "1.01.2020", "version": "3"})
    assert messages.message_for(errors.EndsBeforeStart()) in text(wrong)


def test_somebody_goes_through_a_project_page_by_page():
    by = made.keeper()
    project = made.project(by)
    browser = browser_of(by)

    browser.post(
        address("ask", project.uuid),
        {"first_name": "Ewa", "last_name": "Wymyślona", "asked_on": "10.01.2025"},
    )
    one = only(Participant, by)
    assert "Wymyślona Ewa" in text(browser.get(address("project", project.uuid)))
    early = browser.post(address("step", one.uuid), {"to": "taking_part", "on": "1.01.2024"})
    assert "Projekt trwa od" in text(early)
    browser.post(address("step", one.uuid), {"to": "taking_part", "on": "3.03.2025"})
    browser.post(
        address("support", one.uuid),
        {"kind": "internship", "starts_on": "3.03.2025", "cost_pln": "9600,00", "employer": "Firma"},
    )
    given = only(Support, by)
    assert given.ends_on == date(2025, 9, 2)
    browser.post(address("end_support", given.uuid), {"state": "done", "on": "2.09.2025"})
    browser.post(
        address("work", one.uuid), {"kind": "employment", "starts_on": "3.09.2025", "source": "umowa"}
    )
    browser.post(address("step", one.uuid), {"to": "finished", "on": "4.09.2025"})
    page = text(browser.get(address("participant", one.uuid)))

    for said in ("Płatny staż", "Firma", "Zakończone", "Umowa o pracę", "Udział zakończony"):
        assert said in page
    assert browser.get(address("step", one.uuid)).status_code == 404
    assert only(WorkResult, by).employer == ""
    figures = text(browser.get(address("project", project.uuid)))
    assert "Osoby na stażach" in figures


def test_leaving_needs_a_reason_and_it_is_counted():
    by = made.keeper()
    project = made.project(by)
    one = made.participant(by, project, takes_part=False)
    browser = browser_of(by)
    step = {"to": "not_interested", "on": "1.02.2025"}

    refused = browser.post(address("step", one.uuid), step)
    assert messages.message_for(errors.ReasonMissing()) in text(refused)
    browser.post(address("step", one.uuid), {**step, "reason": "no_interest", "note": "woli poczekać"})

    page = text(browser.get(address("project", project.uuid)))
    assert "Dlaczego odchodzono" in page
    assert "Brak zainteresowania szkoleniem lub pracą" in page
    assert "woli poczekać" in text(browser.get(address("participant", one.uuid)))


def test_people_are_filtered_and_taken_out_as_files_on_record():
    by = made.keeper()
    project = made.project(by)
    made.participant(by, project, last_name="Jemioła")
    made.participant(by, project, last_name="Pigwa", takes_part=False)
    browser = browser_of(by)
    page = address("project", project.uuid)

    assert "Pigwa" not in text(browser.get(page, {"q": "jem"}))
    assert "Jemioła" not in text(browser.get(page, {"state": "candidate"}))
    assert "Nic na liście" in text(browser.get(page, {"q": "nikt"}))
    file = browser.get(address("people_file", project.uuid, "csv"))

    assert file.content.decode("utf-8-sig").splitlines()[1].startswith("Jemioła;Ewa;")
    assert browser.get(address("people_file", project.uuid, "xlsx")).content.startswith(b"PK")
    assert browser.get(address("people_file", project.uuid, "pdf")).status_code == 404
    assert AuditRecord.objects.filter(action="export", object_ref=f"project:{project.uuid}").count() == 2


def test_employers_answers_are_kept_and_counted():
    by = made.keeper()
    project = made.project(by)
    browser = browser_of(by)

    browser.post(
        address("add_employer", project.uuid),
        {"employer": "Firma Odmowna", "asked_on": "1.02.2025", "answer": "not_adapted"},
    )

    assert only(EmployerContact, by).employer == "Firma Odmowna"
    page = text(browser.get(address("project", project.uuid)))
    assert "Dlaczego pracodawcy odmawiali" in page
    assert "Niedostosowane miejsce pracy" in page


def test_figures_are_for_directors_and_names_are_not():
    by = made.keeper()
    project = made.project(by)
    made.participant(by, project, last_name="Jemioła")
    office = Institution.objects.get(pk=by.institution_id)
    director = browser_of(made.keeper(office, Role.DIRECTOR))

    page = text(director.get(address("project", project.uuid)))

    assert "Jemioła" not in page
    assert "Przyjęci do projektu" in page


class TwoProjects:
    """A client of a labour office whom another office has in a project too, under an agreement."""

    def __init__(self) -> None:
        self.left, right = registers.office(), registers.office()
        self.by, others = made.keeper(self.left), made.keeper(right)
        for office in (self.left, right):
            registers.bring_in(office, registers.row("a"))
        (self.record,), (theirs,) = registers.records(self.left, "a"), registers.records(right, "a")
        identity.link_records(
            left_record_id=self.record.pk,
            right_record_id=theirs.pk,
            rule="person",
            strategy="exact-1",
            agreement="",
            by=None,
        )
        wide = [(None, None, category) for category in (Category.IDENTITY, Category.MEASURES)]
        agreements.agreement(self.left, right, gives=wide)
        made.support(
            others,
            made.participant(others, made.project(others, title="Projekt sąsiada"), record=theirs.uuid),
        )
        today = timezone.localdate()
        self.project = made.project(
            self.by, title="Nasz", starts_on=made.FIRST, ends_on=today.replace(year=today.year + 1)
        )
        self.right = right


def test_a_client_is_asked_from_their_own_page_once():
    both = TwoProjects()
    browser = browser_of(both.by)
    page = address("of_client", both.record.uuid)

    assert "Nasz" in text(browser.get(page))
    asked = browser.post(page, {"project": str(both.project.uuid)})
    assert asked.status_code == 302
    again = browser.post(page, {"project": str(both.project.uuid)})

    assert messages.message_for(errors.TakesPartAlready()) in text(again)
    assert "Kandydat" in text(browser.get(page, headers={"HX-Request": "true"}))
    assert browser.get(address("of_client", UUID(int=1))).status_code == 404


def test_the_projects_of_others_are_shown_for_a_purpose_and_both_chains_know():
    both = TwoProjects()
    one = made.participant(both.by, both.project, record=both.record.uuid)
    made.support(both.by, one)
    made.support(both.by, one, SupportKind.CAREER)
    browser = browser_of(both.by)
    page = address("participant", one.uuid)

    before = text(browser.get(page))
    clients.with_purpose(browser, both.record)
    after = text(browser.get(page))

    assert "Projekt sąsiada" not in before
    assert "Podaj cel" in before
    assert "Projekt sąsiada" in after
    assert "Podwójne finansowanie" in after
    looks = AuditRecord.objects.filter(action="view_client", object_ref=f"participant:{one.uuid}")
    with acting_for(0, job="audit"):
        assert looks.filter(institution_id=both.left.pk).count() == 2
        assert looks.filter(institution_id=both.right.pk).count() == 1


def test_what_is_paid_twice_stands_on_the_page_of_the_project():
    both = TwoProjects()
    second = made.project(both.by, title="Drugi nasz")
    for project in (both.project, second):
        made.support(both.by, made.participant(both.by, project, record=both.record.uuid))

    page = text(browser_of(both.by).get(address("project", both.project.uuid)))

    assert "Podwójne finansowanie" in page
    assert "Drugi nasz" in page


@pytest.mark.parametrize(
    "name", ["project", "change", "ask", "add_employer", "participant", "step", "end_support"]
)
def test_what_is_not_there_is_not_found(name: str):
    assert browser_of(made.keeper()).get(address(name, UUID(int=1))).status_code == 404


def test_every_refusal_has_its_sentence():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    plain = [
        kind
        for kind in kinds
        if issubclass(kind, errors.ProjectsError)
        and kind not in {errors.ProjectsError, errors.OutsideProject}
    ]

    assert all(messages.message_for(kind()) for kind in plain)
    assert "2025" in messages.message_for(errors.OutsideProject(made.FIRST, made.LAST))
    with pytest.raises(errors.ProjectsError):
        messages.message_for(errors.ProjectsError())
