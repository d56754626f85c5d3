"""Questionnaires, surveys and answers of the three offices, for the access matrix."""

from typing import Any
from uuid import uuid4

from spoiwo.institutions.models import Institution
from spoiwo.surveys.services import deciding, exporting, rounds
from spoiwo.surveys.types import Unit
from tests.makers import surveys

CANARIES = {"left": "Lewicka", "right": "Prawicka", "stranger": "Obcowska"}


def add(world: Any) -> None:
    """One of everything for each office; an answer to each survey carries the office's own canary."""
    for name, office in world.offices.items():
        _questionnaires(world, name, office)
        _surveys(world, name, office)
    for kind, args in _ABSENT.items():
        world.absent(kind, *args)


def _questionnaires(world: Any, name: str, office: Institution) -> None:
    published = surveys.version(office)
    draft = surveys.draft_of(office)
    world.add("questionnaire", name, published.questionnaire.uuid, of=name)
    world.add("questionnaire_version", name, published.questionnaire.uuid, 1, of=name)
    world.add("questionnaire_draft", name, draft.questionnaire.uuid, of=name)
    world.add("draft_page", name, draft.questionnaire.uuid, "p1", of=name)
    world.add("draft_question", name, draft.questionnaire.uuid, "jobs", of=name)


def _surveys(world: Any, name: str, office: Institution) -> None:
    by = surveys.analyst(office)
    itself = Unit(name=f"Podmiot {CANARIES[name]}", institution_id=office.pk, key="own")
    others = (Unit(name="Drugi", key="other"), Unit(name="Trzeci", key="third"))
    open_one = surveys.survey(office, itself, *others, period="2025", open_link=True)
    surveys.hand_in(surveys.token(open_one, "other"), {"jobs": "3"})
    unit = surveys.unit_of(open_one, "own")
    world.add("survey", name, open_one.uuid, of=name)
    world.add("survey_unit", name, open_one.uuid, unit.uuid, of=name)
    world.add("asked_unit", name, unit.uuid, of=name)
    world.add("survey_answer", name, surveys.answer_of(open_one, "other").pk, of=name)
    export = exporting.ask_export(survey_id=open_one.pk, form="csv", by=by)
    exporting.make_export(export.uuid)
    world.add("results_export", name, export.uuid, of=name)
    done = surveys.survey(office, itself)
    surveys.hand_in(surveys.token(done, "own"), {"jobs": "3"})
    rounds.close_survey(survey_id=done.pk, by=by)
    rounds.verify_survey(survey_id=done.pk, by=by)
    rounds.publish_survey(survey_id=done.pk, at=surveys.AT, by=by)
    world.add("published_survey", name, done.uuid, of=name)
    world.add("open_survey", name, open_one.uuid, of=name)
    link = surveys.token(open_one, "third")
    surveys.hand_in(link, {"jobs": "3"})
    asked = surveys.answer_of(open_one, "third")
    query = deciding.ask_about(answer_id=asked.pk, field="jobs", text="Na pewno?", at=surveys.AT, by=by)
    world.add("link", name, link, of=name)
    world.add("link_page", name, link, "p1", of=name)
    world.add("link_query", name, link, query.pk, of=name)


_NONE = uuid4()
_ABSENT: dict[str, tuple[object, ...]] = {
    "questionnaire": (_NONE,),
    "questionnaire_version": (_NONE, 1),
    "questionnaire_draft": (_NONE,),
    "draft_page": (_NONE, "p1"),
    "draft_question": (_NONE, "jobs"),
    "survey": (_NONE,),
    "survey_unit": (_NONE, _NONE),
    "asked_unit": (_NONE,),
    "survey_answer": (_NONE,),
    "results_export": (_NONE,),
    "published_survey": (_NONE,),
    "open_survey": (_NONE,),
    "link": ("nie-ma",),
    "link_page": ("nie-ma", "p1"),
    "link_query": ("nie-ma", 1),
}
