"""Places of support that an institution answers for."""

from spoiwo.catalogue.models import Place
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.takeout import Takeout, same, takeout


def tables(actor: Actor) -> list[Takeout]:
    """Places, withdrawn ones too."""
    columns = (
        *(
            "uuid",
            "kind",
            "name",
            "about",
            "conditions",
            "funding",
            "funding_note",
            "teryt",
            "street",
            "phone",
        ),
        *(
            "email",
            "website",
            "places_total",
            "taken_elsewhere",
            "respond_days",
            "confirmed_on",
            "withdrawn_on",
        ),
    )
    kept = Place.objects.filter(pk__in=Place.objects.kept_by(actor).values("pk"))
    return [takeout("places", kept, {"institution": "institution__code", **same(*columns)})]
