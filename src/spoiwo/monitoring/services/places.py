"""Taking boundaries in."""

from django.db import transaction

from spoiwo.monitoring.models import Boundary
from spoiwo.monitoring.rules.boundaries import read_boundaries


@transaction.atomic
def take_boundaries(content: bytes) -> int:
    """Keep the shapes of a GeoJSON or TopoJSON file, in place of those known; answers of how many places.

    Raises BoundariesUnreadable.
    """
    found = read_boundaries(content)
    rows = [Boundary(code=code, rings=rings) for code, rings in sorted(found.items())]
    Boundary.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["rings"], batch_size=200
    )
    return len(rows)
