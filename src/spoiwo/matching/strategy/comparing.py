"""SQL that compares the records of a pair field by field; a level per field, packed into one code."""

from spoiwo.engines.linkage import LinkageEngine
from spoiwo.matching.strategy import weighing

FIELDS = (
    "given",
    "surname",
    "born",
    "number",
    "address",
    "phone",
    "second",
    "sex",
    "document",
    "email",
    "woman",
)
"""Places of the code, the first in the units; levels are told in `weighing`."""
DECADE = 10  # years that a slip puts between two dates with the same day; no child is so young a parent
NO_LIKENESS = 0.55  # similarity of names below which no slip of a letter or two can be between them


def compare(engine: LinkageEngine, total: int, *, family_names: bool) -> None:
    """Make `seen` (a, b, code, rarity) from `pair`.

    rarity: natural logarithm of the chance that a stranger has the values on which the two agree.
    """
    engine.run(_words("given_pair", "f", _given()))
    engine.run(_words("surname_pair", "l", _surname()))
    engine.run(f"CREATE TABLE levels AS {_levels()}")
    _second_look(engine, family_names=family_names)
    packed = " + ".join(f"{field}::BIGINT * {10**place}" for place, field in enumerate(FIELDS))
    engine.run(f"CREATE TABLE seen AS SELECT a, b, {packed} AS code, {_rarity(total)} AS rarity FROM levels")
    for table in ("given_pair", "surname_pair", "levels", "pair"):
        engine.run(f"DROP TABLE {table}")


def _words(table: str, column: str, level: str) -> str:
    return f"""CREATE TABLE {table} AS SELECT x.id AS xa, y.id AS xb, {level} AS level FROM
        (SELECT DISTINCT ra.{column} AS xa, rb.{column} AS xb FROM pair JOIN rec ra ON ra.id = a
        JOIN rec rb ON rb.id = b
        WHERE ra.{column} <> rb.{column}) JOIN word x ON x.id = xa JOIN word y ON y.id = xb"""


def _broken() -> str:
    """One form lost its Polish letters, or has question marks in their place."""
    return """(length(x.bones) >= 3 AND x.bones = y.bones
        OR x.holed AND y.plain LIKE replace(x.plain, '?', '_')
        OR y.holed AND x.plain LIKE replace(y.plain, '?', '_'))"""


def _slip(x: str, y: str) -> str:
    """One wrong, missing, added or transposed letter; two in a long word."""
    distance = f"damerau_levenshtein({x}, {y})"
    return (
        f"(abs(length({x}) - length({y})) <= 2 AND least(length({x}), length({y})) >= 3 AND "
        f"({distance} = 1 OR {distance} = 2 AND least(length({x}), length({y})) >= 7))"
    )


def _known(word: str) -> str:
    """Whether a given name is in the list of names: two such names are two, however alike (Maria, Marta)."""
    return f"starts_with({word}.given, '=')"


def _given() -> str:
    return f"""CASE WHEN x.t1 = y.t1 THEN 0 WHEN x.given = y.given THEN 1
        WHEN (x.t2 = y.t1 OR y.t2 = '') AND (y.t2 = x.t1 OR x.t2 = '') AND x.t2 || y.t2 <> '' THEN 3
        WHEN {_broken()} THEN 5
        WHEN least(length(x.plain), length(y.plain)) NOT IN (2, 3)
        AND (starts_with(x.plain, y.plain) OR starts_with(y.plain, x.plain)) THEN 4
        WHEN NOT ({_known("x")} AND {_known("y")}) AND ({_slip("x.t1", "y.t1")} OR {_slip("x.plain", "y.plain")})
        THEN 2
        WHEN x.c1 = y.c1 AND length(x.c1) > 1 OR jaro_winkler_similarity(x.t1, y.t1) >= 0.87
        THEN 9 ELSE 7 END"""


def _surname() -> str:
    # A look that costs little first: names without a common letter in place are two, whatever else they are.
    return f"""CASE WHEN x.sound = y.sound THEN 0
        WHEN (x.t2 <> '' OR y.t2 <> '') AND list_has_any(x.parts, y.parts) THEN 2 WHEN {_broken()} THEN 3
        WHEN least(length(x.plain), length(y.plain)) >= 8 AND (starts_with(x.plain,
        y.plain) OR starts_with(y.plain, x.plain)) THEN 4
        WHEN jaro_winkler_similarity(x.sound, y.sound) < {NO_LIKENESS} AND x.c1 <> y.c1 THEN 7
        WHEN {_slip("x.sound", "y.sound")} OR {_slip("x.plain", "y.plain")} THEN 1
        WHEN x.c1 = y.c1 AND length(x.c1) > 2 OR jaro_winkler_similarity(x.sound, y.sound) >= 0.9
        THEN 5 ELSE 7 END"""


