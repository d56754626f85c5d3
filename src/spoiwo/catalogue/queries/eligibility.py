"""What a kind of receiver checks on a day."""

from datetime import date

from django.db.models import Q

from spoiwo.catalogue.models import CheckItem, CheckList
from spoiwo.catalogue.types import CheckPoint, PlaceKind, Stage, Weight


def check_points(kind: str, day: date, *, stage: Stage | None = None) -> list[CheckPoint]:
    """Questions of the list in force, in order; none when a kind has no list."""
    valid = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    in_force = CheckList.objects.filter(valid, kind=kind).order_by("-version").first()
    if in_force is None:
        return []
    items = CheckItem.objects.filter(check_list=in_force).order_by("position", "pk")
    if stage is not None:
        items = items.filter(stage=stage)
    return [_point(one) for one in items]


def check_lists(day: date) -> list[tuple[PlaceKind, list[CheckPoint]]]:
    """All lists in force, by kind, in the order of the kinds."""
    found = [(kind, check_points(kind, day)) for kind in PlaceKind]
    return [(kind, points) for kind, points in found if points]


def _point(item: CheckItem) -> CheckPoint:
    return CheckPoint(
        id=item.pk,
        code=item.code,
        question=str(item),
        wanted=item.wanted,
        weight=Weight(item.weight),
        stage=Stage(item.stage),
        source=item.source,
        given_by=dict(item.given_by),
    )
