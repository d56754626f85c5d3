"""Background jobs of matching, by name."""

from spoiwo.clients.services.erasing import on_erased
from spoiwo.matching.services import counting, erasing, keys, runs
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.statistics import refresh_statistics


@job("matching.match_generation")
def match_generation(institution_id: int, generation: int) -> None:  # noqa: ARG001
    """Match what an import brought. Also takes in what an earlier, lost job left undone."""
    runs.match_generation(institution_id)
    refresh_statistics()


@job("matching.rematch")
def rematch(left_institution_id: int, right_institution_id: int) -> None:
    """Look at two institutions anew after an agreement between them began, changed or ended."""
    runs.rematch(left_institution_id, right_institution_id)
    refresh_statistics()


@job(runs.KEEP_KEYS)
def keep_keys(institution_id: int) -> None:
    """Store the keys by which changed records will be found; until then nobody needs them."""
    keys.keep_keys(institution_id)
    refresh_statistics()


@job(counting.COUNT)
def count_shared(left: int, right: int) -> None:
    """Count the clients that two institutions share, before they sign."""
    counting.count_shared(left, right)


on_erased(erasing.forget)
