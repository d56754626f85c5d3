"""Evidence in words: what each field says for and against, as codes or as Polish or English sentences."""

from collections.abc import Mapping

from spoiwo.engines.linkage import LinkageEngine
from spoiwo.matching.strategy import comparing
from spoiwo.matching.strategy.weighing import MISSING, unpacked

# Field and level: code, Polish, English.
_SAID: Mapping[str, tuple[str, Mapping[int, tuple[str, str, str]]]] = {
    "number": (
        "pesel",
        {
            0: ("same", "ten sam PESEL", "same PESEL"),
            1: ("same_in_doubt", "ten sam PESEL, lecz nie zgadza się z datą urodzenia lub płcią",
                "same PESEL, at odds with the birth date or sex"),
            2: ("same_invalid", "ten sam błędny PESEL", "same invalid PESEL"),
            3: ("one_slip", "PESEL różni się jedną pomyłką, jeden jest błędny",
                "PESEL one slip apart, one is invalid"),
            4: ("other_in_doubt", "inny PESEL, jeden niezgodny z resztą danych",
                "another PESEL, one at odds with its record"),
            5: ("different", "dwa różne, poprawne numery PESEL", "two different valid PESEL numbers"),
            6: ("one_slip_valid", "poprawne numery PESEL różnią się jedną pomyłką",
                "valid PESEL numbers one slip apart"),
            7: ("other_invalid", "inny PESEL, jeden błędny", "another PESEL, one is invalid"),
        },
    ),
    "given": (
        "first_name",
        {
            0: ("same", "to samo imię", "same first name"),
            1: ("variant", "inna forma tego samego imienia", "another form of the first name"),
            2: ("slip", "imię różni się literówką", "first name differs by a slip"),
            3: ("second", "imię jest u drugiego drugim imieniem",
                "first name stands second in the other record"),
            4: ("shortened", "imię skrócone", "first name shortened"),
            5: ("broken", "w imieniu utracone polskie litery", "letters of the first name were lost"),
            6: ("swapped", "imię i nazwisko zamienione miejscami", "first and last name swapped"),
            9: ("alike", "imiona podobne", "first names look alike"),
            7: ("different", "różne imiona", "different first names"),
        },
    ),
    "surname": (
        "last_name",
        {
            0: ("same", "to samo nazwisko", "same last name"),
            1: ("slip", "nazwisko różni się literówką", "last name differs by a slip"),
            2: ("part", "wspólny człon nazwiska", "part of the last name is the same"),
            3: ("broken", "w nazwisku utracone polskie litery", "letters of the last name were lost"),
            4: ("shortened", "nazwisko ucięte", "last name cut short"),
            5: ("alike", "nazwiska podobne", "last names look alike"),
            6: ("swapped", "", ""),
            7: ("different", "różne nazwiska", "different last names"),
        },
    ),
    "born": (
        "birth_date",
        {
            0: ("same", "ta sama data urodzenia", "same birth date"),
            1: ("day_month_swapped", "dzień i miesiąc urodzenia zamienione",
                "day and month of birth swapped"),
            2: ("one_digit", "data urodzenia różni się jedną cyfrą", "birth date differs by one digit"),
            3: ("unknown_day", "ten sam rok, dzień wpisany jako 1 stycznia",
                "same year, the day given as 1 January"),
            4: ("near", "daty urodzenia bliskie", "birth dates close to each other"),
            5: ("far", "daty urodzenia różnią się w kilku cyfrach", "birth dates differ in several digits"),
            6: ("by_pesel", "data urodzenia podobna, PESEL potwierdza",
                "birth date similar, confirmed by the PESEL"),
            7: ("different", "różne daty urodzenia", "different birth dates"),
            9: ("generation", "daty odległe o pokolenie, różnica jednej cyfry",
                "a generation apart, though by one digit"),
        },
    ),
    "address": (
        "address",
        {
            0: ("same", "ten sam adres", "same address"),
            1: ("flat_missing", "ten sam dom, brak numeru lokalu", "same house, a flat is missing"),
            2: ("other_flat", "ten sam dom, inny lokal", "same house, another flat"),
            3: ("same_street", "ta sama ulica", "same street"),
            4: ("same_place", "ta sama miejscowość", "same place"),
            5: ("different", "inna miejscowość", "another place"),
        },
    ),
    "phone": ("phone", {0: ("same", "ten sam telefon", "same phone"), 5: ("different", "inny telefon",
        "another phone")}),
    "second": (
        "second_name",
        {0: ("same", "to samo drugie imię", "same second name"), 5: ("different", "inne drugie imię",
            "another second name")},
    ),
    "sex": ("sex", {0: ("same", "", ""), 5: ("different", "inna płeć", "another sex")}),
    "document": (
        "document_no",
        {
            0: ("same", "ten sam dokument", "same document"),
            2: ("slip", "numer dokumentu różni się pomyłką", "document number differs by a slip"),
            5: ("different", "inny dokument", "another document"),
        },
    ),
    "email": ("email", {0: ("same", "ten sam e-mail", "same e-mail"), 5: ("different", "inny e-mail",
        "another e-mail")}),
}  # fmt: skip
_PLACES = {"pl": 1, "en": 2}


def evidence(levels: Mapping[str, int], language: str) -> str:
    """What the fields say, the number first; missing fields are left out. language: "" for codes, "pl", "en"."""
    said = [
        (name, texts[levels[field]]) for field, (name, texts) in _SAID.items() if levels[field] != MISSING
    ]
    if not language:
        return ";".join(f"{name}={words[0]}" for name, words in said)
    return "; ".join(words[_PLACES[language]] for _, words in said if words[_PLACES[language]])


def explain(engine: LinkageEngine, *, language: str) -> None:
    """Make `explained` (code, evidence) for the codes in `judged`."""
    codes = sorted(int(str(row[0])) for row in engine.rows("SELECT DISTINCT code FROM judged"))
    texts = [evidence(unpacked(code, comparing.FIELDS), language) for code in codes]
    engine.put("explained", {"code": ("BIGINT", codes), "evidence": ("VARCHAR", texts)})
