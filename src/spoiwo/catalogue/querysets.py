"""Which rows an actor can reach."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from spoiwo.catalogue.rules import roles
from spoiwo.catalogue.rules.freshness import oldest_trusted
from spoiwo.catalogue.rules.places import reach_of
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key


class PlaceQuerySet(models.QuerySet[Any]):
    """Entries of the catalogue: public, kept by one institution each."""

    def listed(self) -> Self:
        """Those not withdrawn, of institutions that still work."""
        return self.filter(withdrawn_on__isnull=True, institution__closed_on__isnull=True)

    def kept_by(self, actor: Actor) -> Self:
        """Those that the actor's institution answers for."""
        if not roles.keeps_places(actor):
            return self.none()
        return self.filter(Q(keeper_id=actor.institution_id) | Q(institution_id=actor.institution_id))

    def with_words(self, text: str) -> Self:
        """Those in which every word is found, without regard to diacritics."""
        found = self
        for word in search_key(text).split():
            found = found.filter(search_key__contains=word)
        return found

    def serving(self, where: str) -> Self:
        """Those that take somebody who lives in a commune or county."""
        if not where:
            return self
        areas = apps.get_model("catalogue", "PlaceArea").objects.filter(place=OuterRef("pk"))
        near = Q(teryt__in=reach_of(where)) | Q(teryt__startswith=where)
        inside = areas.filter(near)
        return self.filter(~Exists(areas) | Exists(inside))

    def for_group(self, group: str) -> Self:
        """Those for a group of people, and those for everybody."""
        if not group:
            return self
        kept = apps.get_model("catalogue", "PlaceGroup").objects.filter(place=OuterRef("pk"))
        return self.filter(Exists(kept.filter(group__in=[group, "everybody"])))

    def with_free_places(self) -> Self:
        """Those without a limit or with a place left."""
        taken = F("taken_elsewhere") + F("taken_by_referrals")
        return self.filter(Q(places_total__isnull=True) | Q(places_total__gt=taken))

    def trusted(self, today: date) -> Self:
        """Those confirmed not too long ago."""
        return self.filter(confirmed_on__gte=oldest_trusted(today))


class CorrectionQuerySet(models.QuerySet[Any]):
    """Suggestions what to correct."""

    def visible_to(self, actor: Actor) -> Self:
        """Those the own institution made, and those about its entries."""
        if not roles.reads(actor):
            return self.none()
        own = Q(suggested_by_id=actor.institution_id)
        kept = Q(place__keeper_id=actor.institution_id) | Q(place__institution_id=actor.institution_id)
        return self.filter(own | kept if roles.keeps_places(actor) else own)

    def to_decide(self, actor: Actor) -> Self:
        """Those that wait for the actor's institution."""
        if not roles.keeps_places(actor):
            return self.none()
        kept = Q(place__keeper_id=actor.institution_id) | Q(place__institution_id=actor.institution_id)
        return self.filter(kept, state="proposed")


class SuggestedPlaceQuerySet(models.QuerySet[Any]):
    """Places that somebody says are missing."""

    def visible_to(self, actor: Actor) -> Self:
        """Those the own institution suggested, and those it may decide about."""
        if not roles.reads(actor):
            return self.none()
        own = Q(suggested_by_id=actor.institution_id)
        return self.filter(own | Q(pk__in=self.decided_by(actor).values("pk")))

    def to_decide(self, actor: Actor) -> Self:
        """Those that wait for the institution whose place it is, or for those who keep places for others."""
        return self.decided_by(actor).filter(state="proposed")

    def decided_by(self, actor: Actor) -> Self:
        """Those about which the actor's institution decides, whatever became of them."""
        if roles.keeps_for_others(actor):
            return self
        if not roles.keeps_places(actor):
            return self.none()
        return self.filter(institution_id=actor.institution_id)
