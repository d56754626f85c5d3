"""Open data: the released table as rows, records, and a description that machines read."""

import csv
import io
from collections.abc import Iterable, Sequence

from spoiwo.monitoring.models import IndicatorVersion, Publication
from spoiwo.monitoring.types import Found
from spoiwo.toolkit.sheets import harmless

FIXED = ("territory", "level", "period")
FIGURES = ("value", "numerator", "denominator", "units", "status")
STATUSES = {
    "ok": "figure",
    "suppressed": "hidden for confidentiality",
    "missing": "not known",
    "na": "cannot be computed",
}


def header(version: IndicatorVersion) -> tuple[str, ...]:
    """Names of the columns."""
    return (*FIXED, *version.entry.get("by", []), *FIGURES)


def rows(version: IndicatorVersion, found: Sequence[Found]) -> bytes:
    """CSV, one row per figure, with decimal points; what is hidden or unknown is empty and its status says why."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header(version))
    writer.writerows(_cells(one) for one in found)
    return out.getvalue().encode()


def _cells(one: Found) -> Iterable[str]:
    figures = (one.value, one.numerator, one.denominator, one.n_units)
    cells = (harmless(value) for value in one.cell)
    return (one.territory, str(one.level), one.period, *cells, *map(_plain, figures), one.status)


def records(version: IndicatorVersion, found: Sequence[Found]) -> list[dict[str, object]]:
    """The same as objects."""
    names = version.entry.get("by", [])
    return [
        {"territory": one.territory, "level": one.level, "period": one.period}
        | dict(zip(names, one.cell, strict=True))
        | {"value": one.value, "numerator": one.numerator, "denominator": one.denominator}
        | {"units": one.n_units, "status": one.status}
        for one in found
    ]


def metadata(
    version: IndicatorVersion, publication: Publication, address: str, theme: str
) -> dict[str, object]:
    """Columns after CSV on the Web, and everything that makes the figures provable."""
    numbers = {"level", "value", "numerator", "denominator", "units"}
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": address,
        "dialect": {"delimiter": ";", "encoding": "utf-8"},
        "dc:title": {"pl": version.name_pl, "en": version.name_en},
        "dc:subject": theme,
        "dc:publisher": version.indicator.institution.name,
        "dc:issued": publication.published_at.date().isoformat(),
        "card": {"code": version.indicator.code, "version": version.number, **version.entry},
        "texts": version.texts,
        "aims": version.aims,
        "publication": {
            "number": publication.number,
            "computation": publication.sql_hash,
            "snapshot": publication.snapshot,
            "policy": publication.policy,
            "table": publication.table_hash,
        },
        "statuses": STATUSES,
        "tableSchema": {
            "columns": [
                {"name": name, "datatype": "number" if name in numbers else "string"}
                for name in header(version)
            ]
        },
    }


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
