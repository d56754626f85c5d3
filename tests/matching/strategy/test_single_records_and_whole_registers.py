"""Single records in Python and whole registers in SQL: the same keys, the same levels, the same verdicts."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.linkage_registers import profiles
from spoiwo.engines.linkage import DuckDB
from spoiwo.matching.errors import KnowledgeOutdated
from spoiwo.matching.services.files import take_in
from spoiwo.matching.strategy import (
    Judge,
    Judged,
    Knowledge,
    Known,
    known,
    run,
    settled,
    sought_keys,
    stored_keys,
    untaught,
)
from spoiwo.matching.strategy.comparing import FIELDS
from spoiwo.matching.strategy.weighing import unpacked

Pair = tuple[int, int]
SIZES = {"left": 900, "right": 700, "common": 300}
CASES = [("hostile", False), ("export", False), ("foreigners", True), ("traps", True), ("villages", False)]


class Whole(NamedTuple):
    """What the run in SQL saw and said."""

    records: Mapping[int, Known]
    sides: Mapping[int, int]
    knowledge: Knowledge
    candidates: set[Pair]
    judged: Mapping[Pair, tuple[str, str, int, float]]


def whole(folder: Path, *, dedupe: bool) -> Whole:
    with DuckDB(threads=2) as engine:
        columns = take_in(engine, folder / "left.csv", None if dedupe else folder / "right.csv")
        rows = engine.rows(f"SELECT id, side, {', '.join(columns)} FROM raw")
        candidates: set[Pair] = set()
        knowledge = run.judge(
            engine,
            columns,
            dedupe=dedupe,
            progress=lambda step: (
                candidates.update((int(str(a)), int(str(b))) for a, b in engine.rows("SELECT a, b FROM pair"))
                if step == "comparing"
                else None
            ),
        )
        judged = {
            (int(str(a)), int(str(b))): (str(verdict), str(rule), int(str(code)), float(str(odds)))
            for a, b, verdict, rule, code, odds in engine.rows(
                "SELECT a, b, verdict, rule, code, odds FROM judged"
            )
        }
    records = {
        int(str(row[0])): known(
            {name: str(value) for name, value in zip(columns, row[2:], strict=True) if value is not None}
        )
        for row in rows
    }
    sides = {int(str(row[0])): int(str(row[1])) for row in rows}
    return Whole(records, sides, knowledge, candidates, judged)


def found_by_keys(run_of: Whole, *, dedupe: bool) -> set[Pair]:
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, record in run_of.records.items():
        for key in stored_keys(record):
            by_key[key].append(number)
    pairs = {
        (min(one, other), max(one, other))
        for one, record in run_of.records.items()
        for key in sought_keys(record)
        for other in by_key[key]
        if one != other
    }
    if dedupe:
        return pairs
    turned = {pair if run_of.sides[pair[0]] == 0 else pair[::-1] for pair in pairs}
    return {(a, b) for a, b in turned if run_of.sides[a] != run_of.sides[b]}


@pytest.fixture(scope="module", params=CASES, ids=[f"{name}-{dedupe}" for name, dedupe in CASES])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Whole, bool]:
    name, dedupe = request.param
    folder = tmp_path_factory.mktemp(name)
    profiles.write(name, 77, folder, **SIZES)
    return whole(folder, dedupe=dedupe), dedupe


def test_keys_of_single_records_find_the_same_candidates(both: tuple[Whole, bool]):
    run_of, dedupe = both

    assert len(run_of.candidates) > 20
    assert found_by_keys(run_of, dedupe=dedupe) == run_of.candidates


def test_pairs_judged_one_by_one_get_the_verdicts_of_the_full_run(both: tuple[Whole, bool]):
    run_of, _ = both
    judge = Judge(Knowledge.from_json(run_of.knowledge.to_json()))

    found: dict[Pair, Judged] = {}
    for a, b in run_of.candidates:
        one = judge.judge(run_of.records[a], run_of.records[b])
        if one is not None:
            found[a, b] = one
    said = settled(found, run_of.records)

    assert {pair: (one.verdict, one.rule, one.levels) for pair, one in said.items()} == {
        pair: (verdict, rule, unpacked(code, FIELDS))
        for pair, (verdict, rule, code, _) in run_of.judged.items()
    }
    assert all(one.odds == pytest.approx(run_of.judged[pair][3], abs=1e-6) for pair, one in said.items())


def test_a_pair_is_judged_alike_in_both_orders(both: tuple[Whole, bool]):
    run_of, _ = both
    judge = Judge(run_of.knowledge)

    for a, b in sorted(run_of.candidates)[:400]:
        assert judge.judge(run_of.records[a], run_of.records[b]) == judge.judge(
            run_of.records[b], run_of.records[a]
        )


def test_knowledge_survives_being_written_down(both: tuple[Whole, bool]):
    run_of, _ = both

    text = run_of.knowledge.to_json()

    assert Knowledge.from_json(text) == run_of.knowledge
    assert Knowledge.from_json(text).to_json() == text


def test_knowledge_of_other_rules_is_refused():
    text = untaught(100, 200).to_json().replace('"strategy":"rivals-', '"strategy":"older-')

    with pytest.raises(KnowledgeOutdated):
        Knowledge.from_json(text)


def test_without_knowledge_clear_pairs_are_told_all_the_same():
    judge = Judge(untaught(2_000, 1_000))
    ewa = {"first_name": "Ewa", "last_name": "Kępa", "birth_date": "1980-02-29", "pesel": "80022912345"}

    same = judge.judge(known(ewa), known({**ewa, "last_name": "KEPA"}))
    brother = judge.judge(known(ewa), known({**ewa, "first_name": "Jan", "pesel": ""}))

    assert same is not None
    assert same.verdict == "auto"
    assert brother is None


def test_one_register_known_by_nothing_is_judged_as_repetitions():
    judge = Judge(untaught(500, dedupe=True))
    jan = known({"first_name": "Jan", "last_name": "Cisło", "birth_date": "1961-07-03", "phone": "601700800"})

    said = judge.judge(jan, known({"first_name": "Jan", "last_name": "Cislo", "birth_date": "1961-07-03"}))

    assert said is not None
    assert said.rule == "names_birth_date"
    assert 0 < said.probability <= 1


def test_of_two_people_with_numbers_only_the_clearly_better_keeps_the_record():
    one, other = (
        known({"first_name": "Jan", "last_name": "Wilk", "birth_date": "1970-01-02", "pesel": number})
        for number in ("70010212355", "70010212478")
    )
    third = known({"first_name": "Jan", "last_name": "Wilk", "birth_date": "1970-01-02"})
    pairs = {
        ("r", name): Judged(verdict="auto", odds=odds, rule="names_birth_date", levels={})
        for name, odds in (("one", 20.0), ("other", 5.0))
    }
    assert one.standing == other.standing == 3

    said = settled(pairs, {"r": third, "one": one, "other": other})
    close = settled(
        {**pairs, ("r", "other"): Judged(verdict="auto", odds=19.0, rule="names_birth_date", levels={})},
        {"r": third, "one": one, "other": other},
    )

    assert {pair[1]: found.verdict for pair, found in said.items()} == {"one": "auto", "other": "review"}
    assert {found.verdict for found in close.values()} == {"review"}
    assert len(list(combinations(close, 2))) == 1
