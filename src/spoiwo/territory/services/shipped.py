"""The start that comes with the product: all voivodeships, and Lubuskie down to parts of communes."""

import csv
from pathlib import Path

from django.db import transaction

from spoiwo.kernel.teryt import UnitLevel
from spoiwo.territory import rules
from spoiwo.territory.models import Subregion, SubregionCounty, TercEdition, TerytUnit
from spoiwo.territory.queries import register_state
from spoiwo.territory.services.importing import take_in
from spoiwo.territory.services.reading import read_terc
from spoiwo.territory.types import EditionSource, TercReport

_DATA = Path(__file__).resolve().parents[1] / "data"
_UPPER_LEVELS = (UnitLevel.VOIVODESHIP, UnitLevel.COUNTY)


@transaction.atomic
def load_shipped() -> TercReport:
    """Fill an empty register; change nothing where an official file was taken in, or when run again.

    Subregions are added where they are missing and their counties are known; those edited since stay.
    """
    report = TercReport(as_of=register_state())
    if not TercEdition.objects.filter(source=EditionSource.OFFICIAL).exists():
        with (_DATA / "terc_start.csv").open("rb") as stream:
            rows = rules.rows_by_code(read_terc(stream))
        report = take_in(rows, as_of=None, source=EditionSource.SHIPPED)
    _add_subregions()
    return report


def _add_subregions() -> None:
    """subregions_start.csv holds one row per county: code;name;voivodeship;county (TERYT codes)."""
    units = {unit.code: unit for unit in TerytUnit.objects.in_force().filter(level__in=_UPPER_LEVELS)}
    present = set(Subregion.objects.values_list("code", flat=True))
    with (_DATA / "subregions_start.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter=";") if row["code"] not in present]
    for row in rows:
        subregion, _ = Subregion.objects.get_or_create(
            code=row["code"], defaults={"name": row["name"], "voivodeship": units[row["voivodeship"]]}
        )
        if row["county"] in units:
            SubregionCounty.objects.get_or_create(
                county=units[row["county"]], defaults={"subregion": subregion}
            )
