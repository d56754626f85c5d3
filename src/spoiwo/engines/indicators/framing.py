"""What the frame adds to a statement: who was expected where and when, and the figures made of that."""

from collections.abc import Sequence

from spoiwo.engines.indicators.cards import Card
from spoiwo.engines.indicators.quoting import columns, label, name, text
from spoiwo.kernel.expressions.nodes import Institutions, ResponseRate

Steps = list[tuple[str, str]]


def frame_steps(card: Card, frame_columns: Sequence[str], value: str) -> Steps:
    """Steps from `units`, if the card has operands, to the parts of formulas that the frame knows.

    value: SQL of the value that counts of a row `o` of the observations.
    """
    size = card.grain.months
    steps: Steps = []
    if card.operands:
        steps.append(("spine", "SELECT DISTINCT g FROM units"))
    else:
        first, last = label("m - w + 1", size), label("m", size)
        steps.append(("bounds", f"SELECT min({first}) AS a, max({last}) AS z FROM expected"))
        steps.append(("spine", "SELECT unnest(generate_series(a, z)) AS g FROM bounds"))
    inside = f"f.m >= s.g * {size} AND f.m - f.w + 1 <= s.g * {size} + {size - 1}"
    steps += [
        (
            "awaited",
            f"SELECT DISTINCT s.g, l.level, substr(f.territory, 1, l.level) AS territory, f.unit_id"
            f"{columns(frame_columns, 'f')} FROM expected AS f JOIN spine AS s ON {inside} "
            "JOIN levels AS l ON length(f.territory) >= l.level",
        ),
        ("awaited_units", "SELECT DISTINCT g, level, territory, unit_id FROM awaited"),
        (
            "awaited_counts",
            "SELECT g, level, territory, count(*) AS e FROM awaited_units GROUP BY g, level, territory",
        ),
    ]
    if any(isinstance(part, ResponseRate) for part in card.frame_parts):
        steps.append(("answered", _answered(card, value)))
    return [*steps, *((f"part{number}", _part(card, part)) for number, part in enumerate(card.frame_parts))]


def _part(card: Card, part: Institutions | ResponseRate) -> str:
    key = f"a.g, a.level, a.territory{columns(card.by, 'a')}"
    counted = "CAST(count(DISTINCT a.unit_id) AS DOUBLE)"
    if isinstance(part, Institutions):
        tests = " AND ".join(f"a.{name(dimension)} = {text(value)}" for dimension, value in part.filters)
        return f"SELECT {key}, {counted} AS f FROM awaited AS a WHERE {tests or '1 = 1'} GROUP BY {key}"
    return (
        f"SELECT {key}, CAST(count(DISTINCT r.unit_id) AS DOUBLE) / {counted} AS f FROM awaited AS a "
        f"LEFT JOIN answered AS r ON a.unit_id = r.unit_id AND a.g = r.g GROUP BY {key}"
    )


def _answered(card: Card, value: str) -> str:
    """Units that gave any answer: to the measures of the card, or to any when it has none."""
    if card.operands:
        return f"SELECT DISTINCT unit_id, {label('m', card.grain.months)} AS g FROM taken WHERE v IS NOT NULL"
    return (
        f"SELECT DISTINCT o.unit_id, {label('p.m', card.grain.months)} AS g FROM observations AS o "
        f"JOIN periods AS p ON o.period = p.period WHERE p.w <= {card.grain.months} AND {value} IS NOT NULL"
    )
