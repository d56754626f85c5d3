"""Which rows an actor can reach; everything starts closed and opens by rule."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.access.types import Category, Grant, Tier
from spoiwo.clients.rules import sharing
from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.clients.models import (
        CommonClient,
        Extract,
        Fact,
        HiddenPerson,
        HiddenRecord,
        IdentityDecision,
        RecordVersion,
        Restriction,
        SourceRecord,
    )

READERS = ("case_worker", "reviewer")  # who may open a person's data
KEEPERS = ("registrar", "supervisor", "iod")  # who may see imports and totals
OVERSEERS = ("supervisor", "iod")  # who may see which own client somebody looked at


def _known(actor: Actor, day: date) -> Q:
    """Rows whose record belongs to a person the actor's institution may know on the day, or whom emergency access
    opens to the actor now.

    Asked row by row: as a list of people it would be worked out for the whole register each time.
    """
    people = access.known_people(actor.institution_id, day)
    in_emergency = access.people_in_emergency(actor)
    whose = OuterRef("record__person_id")
    return Q(Exists(people.filter(person=whose))) | Q(Exists(in_emergency.filter(person=whose)))


def _generations(generations: Mapping[int, int]) -> Q:
    """Rows of these generations, for a caller who knows which ones are in force; of no other institution."""
    chosen = Q()
    for institution_id, generation in generations.items():
        chosen |= Q(
            institution_id=institution_id, first_generation__lte=generation, last_generation__gt=generation
        )
    return chosen if generations else Q(pk__in=[])


def hidden_records(actor: Actor) -> models.QuerySet[Any]:
    """Ids of the records that are hidden from the actor."""
    return (
        HiddenRecordQuerySet(apps.get_model("clients", "HiddenRecord")).hidden_from(actor).values("record_id")
    )


def hidden_people(actor: Actor) -> models.QuerySet[Any]:
    """Index rows of the people whom the actor's own institution hides from them."""
    return HiddenPersonQuerySet(apps.get_model("clients", "HiddenPerson")).visible_to(actor).values("person")


def within_sight(actor: Actor, record: str) -> Q:
    """Rows whose record is not hidden from the actor. record: name of the column with the record's id.

    Few records are hidden: their ids are worked out once, not asked for row by row.
    """
    return ~Q(**{f"{record}__in": hidden_records(actor)})


def about_nobody_hidden(actor: Actor, person: str) -> Q:
    """Rows about nobody whom the actor's own institution hides from them. person: column with the index row's id.

    For what is kept about people beside the register, also without a record of it.
    """
    return ~Q(**{f"{person}__in": hidden_people(actor)})


def lives_in_area(actor: Actor, record: str) -> Q:
    """Rows whose own record the register in force puts inside the actor's territories.

    record: name of the column with the record's id. Records that the register no longer holds, or holds without
    a commune, are within reach only of those who work in the whole area.
    """
    if not actor.territories:
        return Q()
    versions = RecordVersionQuerySet(apps.get_model("clients", "RecordVersion"))
    inside = versions.within_reach(actor).current().filter(record_id=OuterRef(record))
    return Q(Exists(inside))


class SourceRecordQuerySet(models.QuerySet["SourceRecord"]):
    """Records of institutions' registers."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's records inside the actor's territories, for those who work with people."""
        if not actor.has_any(*READERS):
            return self.none()
        own = self.filter(institution_id=actor.institution_id, erased_at__isnull=True)
        return own.filter(lives_in_area(actor, "pk"), within_sight(actor, "pk"))

    def overseen_by(self, actor: Actor) -> Self:
        """The own institution's records, as the access log names them to those who watch over it."""
        if not actor.has_any(*OVERSEERS):
            return self.none()
        return self.filter(
            within_sight(actor, "pk"), institution_id=actor.institution_id, erased_at__isnull=True
        )


