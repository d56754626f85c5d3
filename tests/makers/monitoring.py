"""Measures, observations, cards."""

from datetime import UTC, datetime

from spoiwo.institutions.models import Institution
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring import services
from spoiwo.monitoring.models import IndicatorVersion, Measure
from spoiwo.monitoring.types import Answered, CardDraft, Side, Step
from tests.makers import institutions

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def analyst(at: Institution, *, user_id: int = 901, roles=("analyst",)) -> Actor:
    """Somebody who writes cards at an institution."""
    return Actor(user_id=user_id, institution_id=at.pk, roles=frozenset(roles))


def measure(code: str = "finished", *, unit: str = "person", dimensions=("sex",)) -> Measure:
    """A measure that comes with the platform."""
    return Measure.objects.create(
        code=code,
        name_pl=f"Miara {code}",
        name_en=f"Measure {code}",
        unit=unit,
        dimensions=list(dimensions),
        side=Side.RISK,
    )


def answered(**given) -> Answered:
    """Ten, of unit A in Gorzów's county in 2025."""
    kept = {"measure": "finished", "unit": "A", "territory": "0801011", "period": "2025", "value": 10.0}
    return Answered(**{**kept, **given})


def draft(**given) -> CardDraft:
    """A card that counts one measure."""
    entry = {
        "kind": "count",
        "numerator": "finished",
        "levels": [2, 4],
        "missing": "skip",
        **given.pop("entry", {}),
    }
    kept = {"code": "graduates", "name_pl": "Absolwenci", "name_en": "Graduates", "side": Side.RISK}
    return CardDraft(**{**kept, **given}, entry=entry)


def approved(at: Institution, **given) -> IndicatorVersion:
    """A card that one person drafted and another approved."""
    first, second = analyst(at), analyst(at, user_id=902)
    version = services.draft_card(draft(**given), at=NOON, by=first)
    services.take_step(version_id=version.pk, step=Step.SEND, at=NOON, by=first)
    return services.take_step(version_id=version.pk, step=Step.APPROVE, at=NOON, by=second)


def reported(at: Institution, *values: float, **given) -> None:
    """One answer per value, each of a unit of its own."""
    answers = [answered(unit=f"U{number}", value=value, **given) for number, value in enumerate(values)]
    services.record_observations(answers, institution_id=at.pk, at=NOON)


def office() -> Institution:
    return institutions.institution()
