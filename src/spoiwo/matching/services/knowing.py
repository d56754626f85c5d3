"""What registers teach: compared as a whole once in a while, so that single records are judged alike afterwards.

Two registers of some size are compared in the linkage engine; what they teach and every pair found is kept. With
a small register there is nothing to be learnt: usual errors are assumed, and its records are judged one by one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q
from django.utils import timezone

from spoiwo.clients.queries import comparing
from spoiwo.clients.services.bulk import chunks
from spoiwo.engines.linkage import DuckDB, LinkageEngine, Value
from spoiwo.matching.models import FoundPair, LearntRegisters
from spoiwo.matching.services.evidence import of_one_number, write_pairs
from spoiwo.matching.services.parts import part, reading
from spoiwo.matching.strategy import STRATEGY, Judge, Knowledge, deciding, known, normalising, run, untaught
from spoiwo.toolkit.among import among

SMALL = 500  # records of a register that is too small to teach anything
GROWN = 1.5  # times the size when it was learnt; then registers are compared as a whole again
OWN, OTHER = "own_register", "other_register"  # tables in the engine
LOADED = 20_000  # records handed to the engine at once
WRITTEN = 4_000  # pairs written in one transaction
# Pairs of one right number that were no pair by their evidence; a number that many have is nobody's.
LEFT_OUT = """SELECT one.id, other.id FROM rec one JOIN rec other ON one.pesel = other.pesel
    AND least(one.standing, other.standing) > 0
    AND (one.side < other.side OR one.side = other.side AND one.id < other.id)
    JOIN (SELECT pesel FROM rec GROUP BY pesel HAVING count(*) BETWEEN 2 AND 60) few ON few.pesel = one.pesel
    ANTI JOIN judged ON judged.a = one.id AND judged.b = other.id
    WHERE one.side <> other.side OR (SELECT max(side) FROM rec) = 0"""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What two registers taught. is_whole: every pair of the registers in force has been found already."""

    judge: Judge
    is_whole: bool


def ordered(one: int, other: int) -> tuple[int, int]:
    """Two institutions in the order of their ids; one institution with itself for its duplicates."""
    return (one, other) if one <= other else (other, one)


def is_outdated(one: int, other: int) -> bool:
    """Whether two registers have to be compared as a whole before records of them are judged."""
    left, right = ordered(one, other)
    sizes = comparing.register_size(left), comparing.register_size(right)
    if not all(sizes):
        return False
    row = LearntRegisters.objects.filter(left_institution=left, right_institution=right).first()
    if row is None or row.strategy != STRATEGY:
        return True
    before = (row.left_size, row.right_size)
    if (min(before) < SMALL) != (min(sizes) < SMALL):
        return True
    return any(size > GROWN * old + 1 for size, old in zip(sizes, before, strict=True))


def learn(institution_id: int, *others: int) -> None:
    """Compare a register with others as a whole, and with itself (named among them) for its duplicates.

    What was found before is dropped.
    """
    with reading(institution_id):
        sizes = {one: comparing.register_size(one) for one in {institution_id, *others}}
        generations = comparing.generations_in_force(sizes)
    teaching = []
    for other in others:
        left, right = ordered(institution_id, other)
        if min(sizes[left], sizes[right]) < SMALL:
            pair = sizes[left], sizes[right]
            _keep(left, right, pair, (-1, -1), _usual(left, right, pair))
            _forget_pairs(left, right)
        else:
            teaching.append(other)
    if not teaching:
        return
    with DuckDB() as engine:
        _open(engine, institution_id, OWN)
        for other in teaching:
            left, right = ordered(institution_id, other)
            knowledge = _compare(engine, institution_id, other)
            _forget_pairs(left, right)
            for rows in chunks(_found(engine, left, right), WRITTEN):
                with part(left):
                    write_pairs(rows)
            _keep(
                left, right, (sizes[left], sizes[right]), (generations[left], generations[right]), knowledge
            )


def learnt(institution_id: int, others: Collection[int]) -> dict[int, Learnt]:
    """What a register and each of the others taught; nothing about those of which one was never brought in."""
    rows = LearntRegisters.objects.filter(
        Q(left_institution=institution_id) | Q(right_institution=institution_id), strategy=STRATEGY
    ).values_list(
        "pk", "learnt_at", "left_institution", "left_generation", "right_institution", "right_generation"
    )
    now = comparing.generations_in_force({institution_id, *others})
    taught = {}
    for pk, at, left, left_generation, right, right_generation in rows:
        other = right if left == institution_id else left
        if other in others:
            is_whole = (left_generation, right_generation) == (now[left], now[right])
            taught[other] = Learnt(_judge(pk, at.isoformat()), is_whole=is_whole)
    return taught


@lru_cache(maxsize=32)
def _judge(pk: int, learnt_at: str) -> Judge:  # noqa: ARG001 part of the key: what is learnt anew is read anew
    return Judge(Knowledge.from_json(LearntRegisters.objects.values_list("knowledge", flat=True).get(pk=pk)))


