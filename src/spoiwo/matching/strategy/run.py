"""The whole course of matching: from two registers (or one) in the engine to judged pairs."""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence

from spoiwo.engines.linkage import LinkageEngine
from spoiwo.matching.strategy import candidates, comparing, deciding, normalising, weighing

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
    codes = {
        int(str(code)): int(str(count))
        for code, count in engine.rows("SELECT code, count(*) FROM seen GROUP BY code")
    }
    levels = {code: weighing.unpacked(code, comparing.FIELDS) for code in codes}
    priors = _priors(engine, codes, levels, sizes, dedupe=dedupe)
    weights = weighing.Weights(priors, weighing.learn(_observed(codes, levels)))
    by_document = all(told["number"] == weighing.MISSING for told in levels.values()) and any(
        told["document"] == 0 for told in levels.values()
    )
    open_codes = [
        code
        for code in sorted(codes)
        if deciding.ceiling(levels[code], by_document=by_document) != deciding.NO
    ]
    logs = {code: weights.logs(levels[code]) for code in open_codes}
    rules = {code: deciding.rule(levels[code]) for code in open_codes}
    engine.put(
        "weighed",
        {
            "code": ("BIGINT", open_codes),
            "enough": (
                "DOUBLE",
                [
                    deciding.auto_from(rules[code], dedupe=dedupe, by_document=by_document)
                    for code in open_codes
                ],
            ),
            "ceiling": (
                "VARCHAR",
                [deciding.ceiling(levels[code], by_document=by_document) for code in open_codes],
            ),
            "rule": ("VARCHAR", list(rules.values())),
            "same": ("DOUBLE", [logs[code][weighing.SAME] for code in open_codes]),
            "stranger": ("DOUBLE", [logs[code][weighing.STRANGER] for code in open_codes]),
            "family": (
                "DOUBLE",
                [_added(logs[code][weighing.RELATIVE], logs[code][weighing.TWIN]) for code in open_codes],
            ),
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


def _observed(codes: dict[int, int], levels: dict[int, dict[str, int]]) -> dict[str, dict[int, int]]:
    """How often each level is seen in pairs that are one person by their number or document and given name."""
    observed: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for code, count in codes.items():
        seen = levels[code]
        known = seen["number"] in {0, 1} or seen["document"] == 0
        relative = seen["given"] in {7, 9} and seen["document"] != 0
        if not known or relative or seen["given"] == 8 or seen["sex"] == 5:
            continue
        for name in (*weighing.LEARNT, "born"):
            if seen[name] != weighing.MISSING:
                observed[name][seen[name]] += count
    return observed


def _priors(
    engine: LinkageEngine,
    codes: dict[int, int],
    levels: dict[int, dict[str, int]],
    sizes: Sequence[int],
    *,
    dedupe: bool,
) -> weighing.Priors:
    """Expected numbers of pairs, from how many share a number and how many records have one."""
    anchored = sum(
        count
        for code, count in codes.items()
        if levels[code]["number"] in {0, 1} and levels[code]["given"] not in {7, 9}
    )
    plain = sum(
        count
        for code, count in codes.items()
        if levels[code]["given"] == levels[code]["surname"] == levels[code]["born"] == 0
        and levels[code]["number"] != 5
    )
    documented = sum(count for code, count in codes.items() if levels[code]["document"] == 0)
    numbered = [
        float(str(row[0]))
        for row in engine.rows("SELECT avg((standing >= 1)::INTEGER) FROM rec GROUP BY side ORDER BY side")
        if row[0] is not None
    ]
    both = numbered[0] * numbered[-1] if numbered else 0.0
    smallest = min(sizes, default=1)
    same = max(
        anchored / both if both > 0.05 else 0.0, float(plain), float(documented), 0.001 * smallest, 1.0
    )
    if dedupe:
        return weighing.Priors(
            same=same,
            strangers=max(1.0, smallest * smallest / 2),
            relatives=0.5 * smallest + 1,
            twins=0.008 * smallest + 0.1,
        )
    return weighing.Priors(
        same=same,
        strangers=max(1.0, float(sizes[0] * sizes[-1])),
        relatives=0.5 * same + 0.1 * smallest + 0.1,
        twins=0.01 * same + 0.002 * smallest + 0.01,
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
