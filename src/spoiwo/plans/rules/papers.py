"""The fields of a plan that an institution's own print can hold, and what a template is tried out with."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Fields = Mapping[str, Any]
SAMPLE_CODE = "0a1b 2c3d 4e5f 6071"
SAMPLE: Fields = MappingProxyType(
    {
        "plan": {
            "numer": "WP/2026/1",
            "wersja": "1",
            "od": "1 stycznia 2026",
            "do": "31 grudnia 2026",
            "porozumienie": "P/1/2026",
            "problem": "Długie bezrobocie",
            "przeglad": "31 stycznia 2026",
            "kod": SAMPLE_CODE,
            "pelny_kod": "0a1b2c3d4e5f6071" * 4,
        },
        "osoba": {"imie": "Anna", "nazwisko": "Próbna"},
        "strony": [{"nazwa": "Urząd Próbny"}],
        "cele": [
            {
                "tekst": "Praca",
                "miernik": "umowa",
                "teraz": "brak",
                "ma_byc": "jest",
                "termin": "30 września 2026",
                "dzialania": [
                    {
                        "tekst": "Kurs",
                        "odpowiada": "Urząd Próbny",
                        "pracownik": "Jan Próbny",
                        "od": "1 marca 2026",
                        "do": "30 czerwca 2026",
                        "usluga": "szkolenie",
                        "dowod": "świadectwo",
                        "projekt": "",
                    }
                ],
            }
        ],
        "wsparcie": [{"od": "1 lutego 2026", "kwota": "600,00 zł"}],
        "wsparcie_razem": "600,00 zł",
        "dokumenty": [{"opis": "IPD 1/2026"}],
        "pracownicy": [{"rola": "Doradca zawodowy", "nazwisko": "Jan Próbny", "instytucja": "Urząd Próbny"}],
        "uwaga": "",
    }
)


def names_of(fields: Fields = SAMPLE) -> list[str]:
    """Names of all fields; those of lists stand behind the list's name and brackets."""
    found = []
    for name, value in fields.items():
        if isinstance(value, Mapping):
            found += [f"{name}.{inner}" for inner in names_of(value)]
        elif isinstance(value, list):
            found += [f"{name}[].{inner}" for inner in names_of(value[0])]
        else:
            found.append(name)
    return found