class RecordVersionQuerySet(models.QuerySet["RecordVersion"]):
    """Values of records, one row per change."""

    def visible_to(self, actor: Actor) -> Self:
        """Values of the own institution's records."""
        if not actor.has_any(*READERS):
            return self.none()
        return self.within_reach(actor)

    def overseen_by(self, actor: Actor) -> Self:
        """Values of the own institution's records, as the access log names people; no territory narrows it."""
        if not actor.has_any(*OVERSEERS):
            return self.none()
        return self.filter(
            within_sight(actor, "record_id"),
            institution_id=actor.institution_id,
            record__erased_at__isnull=True,
        )

    def shared_with(self, actor: Actor, grants: Iterable[Grant], day: date) -> Self:
        """Values that other institutions share with the actor's about people it may know on the day.

        Only of institutions whose grants give identity; which columns may be shown is a matter of the
        categories given (rules.sharing).
        """
        givers = sharing.identifying(grants) - {actor.institution_id}
        if not actor.has_any(*READERS) or not givers:
            return self.none()
        return self.filter(
            _known(actor, day),
            within_sight(actor, "record_id"),
            about_nobody_hidden(actor, "record__person_id"),
            institution_id__in=givers,
            record__erased_at__isnull=True,
        )

    def within_reach(self, actor: Actor) -> Self:
        """Values of the own institution's records inside the actor's territories, whatever the actor's roles.

        Erased records need no test: their values are gone.
        """
        own = self.filter(within_sight(actor, "record_id"), institution_id=actor.institution_id)
        if not actor.territories:
            return own
        inside = Q()
        for code in actor.territories:
            inside |= Q(teryt__startswith=code)
        return own.filter(inside)

    def current(self) -> Self:
        """The values in the newest published extract of each institution."""
        return self.filter(
            first_generation__lte=F("institution__register_state__generation"),
            last_generation__gt=F("institution__register_state__generation"),
        )

    def in_generation(self, generation: int) -> Self:
        """The values in one extract, for a caller who knows which one of the institution is in force."""
        return self.filter(first_generation__lte=generation, last_generation__gt=generation)

    def in_generations(self, generations: Mapping[int, int]) -> Self:
        """The values in one extract of each institution: institution id -> the one in force."""
        return self.filter(_generations(generations))


class FactQuerySet(models.QuerySet["Fact"]):
    """Facts about people."""

    def visible_to(self, actor: Actor) -> Self:
        """Facts of the own institution about people inside the actor's territories."""
        if not actor.has_any(*READERS):
            return self.none()
        own = self.filter(institution_id=actor.institution_id, record__erased_at__isnull=True)
        return own.filter(lives_in_area(actor, "record_id"), within_sight(actor, "record_id"))

    def overseen_by(self, actor: Actor) -> Self:
        """Facts of the own institution, as its supervisor prints them for the person who asks."""
        if not actor.has_any(*OVERSEERS):
            return self.none()
        return self.filter(
            within_sight(actor, "record_id"),
            institution_id=actor.institution_id,
            record__erased_at__isnull=True,
        )

    def open_to(self, actor: Actor, grants: Iterable[Grant], day: date) -> Self:
        """Own facts, and those that other institutions share with the actor's about people it may know on the day.

        By category of the grants; sensitive facts never leave their owner this way, whatever a grant says.
        """
        if not actor.has_any(*READERS):
            return self.none()
        given = {
            giver: categories
            for giver, categories in sharing.categories_given(grants).items()
            if giver != actor.institution_id
        }
        reach = Q(institution_id=actor.institution_id) & lives_in_area(actor, "record_id")
        if given:
            by_giver = Q()
            for giver, categories in given.items():
                by_giver |= Q(institution_id=giver, category__in=sorted(categories))
            harmless = Q(tier__lt=Tier.SENSITIVE) & ~Q(category=Category.SENSITIVE)
            reach |= by_giver & harmless & _known(actor, day)
        return self.filter(reach, within_sight(actor, "record_id"), record__erased_at__isnull=True)

    def in_generations(self, generations: Mapping[int, int]) -> Self:
        """The facts of one file of each institution: institution id -> the one in force."""
        return self.filter(_generations(generations))

    def current(self) -> Self:
        """Facts of the newest published facts file of each institution."""
        return self.filter(
            first_generation__lte=F("institution__register_state__facts_generation"),
            last_generation__gt=F("institution__register_state__facts_generation"),
        )

    def valid_on(self, day: date) -> Self:
        """Facts that hold on the day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class CommonClientQuerySet(models.QuerySet["CommonClient"]):
    """People served by two institutions, seen from one of them."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's common clients, inside the actor's territories."""
        if not actor.has_any(*READERS):
            return self.none()
        own = self.filter(within_sight(actor, "record_id"), institution_id=actor.institution_id)
        if not actor.territories:
            return own
        inside = Q()
        for code in actor.territories:
            inside |= Q(teryt__startswith=code)
        return own.filter(inside)

    def served_by(self, institution_ids: Iterable[int]) -> Self:
        """Those whom any of these other institutions serves."""
        return self.filter(other_id__in=sorted(institution_ids))


