"""How large what is measured is: as published, or a share of it to see that a case still runs."""

import os

VARIABLE = "BENCH_SHARE"  # read by child processes too
SHARE = float(os.environ.get(VARIABLE, "1"))


def scaled(size: int, *, least: int = 1) -> int:
    """The size in this run."""
    return max(least, round(size * SHARE))
