"""Addresses of the context."""

from django.urls import path

from spoiwo.institutions.views import (
    authorisations,
    directory,
    editing,
    importing,
    invitation,
    modules,
    posts,
    staff,
)

app_name = "institutions"
urlpatterns = [
    path("", directory.directory, name="directory"),
    path("eksport.csv", directory.export, {"form": "csv"}, name="export_csv"),
    path("eksport.xlsx", directory.export, {"form": "xlsx"}, name="export_xlsx"),
    path("nowa/", editing.new, name="new"),
    path("import/", importing.bring_in, name="import"),
    path("import/wzor.csv", importing.template, {"form": "csv"}, name="template_csv"),
    path("import/wzor.xlsx", importing.template, {"form": "xlsx"}, name="template_xlsx"),
    path("import/odrzucone.csv", importing.refused, {"form": "csv"}, name="refused_csv"),
    path("import/odrzucone.xlsx", importing.refused, {"form": "xlsx"}, name="refused_xlsx"),
    path("pracownicy/", staff.staff, name="staff"),
    path("pracownicy/zaproszenie/", staff.invite, name="invite"),
    path("pracownicy/<int:membership_id>/", staff.member, name="member"),
    path("pracownicy/<int:membership_id>/upowaznienie/", staff.authorise, name="authorise"),
    path(
        "pracownicy/<int:membership_id>/upowaznienie/<int:authorisation_id>/koniec/",
        staff.withdraw,
        name="withdraw",
    ),
    path("pracownicy/<int:membership_id>/zawieszenie/", staff.suspend, name="suspend"),
    path("pracownicy/<int:membership_id>/przywrocenie/", staff.restore, name="restore"),
    path("pracownicy/<int:membership_id>/teren/", staff.territories, name="territories"),
    path("pracownicy/<int:membership_id>/nowe-zaproszenie/", staff.invite_again, name="invite_again"),
    path("upowaznienia/", authorisations.register, name="authorisations"),
    path("upowaznienia/ewidencja.xlsx", authorisations.register_file, name="authorisations_file"),
    path("stanowiska/<int:post_id>/koniec/", posts.end, name="end_post"),
    path("zaproszenie/<str:token>/", invitation.accept, name="accept_invitation"),
    path("<slug:code>/", directory.institution, name="institution"),
    path("<slug:code>/zmiana/", editing.edit, name="edit"),
    path("<slug:code>/moduly/", modules.switch, name="modules"),
    path("<slug:code>/zamkniecie/", editing.close, name="close"),
    path("<slug:code>/administrator/", staff.appoint, name="appoint"),
    path("<slug:code>/stanowisko/", posts.add, name="add_post"),
]