def _born() -> str:
    one, other = "ra.day", "rb.day"
    year = f"abs({one} // 10000 - {other} // 10000)"
    digits = " + ".join(
        f"({one} // {10**place} % 10 <> {other} // {10**place} % 10)::INTEGER" for place in range(8)
    )
    same_day = f"{one} % 10000 = {other} % 10000"
    swapped = f"{one} // 100 % 100 = {other} % 100 AND {other} // 100 % 100 = {one} % 100"
    # 1 January stands for "unknown" unless the number beside it says another day than the other record.
    vague = (
        f"({one} % 10000 = 101 AND coalesce(ra.coded, {other}) = {other} "
        f"OR {other} % 10000 = 101 AND coalesce(rb.coded, {one}) = {one})"
    )
    unknown_day = f"({year} = 0 AND {vague})"
    coded = (
        "(coalesce(ra.coded = rb.born, FALSE) OR coalesce(rb.coded = ra.born, FALSE) OR "
        "coalesce(ra.coded = rb.coded, FALSE))"
    )
    turned = f"damerau_levenshtein({one}::VARCHAR, {other}::VARCHAR) = 1"
    slip = f"(CASE ({digits}) WHEN 1 THEN TRUE WHEN 2 THEN {turned} ELSE FALSE END)"
    close = (
        f"({year} = 0 AND {swapped} OR {slip} OR {year} <= {DECADE} AND {same_day} OR {unknown_day} "
        f"OR abs({one} - {other}) = 1)"
    )
    return f"""CASE WHEN {one} IS NULL OR {other} IS NULL THEN 8 WHEN {one} = {other} THEN 0
        WHEN {year} >= 12 THEN (CASE WHEN ({digits}) = 1 THEN 9 ELSE 7 END)
        WHEN {coded} AND {close} THEN 6
        WHEN {year} = 0 AND {swapped} THEN 1 WHEN {unknown_day} THEN 3 WHEN {slip} THEN 2
        WHEN {year} <= 1 AND {same_day} OR abs({one} - {other}) = 1 THEN 4
        WHEN {year} = 0 OR ({digits}) = 2 THEN 5 ELSE 7 END"""


def _number() -> str:
    lowest = "least(ra.standing, rb.standing)"
    # The cheap distance first: most numbers that differ differ in many places.
    edit = (
        "(CASE WHEN hamming(ra.pesel, rb.pesel) > 2 THEN FALSE "
        "ELSE damerau_levenshtein(ra.pesel, rb.pesel) = 1 END)"
    )
    return f"""CASE WHEN ra.standing IS NULL OR rb.standing IS NULL THEN 8
        WHEN ra.pesel = rb.pesel THEN (CASE {lowest} WHEN 0 THEN 2 WHEN 1 THEN 1 ELSE 0 END)
        WHEN {lowest} = 0 AND {edit} THEN 3 WHEN {lowest} = 0 THEN 7 WHEN {edit}
        THEN 6 WHEN {lowest} = 1 THEN 4 ELSE 5 END"""


def _address() -> str:
    return """CASE WHEN NOT ra.placed OR NOT rb.placed THEN 8
        WHEN ra.housed AND rb.housed AND ra.home = rb.home THEN 0
        WHEN ra.housed AND rb.housed AND ra.building = rb.building THEN (CASE WHEN ra.flatted
        AND rb.flatted THEN 2 ELSE 1 END)
        WHEN ra.streeted AND rb.streeted AND ra.road = rb.road THEN 3 WHEN ra.town = rb.town
        THEN 4 ELSE 5 END"""


def _plain(one: str, other: str) -> str:
    return f"CASE WHEN {one} IS NULL OR {other} IS NULL THEN 8 WHEN {one} = {other} THEN 0 ELSE 5 END"


