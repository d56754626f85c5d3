"""What everybody may read without signing in."""

from django.db.models import QuerySet

from spoiwo.monitoring.models import IndicatorVersion, Publication
from spoiwo.monitoring.queries import newest_publications
from spoiwo.monitoring.types import Reach, State


def for_everybody() -> list[tuple[IndicatorVersion, Publication]]:
    """Approved cards whose figures are open, with their newest publication, by side and Polish name."""
    versions = [version for version in _approved() if _is_open(version)]
    newest = newest_publications(versions)
    return [(version, newest[version.pk]) for version in versions if version.pk in newest]


def one_for_everybody(code: str) -> IndicatorVersion | None:
    """An approved card whose figures are open."""
    return next((one for one in _approved().filter(indicator__code=code) if _is_open(one)), None)


def _approved() -> QuerySet[IndicatorVersion]:
    found = IndicatorVersion.objects.filter(state=State.APPROVED).select_related("indicator__institution")
    return found.order_by("indicator__side", "name_pl")


def _is_open(version: IndicatorVersion) -> bool:
    return bool(version.aims.get("reach", Reach.PUBLIC.value) == Reach.PUBLIC)
