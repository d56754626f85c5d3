"""Addresses of the context; those under ankieta/ open without signing in."""

from django.urls import path

from spoiwo.surveys.views import answering, building, frames, own, questionnaires, results, surveys

app_name = "surveys"
urlpatterns = [
    path("ankiety/", surveys.survey_list, name="list"),
    path("ankiety/nowa/", surveys.new, name="new"),
    path("ankiety/czekaja/", own.waiting, name="waiting"),
    path("ankiety/czekaja/<uuid:unit_uuid>/", own.answer_for_us, name="answer_for_us"),
    path("ankiety/wyniki/<uuid:uuid>/", own.published, name="published"),
    path("ankiety/kwestionariusze/", questionnaires.questionnaires, name="questionnaires"),
    path("ankiety/kwestionariusze/nowy/", questionnaires.new, name="new_questionnaire"),
    path("ankiety/kwestionariusze/z-pliku/", questionnaires.import_xlsform, name="import_xlsform"),
    path("ankiety/kwestionariusze/<uuid:uuid>/", questionnaires.questionnaire, name="questionnaire"),
    path("ankiety/kwestionariusze/<uuid:uuid>/opis/", questionnaires.describe, name="describe"),
    path("ankiety/kwestionariusze/<uuid:uuid>/nowa-wersja/", questionnaires.new_version, name="new_version"),
    path("ankiety/kwestionariusze/<uuid:uuid>/<int:number>/kopia/", questionnaires.copy, name="copy"),
    path("ankiety/kwestionariusze/<uuid:uuid>/<int:number>/podglad/", questionnaires.preview, name="preview"),
    path(
        "ankiety/kwestionariusze/<uuid:uuid>/<int:number>/druk.pdf",
        questionnaires.print_version,
        name="print",
    ),
    path(
        "ankiety/kwestionariusze/<uuid:uuid>/<int:number>/xlsform.xlsx",
        questionnaires.export_xlsform,
        name="xlsform",
    ),
    path("ankiety/kwestionariusze/<uuid:uuid>/budowa/", building.build, name="build"),
    path("ankiety/kwestionariusze/<uuid:uuid>/budowa/strona/", building.add_page, name="add_page"),
    path(
        "ankiety/kwestionariusze/<uuid:uuid>/budowa/strona/<slug:code>/", building.edit_page, name="edit_page"
    ),
    path(
        "ankiety/kwestionariusze/<uuid:uuid>/budowa/strona/<slug:page_code>/pytanie/",
        building.add_question,
        name="add_question",
    ),
    path(
        "ankiety/kwestionariusze/<uuid:uuid>/budowa/pytanie/<slug:code>/",
        building.edit_question,
        name="edit_question",
    ),
    path("ankiety/kwestionariusze/<uuid:uuid>/budowa/uklad/", building.rearrange, name="rearrange"),
    path("ankiety/kwestionariusze/<uuid:uuid>/budowa/publikacja/", building.publish, name="publish"),
    path("ankiety/kwestionariusze/<uuid:uuid>/budowa/porzuc/", building.discard, name="discard"),
    path("ankiety/odpowiedz/<uuid:answer_id>/", results.answer, name="read_answer"),
    path("ankiety/odpowiedz/<uuid:answer_id>/zapytaj/", results.ask_about, name="ask_about"),
    path("ankiety/odpowiedz/<uuid:answer_id>/przyjmij/", results.accept, name="accept"),
    path("ankiety/plik/<uuid:uuid>/", results.fetch_export, name="fetch_export"),
    path("ankiety/plik/<uuid:uuid>/postep/", results.export_progress, name="export_progress"),
    path("ankiety/<uuid:uuid>/", surveys.survey, name="survey"),
    path("ankiety/<uuid:uuid>/krok/", surveys.step, name="step"),
    path("ankiety/<uuid:uuid>/listy/", surveys.letters, name="letters"),
    path("ankiety/<uuid:uuid>/badani/", frames.frame, name="frame"),
    path("ankiety/<uuid:uuid>/badani/z-rejestru/", frames.take_from_register, name="take_from_register"),
    path("ankiety/<uuid:uuid>/badani/dodaj/", frames.add_unit, name="add_unit"),
    path("ankiety/<uuid:uuid>/badani/znane/", frames.known_values, name="known_values"),
    path("ankiety/<uuid:uuid>/badani/<uuid:unit_uuid>/", frames.unit, name="unit"),
    path("ankiety/<uuid:uuid>/badani/<uuid:unit_uuid>/usun/", frames.remove_unit, name="remove_unit"),
    path("ankiety/<uuid:uuid>/badani/<uuid:unit_uuid>/wynik/", frames.settle, name="settle"),
    path("ankiety/<uuid:uuid>/badani/<uuid:unit_uuid>/wpisz/", frames.enter, name="enter"),
    path("ankiety/<uuid:uuid>/wyniki/", results.survey_results, name="results"),
    path("ankiety/<uuid:uuid>/wyniki/plik/", results.ask_export, name="ask_export"),
    path("ankiety/<uuid:uuid>/edycja/", results.edition, name="edition"),
    path("ankiety/<uuid:uuid>/edycja/przerwa/", results.note_break, name="note_break"),
    path("ankiety/<uuid:uuid>/przyjmij/", results.accept_all, name="accept_all"),
    path("ankieta/otwarta/<uuid:uuid>/", answering.open_link, name="open_link"),
    path("ankieta/<str:token>/", answering.start, name="answer"),
    path("ankieta/<str:token>/strona/<slug:code>/", answering.page, name="answer_page"),
    path("ankieta/<str:token>/strona/<slug:code>/zapis/", answering.autosave, name="autosave"),
    path("ankieta/<str:token>/podsumowanie/", answering.review, name="answer_review"),
    path("ankieta/<str:token>/potwierdzenie/", answering.receipt, name="receipt"),
    path("ankieta/<str:token>/pytanie/<int:query_id>/", answering.reply, name="reply"),
]
