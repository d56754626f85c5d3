"""Figures and how they are written down."""

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure.

    value is what the product reaches, limit what the named limit reaches in the same run (0: no limit, an
    absolute goal), both in `unit`; must and aim are bounds of the judged number: of value / limit where there
    is a limit, of value otherwise; at_least tells whether the judged number has to be above or below them.
    """

    case: str
    what: str
    value: float
    unit: str
    limit: float = 0.0
    limit_name: str = ""
    must: float
    aim: float | None = None
    at_least: bool = True

    @property
    def judged(self) -> float:
        """The number that the bounds are for."""
        return self.value / self.limit if self.limit else self.value

    def holds(self, bound: float) -> bool:
        """Whether the judged number is on the right side of a bound."""
        return self.judged >= bound if self.at_least else self.judged <= bound

    @property
    def verdict(self) -> str:
        """Word for how far it went: aim, must or missed."""
        if self.aim is not None and self.holds(self.aim):
            return "aim"
        return "must" if self.holds(self.must) else "missed"


def commit() -> str:
    """The commit that was measured, with a + when the tree had changes."""
    name = _git("rev-parse", "--short=12", "HEAD")
    return name + ("+" if _git("status", "--porcelain", "--", "src") else "")


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def machine() -> dict[str, object]:
    """What it was measured on."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
    }


def write(name: str, figures: Sequence[Figure]) -> Path:
    """Write a case's figures as JSON and renew the table of all cases; answers the JSON file."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    content = {
        "case": name,
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "machine": machine(),
        "figures": [_told(figure) for figure in figures],
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (RESULTS / "README.md").write_text(table(), encoding="utf-8")
    return path


def _told(figure: Figure) -> dict[str, object]:
    return asdict(figure) | {"judged": round(figure.judged, 4), "verdict": figure.verdict}


def table() -> str:
    """All results as one Markdown table."""
    lines = [
        "# Results",
        "",
        "Written by `make bench`. Judged is value / limit where a limit is named, the value otherwise.",
        "",
        "| case | what | value | limit in the same run | judged | must | aim | verdict | commit |",
        "|---|---|---:|---|---:|---:|---:|---|---|",
    ]
    for path in sorted(RESULTS.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        lines.extend(_row(content, figure) for figure in content["figures"])
    return "\n".join(lines) + "\n"


def _row(content: dict[str, object], figure: dict[str, object]) -> str:
    sign = "≥" if figure["at_least"] else "≤"
    limit = f"{figure['limit_name']}: {figure['limit']:,.2f} {figure['unit']}" if figure["limit"] else ""
    aim = f"{sign} {figure['aim']}" if figure["aim"] is not None else ""
    cells = [
        content["case"],
        figure["what"],
        f"{figure['value']:,.2f} {figure['unit']}",
        limit,
        figure["judged"],
        f"{sign} {figure['must']}",
        aim,
        figure["verdict"],
        content["commit"],
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