class ExtractQuerySet(models.QuerySet["Extract"]):
    """History of extracts."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's extracts."""
        if not actor.has_any(*KEEPERS, *READERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class IdentityDecisionQuerySet(models.QuerySet["IdentityDecision"]):
    """Identity decisions."""

    def visible_to(self, actor: Actor) -> Self:
        """Decisions about a record of the own institution, inside the actor's territories."""
        if not actor.has_any(*READERS, "supervisor"):
            return self.none()
        sides = (
            Q(**{f"{side}__institution_id": actor.institution_id}) & lives_in_area(actor, f"{side}_id")
            for side in ("left_record", "right_record")
        )
        return self._in_sight(actor).filter(next(sides) | next(sides))

    def overseen_by(self, actor: Actor) -> Self:
        """Decisions about a record of the own institution, as its supervisor prints them for the person who asks."""
        if not actor.has_any(*OVERSEERS):
            return self.none()
        own = actor.institution_id
        return self._in_sight(actor).filter(
            Q(left_record__institution_id=own) | Q(right_record__institution_id=own)
        )

    def _in_sight(self, actor: Actor) -> Self:
        """Those of which neither side is hidden from the actor, at whatever institution; a split has one side."""
        return self.filter(
            *(
                within_sight(actor, f"{side}_id") | Q(**{f"{side}_id__isnull": True})
                for side in ("left_record", "right_record")
            )
        )


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    """Restrictions."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own institution: all for those who watch over the register, else those one is named in."""
        own = self.filter(institution_id=actor.institution_id)
        if actor.has_any(*OVERSEERS):
            return own
        return own.filter(readers__user_id=actor.user_id) if actor.has_any(*READERS) else self.none()

    def standing(self, day: date) -> Self:
        """Restrictions that hold on the day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), lifted_at__isnull=True)


class HiddenRecordQuerySet(models.QuerySet["HiddenRecord"]):
    """Records that only named accounts may see."""

    def hidden_from(self, actor: Actor) -> Self:
        """Those of any institution that the actor may not see now."""
        named = apps.get_model("clients", "HiddenRecordReader").objects.filter(
            Q(until__isnull=True) | Q(until__gt=timezone.now()), user_id=actor.user_id
        )
        return self.exclude(pk__in=named.values("hidden"))


class HiddenPersonQuerySet(models.QuerySet["HiddenPerson"]):
    """People whose records only named accounts may see."""

    def visible_to(self, actor: Actor) -> Self:
        """Those whom the own institution hides from the actor, to leave them out and for nothing else."""
        hidden = HiddenRecordQuerySet(apps.get_model("clients", "HiddenRecord")).hidden_from(actor)
        return self.filter(institution_id=actor.institution_id, hidden__in=hidden.values("pk"))


class RetentionQuerySet(models.QuerySet[Any]):
    """Rules of retention, legal holds, the register of erasures."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own institution, for those who watch over the register."""
        if not actor.has_any(*OVERSEERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)
