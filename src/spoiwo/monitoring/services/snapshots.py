"""Snapshots: the observations of each year as a Parquet file that never changes, named by what is in it.

Only years with new observations are written again. The snapshot's name is the digest of its manifest, which is kept
under that name, so that a published figure can say which data it stands on and be computed from them again. Communes
that have another code since are brought under the one they have now.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db.models import Max

from spoiwo.engines.indicators.keeping import digest_of, write_expected, write_rows
from spoiwo.engines.indicators.observed import Expected as Frame
from spoiwo.engines.indicators.observed import Row
from spoiwo.monitoring.errors import SnapshotGone
from spoiwo.monitoring.models import Expected, Measure, Observation
from spoiwo.monitoring.queries.evidence import latest
from spoiwo.monitoring.types import Freshness
from spoiwo.territory import queries as territory

FOLDER = "monitoring"
MANIFEST = "manifest.json"
FRAME = "frame"  # beside the years
Manifest = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of a snapshot: the observations of each year, and who was expected to report, if anybody was."""

    name: str
    files: tuple[Path, ...]
    frame: Path | None


def take_snapshot() -> Snapshot:
    """Bring the files up to date."""
    folder = _folder()
    before = _read(folder / MANIFEST)
    newest = Observation.objects.order_by("year").values_list("year").annotate(newest=Max("pk"))
    years = {str(year): _year(folder, before.get(str(year)), year, last) for year, last in newest}
    content = json.dumps(years | _frame(folder, before.get(FRAME)), sort_keys=True)
    name = hashlib.sha256(content.encode()).hexdigest()
    _write(folder / f"{name}.json", content)
    _replace(folder / MANIFEST, content)
    return _snapshot(name, json.loads(content))


def files_of(name: str) -> Snapshot:
    """A snapshot taken before, as it was. Raises SnapshotGone: missing, or not the same any more."""
    folder = _folder()
    kept = _kept(name)
    for one in kept.values():
        path = folder / one["file"]
        if not path.exists() or digest_of(path) != one["sha256"]:
            raise SnapshotGone(one["file"])
    return _snapshot(name, kept)


def manifest_of(name: str) -> Manifest:
    """Year -> file, sha256, rows and the number of the newest observation in it. Raises SnapshotGone."""
    return {year: one for year, one in _kept(name).items() if year != FRAME}


def _kept(name: str) -> dict[str, dict[str, str]]:
    path = _folder() / f"{name}.json"
    if not path.exists() or digest_of(path) != name:
        raise SnapshotGone(name)
    return _read(path)


def _snapshot(name: str, kept: Manifest) -> Snapshot:
    folder = _folder()
    files = tuple(folder / one["file"] for year, one in kept.items() if year != FRAME)
    return Snapshot(name, files, folder / kept[FRAME]["file"] if FRAME in kept else None)


def freshness() -> Freshness:
    """How many observations came after the newest snapshot, and when that was taken."""
    path = _folder() / MANIFEST
    years = {year: one for year, one in _read(path).items() if year != FRAME}
    newest = max((int(year["newest"]) for year in years.values()), default=0)
    taken = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) if years else None
    return Freshness(taken, Observation.objects.filter(pk__gt=newest).count())


def folder_of(name: str) -> Path:
    """A folder beside the snapshots for what follows from them."""
    folder = _folder() / name
    folder.mkdir(exist_ok=True)
    return folder


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _read(path: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def _year(folder: Path, before: dict[str, str] | None, year: int, newest: int) -> dict[str, str]:
    """The file of a year, with places as the newest state of the register has them; what is confidential is missing."""
    state = territory.places_state()
    is_fresh = before and (before["newest"], before.get("register", "")) == (str(newest), state)
    if before and is_fresh and (folder / before["file"]).exists():
        return before
    dimensions = {name for names in Measure.objects.values_list("dimensions", flat=True) for name in names}
    kept = latest(Observation.objects.filter(year=year, pk__lte=newest).select_related("measure")).values()
    places = territory.present_codes(row.territory for row in kept)
    rows = [
        Row(
            measure=row.measure.code,
            unit=row.unit,
            territory=places.get(row.territory, row.territory),
            period=row.period,
            value=None if row.confidential else row.value,
            status="missing" if row.confidential else row.status,
            cell=row.cell,
        )
        for row in kept
    ]
    with TemporaryDirectory(dir=folder) as making:
        path = Path(making) / "part.parquet"
        digest = write_rows(path, rows, dimensions)
        name = f"{year}-{digest[:16]}.parquet"
        path.replace(folder / name)
    told = {"file": name, "sha256": digest, "rows": str(len(rows)), "newest": str(newest)}
    return told | {"register": state}


def _frame(folder: Path, before: dict[str, str] | None) -> dict[str, dict[str, str]]:
    expected = Expected.objects.order_by("unit", "period", "institution")
    found = list(expected.values_list("unit", "territory", "period", "kind"))
    places = territory.present_codes(place for _unit, place, _period, _kind in found)
    rows = [
        Frame(unit=unit, territory=places.get(place, place), period=period, cell={"kind": kind})
        for unit, place, period, kind in found
    ]
    if not rows:
        return {}
    told = hashlib.sha256(repr(rows).encode()).hexdigest()
    if before and before["told"] == told and (folder / before["file"]).exists():
        return {FRAME: before}
    with TemporaryDirectory(dir=folder) as making:
        path = Path(making) / "part.parquet"
        digest = write_expected(path, rows)
        name = f"frame-{digest[:16]}.parquet"
        path.replace(folder / name)
    return {FRAME: {"file": name, "sha256": digest, "rows": str(len(rows)), "told": told}}


def _write(path: Path, content: str) -> None:
    if not path.exists():
        _replace(path, content)


def _replace(path: Path, content: str) -> None:
    with TemporaryDirectory(dir=path.parent) as making:
        part = Path(making) / path.name
        part.write_text(content, encoding="utf-8")
        part.replace(path)
