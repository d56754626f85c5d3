"""Districts an institution drew."""

from spoiwo.districts.models import AddressRange, District, Duty
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.takeout import Takeout, same, takeout

_OF_DISTRICT = {"district": "district__code"}


def tables(actor: Actor) -> list[Takeout]:
    """Districts, their addresses and who serves them, former ones too."""
    own = District.objects.kept_by(actor)
    ranges = same("teryt", "place", "street", "parity", "first_house", "last_house", "valid_from", "valid_to")
    return [
        takeout("districts", own, {**same("code", "name"), "shared_with": "partner__code"}),
        takeout(
            "district_addresses", AddressRange.objects.filter(district__in=own), {**_OF_DISTRICT, **ranges}
        ),
        takeout(
            "district_workers",
            Duty.objects.filter(district__in=own, institution_id=actor.institution_id),
            {**_OF_DISTRICT, **same("worker_name", "valid_from", "valid_to")},
        ),
    ]
