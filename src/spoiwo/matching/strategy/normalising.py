"""SQL that brings names, numbers, dates and addresses of a register into one form."""

from collections.abc import Sequence

from spoiwo.engines.linkage import LinkageEngine
from spoiwo.matching.strategy import forms, letters
from spoiwo.matching.strategy.knowledge import LEAST
from spoiwo.matching.strategy.known import FILLERS, PESEL_WEIGHTS

COLUMNS = (
    "local_id", "pesel", "first_name", "second_name", "last_name", "family_name", "birth_date", "sex", "teryt", "place",
    "postal_code", "street", "house", "flat", "phone", "email", "document_no",
)  # fmt: skip
"""What the strategy reads; whatever is missing is taken for unknown."""


def _replaced(expression: str, pairs: Sequence[tuple[str, str]]) -> str:
    for old, new in pairs:
        quoted = old.replace("'", "''")
        expression = f"replace({expression}, '{quoted}', '{new}')"
    return expression


def _translated(expression: str, old: str, new: str) -> str:
    return f"translate({expression}, '{old}', '{new}')"


def _repaired(expression: str) -> str:
    """Lower-case text with misread letters put right."""
    old = "".join(chr(code) for code in letters.MISREAD)
    new = "".join(chr(int(letter)) for letter in letters.MISREAD.values())
    return _translated(_replaced(expression, letters.MOJIBAKE), old, new)


def _folded(expression: str) -> str:
    """Lower-case text in letters a-z; what cannot be told is '?'."""
    plain = _translated(expression, letters.POLISH, letters.PLAIN)
    whole = _replaced(_translated(plain, *letters.UNACCENTED), (*letters.WHOLE, *letters.CYRILLIC_LONG))
    return _translated(whole, letters.CYRILLIC, letters.LATIN)


def words(engine: LinkageEngine, columns: Sequence[str]) -> None:
    """Make `word`: one row per distinct text in the name columns of `raw`, with the forms it is compared by, and
    `spelling` (text, word): which word each text of a cell is.
    """
    names = [name for name in ("first_name", "second_name", "last_name", "family_name") if name in columns]
    texts = " UNION ALL ".join(f"SELECT DISTINCT {name} AS text FROM raw" for name in names)
    engine.run(
        f"""CREATE TABLE text AS SELECT text, lower(trim(text)) AS raw
        FROM (SELECT DISTINCT text FROM ({texts or "SELECT NULL::VARCHAR AS text"})) WHERE text IS NOT NULL"""
    )
    engine.run("CREATE TABLE word_raw AS SELECT DISTINCT raw FROM text WHERE raw <> ''")
    engine.run(
        f"""CREATE TABLE word_folded AS SELECT raw, regexp_replace(raw, '[^a-z]', '', 'g') AS bones,
        trim(regexp_replace(CASE WHEN regexp_full_match(raw, '[a-z ąćęłńóśźż-]*')
        THEN {_translated("raw", letters.POLISH, letters.PLAIN)}
        ELSE {_folded(_repaired("raw"))} END, '[^a-z?]+', ' ', 'g')) AS plain FROM word_raw"""
    )
    engine.run(
        f"""CREATE TABLE word_sound AS SELECT raw, bones, plain, split_part(plain, ' ', 1) AS head,
        string_split(trim({_masculine(_replaced("plain || ' '", letters.SOUNDS))}), ' ') AS tokens
        FROM word_folded"""
    )
    engine.put(
        "name_class",
        {"form": ("VARCHAR", list(forms.GIVEN)), "class": ("VARCHAR", list(forms.GIVEN.values()))},
    )
    long = "list_filter(tokens, lambda token: length(token) > 2)"
    long = f"CASE WHEN len(tokens) > 1 THEN {long} WHEN length(tokens[1]) > 2 THEN tokens ELSE [] END"
    engine.run(
        f"""CREATE TABLE word AS SELECT (row_number() OVER ())::INTEGER AS id, raw, bones,
        plain, tokens[1] AS t1,
        coalesce(tokens[2], '') AS t2, array_to_string(tokens, ' ') AS sound, {long} AS parts,
        contains(plain, '?') AS holed,
        coalesce('=' || class, tokens[1]) AS given, {_coarse("tokens[1]")} AS c1,
        CASE WHEN len(tokens) > 1 THEN {_coarse("tokens[len(tokens)]")} END AS c2
        FROM word_sound LEFT JOIN name_class ON head = form WHERE plain <> ''"""
    )
    engine.run("CREATE TABLE spelling AS SELECT text, id AS word FROM text JOIN word USING (raw)")
    for table in ("text", "word_raw", "word_folded", "word_sound", "name_class"):
        engine.run(f"DROP TABLE {table}")


