"""The whole course of matching: from two registers (or one) in the engine to judged pairs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from spoiwo.engines.linkage import LinkageEngine
from spoiwo.matching.strategy import candidates, comparing, deciding, judging, learning, normalising, weighing
from spoiwo.matching.strategy.knowledge import Knowledge

Progress = Callable[[str], None]


def judge(
    engine: LinkageEngine,
    columns: Sequence[str],
    *,
    dedupe: bool,
    settle: bool = True,
    remember: bool = True,
    progress: Progress = lambda _: None,
) -> Knowledge:
    """Make `judged` (a, b, verdict, odds, rule, code) from `raw` (id, side and columns of the extract).

    odds: natural logarithm. columns: those of `raw`,
    any of normalising.COLUMNS. In `judged` a is of side 0 and b
    of side 1, or a the smaller id of one register. settle: compare rivals too, else each pair is judged by itself.
    remember: count frequent values into the knowledge, which only later runs over single records need.
    """
    progress("normalising")
    normalising.words(engine, columns)
    normalising.records(engine, columns, remember=remember)
    progress("candidates")
    candidates.find(engine, dedupe=dedupe)
    progress("comparing")
    sizes = [
        int(str(count)) for count in engine.rows("SELECT count(*), count(*) FILTER (side = 1) FROM rec")[0]
    ]
    sizes = sizes[:1] if dedupe else [sizes[0] - sizes[1], sizes[1]]
    comparing.compare(engine, max(sum(sizes), 1), family_names="family_name" in columns)
    progress("deciding")
    seen = learning.read(engine)
    knowledge = learning.learn(engine, seen, sizes, dedupe=dedupe)
    knowledge = _weigh(engine, seen, knowledge)
    if settle:
        _settle(engine)
    return knowledge


def _weigh(engine: LinkageEngine, seen: learning.Seen, knowledge: Knowledge) -> Knowledge:
    """Make `judged` from `seen`: every kind of evidence is weighed once, every pair by how rare its values are."""
    weights = weighing.Weights(knowledge.priors, knowledge.learnt)
    weighed = {
        code: one
        for code in sorted(seen.levels)
        if (one := judging.weigh(seen.levels[code], weights, knowledge)) is not None
    }
    _put(engine, weighed)
    engine.run(
        f"""CREATE TABLE open AS SELECT a, b, code, rule, odds,
        CASE WHEN ceiling = '{deciding.AUTO}' THEN odds - stricter END AS sure
        FROM (SELECT a, b, code, rule, ceiling, stricter, same - greatest(stranger + rarity, family)
            - ln(1 + exp(-abs(stranger + rarity - family))) AS odds FROM seen JOIN weighed USING (code))
        WHERE odds >= {deciding.REVIEW_FROM}"""
    )
    bound = deciding.enough(
        {
            float(str(odds)): int(str(count))
            for odds, count in engine.rows(
                "SELECT floor(sure * 10) / 10 AS odds, count(*) FROM open WHERE sure IS NOT NULL GROUP BY 1"
            )
        }
    )
    engine.run(
        f"""CREATE TABLE judged AS SELECT a, b, code, rule, odds,
        CASE WHEN sure >= {bound} THEN '{deciding.AUTO}' ELSE '{deciding.REVIEW}' END AS verdict FROM open"""
    )
    for table in ("seen", "weighed", "open"):
        engine.run(f"DROP TABLE {table}")
    return replace(knowledge, bound=bound)


def _put(engine: LinkageEngine, weighed: Mapping[int, judging.Weighed]) -> None:
    """Make `weighed`: what each kind of evidence is worth, by its code."""
    found = list(weighed.values())
    engine.put(
        "weighed",
        {
            "code": ("BIGINT", list(weighed)),
            "ceiling": ("VARCHAR", [one.ceiling for one in found]),
            "stricter": ("DOUBLE", [one.stricter for one in found]),
            "rule": ("VARCHAR", [one.rule for one in found]),
            "same": ("DOUBLE", [one.same for one in found]),
            "stranger": ("DOUBLE", [one.stranger for one in found]),
            "family": ("DOUBLE", [one.family for one in found]),
        },
    )


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
        WHERE rx.standing >= 2 AND ry.standing >= 2 AND rx.pesel <> ry.pesel"""
    )
    engine.run(
        f"""CREATE TABLE doubted AS SELECT one, CASE WHEN first_odds < second_odds THEN first ELSE second
            END AS other FROM rivals
        UNION SELECT one, CASE WHEN first_odds < second_odds THEN second ELSE first END FROM rivals
        WHERE abs(first_odds - second_odds) < {deciding.CLEARLY}"""
    )
    engine.run(
        """UPDATE judged SET verdict = 'review' FROM doubted WHERE a = one AND b = other OR a = other AND b
            = one"""
    )
    engine.run("""CREATE TABLE placed AS SELECT DISTINCT one FROM sure""")
    engine.run(
        f"""DELETE FROM judged WHERE verdict = 'review' AND odds < {deciding.HOPELESS}
            AND a IN (SELECT one FROM placed) AND b IN (SELECT one FROM placed)"""
    )
    for table in ("sure", "rivals", "doubted", "placed"):
        engine.run(f"DROP TABLE {table}")
