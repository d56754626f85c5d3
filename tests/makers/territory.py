"""TERC files and units for tests: a small country with the true codes of a few places."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from spoiwo.kernel.teryt import TerytCode
from spoiwo.territory.models import TerytUnit
from spoiwo.territory.types import KnownUnit, TercRow

HEADER = "WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA"
COUNTRY = {
    "08": "LUBUSKIE",
    "0801": "gorzowski",
    "0801011": "Kostrzyn nad Odrą",
    "0801022": "Bogdaniec",
    "0801073": "Witnica",
    "0801074": "Witnica",
    "0801075": "Witnica",
    "0861": "Gorzów Wielkopolski",
    "0861011": "Gorzów Wielkopolski",
    "10": "ŁÓDZKIE",
    "1061": "Łódź",
    "1061011": "Łódź",
    "1061029": "Łódź-Bałuty",
}
DAY = date(2024, 1, 1)


def country(**renamed_or_new: str) -> dict[str, str]:
    """The small country, with units added or renamed: country(u0801022="Bogdaniec Nowy")."""
    return COUNTRY | {key.removeprefix("u"): name for key, name in renamed_or_new.items()}


def without(units: dict[str, str], *codes: str) -> dict[str, str]:
    """The units less those with these codes."""
    return {code: name for code, name in units.items() if code not in codes}


def line(code: str, name: str, stated_on: date = DAY) -> str:
    """One line of the CSV form."""
    return f"{code[:2]};{code[2:4]};{code[4:6]};{code[6:]};{name};;{stated_on}"


def terc_csv(units: dict[str, str] = COUNTRY, *, stated_on: date = DAY, header: str = HEADER) -> BytesIO:
    """A TERC file as published: byte order mark, CRLF, semicolons."""
    lines = [header, *(line(code, name, stated_on) for code, name in units.items())]
    return BytesIO("\r\n".join([*lines, ""]).encode("utf-8-sig"))


def terc_lines(*lines: str) -> BytesIO:
    """A TERC file of exactly these lines under the header."""
    return BytesIO("\n".join([HEADER, *lines]).encode())


def terc_xml(
    units: dict[str, str] = COUNTRY, *, stated_on: date = DAY, named_columns: bool = False
) -> BytesIO:
    """The same as XML; named_columns: in the older dialect <col name="WOJ">."""
    rows = "".join(
        f"<row>\n{_elements(code, name, stated_on, named_columns)}</row>\n" for code, name in units.items()
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<teryt><catalog name="TERC" type="all" date="{stated_on}">\n{rows}</catalog></teryt>'
    )
    return BytesIO(text.encode())


def row(code: str, name: str = "Witnica", *, line: int = 2, stated_on: date = DAY) -> TercRow:
    """A row as it comes from reading."""
    return TercRow(line, TerytCode(code), name, stated_on)


def rows(units: dict[str, str] = COUNTRY, *, stated_on: date = DAY) -> dict[str, TercRow]:
    """Rows under their codes."""
    numbered = enumerate(units.items(), start=2)
    return {code: row(code, name, line=line, stated_on=stated_on) for line, (code, name) in numbered}


def known(units: dict[str, str] = COUNTRY, *, valid_from: date = DAY) -> dict[str, KnownUnit]:
    """Units the register holds, under their codes."""
    return {code: KnownUnit(TerytCode(code), name, valid_from) for code, name in units.items()}


def unit(code: str, name: str = "x", **fields: object) -> TerytUnit:
    """A saved unit with what its code implies; fields override."""
    teryt = TerytCode(code)
    implied = {"level": teryt.level, "commune_kind": teryt.kind, "valid_from": DAY}
    return TerytUnit.objects.create(**{"code": code, "name": name} | implied | fields)


def periods(code: str) -> list[tuple[str, date, date | None]]:
    """Name, first and last day of every row of a code, oldest first."""
    found = TerytUnit.objects.filter(code=code).order_by("valid_from")
    return list(found.values_list("name", "valid_from", "valid_to"))


def _elements(code: str, name: str, stated_on: date, named_columns: bool) -> Iterable[str]:
    values = {
        "WOJ": code[:2],
        "POW": code[2:4],
        "GMI": code[4:6],
        "RODZ": code[6:],
        "NAZWA": name,
        "NAZWA_DOD": "",
        "STAN_NA": str(stated_on),
    }
    if named_columns:
        return "".join(f'  <col name="{column}">{value}</col>\n' for column, value in values.items())
    return "".join(
        f"  <{column}>{value}</{column}>\n" if value else f"  <{column}/>\n"
        for column, value in values.items()
    )