def _masculine(expression: str) -> str:
    """Endings of women's surnames as men's: kovalska -> kovalski, ivanova -> ivanov."""
    ended = f"regexp_replace({expression}, '(s|c|dz)k(a|aa|aia|ii|i)( |$)', '\\1ki\\3', 'g')"
    return f"regexp_replace({ended}, '([oe]v)a( |$)', '\\1\\2', 'g')"


def _coarse(expression: str) -> str:
    """Consonants in eight classes; equal for most slips, used to find candidates only."""
    letters_of, classes_of = letters.COARSE
    bare = _translated(expression, letters_of + letters.NO_CLASS, classes_of)
    classes = _replaced(bare, [(letter * 2, letter) for letter in "bvstlmnr"] * 2)
    return f"coalesce(nullif({classes}, ''), left({expression}, 1))"


def records(engine: LinkageEngine, columns: Sequence[str], *, remember: bool) -> None:
    """Make `rec`: one narrow row per record of `raw` (id, side and the columns of COLUMNS), and drop `raw`.

    remember: make `frequent` (kind, value, n) too, values that more records have than LEAST.
    """
    _places(engine, columns)
    _cells(engine, columns)
    _narrow(engine)
    _counted(engine, remember=remember)
    for table in ("rec_raw", "raw", "spelling", "road", "town"):
        engine.run(f"DROP TABLE {table}")


def _cells(engine: LinkageEngine, columns: Sequence[str]) -> None:
    """Make `rec_raw`: dates, numbers and codes read, texts in lower case."""

    def column(name: str) -> str:
        return name if name in columns else "NULL::VARCHAR"

    names = ", ".join(column(name) + f" AS {name}" for name in _TEXTS)
    bare = f"replace(lower({column('house')}), ' ', '')"
    house = (  # looked at first, since a pattern costs more than the look
        f"CASE WHEN contains({bare}, 'm') OR contains({bare}, 'lok') "
        f"THEN regexp_replace({bare}, '(lok|m)[.]?', '/') ELSE {bare} END"
    )
    engine.run(
        f"""CREATE TABLE rec_raw AS SELECT id, side, {_date(column("birth_date"))} AS born,
        {_pesel(column("pesel"))} AS pesel, {_sex(column("sex"))} AS sex, {names},
        {_digits(column("phone"), 9)} AS phone,
        nullif(regexp_replace(lower({column("document_no")}), '[^a-z0-9]', '', 'g'), '') AS document,
        nullif(trim(lower({column("email")})), '') AS email,
        nullif(split_part({house}, '/', 1), '') AS house,
        coalesce(nullif(lower(trim({column("flat")})), ''), nullif(split_part({house}, '/', 2), '')) AS flat
        FROM raw"""
    )


_TEXTS = ("first_name", "second_name", "last_name", "family_name", "street", "place", "teryt")
# Parts of an address in `rec_raw` with `town` and `road` beside it.
_PLACE = (
    "town.bare",
    "road.bare",
    "coalesce(rec_raw.house, road.house)",
    "coalesce(rec_raw.flat, road.flat)",
)


_TO_PLACES = """LEFT JOIN road ON street = road.text
    LEFT JOIN town ON coalesce(rec_raw.place, '') = town.place AND coalesce(rec_raw.teryt, '') = town.teryt"""


def _narrow(engine: LinkageEngine) -> None:
    """Make `rec`: texts replaced by ids of words and by hashes of addresses."""
    engine.run(
        f"""CREATE TABLE rec AS SELECT rec_raw.id, side, born, pesel, {_standing()} AS standing,
        coded, coalesce(born, coded) AS day, rec_raw.sex, first.word AS f,
        coalesce(second.word, 0) AS n, last.word AS l, family.word AS m,
        phone, document, email, hash({", ".join(_PLACE)}) AS home, hash({", ".join(_PLACE[:3])}) AS building,
        hash(town.bare, road.bare) AS road,
        hash(town.bare) AS town,
        {_PLACE[2]} IS NOT NULL AND town.bare IS NOT NULL AS housed, {_PLACE[3]} IS NOT NULL AS flatted,
        road.bare IS NOT NULL AS streeted, town.bare IS NOT NULL AS placed
        FROM (SELECT *, {_coded_date()} AS coded FROM (SELECT *, pesel::BIGINT AS digits
        FROM rec_raw)) rec_raw
        LEFT JOIN spelling first ON first_name = first.text LEFT JOIN spelling second ON second_name = second.text
        LEFT JOIN spelling last ON last_name = last.text LEFT JOIN spelling family ON family_name = family.text
        {_TO_PLACES}"""
    )


