"""The starting catalogue: measures and ready cards."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.models import Indicator, IndicatorVersion, Measure
from spoiwo.monitoring.services.cards import draft_card, take_step
from spoiwo.monitoring.types import CardDraft, Side, State, Step

DATA = Path(__file__).resolve().parents[1] / "data"
LEVELS = [2, 4]
PUBLIC_ANYWAY = {"partnership register", "public statistics"}
STATES = (
    "_staff",
    "pes_jobs",
    "pes_active",
    "pes_fte",
    "people_supported",
    "common_clients",
    "owes_advised",
    "owes_entities",
    "owes_surroundings",
    "partnership_signatories",
    "unemployed",
)  # as of the end


def read_shipped(name: str) -> list[list[Any]]:
    """Rows of a file of the catalogue: "measure" or "card"."""
    content = tomllib.loads((DATA / f"{name}s.toml").read_text("utf-8"))
    rows: list[list[Any]] = content[name]
    return rows


def read_texts() -> dict[str, dict[str, str]]:
    """What the ready cards say in words, by code of the card."""
    content: dict[str, dict[str, str]] = tomllib.loads((DATA / "texts.toml").read_text("utf-8"))
    shared = content.pop("all")
    return {code: shared | own for code, own in content.items()}


@transaction.atomic
def load_measures() -> int:
    """Add the measures that are not there yet; answers how many."""
    known = set(Measure.objects.values_list("code", flat=True))
    fresh = [_measure(row) for row in read_shipped("measure") if row[0] not in known]
    Measure.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def load_shipped(
    *,
    at: datetime,
    drafting: Actor,
    approving: Actor,
    aims: Mapping[str, Mapping[str, object]] | None = None,
) -> int:
    """Measures, and the ready cards that are not there yet, approved by the second actor; answers how many cards.

    aims: baselines and targets by code of the card, which are the region's own.
    """
    loaded = take_ready(at=at, by=drafting, aims=aims)
    approve_ready(at=at, by=approving)
    return loaded


@transaction.atomic
def take_ready(*, at: datetime, by: Actor, aims: Mapping[str, Mapping[str, object]] | None = None) -> int:
    """Draft the ready cards that are not there yet and send them for approval; answers how many."""
    load_measures()
    texts = read_texts()
    missing = ready_cards()
    for code in missing:
        draft = shipped_draft(missing[code], texts.get(code, {}), (aims or {}).get(code, {}))
        version = draft_card(draft, at=at, by=by)
        take_step(version_id=version.pk, step=Step.SEND, at=at, by=by)
    return len(missing)


@transaction.atomic
def approve_ready(*, at: datetime, by: Actor) -> int:
    """Approve the ready cards that somebody else of the institution has sent, as they came; answers how many."""
    waiting = waiting_ready(by)
    for version in waiting:
        take_step(version_id=version.pk, step=Step.APPROVE, at=at, by=by)
    return len(waiting)


def ready_cards() -> dict[str, list[Any]]:
    """The ready cards that are not there yet, by code."""
    known = set(Indicator.objects.values_list("code", flat=True))
    return {row[0]: row for row in read_shipped("card") if row[0] not in known}


def waiting_ready(by: Actor) -> list[IndicatorVersion]:
    """Ready cards that wait for the actor's approval and compute what they came with."""
    entries = {row[0]: shipped_draft(row, {}, {}).entry for row in read_shipped("card")}
    found = IndicatorVersion.objects.filter(
        indicator__institution_id=by.institution_id, indicator__code__in=entries, state=State.REVIEW
    ).exclude(drafted_by_user_id=by.user_id)
    return [
        version
        for version in found.select_related("indicator").order_by("pk")
        if version.entry == entries[version.indicator.code]
    ]


def _measure(row: list[Any]) -> Measure:
    code, polish, english, unit, time_rule, dimensions, side, source = row
    return Measure(
        code=code,
        name_pl=polish,
        name_en=english,
        unit=unit,
        time_rule=time_rule,
        dimensions=dimensions,
        side=side,
        source=source,
        is_open=source in PUBLIC_ANYWAY,
    )


def shipped_draft(row: list[Any], texts: Mapping[str, str], aims: Mapping[str, object]) -> CardDraft:
    """A row of the file of cards as a draft."""
    code, polish, english, side, kind, numerator, denominator, multiplier, by = row
    entry = {
        "kind": kind,
        "numerator": numerator,
        "denominator": denominator,
        "multiplier": multiplier,
        "by": by,
        "levels": LEVELS,
        "grain": "year",
        "missing": "skip",
        "protects": "persons",
    }
    if kind != "change" and any(word in numerator for word in STATES):
        entry["time"] = "last"
    return CardDraft(
        code=code, name_pl=polish, name_en=english, side=Side(side), entry=entry, texts=texts, aims=aims
    )
