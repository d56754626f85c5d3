"""How much of the product its tests must reach: every branch of what decides, nearly all of the rest.

python -m tools.coverage_gate            judge the data of the last run (.coverage)
pytest --cov ... -p tools.coverage_gate  judge at the end of the run, which fails with the gate
"""

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import pytest
from coverage import Coverage

DECIDING = ("rules", "policies", "services")
REST_PERCENT = 90.0


@dataclass(frozen=True, slots=True)
class FileCoverage:
    """What was reached of one file: statements and branches together, and the lines that lack something."""

    path: str
    reached: int
    all: int
    gaps: str


def is_deciding(path: str) -> bool:
    """Whether a file is, or lies in, a context's rules, policies or services."""
    names = {PurePath(part).stem for part in PurePath(path).parts}
    return not names.isdisjoint(DECIDING)


def verdict(files: Iterable[FileCoverage]) -> Iterator[str]:
    """A sentence for everything below the gate; nothing when all is well."""
    reached = total = 0
    for file in files:
        if is_deciding(file.path):
            if file.reached < file.all:
                yield f"{file.path} decides and must be covered whole: {file.gaps}"
        else:
            reached += file.reached
            total += file.all
    if total and 100 * reached < REST_PERCENT * total:
        yield f"The rest is covered to {100 * reached / total:.1f} %, below {REST_PERCENT:.0f} %."


def measured(report: Mapping[str, Any]) -> Iterator[FileCoverage]:
    """Files of a coverage report in JSON."""
    for path, file in report["files"].items():
        summary = file["summary"]
        yield FileCoverage(
            path=path,
            reached=summary["covered_lines"] + summary["covered_branches"],
            all=summary["num_statements"] + summary["num_branches"],
            gaps=_gaps(file),
        )


def _gaps(file: Mapping[str, Any]) -> str:
    lines = [str(line) for line in file["missing_lines"]]
    branches = [f"{start}->{'exit' if end < 0 else end}" for start, end in file["missing_branches"]]
    return ", ".join(lines + branches)


def judge() -> list[str]:
    """Judge the data file of the last run."""
    coverage = Coverage()
    coverage.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coverage.json"
        coverage.json_report(outfile=str(path))
        report = json.loads(path.read_text(encoding="utf-8"))
    return list(verdict(measured(report)))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that passed but left gaps (in the process that collects, not in its workers)."""
    if hasattr(session.config, "workerinput"):
        return
    problems = judge()
    session.config.stash[_PROBLEMS] = problems
    if problems and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what is below the gate."""
    problems = config.stash.get(_PROBLEMS, [])
    if problems:
        terminalreporter.section("coverage gate", red=True)
        for problem in problems:
            terminalreporter.line(problem)


_PROBLEMS: pytest.StashKey[list[str]] = pytest.StashKey()


def main() -> int:
    """Print the gaps; answers 1 when there are any."""
    problems = judge()
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