def _usual(left: int, right: int, sizes: tuple[int, int]) -> Knowledge:
    return untaught(sizes[0], dedupe=True) if left == right else untaught(*sizes)


def _keep(
    left: int, right: int, sizes: tuple[int, int], generations: tuple[int, int], knowledge: Knowledge
) -> None:
    with part(left):
        LearntRegisters.objects.update_or_create(
            left_institution_id=left,
            right_institution_id=right,
            defaults={
                "strategy": STRATEGY,
                "left_size": sizes[0],
                "right_size": sizes[1],
                "left_generation": generations[0],
                "right_generation": generations[1],
                "knowledge": knowledge.to_json(),
                "learnt_at": timezone.now(),
            },
        )


def _forget_pairs(left: int, right: int) -> None:
    with reading(left):
        between = Q(left_institution=left, right_institution=right) | Q(
            left_institution=right, right_institution=left
        )
        pks = list(FoundPair.objects.filter(between).values_list("pk", flat=True))
    for some in chunks(pks, WRITTEN):
        with part(left):
            FoundPair.objects.filter(among("pk", some)).delete()


def count_between(left: int, right: int) -> tuple[int, int]:
    """How many people of the left register the right one surely has too, and how many more it may have.

    Compared in memory; nothing of what is found is kept.
    """
    with DuckDB() as engine:
        _open(engine, left, OWN)
        _compare(engine, left, right, settle=True)
        ((sure, possible),) = engine.rows(
            "SELECT count(DISTINCT a) FILTER (verdict = 'auto'), count(DISTINCT a) FILTER (verdict <> 'auto'"
            " AND a NOT IN (SELECT a FROM judged WHERE verdict = 'auto')) FROM judged"
        )
    return int(str(sure)), int(str(possible))


def _compare(engine: LinkageEngine, own: int, other: int, *, settle: bool = False) -> Knowledge:
    """Make `judged` of two registers in force, of which the own one is open in the engine already.

    Record ids stand in place of numbers of the file; the institution with the smaller id is on the left. What an
    earlier comparison left in the engine goes.
    """
    for (table,) in engine.rows("SELECT table_name FROM duckdb_tables()"):
        if table != OWN:
            engine.run(f"DROP TABLE {table}")
    side = int(own > other)
    engine.run(f"CREATE TABLE raw AS SELECT *, {side}::TINYINT AS side FROM {OWN}")  # noqa: S608 our own table
    if other != own:
        _open(engine, other, OTHER)
        engine.run(f"INSERT INTO raw SELECT *, {1 - side}::TINYINT FROM {OTHER}")  # noqa: S608 our own table
        engine.run(f"DROP TABLE {OTHER}")
    return run.judge(engine, list(normalising.COLUMNS), dedupe=own == other, settle=settle)


def _open(engine: LinkageEngine, institution_id: int, table: str) -> None:
    """Make a table of the register in force."""
    columns = ", ".join(f"{name} VARCHAR" for name in normalising.COLUMNS)
    engine.run(f"CREATE TABLE {table} (id INTEGER, {columns})")
    with reading(institution_id):
        for values in chunks(comparing.values_in_force(institution_id), LOADED):
            cells = {
                name: ("VARCHAR", [one.cells.get(name) for one in values]) for name in normalising.COLUMNS
            }
            engine.put("loaded", {"id": ("INTEGER", [one.record for one in values]), **cells})
            engine.run(f"INSERT INTO {table} SELECT * FROM loaded")  # noqa: S608 our own table
            engine.run("DROP TABLE loaded")


def _found(engine: LinkageEngine, left: int, right: int) -> Iterator[tuple[Value, ...]]:
    """Rows of FOUND_COLUMNS, the smaller record first."""
    for a, b, verdict, odds, rule, code in engine.rows("SELECT a, b, verdict, odds, rule, code FROM judged"):
        yield _row((int(str(a)), int(str(b))), (left, right), (verdict == deciding.AUTO, odds, rule, code))
    for pairs in chunks(engine.rows(LEFT_OUT), WRITTEN):
        ids = {int(str(one)) for pair in pairs for one in pair}
        with reading(left):
            records = {one.record: known(one.cells) for one in comparing.values_of_records(ids)}
        for pair in ((int(str(one)), int(str(other))) for one, other in pairs):
            contradicting = (
                of_one_number(*(records[one] for one in pair)) if {*pair} <= records.keys() else None
            )
            if contradicting:
                yield _row(pair, (left, right), (False, *contradicting))


def _row(pair: tuple[int, int], sides: tuple[int, int], found: tuple[Value, ...]) -> tuple[Value, ...]:
    if pair[0] < pair[1]:
        return (*pair, *sides, *found)
    return (pair[1], pair[0], sides[1], sides[0], *found)
