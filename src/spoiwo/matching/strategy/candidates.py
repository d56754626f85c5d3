"""Which pairs are looked at: records that share a key; a key shared by too many means nobody."""

from dataclasses import dataclass

from spoiwo.engines.linkage import LinkageEngine

CAP = 4000  # pairs under one value of a key; more is a default value or a filler


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """value: SQL over `k` (one row per record and name part); only: condition on a pair, over a and b."""

    value: str
    known: str
    only: str = ""
    cap: int = CAP


_NAMES = "least(gs, ls), greatest(gs, ls)"
_COARSE = "least(c1, c3), greatest(c1, c3)"
KEYS = {
    "number": Key(value="hash(pesel)", known="pesel IS NOT NULL"),
    "serial": Key(
        value="hash(right(pesel, 5))", known="pesel IS NOT NULL", only="(a.standing = 0 OR b.standing = 0)"
    ),
    "number_date": Key(
        value="hash(left(pesel, 6), c1)", known="pesel IS NOT NULL", only="(a.standing = 0 OR b.standing = 0)"
    ),
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
    "date_given": Key(value="hash(day, given)", known="day IS NOT NULL AND given IS NOT NULL"),
    "names_year": Key(
        value=f"hash({_COARSE}, day // 10000)", known="c1 IS NOT NULL AND c3 IS NOT NULL AND day IS NOT NULL"
    ),
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
        only="(a.day IS NULL OR b.day IS NULL)",
        cap=400,
    ),
    "names_town": Key(
        value=f"hash({_NAMES}, town)",
        known="gs IS NOT NULL AND ls IS NOT NULL AND placed",
        only="(a.day IS NULL OR b.day IS NULL)",
    ),
    "phone_given": Key(value="hash(phone, c1)", known="phone IS NOT NULL"),
    "phone_day": Key(value="hash(phone, day)", known="phone IS NOT NULL AND day IS NOT NULL", cap=400),
    "home_given": Key(value="hash(home, c1)", known="housed AND c1 IS NOT NULL", cap=400),
    "home_day": Key(value="hash(home, day)", known="housed AND day IS NOT NULL", cap=400),
    "phone_surname": Key(value="hash(phone, c3, day // 10000)", known="phone IS NOT NULL AND c3 IS NOT NULL"),
    "home_surname": Key(
        value="hash(home, c3, day // 10000)", known="housed AND c3 IS NOT NULL AND day IS NOT NULL", cap=400
    ),
    "building_names": Key(value="hash(building, gs)", known="housed AND gs IS NOT NULL", cap=400),
}


def find(engine: LinkageEngine, *, dedupe: bool) -> None:
    """Make `pair` (a, b): ids of records that share a key; a of the left side, or the smaller id."""
    engine.run(
        """CREATE TABLE keyed AS SELECT rec.id, side, pesel, standing, document, phone, home, building,
            town, housed, placed,
        coalesce(born, coded) AS day, wf.given, wf.t1 AS gs, wl.t1 AS ls, wf.c1 AS c1, wl.c1 AS c3
        FROM rec LEFT JOIN word wf ON wf.id = f LEFT JOIN word wl ON wl.id = l"""
    )
    engine.run("CREATE TABLE shared (code BIGINT)")
    for key in KEYS.values():
        _join(engine, "keyed", key, dedupe=dedupe)
    engine.run(
        """CREATE TABLE parts AS SELECT DISTINCT id, side, value FROM (
        SELECT rec.id, side, hash(coalesce(born, coded), unnest([wf.c1, wl.c1, wl.c2, wm.c1])) AS value,
        unnest([wf.c1, wl.c1, wl.c2, wm.c1]) AS part
        FROM rec LEFT JOIN word wf ON wf.id = f LEFT JOIN word wl ON wl.id = l LEFT JOIN word wm ON wm.id = m
        WHERE coalesce(born, coded) IS NOT NULL) WHERE part IS NOT NULL"""
    )
    _join(engine, "parts", Key(value="value", known="TRUE"), dedupe=dedupe)
    engine.run(
        "CREATE TABLE pair AS SELECT (code >> 32)::INTEGER AS a, (code & 4294967295)::INTEGER AS b "
        "FROM (SELECT DISTINCT code FROM shared)"
    )
    for table in ("keyed", "parts", "shared"):
        engine.run(f"DROP TABLE {table}")


def _join(engine: LinkageEngine, table: str, key: Key, *, dedupe: bool) -> None:
    only = f"AND {key.only}" if key.only else ""
    if dedupe:
        counts, limit = "count(*) AS n", f"count(*) BETWEEN 2 AND {int((2 * key.cap) ** 0.5)}"
        sides = "a.id < b.id"
    else:
        counts = "count(*) FILTER (side = 0) AS n"
        limit = f"count(*) FILTER (side = 0) * count(*) FILTER (side = 1) BETWEEN 1 AND {key.cap}"
        sides = "a.side = 0 AND b.side = 1"
    columns = "id, side" + (", standing, day" if table == "keyed" else "")
    engine.run(
        f"""INSERT INTO shared WITH v AS (SELECT {columns}, {key.value} AS v FROM {table} WHERE {key.known}),
        good AS (SELECT v FROM (SELECT v, {counts} FROM v GROUP BY v HAVING {limit})),
        kept AS (SELECT v.* FROM v SEMI JOIN good USING (v))
        SELECT (a.id::BIGINT << 32) | b.id FROM kept a JOIN kept b ON a.v = b.v AND {sides} {only}"""
    )
