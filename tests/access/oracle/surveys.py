"""Who may open the pages of surveys; those that a link opens are tested in tests/surveys."""

from tests.access.oracle.page import (
    ADVISER,
    ANALYST,
    ANY_ROLE,
    CASE,
    DIRECTOR,
    SUPERVISOR,
    Page,
    page,
    public,
)

READ = (ANALYST, DIRECTOR, SUPERVISOR)
ENTER = (ANALYST, ADVISER, CASE)
SEE = (*READ, ADVISER, CASE)
ABOUT = (("title_pl", "Inny"), ("minutes_budget", "5"))

ORACLE: dict[str, Page] = {
    "surveys:list": page(*SEE),
    "surveys:new": page(ANALYST),
    "surveys:waiting": page(*ANY_ROLE),
    "surveys:answer_for_us": page(*ANY_ROLE, thing="asked_unit", method="post"),
    "surveys:published": page(*ANY_ROLE, thing="published_survey"),
    "surveys:questionnaires": page(*READ),
    "surveys:new_questionnaire": page(ANALYST),
    "surveys:import_xlsform": page(ANALYST),
    "surveys:questionnaire": page(*READ, thing="questionnaire"),
    "surveys:describe": page(ANALYST, thing="questionnaire", method="post", data=ABOUT),
    "surveys:new_version": page(ANALYST, thing="questionnaire", method="post"),
    "surveys:copy": page(ANALYST, thing="questionnaire_version", method="post"),
    "surveys:preview": page(*READ, thing="questionnaire_version"),
    "surveys:print": page(*READ, thing="questionnaire_version"),
    "surveys:xlsform": page(*READ, thing="questionnaire_version"),
    "surveys:build": page(ANALYST, thing="questionnaire_draft"),
    "surveys:add_page": page(ANALYST, thing="questionnaire_draft"),
    "surveys:edit_page": page(ANALYST, thing="draft_page"),
    "surveys:add_question": page(ANALYST, thing="draft_page"),
    "surveys:edit_question": page(ANALYST, thing="draft_question"),
    "surveys:rearrange": page(
        ANALYST, thing="questionnaire_draft", method="post", data=(("deed", "undo::"), ("edit_version", "1"))
    ),
    "surveys:publish": page(ANALYST, thing="questionnaire_draft", method="post"),
    "surveys:discard": page(ANALYST, thing="questionnaire_draft", method="post"),
    "surveys:survey": page(*SEE, thing="survey"),
    "surveys:step": page(ANALYST, thing="survey", method="post", data=(("step", "closed"),)),
    "surveys:letters": page(ANALYST, thing="survey", method="post", data=(("letters", "reminder"),)),
    "surveys:frame": page(*SEE, thing="survey"),
    "surveys:take_from_register": page(ANALYST, thing="survey", method="post", data=(("kinds", "CIS"),)),
    "surveys:add_unit": page(ANALYST, thing="survey", method="post", data=(("name", "Nowy"),)),
    "surveys:known_values": page(ANALYST, thing="survey"),
    "surveys:unit": page(*SEE, thing="survey_unit"),
    "surveys:remove_unit": page(ANALYST, thing="survey_unit", method="post"),
    "surveys:settle": page(
        ANALYST, thing="survey_unit", method="post", data=(("outcome", "refused"), ("reason", "no_time"))
    ),
    "surveys:enter": page(*ENTER, thing="survey_unit", method="post", data=(("source", "phone"),)),
    "surveys:results": page(*READ, thing="survey"),
    "surveys:ask_export": page(ANALYST, thing="survey", method="post", data=(("format", "csv"),)),
    "surveys:edition": page(*READ, thing="survey"),
    "surveys:note_break": page(ANALYST, thing="survey", method="post", data=(("question", "jobs"),)),
    "surveys:accept_all": page(ANALYST, thing="survey", method="post"),
    "surveys:read_answer": page(*READ, thing="survey_answer"),
    "surveys:ask_about": page(ANALYST, thing="survey_answer", method="post", data=(("text", "Na pewno?"),)),
    "surveys:accept": page(ANALYST, thing="survey_answer", method="post"),
    "surveys:fetch_export": page(ANALYST, thing="results_export"),
    "surveys:export_progress": page(ANALYST, thing="results_export"),
    "surveys:open_link": public(thing="open_survey", everybodys=True),
    "surveys:answer": public(thing="link", everybodys=True),
    "surveys:answer_page": public(thing="link_page", everybodys=True),
    "surveys:autosave": public(thing="link_page", everybodys=True, method="post", data=(("v.jobs", "1"),)),
    "surveys:answer_review": public(thing="link", everybodys=True),
    "surveys:receipt": public(thing="link", everybodys=True),
    "surveys:reply": public(thing="link_query", everybodys=True, method="post", data=(("text", "Tak"),)),
}
