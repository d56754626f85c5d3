"""Snapshots: the observations of each year as a Parquet file that never changes, named by what is in it.

Only years with new observations are written again. The snapshot's name is the digest of its manifest, so that a
published figure can say which data it stands on.
"""

import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db.models import Max

from spoiwo.engines.indicators.keeping import write_rows
from spoiwo.engines.indicators.observed import Row
from spoiwo.monitoring.models import Observation
from spoiwo.monitoring.services.recording import latest

FOLDER = "monitoring"
MANIFEST = "manifest.json"


def take_snapshot() -> tuple[str, list[Path]]:
    """Bring the files up to date; answers the name of the snapshot and its files."""
    folder = Path(settings.DATA_DIR) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    before = _read(folder)
    newest = Observation.objects.order_by("year").values_list("year").annotate(newest=Max("pk"))
    years = {str(year): _year(folder, before.get(str(year)), year, last) for year, last in newest}
    content = json.dumps(years, sort_keys=True)
    _replace(folder / MANIFEST, content)
    return hashlib.sha256(content.encode()).hexdigest(), [folder / year["file"] for year in years.values()]


def _read(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / MANIFEST
    found: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def _year(folder: Path, before: dict[str, str] | None, year: int, newest: int) -> dict[str, str]:
    if before and before["newest"] == str(newest) and (folder / before["file"]).exists():
        return before
    kept = latest(Observation.objects.filter(year=year).select_related("measure")).values()
    rows = [
        Row(
            measure=row.measure.code,
            unit=row.unit,
            territory=row.territory,
            period=row.period,
            value=row.value,
            status=row.status,
            cell=row.cell,
        )
        for row in kept
    ]
    with TemporaryDirectory(dir=folder) as making:
        path = Path(making) / "part.parquet"
        digest = write_rows(path, rows)
        name = f"{year}-{digest[:16]}.parquet"
        path.replace(folder / name)
    return {"file": name, "sha256": digest, "rows": str(len(rows)), "newest": str(newest)}


def _replace(path: Path, content: str) -> None:
    making = path.with_suffix(".new")
    making.write_text(content, encoding="utf-8")
    making.replace(path)
