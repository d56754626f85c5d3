"""Measure everything, or the cases named, and write the figures down.

python -m benchmarks [audit_chain imports pages ...]
"""

import sys
from importlib import import_module

from benchmarks import report

CASES = (
    "audit_chain",
    "audit_verify",
    "discovery",
    "febrl",
    "imports",
    "identity",
    "indicators",
    "linkage",
    "pages",
    "pages_during_import",
    "survey_export",
    "partnership",
    "plans",
    "support_report",
    "districts",
)


def main(names: list[str]) -> int:
    """Run the cases one after the other; answers 1 when a must is missed."""
    missed = 0
    for name in names or CASES:
        figures = import_module(f"benchmarks.{name}").run()
        if not figures:
            print(f"not measured: {name}", file=sys.stderr)
            continue
        path = report.write(name, figures)
        for figure in figures:
            missed += figure.verdict == "missed"
            print(f"{figure.verdict:7} {figure.judged:12.3f}  {figure.what}")
        print(f"written: {path.name}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
