"""People whom a careless rule takes for one another, and people whom it fails to recognise."""

import pytest

from tests.makers.registers_on_file import Pair, Row, Said, away, judged, person, pesel, town

AUTO, REVIEW, APART = "auto", "review", None
Trap = tuple[str, Row, Row, tuple[str | None, ...]]


def trap(name: str, left: Row, right: Row, *expected: str | None) -> Trap:
    return name, {**left, "local_id": f"L {name}"}, {**right, "local_id": f"R {name}"}, expected


def row(first: str, last: str, born: str, **other: str) -> Row:
    return person("", first, last, born, **other)


ELA, ADAM = pesel("1971-04-09", "4564"), pesel("1999-03-21", "1211")
ONE_TWIN, OTHER_TWIN = pesel("1988-05-17", "3331"), pesel("1988-05-17", "3351")
IN_1897, IN_2004 = pesel("1897-11-30", "0022"), pesel("2004-02-29", "7013")
TRAPS = [
    trap(
        "twins with their numbers",
        row("Piotr", "Żurawiecki", "1988-05-17", pesel=ONE_TWIN),
        row("Paweł", "Żurawiecki", "1988-05-17", pesel=OTHER_TWIN),
        APART,
    ),
    trap(
        "twins without numbers",
        row("Halina", "Brzezicka", "1979-09-02", flat="4", phone="601200300"),
        row("Danuta", "Brzezicka", "1979-09-02", flat="4", phone="601200300"),
        APART,
    ),
    trap(
        "twins whose names differ by one letter",
        row("Mariusz", "Podgórniak", "1984-08-08", flat="2", phone="605200300"),
        row("Dariusz", "Podgórniak", "1984-08-08", flat="2", phone="605200300"),
        APART,
        REVIEW,
    ),
    trap(
        "a twin with the number of the other",
        row("Igor", "Wądołowski", "1991-12-24", pesel=pesel("1991-12-24", "8815"), flat="5"),
        row("Olaf", "Wądołowski", "1991-12-24", pesel=pesel("1991-12-24", "8815"), flat="5"),
        REVIEW,
    ),
    trap(
        "father and son of one name at one address",
        row("Zenon", "Grzmotowski", "1951-03-08", flat="6", phone="602200300"),
        row("Zenon", "Grzmotowski", "1981-03-08", flat="6", phone="602200300"),
        APART,
        REVIEW,
    ),
    trap(
        "father and son, the son without a birth date",
        row("Leon", "Kępkowicz", "1955-07-19", flat="61", pesel=pesel("1955-07-19", "1117")),
        row("Leon", "Kępkowicz", "", flat="61"),
        APART,
        REVIEW,
    ),
    trap(
        "a wife's number typed for the husband",
        row("Elżbieta", "Ostrzycka", "1971-04-09", pesel=ELA, flat="8"),
        row("Marek", "Ostrzycki", "1969-01-30", pesel=ELA, flat="8"),
        APART,
        REVIEW,
    ),
    trap(
        "a mother's number typed for the child",
        row("Beata", "Śnieżkowa", "1980-10-10", pesel=pesel("1980-10-10", "2242"), flat="9"),
        row("Lena", "Śnieżkowa", "2009-06-15", pesel=pesel("1980-10-10", "2242"), flat="9"),
        APART,
        REVIEW,
    ),
    trap(
        "two valid numbers of namesakes born on one day",
        row("Adam", "Truszczyk", "1999-03-21", pesel=ADAM),
        row("Adam", "Truszczyk", "1999-03-21", pesel=pesel("1999-03-21", "4575"), **away()),
        APART,
    ),
    trap(
        "moved and without a number",
        row("Bronisława", "Wędrychowska", "1964-08-27"),
        row("Bronisława", "Wędrychowska", "1964-08-27", **away()),
        AUTO,
    ),
    trap(
        "one wrong digit in the number",
        row("Jacek", "Łoboda", "1977-06-13", pesel=pesel("1977-06-13", "4519")),
        row(
            "Jacek",
            "Łoboda",
            "1977-06-13",
            pesel=pesel("1977-06-13", "4519")[:8] + "6" + pesel("1977-06-13", "4519")[9:],
        ),
        AUTO,
    ),
    trap(
        "a number that lost its zeros",
        row("Maja", "Ciołkowska", "2003-01-07", pesel=pesel("2003-01-07", "0468")),
        row("Maja", "Ciołkowska", "2003-01-07", pesel=pesel("2003-01-07", "0468").lstrip("0"), **away()),
        AUTO,
    ),
    trap(
        "a filler number is no number",
        row("Irena", "Paprotna", "1949-02-11", pesel="11111111111"),
        row("Irena", "Paprotna", "1949-02-11", pesel=pesel("1949-02-11", "3328"), **away()),
        AUTO,
    ),
    trap(
        "two names joined by a hyphen",
        row("Joanna", "Krzewińska-Makuch", "1985-11-04", flat="10"),
        row("Joanna", "Krzewińska", "1985-11-04", flat="10"),
        AUTO,
    ),
    trap(
        "married and at the same address",
        row("Olga", "Hajdukiewicz", "1990-07-07", flat="11"),
        row("Olga", "Strumiłło", "1990-07-07", flat="11"),
        AUTO,
    ),
    trap(
        "married, moved and with the same number",
        row("Wanda", "Czyżykowska", "1968-12-05", pesel=pesel("1968-12-05", "6627")),
        row("Wanda", "Mrągowska", "1968-12-05", pesel=pesel("1968-12-05", "6627"), **away()),
        AUTO,
    ),
    trap(
        "first and last name swapped",
        row("Grzegorz", "Przepiórka", "1973-05-25", flat="12"),
        row("Przepiórka", "Grzegorz", "1973-05-25", flat="12", sex="M"),
        AUTO,
    ),
    trap(
        "spelled by a passport and by a clerk",
        row("Serhii", "Shevchenko", "1986-10-18", flat="13"),
        row("Siergiej", "Szewczenko", "1986-10-18", flat="13"),
        AUTO,
    ),
    trap(
        "written in Cyrillic by one office",
        row("Олександр", "Щербаківський", "1983-10-17", phone="609200300"),
        row("Oleksandr", "Shcherbakivskyi", "1983-10-17", **away()),
        AUTO,
    ),
    trap(
        "different people whose names are only signs",
        row("---", "---", "1977-05-06", phone="609200311"),
        row("???", "...", "1977-05-06", **away()),
        APART,
    ),
    trap(
        "two names run together",
        row("BarbaraKatarzyna", "Ciechanowiecka", "1964-04-13"),
        row("Barbara", "Ciechanowiecka", "1964-04-13"),
        AUTO,
    ),
    trap(
        "a number that a spreadsheet took for an amount",
        row("Edyta", "Gronostajska", "1986-12-01", pesel=pesel("1986-12-01", "4426") + ".0"),
        row("Edyta", "Gronostajska-Byk", "1986-12-01", pesel=pesel("1986-12-01", "4426"), **away()),
        AUTO,
    ),
    trap(
        "a lost letter",
        row("Łucjan", "Żołądkiewicz", "1959-01-28", flat="14"),
        row("UCJAN", "OŁĄDKIEWICZ", "1959-01-28", flat="14"),
        AUTO,
    ),
    trap(
        "question marks for Polish letters",
        row("Świętosław", "Gżegżółka", "1962-04-14"),
        row("?wi?tos?aw", "G?eg??ka", "1962-04-14"),
        AUTO,
    ),
    trap(
        "text read in the wrong code page",
        row("Mieczysław", "Chrząszczewski", "1947-09-09"),
        row("Mieczys³aw", "Chrz¹szczewski", "1947-09-09", **away()),
        AUTO,
    ),
    trap(
        "the first of January for an unknown day",
        row("Kazimiera", "Wierzbołowska", "1938-06-22", flat="15"),
        row("Kazimiera", "Wierzbołowska", "1938-01-01", flat="15"),
        AUTO,
    ),
    trap(
        "namesakes who share only the first of January",
        row("Maria", "Kowalska", "1950-01-01"),
        row("Maria", "Nowak", "1950-01-01", **away()),
        APART,
    ),
    trap(
        "day and month swapped",
        row("Rozalia", "Tatarkiewicz", "1975-03-11", flat="16"),
        row("Rozalia", "Tatarkiewicz", "1975-11-03", flat="16"),
        AUTO,
    ),
    trap(
        "a birth date ten years off, and a number that says which is right",
        row("Nela", "Krzywołęcka", "1993-08-28", pesel=pesel("2003-08-28", "2824")),
        row("Nela", "Krzywołęcka", "2003-08-28", pesel=pesel("2003-08-28", "2824"), **away()),
        AUTO,
    ),
    trap(
        "born on 29 February",
        row("Jagoda", "Pszczółkowska", "2004-02-29", flat="17"),
        row("Jagoda", "Pszczółkowska", "2004-02-29", pesel=IN_2004[:9] + "2" + "5", flat="17"),
        AUTO,
    ),
    trap(
        "born in the 1800s",
        row("Apolonia", "Dunin", "1897-11-30", pesel=IN_1897),
        row("Apolonia", "Dunin", "1897-11-30", pesel=IN_1897, **away()),
        AUTO,
    ),
    trap(
        "the same digits of birth in two centuries",
        row("Iga", "Sarnowska", "1904-02-29", pesel=pesel("1904-02-29", "7013"), sex="M", flat="18"),
        row("Iga", "Sarnowska", "2004-02-29", pesel=IN_2004, sex="M", flat="18"),
        APART,
    ),
    trap(
        "house and flat in one field, and married",
        row("Otylia", "Bębenkowska", "1966-10-12", house="44 A/12", flat=""),
        row("Otylia", "Kardasz", "1966-10-12", house="44a", flat="12"),
        AUTO,
    ),
    trap(
        "street, house and flat in one field, and married",
        row("Lukrecja", "Brodzińska", "1958-03-22", street="UL. ZACISZE NR 46 M. 5", house="", flat=""),
        row("Lukrecja", "Ćwiertnia", "1958-03-22", house="46", flat="5"),
        AUTO,
    ),
    trap(
        "underscores for Polish letters",
        row("Łucjan", "Grzesiński", "1961-07-17"),
        row("_UCJAN", "GRZESI_SKI", "1961-07-17"),
        AUTO,
    ),
    trap(
        "a short form of the first name",
        row("Małgorzata", "Gwizdałowa", "1982-02-02", flat="19"),
        row("Gosia", "Gwizdałowa", "1982-02-02", flat="19"),
        AUTO,
    ),
    trap(
        "called by the second name",
        row("Józef", "Niedźwiadek", "1953-10-31", second_name="Ludwik", flat="20", phone="603200300"),
        row("Ludwik", "Niedźwiadek", "1953-10-31", flat="20", phone="603200300"),
        AUTO,
    ),
]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[Pair, Said]:
    """One run over a town in which all of them live."""
    folder = tmp_path_factory.mktemp("traps")
    left, right, _ = town(folder)
    return judged(folder, [*left, *(one[1] for one in TRAPS)], [*right, *(one[2] for one in TRAPS)])


@pytest.mark.parametrize("case", [pytest.param(one, id=one[0]) for one in TRAPS])
def test_the_verdict_is_that_of_a_careful_clerk(case: Trap, pairs: dict[Pair, Said]):
    _, left, right, expected = case

    found = pairs.get((left["local_id"], right["local_id"]))

    assert (found.decision if found else None) in expected, found


def test_people_of_different_traps_are_never_taken_for_one(pairs: dict[Pair, Said]):
    mixed = [
        pair
        for pair in pairs
        if pair[0].startswith("L ") and pair[1].startswith("R ") and pair[0][2:] != pair[1][2:]
    ]

    assert [pair for pair in mixed if pairs[pair].decision == AUTO] == []