def _levels() -> str:
    document = (
        "CASE WHEN damerau_levenshtein(ra.document, rb.document) = 1 THEN 2 ELSE "
        f"{_plain('ra.document', 'rb.document')} END"
    )
    return f"""SELECT a, b, ra.f AS fa, rb.f AS fb, ra.l AS la, rb.l AS lb, ra.n AS na, rb.n AS nb,
    ra.m AS ma, rb.m AS mb,
        CASE WHEN ra.f IS NULL OR rb.f IS NULL THEN 8 WHEN ra.f = rb.f THEN 0 ELSE gp.level END AS given,
        CASE WHEN ra.l IS NULL OR rb.l IS NULL THEN 8 WHEN ra.l = rb.l THEN 0 ELSE sp.level END AS surname,
        {_born()} AS born, {_number()} AS number, {_address()} AS address,
        {_plain("ra.phone", "rb.phone")} AS phone,
        CASE WHEN ra.n = 0 OR rb.n = 0 THEN 8 WHEN ra.n = rb.n THEN 0 ELSE 5 END AS second,
        {_plain("ra.sex", "rb.sex")} AS sex, {document} AS document,
        {_plain("ra.email", "rb.email")} AS email,
        (coalesce(ra.sex = 'K', FALSE) OR coalesce(rb.sex = 'K', FALSE))::INTEGER AS woman,
        {_counts()}
        FROM pair JOIN rec ra ON ra.id = a JOIN rec rb ON rb.id = b
        LEFT JOIN given_pair gp ON gp.xa = ra.f AND gp.xb = rb.f
        LEFT JOIN surname_pair sp ON sp.xa = ra.l AND sp.xb = rb.l"""


def _counts() -> str:
    """How often the values of both are met: the less and the more frequent, as RARITY asks."""
    wanted = sorted(
        {(kind, term.commonest) for kind, formula in weighing.RARITY.items() for term in formula.values()}
    )
    return ", ".join(
        f"{'greatest' if most else 'least'}(ra.{kind}_n, rb.{kind}_n) AS {kind}_{'most' if most else 'least'}"
        for kind, most in wanted
    )


def _second_look(engine: LinkageEngine, *, family_names: bool) -> None:
    """Names in each other's place, second names and family names, for pairs whose names disagree so far."""
    near = f"""({_slip("{0}.t1", "{1}.t1")} OR {{0}}.t1 = {{1}}.t1 OR {{0}}.given = {{1}}.given)"""
    engine.run(
        f"""CREATE TABLE swapped AS SELECT a, b FROM levels JOIN word fa ON fa.id = levels.fa
        JOIN word fb ON fb.id = levels.fb
        JOIN word la ON la.id = levels.la JOIN word lb ON lb.id = levels.lb
        WHERE levels.given IN (7, 9, 4, 3) AND levels.surname IN (5, 7, 2)
        AND ({near.format("fa", "lb")} OR list_contains(lb.parts, fa.t1))
        AND ({near.format("la", "fb")} OR list_contains(fb.parts, la.t1))"""
    )
    engine.run(
        "UPDATE levels SET given = 6, surname = 6 FROM swapped WHERE levels.a = swapped.a AND "
        "levels.b = swapped.b"
    )
    engine.run(
        """CREATE TABLE seconds AS SELECT a, b FROM levels JOIN word fa ON fa.id = levels.fa JOIN word fb
            ON fb.id = levels.fb
        LEFT JOIN word na ON na.id = levels.na LEFT JOIN word nb ON nb.id = levels.nb
        WHERE levels.given IN (7, 9) AND coalesce(na.given = fb.given, nb.given IS NOT NULL)
        AND coalesce(nb.given = fa.given, na.given IS NOT NULL)"""
    )
    engine.run("UPDATE levels SET given = 3 FROM seconds WHERE levels.a = seconds.a AND levels.b = seconds.b")
    if family_names:
        engine.run(
            """CREATE TABLE families AS SELECT a, b FROM levels JOIN word la ON la.id = levels.la JOIN word
                lb ON lb.id = levels.lb
            LEFT JOIN word ma ON ma.id = levels.ma LEFT JOIN word mb ON mb.id = levels.mb
            WHERE levels.surname IN (5, 7) AND (list_has_any(ma.parts, lb.parts) OR list_has_any(mb.parts,
            la.parts))"""
        )
        engine.run(
            "UPDATE levels SET surname = 2 FROM families WHERE levels.a = families.a AND levels.b = families.b"
        )
        engine.run("DROP TABLE families")
    engine.run("DROP TABLE swapped")
    engine.run("DROP TABLE seconds")


def _rarity(total: int) -> str:
    terms = []
    for kind, formula in weighing.RARITY.items():
        cases = " ".join(f"WHEN {level} THEN {_chance(kind, term, total)}" for level, term in formula.items())
        terms.append(f"CASE {weighing.RARITY_FIELD[kind]} {cases} ELSE 0 END")
    return " + ".join(terms)


def _chance(kind: str, term: weighing.Term, total: int) -> str:
    count = f"{kind}_{'most' if term.commonest else 'least'}"
    return f"ln(greatest({term.least}, {term.factor} * {count} / {total}))"
