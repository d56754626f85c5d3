"""Indicator cards over 10,000,000 observations beside SQL written by hand, and beside PostgreSQL on the same data.

python -m benchmarks.indicators WHOLE YEAR      computes everything once, and prints how much memory it took
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.report import Figure
from benchmarks.scale import scaled
from spoiwo.engines.indicators.batching import Surroundings
from spoiwo.engines.indicators.cards import Card, card_of
from spoiwo.engines.indicators.compiling import statement
from spoiwo.engines.indicators.computing import compute_file
from spoiwo.engines.indicators.duck import DuckIndicators
from spoiwo.engines.indicators.releasing import Policy
from tools import postgres

# ruff: noqa: S608 - nothing here comes from outside

MEASURES = 40
UNITS = scaled(2605)  # x 40 measures x 24 quarters x 4 cells
YEAR = "2024"
THREADS = 2
DIMENSIONS = ("age", "disability", "sex")
MADE = f"""
SELECT 'm' || lpad(m::VARCHAR, 2, '0') AS measure, 'U' || lpad(u::VARCHAR, 5, '0') AS unit_id,
  lpad((2 * (1 + u % 16))::VARCHAR, 2, '0') || lpad((1 + (u // 16) % 24)::VARCHAR, 2, '0')
    || lpad((1 + (u // 384) % 8)::VARCHAR, 2, '0') || '2' AS territory,
  (2019 + q // 4)::VARCHAR || '-Q' || (1 + q % 4)::VARCHAR AS period,
  CASE WHEN h % 50 <> 0 THEN (h // 50 % 1000) / 4.0 END AS value,
  CASE WHEN h % 50 <> 0 THEN 'ok' ELSE 'missing' END AS status,
  CASE WHEN k % 2 = 0 THEN 'K' ELSE 'M' END AS sex,
  ['15-24', '25-44', '45-59', '60+', 'brak'][1 + (k // 2 + u) % 5] AS age,
  CASE WHEN (k + u) % 3 = 0 THEN 'tak' ELSE 'nie' END AS disability
FROM (SELECT *, (hash(m, u, q, k) >> 8)::BIGINT AS h
      FROM range({MEASURES}) a(m), range(24) b(q), range({UNITS}) c(u), range(4) d(k))
ORDER BY measure, territory, period, unit_id
"""
PAIRS = ", ".join(f"('m{i:02}', 'm{(i + 1) % MEASURES:02}')" for i in range(MEASURES))
KEY = " AND ".join(f"n.{name} = d.{name}" for name in ("unit_id", "period", "sex", "age", "disability"))
# What somebody would write who knows the data: nothing is checked, no other period, level or rule is possible.
BY_HAND = {
    "sums": """
        WITH u AS (SELECT measure, unit_id, substr(territory, 1, 2) t, substr(period, 1, 4) p,
                     sum(value) FILTER (status = 'ok') s, count(*) FILTER (status = 'missing') x
                   FROM o GROUP BY ALL),
             a AS (SELECT measure, t, p, sum(s) s, sum(x) x, count(s) n FROM u GROUP BY ALL)
        SELECT a.measure, a.t, a.p, CASE WHEN a.x + b.x = 0 THEN a.s END, CASE WHEN a.x + b.x = 0 THEN b.s END,
          CASE WHEN a.x + b.x = 0 THEN 100 * a.s / nullif(b.s, 0) END, a.n
        FROM a JOIN pairs ON a.measure = num JOIN a b ON b.measure = den AND a.t = b.t AND a.p = b.p""",
    "pairs": f"""
        WITH r AS (SELECT * FROM o WHERE status = 'ok'),
             n AS (SELECT r.*, num AS card FROM r JOIN pairs ON measure = num),
             d AS (SELECT r.*, num AS card FROM r JOIN pairs ON measure = den),
             u AS (SELECT n.card, n.unit_id, substr(n.territory, 1, 2) t, substr(n.period, 1, 4) p,
                     sum(n.value) a, sum(d.value) b FROM n JOIN d ON n.card = d.card AND {KEY} GROUP BY ALL)
        SELECT card, t, p, sum(a), sum(b), 100 * sum(a) / nullif(sum(b), 0), count(*) FROM u GROUP BY ALL""",
    "counties": f"""
        WITH r AS (SELECT * FROM o WHERE status = 'ok' AND measure IN ('m03', 'm04')),
             u AS (SELECT n.unit_id, substr(n.territory, 1, 4) t, n.period, n.sex, sum(n.value) a, sum(d.value) b
                   FROM r n JOIN r d ON n.measure = 'm03' AND d.measure = 'm04' AND {KEY} GROUP BY ALL)
        SELECT t, period, sex, sum(a), sum(b), 100 * sum(a) / nullif(sum(b), 0), count(*) FROM u GROUP BY ALL""",
}
# The same questions, as PostgreSQL is asked; of the crossing it tells what the card tells, in the same order.
ON_POSTGRES = {
    "sums behind 40 ratios x 16 voivodeships": """
        SELECT measure, substr(territory, 1, 2), substr(period, 1, 4), sum(value) FILTER (WHERE status = 'ok'),
          count(DISTINCT unit_id) FROM o GROUP BY 1, 2, 3""",
    "ratio by county x quarter x sex": f"""
        WITH r AS (SELECT * FROM o WHERE status = 'ok' AND measure IN ('m03', 'm04')),
             u AS (SELECT n.unit_id, substr(n.territory, 1, 4) t, n.period, n.sex, sum(n.value) a, sum(d.value) b
                   FROM r n JOIN r d ON n.measure = 'm03' AND d.measure = 'm04' AND {KEY} GROUP BY 1, 2, 3, 4)
        SELECT t, period, sex, sum(a), sum(b), 100 * sum(a) / nullif(sum(b), 0), count(*) FROM u GROUP BY 1, 2, 3""",
    "5-way crossing with primary suppression": """
        WITH u AS (SELECT territory, period, age, disability, sex, unit_id,
                     sum(value) FILTER (WHERE status = 'ok') s, count(*) FILTER (WHERE status <> 'na') y,
                     sum(value) FILTER (WHERE status = 'ok' AND measure = 'm05') a,
                     sum(value) FILTER (WHERE status = 'ok' AND measure = 'm06') b
                   FROM o WHERE measure IN ('m05', 'm06') GROUP BY 1, 2, 3, 4, 5, 6),
             c AS (SELECT territory, period, age, disability, sex, sum(a) + sum(b) AS v, count(s) n, sum(y) y,
                     count(s) < 3 OR max(abs(a)) > 0.75 * sum(abs(a)) OR max(abs(b)) > 0.75 * sum(abs(b)) AS unsafe
                   FROM u GROUP BY 1, 2, 3, 4, 5)
        SELECT territory, period, age, disability, sex, CASE WHEN NOT unsafe THEN v END,
          CASE WHEN NOT unsafe THEN n END,
          CASE WHEN v IS NULL AND y = 0 THEN 'na' WHEN v IS NULL THEN 'missing' WHEN unsafe THEN 'suppressed'
            ELSE 'ok' END
        FROM c ORDER BY 1, 2, 3, 4, 5""",
}


def run() -> list[Figure]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder:
        whole, year = Path(folder) / "observations.parquet", Path(folder) / "year.parquet"
        with duckdb.connect(config={"threads": THREADS}) as connection:
            connection.execute(f"COPY ({MADE}) TO '{whole}' (FORMAT parquet, COMPRESSION zstd)")
            connection.execute(
                f"COPY (FROM '{whole}' WHERE period LIKE '{YEAR}%') TO '{year}' (FORMAT parquet, COMPRESSION zstd)"
            )
        return [
            *_beside_hand(whole, year),
            *_crossing(whole),
            *_compiling(),
            *_memory(whole, year),
            *_beside_postgres(whole),
        ]


def _ratios(missing: str, **more: object) -> list[Card]:
    return [
        card_of(
            {
                "code": f"c{i:02}",
                "kind": "ratio",
                "numerator": f"m{i:02}",
                "multiplier": 100,
                "missing": missing,
            }
            | {"denominator": f"m{(i + 1) % MEASURES:02}"}
            | more
        )
        for i in range(MEASURES)
    ]


def _beside_hand(whole: Path, year: Path) -> list[Figure]:
    county = _county()
    cases = (
        ("40 ratios x 16 voivodeships, all years, require_all", _ratios("require_all"), whole, "sums", 1.0),
        ("40 ratios x 16 voivodeships, one year, skip", _ratios("skip"), year, "pairs", 1.0),
        ("ratio by county x quarter x sex, skip", county, whole, "counties", None),
    )
    figures = []
    for what, cards, path, name, most in cases:
        own = _best(partial(_computed, cards, path))
        hand = _best(partial(_by_hand, name, path))
        figures.append(_figure(what, own, must=1.5, aim=1.2, limit=hand, limit_name="SQL by hand"))
        if most:
            figures.append(_figure(f"{what}: seconds", own, must=most, aim=0.7))
    return figures


def _county() -> list[Card]:
    return _ratios("skip", levels=[4], grain="quarter", by=["sex"])[3:4]


def _five_ways() -> list[Card]:
    five = {"code": "c", "kind": "sum", "numerator": "m05 + m06", "missing": "skip", "levels": [7]}
    return [card_of(five | {"grain": "quarter", "by": list(DIMENSIONS)})]


def _crossing(path: Path) -> list[Figure]:
    spent = _best(lambda: _computed(_five_ways(), path, policy=Policy.NETWORK))
    return [_figure("5-way crossing with primary suppression: seconds", spent, must=2.0, aim=1.0)]


def _compiling() -> list[Figure]:
    cards = _ratios("skip", levels=[2, 4, 7], by=["sex"])
    around = Surroundings(dimensions=DIMENSIONS)
    started = time.perf_counter()
    for card in cards:
        statement([card], around)
    spent = (time.perf_counter() - started) / len(cards) * 1000
    return [_figure("compiling a card", spent, must=10, aim=2, unit="ms")]


def _memory(whole: Path, year: Path) -> list[Figure]:
    """Of a process that computes everything above once, and nothing else."""
    words = [sys.executable, "-m", "benchmarks.indicators", str(whole), str(year)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    return [_figure("peak memory of everything above", float(done.stdout), must=2048, aim=1500, unit="MB")]


def _everything(whole: Path, year: Path) -> float:
    _computed(_ratios("require_all"), whole)
    _computed(_ratios("skip"), year)
    _computed(_county(), whole)
    _computed(_five_ways(), whole, policy=Policy.NETWORK)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _computed(cards: Sequence[Card], path: Path, policy: Policy = Policy.NONE) -> None:
    engine = DuckIndicators(threads=THREADS)
    compute_file(engine, cards, path, None, path.parent / "result.parquet", policy=policy, store=engine)
    engine.close()


def _by_hand(name: str, path: Path) -> None:
    with duckdb.connect(config={"threads": THREADS}) as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(f"CREATE VIEW o AS FROM '{path}'")
        connection.execute(f"CREATE VIEW pairs AS SELECT * FROM (VALUES {PAIRS}) AS p(num, den)")
        out = path.parent / "by-hand.parquet"
        connection.execute(f"COPY ({BY_HAND[name]}) TO '{out}' (FORMAT parquet)")


def _beside_postgres(whole: Path) -> list[Figure]:
    """PostgreSQL holds the same rows with an index on measure, analyzed, all in memory as far as it goes."""
    import psycopg

    own = (
        partial(_computed, _ratios("require_all"), whole),
        partial(_computed, _county(), whole),
        partial(_computed, _five_ways(), whole, Policy.NETWORK),
    )
    settings = {"shared_buffers": "1GB", "work_mem": "256MB", "jit": "off"}
    with (
        postgres.cluster(settings) as socket,
        psycopg.connect(postgres.address(socket), autocommit=True) as connection,
    ):
        _fill(connection, whole)
        figures = []
        for (what, query), ours in zip(ON_POSTGRES.items(), own, strict=True):
            theirs = _best(lambda query=query: connection.execute(query).fetchall(), times=2)  # type: ignore[misc]
            times = theirs / _best(ours)
            said = f"{what}: times faster than PostgreSQL"
            figures.append(_figure(said, times, must=4, aim=8, unit="x", at_least=True))
        return figures


def _fill(connection: Any, path: Path) -> None:
    connection.execute(
        "CREATE UNLOGGED TABLE o (measure text, unit_id text, territory text, period text, "
        "value double precision, status text, sex text, age text, disability text)"
    )
    with tempfile.NamedTemporaryFile(suffix=".csv") as csv:
        duckdb.sql(f"COPY (FROM '{path}') TO '{csv.name}' (HEADER false)")
        with (
            connection.cursor().copy("COPY o FROM STDIN (FORMAT csv)") as copy,
            Path(csv.name).open("rb") as rows,
        ):
            while part := rows.read(1 << 20):
                copy.write(part)
    connection.execute("CREATE INDEX ON o (measure)")
    connection.execute("VACUUM ANALYZE o")


def _best(work: Callable[[], object], times: int = 3) -> float:
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return min(spent)


def _figure(
    what: str, value: float, *, must: float, aim: float, unit: str = "s", limit: float = 0.0, limit_name: str = "",
    at_least: bool = False,
) -> Figure:  # fmt: skip
    return Figure(case="indicators", what=what, value=round(value, 4), unit=unit, must=must, aim=aim,
                  limit=round(limit, 4), limit_name=limit_name, at_least=at_least)  # fmt: skip


if __name__ == "__main__":
    print(_everything(Path(sys.argv[1]), Path(sys.argv[2])))
