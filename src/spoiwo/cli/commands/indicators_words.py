"""Why cards and files of observations cannot be used, in both languages."""

from spoiwo.cli.types import Text
from spoiwo.engines.indicators.cards import CardUnusable
from spoiwo.engines.indicators.files import FileUnusable

_CARDS = {
    "file": ("there is no such file: {detail}", "nie ma takiego pliku: {detail}"),
    "toml": ("the file is no TOML: {detail}", "plik nie jest w formacie TOML: {detail}"),
    "no_cards": ("there is no [[card]] in {detail}", "w {detail} nie ma żadnej karty [[card]]"),
    "no_code": ("a card has no code", "jedna z kart nie ma kodu"),
    "twice": ("two cards have this code", "dwie karty mają ten kod"),
    "field": (
        "the field {detail} is missing or has a value it cannot have",
        "pole {detail} jest puste albo ma niedozwoloną wartość",
    ),
    "needs_denominator": ("a {detail} needs a denominator", "wskaźnik rodzaju {detail} wymaga mianownika"),
    "no_denominator": ("a {detail} has no denominator", "wskaźnik rodzaju {detail} nie ma mianownika"),
    "constant": ("no measure stands in the formulas", "we wzorach nie ma żadnej miary"),
    "finer_than_grain": (
        "{detail} is moved by a part of the card's period",
        "{detail}: przesunięcie o część okresu karty",
    ),
    "reserved": ("these are no dimensions: {detail}", "to nie są przekroje: {detail}"),
    "dimension": ("the observations have no column {detail}", "obserwacje nie mają kolumny {detail}"),
    "needs_frame": (
        "institutions() and response_rate() need --frame",
        "institutions() i response_rate() wymagają --frame",
    ),
    "frame_column": ("the frame has no column {detail}", "operat nie ma kolumny {detail}"),
    "formula_empty": ("a formula is empty ({detail})", "wzór jest pusty ({detail})"),
    "formula_long": ("a formula is longer than 500 characters", "wzór ma ponad 500 znaków"),
    "formula_deep": ("a formula has too many parts within parts", "wzór ma zbyt wiele zagnieżdżeń"),
    "formula_character": ("a formula cannot hold this ({detail})", "tego we wzorze być nie może ({detail})"),
    "formula_syntax": (
        "a formula cannot be read from here ({detail})",
        "wzoru nie da się odczytać od tego miejsca ({detail})",
    ),
    "formula_construct": (
        "formulas know no such construct ({detail})",
        "wzory nie znają takiej konstrukcji ({detail})",
    ),
    "formula_function": (
        "formulas know no such function ({detail})",
        "wzory nie znają takiej funkcji ({detail})",
    ),
    "formula_arguments": (
        "a function has other arguments ({detail})",
        "funkcja ma inne argumenty ({detail})",
    ),
    "formula_not_a_measure": (
        "the functions take a measure, not a calculation ({detail})",
        "funkcje przyjmują miarę, a nie działanie ({detail})",
    ),
    "formula_text": (
        "a text in quotation marks belongs here ({detail})",
        "w tym miejscu należy podać tekst w cudzysłowie ({detail})",
    ),
    "formula_whole": (
        "a whole number belongs here ({detail})",
        "w tym miejscu należy podać liczbę całkowitą ({detail})",
    ),
    "formula_number": ("a number is too large ({detail})", "liczba jest za duża ({detail})"),
}
_FILES = {
    "missing": ("there is no such file or folder", "nie ma takiego pliku ani folderu"),
    "no_parquet": ("the folder holds no Parquet file", "w folderze nie ma pliku Parquet"),
    "unreadable": ("it cannot be read as Parquet: {detail}", "nie da się odczytać jako Parquet: {detail}"),
    "columns": ("these columns are missing: {detail}", "brakuje kolumn: {detail}"),
    "reserved": (
        "these columns have names of columns of the result: {detail}",
        "te kolumny nazywają się jak kolumny wyniku: {detail}",
    ),
    "territory": (
        "{detail} is no TERYT code of 2, 4 or 7 digits",
        "{detail} nie jest kodem TERYT o 2, 4 albo 7 cyfrach",
    ),
    "status": (
        "{detail} is none of ok, missing, zero_reported, na",
        "{detail} nie jest żadnym ze statusów ok, missing, zero_reported, na",
    ),
    "period": (
        "{detail} is no period such as 2024, 2024-Q3 or 2024-07",
        "{detail} nie jest okresem takim jak 2024, 2024-Q3 albo 2024-07",
    ),
    "empty": ("a row has no {detail}", "jeden z wierszy nie ma {detail}"),
}


def card_text(error: CardUnusable) -> Text:
    """The sentence for a card, or a cards file, that cannot be used."""
    english, polish = (text.format(detail=error.detail) for text in _CARDS[error.reason])
    where = f"{error.code}: " if error.code else ""
    return Text(f"{where}{english}.", f"{where}{polish}.")


def file_text(error: FileUnusable) -> Text:
    """The sentence for a file that cannot be used."""
    english, polish = (text.format(detail=error.detail) for text in _FILES[error.reason])
    return Text(f"{error.file}: {english}.", f"{error.file}: {polish}.")
