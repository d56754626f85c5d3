"""How long the long runs are: `make soak` runs them in full, every other run a tenth of them."""

import os


def rounds(full: int) -> int:
    """How many rounds to run of those that a full soak takes; at least one. The rounds are seeded."""
    return full if os.environ.get("SOAK") == "full" else max(1, full // 10)
