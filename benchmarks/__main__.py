"""Measure everything, or the cases named, and write the figures down.

python -m benchmarks [audit_chain imports pages ...]
python -m benchmarks --share 0.01 [...]     smaller where a case allows, to see that it runs; nothing is written

A case that breaks off is named at the end, and the others are measured all the same.
"""

import argparse
import os
import sys
import traceback
from importlib import import_module

from benchmarks import report, scale

CASES = (
    "audit_chain",
    "audit_verify",
    "audited_reads",
    "discovery",
    "febrl",
    "imports",
    "identity",
    "indicators",
    "linkage",
    "pages",
    "pages_during_import",
    "staff_during_import",
    "survey_export",
    "partnership",
    "plans",
    "support_report",
    "districts",
    "walls",
)


def main(words: list[str]) -> int:
    """Run the cases one after the other; answers 1 when a must is missed or a case broke off."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("case", nargs="*", choices=[*CASES, []], default=[])
    told = parser.parse_args(words)
    os.environ[scale.VARIABLE] = str(told.share)
    scale.SHARE = told.share
    missed, broken = 0, []
    for name in told.case or CASES:
        try:
            missed += _measured(name, keep=told.share == 1)
        except Exception:  # noqa: BLE001 whatever it was, the other cases can be measured
            traceback.print_exc()
            broken.append(name)
    if broken:
        print("broke off: " + ", ".join(broken), file=sys.stderr)
    return 1 if missed or broken else 0


def _measured(name: str, *, keep: bool) -> int:
    """Measure one case; how many of its musts are missed."""
    figures = import_module(f"benchmarks.{name}").run()
    for figure in figures:
        print(f"{figure.verdict:7} {figure.judged:12.3f}  {figure.what}")
    if keep:
        print(f"written: {report.write(name, figures).name}", file=sys.stderr)
    return sum(figure.verdict == "missed" for figure in figures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