def _counted(engine: LinkageEngine, *, remember: bool) -> None:
    """Add to `rec` how many records have the same given name, surname, birth date, home, building, town
    and phone.
    """
    engine.run("CREATE TABLE frequent (kind VARCHAR, value VARCHAR, n INTEGER)")
    for name, (column, key) in {"given": ("f", "given"), "surname": ("l", "sound")}.items():
        engine.run(
            f"CREATE TABLE met AS SELECT word.{key} AS value, count(*)::INTEGER AS n FROM rec JOIN word "
            f"ON word.id = rec.{column} GROUP BY 1 HAVING count(*) > {LEAST[name]}"
        )
        engine.run(f"CREATE TABLE count_{name} AS SELECT id, n FROM word JOIN met ON word.{key} = met.value")
        if remember:
            engine.run(f"INSERT INTO frequent SELECT '{name}', value, n FROM met")
        engine.run("DROP TABLE met")
    for name in ("born", "home", "building", "town", "phone"):
        engine.run(
            f"CREATE TABLE count_{name} AS SELECT {name}, count(*)::INTEGER AS n FROM rec "
            f"WHERE {_KNOWN[name]} GROUP BY 1 HAVING count(*) > {LEAST[name]}"
        )
        if remember:
            engine.run(_frequent(name))
    counts = ", ".join(f"coalesce(count_{name}.n, {least}) AS {name}_n" for name, least in LEAST.items())
    engine.run(
        f"""CREATE TABLE counted AS SELECT rec.*, {counts}
        FROM rec LEFT JOIN count_given ON count_given.id = f LEFT JOIN count_surname ON count_surname.id = l
        LEFT JOIN count_born USING (born) LEFT JOIN count_home USING (home)
        LEFT JOIN count_building USING (building)
        LEFT JOIN count_town USING (town) LEFT JOIN count_phone USING (phone)"""
    )
    engine.run("DROP TABLE rec")
    engine.run("ALTER TABLE counted RENAME TO rec")
    for name in LEAST:
        engine.run(f"DROP TABLE count_{name}")


_KNOWN = {
    "born": "born IS NOT NULL",
    "home": "housed",
    "building": "housed",
    "town": "placed",
    "phone": "phone IS NOT NULL",
}


def _frequent(name: str) -> str:
    """Frequent values as texts that mean the same on every machine."""
    if name in {"born", "phone"}:
        return f"INSERT INTO frequent SELECT '{name}', {name}::VARCHAR, n FROM count_{name}"
    parts = {"home": _PLACE, "building": _PLACE[:3], "town": _PLACE[:1]}[name]
    text = " || '|' || ".join(f"coalesce({part}, '')" for part in parts)
    return f"""INSERT INTO frequent SELECT '{name}', any_value({text}), any_value(met.n)
        FROM count_{name} met JOIN rec USING ({name}) JOIN rec_raw USING (id)
        {_TO_PLACES} GROUP BY {name}"""


def _places(engine: LinkageEngine, columns: Sequence[str]) -> None:
    """Make `road` and `town`: texts and what is left of them when letters that offices lose are left out."""
    street, place, teryt = (
        name if name in columns else "NULL::VARCHAR" for name in ("street", "place", "teryt")
    )
    prefix = "^(ul|ulica|al|aleja|os|osiedle|pl|plac|gen|ks|sw|im)[. ]+ *"
    number = "[0-9]+ ?[a-z]?"
    rest = f"( ?(?:/|m|lok|m.|lok.) ?{number})?$"
    road = _bare(
        f"regexp_replace(regexp_replace(raw, '{prefix}', ''), '[ ,]+(?:nr[. ]*)?{number}{rest}', '')"
    )
    house = f"regexp_extract(raw, '[^0-9 ,][ ,]+(?:nr[. ]*)?({number}){rest}', 1)"
    flat = f"regexp_extract(raw, '[0-9] ?[a-z]? ?(?:/|m|lok|m.|lok.) ?({number})$', 1)"
    engine.run(
        f"""CREATE TABLE road AS SELECT text, {road} AS bare,
        nullif(replace({house}, ' ', ''), '') AS house, nullif({flat}, '') AS flat
        FROM (SELECT text, lower(trim(text)) AS raw FROM (SELECT DISTINCT {street} AS text FROM raw))
        WHERE raw <> ''"""
    )
    engine.run(
        f"""CREATE TABLE town AS SELECT place, teryt, {_bare("raw")} AS bare
        FROM (SELECT *, coalesce(nullif(lower(trim(place)), ''), left(trim(teryt), 6)) AS raw FROM
            (SELECT DISTINCT coalesce({place}, '') AS place, coalesce({teryt}, '') AS teryt FROM raw))
        WHERE raw <> ''"""
    )


