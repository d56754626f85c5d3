from datetime import date

import pytest
from django.utils import translation

from spoiwo.institutions import errors, messages
from spoiwo.institutions.types import Fault, Kind, Problem, Role, Standing

DAY = date(2024, 2, 3)
REFUSALS = [
    (errors.BadDetails([Problem("nip", Fault.NIP, "12")]), "NIP: „12” to nie NIP."),
    (errors.AddressTaken("a@example.pl"), "Konto z adresem a@example.pl już istnieje."),
    (errors.AlreadyWorksThere(), "Ta osoba jest już na liście pracowników."),
    (errors.OwnRoles(), "Nikt nie zmienia własnych uprawnień."),
    (errors.LastAdministrator(DAY), "Od 3 lutego 2024 instytucja nie miałaby administratora lokalnego."),
    (errors.InstitutionIsClosed(DAY), "Instytucję zamknięto 3 lutego 2024"),
    (errors.AuthorisationEnded(), "To upoważnienie już wygasło."),
    (errors.InvitationSpent(), "Ten odnośnik już nie działa."),
    (errors.EmptyFile(), "W pliku nie ma żadnej instytucji."),
    (errors.UnreadableFile(), "To nie jest plik CSV ani XLSX."),
    (errors.UnreadableFile(7), "Od wiersza 7 pliku nie da się odczytać."),
    (errors.MissingColumns(["rodzaje"]), "W pliku brakuje kolumn: rodzaje."),
    (errors.TooManyRows(1000), "Plik ma więcej wierszy niż 1000."),
]


@pytest.mark.parametrize(("refusal", "beginning"), REFUSALS, ids=lambda value: type(value).__name__)
def test_every_refusal_has_a_polish_sentence(refusal, beginning):
    with translation.override("pl"):
        assert messages.message_for(refusal).startswith(beginning)


def test_no_refusal_is_without_words_but_the_one_that_is_a_404():
    worded = {type(refusal) for refusal, _ in REFUSALS}

    assert set(errors.InstitutionsError.__subclasses__()) - worded == {errors.OutOfReach}
    with pytest.raises(errors.OutOfReach):
        messages.message_for(errors.OutOfReach())


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_fault_kind_role_and_standing_has_words(language):
    with translation.override(language):
        for fault in Fault:
            value = Kind.KIS if fault == Fault.KIND_TWICE else "x"
            ((field, sentence),) = messages.problem_sentences([Problem("name", fault, value, 5)])
            assert field == "name"
            assert "%" not in sentence
        assert all(messages.kind_name(kind) for kind in Kind)
        assert all(messages.role_name(role) and str(messages.ROLE_HINTS[role]) for role in Role)
        assert all(str(messages.STANDING_NAMES[standing]) for standing in Standing)


def test_a_field_is_named_when_the_sentence_stands_alone():
    with translation.override("pl"):
        sentences = list(messages.problem_sentences([Problem("place", Fault.MISSING)], with_field=True))

    assert sentences == [("place", "Miejscowość: Wypełnij to pole.")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", []),
        ("pup", [Kind.PUP]),
        ("spółdzielnia", [Kind.SOCIAL_COOPERATIVE]),
        ("integracji społecznej", [Kind.KIS, Kind.CIS]),
        ("Żagań", []),
    ],
)
def test_a_search_text_may_stand_for_kinds(text, kinds):
    with translation.override("pl"):
        assert messages.kinds_meant(text) == kinds
