"""Which pairs are looked at: records that share a key; a key shared by too many means nobody."""

from dataclasses import dataclass

from spoiwo.engines.linkage import LinkageEngine

CAP = 4000  # pairs under one value of a key; more is a default value or a filler


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """value: SQL over `keyed`; only: a condition that one record of a pair at least has to fulfil."""

    value: str
    known: str
    only: str = "TRUE"
    cap: int = CAP


_NAMES = "least(gs, ls), greatest(gs, ls)"
_DATED = "c1 IS NOT NULL AND c3 IS NOT NULL AND day IS NOT NULL"
_COARSE = "least(c1, c3), greatest(c1, c3)"
KEYS = {
    "number": Key(value="hash(pesel)", known="pesel IS NOT NULL"),
    "serial": Key(value="hash(right(pesel, 5))", known="pesel IS NOT NULL", only="standing = 0"),
    "document": Key(value="hash(document)", known="document IS NOT NULL"),
    "document_start": Key(
        value="hash(left(document, 4), day)", known="length(document) >= 6 AND day IS NOT NULL"
    ),
    "document_end": Key(
        value="hash(right(document, 4), day)", known="length(document) >= 6 AND day IS NOT NULL"
    ),
    "document_names": Key(
        value="hash(left(document, 3), least(c1, c3), greatest(c1, c3))",
        known="length(document) >= 6 AND c1 IS NOT NULL AND c3 IS NOT NULL",
    ),
    "names_year": Key(
        value=f"hash({_NAMES}, day // 10000)", known="gs IS NOT NULL AND ls IS NOT NULL AND day IS NOT NULL"
    ),
    "names_month": Key(value=f"hash({_COARSE}, day // 100)", known=_DATED),
    "names_of_month": Key(value=f"hash({_COARSE}, day // 10000, day % 100)", known=_DATED),
    "names_day": Key(
        value=f"hash({_COARSE}, day % 10000)",
        known="c1 IS NOT NULL AND c3 IS NOT NULL AND day % 10000 <> 101",
    ),
    "initials_day": Key(
        value="hash(least(left(gs, 1), left(ls, 1)), greatest(left(gs, 1), left(ls, 1)), day)",
        known="gs IS NOT NULL AND ls IS NOT NULL AND day IS NOT NULL",
    ),
    "names": Key(
        value=f"hash({_NAMES})",
        known="gs IS NOT NULL AND ls IS NOT NULL",
        only="day IS NULL",
        cap=400,
    ),
    "names_town": Key(
        value=f"hash({_NAMES}, town)",
        known="gs IS NOT NULL AND ls IS NOT NULL AND placed",
        only="day IS NULL",
    ),
    "phone_given": Key(value="hash(phone, c1)", known="phone IS NOT NULL"),
    "phone_day": Key(value="hash(phone, day)", known="phone IS NOT NULL AND day IS NOT NULL", cap=400),
    "home_given": Key(value="hash(home, c1)", known="housed AND c1 IS NOT NULL", cap=400),
    "home_day": Key(value="hash(home, day)", known="housed AND day IS NOT NULL", cap=400),
    "home_surname": Key(
        value="hash(home, c3, day // 10000)", known="housed AND c3 IS NOT NULL AND day IS NOT NULL", cap=400
    ),
}

# Each part of a name, once for a record.
_PARTS = (
    "SELECT id, side, day, c1 AS part FROM keyed WHERE c1 IS NOT NULL",
    "SELECT id, side, day, c3 FROM keyed WHERE c3 IS NOT NULL AND c3 IS DISTINCT FROM c1",
    "SELECT id, side, day, c4 FROM keyed WHERE c4 IS NOT NULL AND c4 IS DISTINCT FROM c1 AND c4 <> c3",
    "SELECT id, side, day, c5 FROM keyed WHERE c5 IS NOT NULL AND c5 IS DISTINCT FROM c1 "
    "AND c5 IS DISTINCT FROM c3 AND c5 IS DISTINCT FROM c4",
)


def cap_of(kind: str) -> int:
    """How many pairs may stand under one value of a kind of key."""
    return KEYS[kind].cap if kind in KEYS else CAP


def find(engine: LinkageEngine, *, dedupe: bool) -> None:
    """Make `pair` (a, b): ids of records that share a key; a of the left side, or the smaller id."""
    engine.run(
        """CREATE TABLE keyed AS SELECT rec.id, side, pesel, standing, document, phone, home, building,
            town, housed, placed,
        day, wf.t1 AS gs, wl.t1 AS ls, wf.c1 AS c1, wl.c1 AS c3, wl.c2 AS c4,
        wm.c1 AS c5
        FROM rec LEFT JOIN word wf ON wf.id = f LEFT JOIN word wl ON wl.id = l
        LEFT JOIN word wm ON wm.id = m"""
    )
    engine.run("CREATE TABLE shared (code BIGINT)")
    for key in KEYS.values():
        _join(engine, "keyed", key, dedupe=dedupe)
    engine.run("CREATE VIEW parts AS " + " UNION ALL ".join(_PARTS))
    _join(engine, "parts", Key(value="hash(day, part)", known="day IS NOT NULL"), dedupe=dedupe)
    engine.run("DROP VIEW parts")
    engine.run(
        "CREATE TABLE pair AS SELECT (code >> 32)::INTEGER AS a, (code & 4294967295)::INTEGER AS b "
        "FROM (SELECT DISTINCT code FROM shared)"
    )
    for table in ("keyed", "shared"):
        engine.run(f"DROP TABLE {table}")


def _join(engine: LinkageEngine, table: str, key: Key, *, dedupe: bool) -> None:
    if dedupe:
        limit = f"count(*) BETWEEN 2 AND {int((2 * key.cap) ** 0.5)}"
        sides = "a.id < b.id"
    else:
        limit = f"count(*) FILTER (side = 0) * count(*) FILTER (side = 1) BETWEEN 1 AND {key.cap}"
        sides = "a.side = 0 AND b.side = 1"
    engine.run(
        f"""CREATE TABLE kept AS WITH v AS (SELECT id, side, {key.value} AS v, ({key.only}) IS TRUE AS told
            FROM {table} WHERE {key.known}),
        good AS (SELECT v FROM v GROUP BY v HAVING {limit} AND bool_or(told))
        SELECT id, side, v, told FROM v SEMI JOIN good USING (v)"""
    )
    engine.run(
        f"""INSERT INTO shared SELECT (a.id::BIGINT << 32) | b.id FROM kept a JOIN kept b
        ON a.v = b.v AND {sides} WHERE a.told OR b.told"""
    )
    engine.run("DROP TABLE kept")