def _bare(expression: str) -> str:
    """Letters and digits that survive every way of losing Polish letters; never empty for a text with
    letters.
    """
    return f"length({expression}) // 40 || regexp_replace({expression}, '[^bdfghijkmprtuwyv0-9]', '', 'g')"


def _digits(expression: str, count: int) -> str:
    """The last so many digits as a number; NULL when there are fewer or they are one digit repeated."""
    text = f"{expression}::VARCHAR"
    digits = (
        f"CASE WHEN length({text}) = {count} AND regexp_full_match({text}, '[0-9]+') THEN {text} "
        f"ELSE right(regexp_replace({text}, '[^0-9]', '', 'g'), {count}) END"
    )
    filler = f"length(replace({digits}, left({digits}, 1), '')) = 0"
    return f"CASE WHEN length({digits}) = {count} AND NOT ({filler}) THEN ({digits})::BIGINT END"


def _sex(expression: str) -> str:
    return (
        f"CASE upper(left(trim({expression}::VARCHAR), 1)) WHEN 'K' THEN 'K' WHEN 'M' THEN 'M' WHEN "
        "'F' THEN 'K' WHEN 'W' THEN 'K' END"
    )


def _date(expression: str) -> str:
    """A date as the number YYYYMMDD, possible or not; ISO, DD.MM.YYYY and plain digits are read."""
    text = f"trim({expression})"
    turned = f"try_cast({text}[7:10] || {text}[4:5] || {text}[1:2] AS INTEGER)"
    return f"""CASE WHEN length({expression}) = 10 AND {expression}[5] = '-' AND {expression}[8] = '-'
            THEN try_cast(replace({expression}, '-', '') AS INTEGER)
        WHEN length({text}) >= 10 AND {text}[5] NOT BETWEEN '0' AND '9'
            THEN try_cast({text}[1:4] || {text}[6:7] || {text}[9:10] AS INTEGER)
        WHEN length({text}) >= 10 AND {text}[3] NOT BETWEEN '0' AND '9' THEN {turned}
        WHEN length({text}) = 8 THEN try_cast({text} AS INTEGER) END"""


def _pesel(expression: str) -> str:
    """Eleven digits, leading zeros put back; NULL for fillers and what is no number."""
    text = f"{expression}::VARCHAR"
    digits = f"regexp_replace(regexp_replace({text}, '[.,]0*$', ''), '[^0-9]', '', 'g')"
    padded = (
        f"(CASE WHEN length({text}) = 11 AND regexp_full_match({text}, '[0-9]+') THEN {text} WHEN "
        f"length({digits}) BETWEEN 8 AND 11 THEN lpad({digits}, 11, '0') END)"
    )
    # Ten of eleven digits alike leave one of these pairs alike, which is quickly seen.
    alike = f"({padded}[5] = {padded}[6] OR {padded}[7] = {padded}[8])"
    return f"""CASE WHEN {alike} AND (length(replace({padded}, left({padded}, 1), '')) <= 1
        OR length(replace({padded}, right({padded}, 1), '')) <= 1)
        OR {padded} IN {FILLERS} THEN NULL ELSE {padded} END"""


def _checked() -> str:
    digits = " + ".join(
        f"{weight} * (digits // {10 ** (10 - at)} % 10)" for at, weight in enumerate(PESEL_WEIGHTS)
    )
    return f"(({digits}) % 10 = 0)"


def _coded_date() -> str:
    """The date inside a number with a right checksum; NULL when there is no such day."""
    month, century, day = (
        "(digits // 10000000 % 100 % 20)",
        "(digits // 10000000 % 100 // 20)",
        "(digits // 100000 % 100)",
    )
    year = f"(CASE {century} WHEN 0 THEN 1900 WHEN 1 THEN 2000 WHEN 4 THEN 1800 END + digits // 1000000000)"
    possible = f"{month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND 31"
    return f"CASE WHEN {_checked()} AND {possible} THEN ({year} * 10000 + {month} * 100 + {day})::INTEGER END"


def _standing() -> str:
    """See known.Known; NULL: none."""
    sex_fits = "(rec_raw.sex IS NULL OR (rec_raw.sex = 'M') = (digits // 10 % 2 = 1))"
    years = "abs(born // 10000 - coded // 10000)"
    slip = f"({years} = 0 OR born % 10000 = coded % 10000 AND ({years} <= 10 OR {years} = 100))"
    return f"""(CASE WHEN pesel IS NULL THEN NULL WHEN coded IS NULL THEN 0
        WHEN born IS NULL OR born = coded THEN CASE WHEN {sex_fits} THEN 3 ELSE 2 END
        WHEN {sex_fits} AND {slip} THEN 2 ELSE 1 END)::TINYINT"""
