"""Every refusal of territory has a sentence in both languages, with what to do."""

from datetime import date

import pytest
from django.utils import translation

from spoiwo.territory import errors
from spoiwo.territory.errors import FieldFault, FileFault
from spoiwo.territory.messages import message_for

DAY = date(2024, 1, 1)
LATER = date(2025, 3, 2)
REFUSALS = [
    *(errors.UnreadableTerc(fault, line=7) for fault in FileFault),
    *(errors.BadTercField(line=7, column="WOJ", value="8", fault=fault) for fault in FieldFault),
    errors.MissingTercColumns(["RODZ"]),
    errors.EmptyTerc(),
    errors.IncompleteTercRow(line=7, found=4, expected=7),
    errors.RepeatedTercUnit(line=7, first_line=3, code="0801073"),
    errors.TercUnitWithoutParent(line=7, code="0801074", parent="0801073"),
    errors.TercCutOff(code="08", name="LUBUSKIE", known=14),
    errors.StateBeforeFile(as_of=DAY, stated_on=LATER),
    errors.OlderThanRegister(as_of=DAY, newest=LATER),
    errors.UnitGoneTheDayItCame(code="0801022", name="Bogdaniec", as_of=LATER),
    errors.NoSuchCommune("0801022"),
    errors.SuccessorChanged("0801022"),
]


def test_no_kind_of_refusal_is_left_out_of_this_test():
    declared = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.TerritoryError)
    }

    assert {type(refusal) for refusal in REFUSALS} == declared - {errors.TerritoryError}


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_a_refusal_is_a_whole_sentence_in_polish_and_english(refusal):
    with translation.override("en"):
        english = message_for(refusal)
    with translation.override("pl"):
        polish = message_for(refusal)

    assert english != polish
    assert "%(" not in english + polish
    assert english.endswith(".")
    assert polish.endswith(".")


def test_a_lost_zero_is_explained_with_line_column_and_remedy():
    refusal = errors.BadTercField(line=7, column="WOJ", value="8", fault=FieldFault.TWO_DIGITS)

    with translation.override("pl"):
        sentence = message_for(refusal)

    assert sentence == (
        "Wiersz 7, kolumna WOJ: „8” to nie jest liczba dwucyfrowa. "
        "Arkusze kalkulacyjne gubią zera na początku: użyj pliku takiego, jaki został pobrany."
    )


def test_dates_stand_in_the_genitive():
    with translation.override("pl"):
        sentence = message_for(errors.OlderThanRegister(as_of=DAY, newest=LATER))

    assert (
        sentence
        == "Rejestr ma już stan na 2 marca 2025, a plik jest z 1 stycznia 2024. Użyj nowszego pliku TERC."
    )


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (["RODZ"], "Brakuje kolumny RODZ. Wskaż plik TERC, w którym kolumny rozdziela średnik."),
        (["WOJ", "POW"], "Brakuje kolumn WOJ, POW. Wskaż plik TERC, w którym kolumny rozdziela średnik."),
    ],
)
def test_one_and_several_missing_columns_are_worded_apart(columns, sentence):
    with translation.override("pl"):
        assert message_for(errors.MissingTercColumns(columns)) == sentence


def test_a_refusal_without_a_sentence_is_raised_on():
    with pytest.raises(errors.TerritoryError):
        message_for(errors.TerritoryError())
