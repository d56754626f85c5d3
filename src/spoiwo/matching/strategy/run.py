"""The whole course of matching: from two registers (or one) in the engine to judged pairs."""

import math
from collections.abc import Callable, Sequence

from spoiwo.engines.linkage import LinkageEngine
from spoiwo.matching.strategy import (
    candidates,
    comparing,
    deciding,
    learning,
    normalising,
    weighing,
)

Progress = Callable[[str], None]


def judge(
    engine: LinkageEngine, columns: Sequence[str], *, dedupe: bool, progress: Progress = lambda _: None
) -> None:
    """Make `judged` (a, b, verdict, odds, rule, code) from `raw` (id, side and columns of the extract).

    odds: natural logarithm. columns: those of `raw`,
    any of normalising.COLUMNS. In `judged` a is of side 0 and b
    of side 1, or a the smaller id of one register.
    """
    progress("normalising")
    normalising.words(engine, columns)
    normalising.records(engine, columns)
    progress("candidates")
    candidates.find(engine, dedupe=dedupe)
    progress("comparing")
    sizes = [
        int(str(count)) for count in engine.rows("SELECT count(*), count(*) FILTER (side = 1) FROM rec")[0]
    ]
    sizes = sizes[:1] if dedupe else [sizes[0] - sizes[1], sizes[1]]
    comparing.compare(engine, max(sum(sizes), 1), family_names="family_name" in columns)
    progress("deciding")
    _weigh(engine, sizes, dedupe=dedupe)
    _settle(engine)


def _weigh(engine: LinkageEngine, sizes: Sequence[int], *, dedupe: bool) -> None:
    """Make `judged` from `seen`: every kind of evidence is weighed once, every pair by how rare its values are."""
    seen = learning.read(engine)
    weights = weighing.Weights(
        learning.priors(engine, seen, sizes, dedupe=dedupe), weighing.learn(learning.observed(seen))
    )
    ceilings = {
        code: deciding.ceiling(levels, by_document=seen.by_document) for code, levels in seen.levels.items()
    }
    codes = [code for code, ceiling in sorted(ceilings.items()) if ceiling != deciding.NO]
    rules = [deciding.rule(seen.levels[code]) for code in codes]
    logs = [weights.logs(seen.levels[code]) for code in codes]
    bounds = [deciding.auto_from(rule, dedupe=dedupe, by_document=seen.by_document) for rule in rules]
    engine.put(
        "weighed",
        {
            "code": ("BIGINT", codes),
            "ceiling": ("VARCHAR", [ceilings[code] for code in codes]),
            "enough": ("DOUBLE", bounds),
            "rule": ("VARCHAR", rules),
            "same": ("DOUBLE", [log[weighing.SAME] for log in logs]),
            "stranger": ("DOUBLE", [log[weighing.STRANGER] for log in logs]),
            "family": ("DOUBLE", [_added(log[weighing.RELATIVE], log[weighing.TWIN]) for log in logs]),
        },
    )
    engine.run(
        f"""CREATE TABLE judged AS SELECT a, b, code, rule, odds,
        CASE WHEN ceiling = '{deciding.AUTO}' AND odds >= enough
        THEN '{deciding.AUTO}' ELSE '{deciding.REVIEW}' END AS verdict
        FROM (SELECT a, b, code, rule, ceiling, enough, same - greatest(stranger + rarity, family)
            - ln(1 + exp(-abs(stranger + rarity - family))) AS odds FROM seen JOIN weighed USING (code))
        WHERE odds >= {deciding.REVIEW_FROM}"""
    )
    engine.run("DROP TABLE seen")


def _added(one: float, other: float) -> float:
    """Logarithm of the sum of two numbers given by their logarithms."""
    high, low = max(one, other), min(one, other)
    return high + math.log1p(math.exp(low - high))


def _settle(engine: LinkageEngine) -> None:
    """Where two partners of one record are two people, the weaker pair goes to review; hopeless ones go
    altogether.
    """
    engine.run(
        "CREATE TABLE sure AS SELECT a AS one, b AS other, odds FROM judged WHERE verdict = 'auto' "
        "UNION ALL SELECT b, a, odds FROM judged WHERE verdict = 'auto'"
    )
    engine.run(
        """CREATE TABLE rivals AS SELECT x.one, x.other AS first, y.other AS second, x.odds AS first_odds,
            y.odds AS second_odds
        FROM sure x JOIN sure y ON x.one = y.one AND x.other < y.other JOIN rec rx ON rx.id = x.other
        JOIN rec ry ON ry.id = y.other
        WHERE rx.standing = 2 AND ry.standing = 2 AND rx.pesel <> ry.pesel"""
    )
    engine.run(
        """CREATE TABLE doubted AS SELECT one, CASE WHEN first_odds < second_odds THEN first ELSE second
            END AS other FROM rivals
        UNION SELECT one, CASE WHEN first_odds < second_odds THEN second ELSE first END FROM rivals
        WHERE abs(first_odds - second_odds) < 7"""
    )
    engine.run(
        """UPDATE judged SET verdict = 'review' FROM doubted WHERE a = one AND b = other OR a = other AND b
            = one"""
    )
    engine.run("""CREATE TABLE placed AS SELECT DISTINCT one FROM sure""")
    engine.run(
        """DELETE FROM judged WHERE verdict = 'review' AND odds < 2 AND a IN (SELECT one FROM placed) AND b
            IN (SELECT one FROM placed)"""
    )
    for table in ("sure", "rivals", "doubted", "placed"):
        engine.run(f"DROP TABLE {table}")
