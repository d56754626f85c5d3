"""SQL that brings names, numbers, dates and addresses of a register into one form."""

from collections.abc import Sequence

from spoiwo.engines.linkage import LinkageEngine
from spoiwo.matching.strategy import given_names

COLUMNS = (
    "local_id", "pesel", "first_name", "second_name", "last_name", "family_name", "birth_date", "sex", "teryt", "place",
    "postal_code", "street", "house", "flat", "phone", "email", "document_no",
)  # fmt: skip
"""What the strategy reads; whatever is missing is taken for unknown."""

_POLISH = "ąćęłńóśźż"
_PLAIN = "acelnoszz"
# One character in place of another: text of one 8-bit code page read in another, upper and lower case alike.
_MISREAD = str.maketrans("¹æê³ñœÿ¿¥£¯±¶¼¦¬¡", "ąćęłńśźżąłżąśźśźą")
_FOREIGN = ("äáàâãåāăạảấầẩậắặčçďđéèêëěēėễệếềểíìîïīịňñöôòõőøơợộốồổớờřšșşťțüúùûūůűưựứừửữýÿỳỹžż",
            "aaaaaaaaaaaaaaaaccddeeeeeeeeeeeeiiiiiinnooooooooooooooorsssttuuuuuuuuuuuuuyyyyzz")  # fmt: skip
# Spellings of one sound in Polish, Ukrainian passports and English; capitals stand for one sound each.
_SOUNDS = (
    ("shch", "S"), ("szcz", "S"), ("sch", "S"), ("sz", "S"), ("sh", "S"), ("tch", "C"), ("cz", "C"), ("kh", "H"),
    ("ch", "C"), ("rz", "z"), ("zh", "z"), ("ts", "c"), ("tz", "c"), ("th", "t"), ("ph", "f"), ("x", "ks"), ("qu", "kv"),
    ("q", "k"), ("ck", "k"), ("w", "v"), ("h", "g"), ("H", "g"), ("j", "i"), ("y", "i"), ("ie", "e"), ("iii", "i"), ("ii", "i"), ("ou ", "ov "),
    *((letter * 2, letter) for letter in "abcdefgklmnoprstuvzSC"),
)  # fmt: skip
_COARSE = (
    "bpfvwcgkqsxzSCHdtlmnr",
    "bbvvvsssssssssssttlmnr"[:21],
)


def _mojibake() -> list[tuple[str, str]]:
    """UTF-8 read as an 8-bit code page: pairs of what is seen, in lower case, and the letter meant."""
    found = {}
    for letter in _POLISH + _POLISH.upper():
        for page in ("cp1250", "cp1252", "latin-1", "latin-2"):
            seen = letter.encode().decode(page, "replace").lower()
            if "\ufffd" not in seen and not seen.isascii():
                found[seen] = letter.lower()
    return sorted(found.items(), key=lambda pair: (-len(pair[0]), pair))


def _replaced(expression: str, pairs: Sequence[tuple[str, str]]) -> str:
    for old, new in pairs:
        expression = f"replace({expression}, '{old}', '{new}')"
    return expression


def _translated(expression: str, old: str, new: str) -> str:
    return f"translate({expression}, '{old}', '{new}')"


def _repaired(expression: str) -> str:
    """Lower-case text with misread letters put right."""
    old = "".join(chr(code) for code in _MISREAD)
    new = "".join(chr(int(letter)) for letter in _MISREAD.values())
    return _translated(_replaced(expression, _mojibake()), old, new)


def _folded(expression: str) -> str:
    """Lower-case text in letters a-z; what cannot be told is '?'."""
    plain = _translated(expression, _POLISH, _PLAIN)
    return _replaced(_translated(plain, *_FOREIGN), [("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("\ufffd", "?")])


def words(engine: LinkageEngine, columns: Sequence[str]) -> None:
    """Make `word`: one row per distinct text in the name columns of `raw`, with the forms it is compared by."""
    names = [name for name in ("first_name", "second_name", "last_name", "family_name") if name in columns]
    texts = " UNION ".join(f"SELECT lower(trim({name})) AS raw FROM raw WHERE {name} IS NOT NULL" for name in names)
    engine.run(f"CREATE TABLE word_raw AS SELECT raw FROM ({texts}) WHERE raw <> ''")
    engine.run(
        f"""CREATE TABLE word_folded AS SELECT raw, regexp_replace(raw, '[^a-z]', '', 'g') AS bones,
        trim(regexp_replace({_folded(_repaired("raw"))}, '[^a-z?]+', ' ', 'g')) AS plain FROM word_raw"""
    )
    engine.run(
        f"""CREATE TABLE word_sound AS SELECT raw, bones, plain, split_part(plain, ' ', 1) AS head,
        string_split(trim({_masculine(_replaced("plain || ' '", _SOUNDS))}), ' ') AS tokens FROM word_folded"""
    )
    classes = [line.split() for line in given_names.CLASSES.strip().splitlines()]
    forms: dict[str, int] = {}
    for number, line in enumerate(classes):
        for form in line:
            forms.setdefault(form, number)
    engine.put("name_class", {"form": ("VARCHAR", list(forms)), "class": ("INTEGER", list(forms.values()))})
    long = "list_filter(tokens, lambda token: length(token) > 2)"
    engine.run(
        f"""CREATE TABLE word AS SELECT (row_number() OVER (ORDER BY raw))::INTEGER AS id, raw, bones, plain, tokens[1] AS t1,
        coalesce(tokens[2], '') AS t2, array_to_string(tokens, ' ') AS sound, {long} AS parts,
        coalesce('=' || class, tokens[1]) AS given, {_coarse("tokens[1]")} AS c1,
        CASE WHEN len(tokens) > 1 THEN {_coarse("tokens[len(tokens)]")} END AS c2
        FROM word_sound LEFT JOIN name_class ON head = form"""
    )
    for table in ("word_raw", "word_folded", "word_sound", "name_class"):
        engine.run(f"DROP TABLE {table}")


def _masculine(expression: str) -> str:
    """Endings of women's surnames as men's: kovalska -> kovalski, ivanova -> ivanov."""
    ended = f"regexp_replace({expression}, '(s|c|dz)k(a|aa|aia|ii|i)( |$)', '\\1ki\\3', 'g')"
    return f"regexp_replace({ended}, '([oe]v)a( |$)', '\\1\\2', 'g')"


def _coarse(expression: str) -> str:
    """Consonants in eight classes; equal for most slips, used to find candidates only."""
    classed = _translated(expression, *_COARSE)
    bare = f"regexp_replace({classed}, '[^bvstlmnr]', '', 'g')"
    return _replaced(bare, [(letter * 2, letter) for letter in "bvstlmnr"] * 2) + f" || left({expression}, 0)"


def records(engine: LinkageEngine, columns: Sequence[str]) -> None:
    """Make `rec`: one narrow row per record of `raw` (id, side and the columns of COLUMNS)."""

    def column(name: str) -> str:
        return name if name in columns else "NULL"

    def word(name: str) -> str:
        return f"(lower(trim({name})))" if name in columns else "NULL"

    _places(engine, columns)
    engine.run(
        f"""CREATE TABLE rec_raw AS SELECT id, side, {_date(column("birth_date"))} AS born,
        {_pesel(column("pesel"))} AS pesel, {_sex(column("sex"))} AS sex,
        {word("first_name")} AS first_name, {word("second_name")} AS second_name, {word("last_name")} AS last_name,
        {word("family_name")} AS family_name,
        {_digits(column("phone"), 9)} AS phone,
        nullif(regexp_replace(lower({column("document_no")}::VARCHAR), '[^a-z0-9]', '', 'g'), '') AS document,
        nullif(trim(lower({column("email")}::VARCHAR)), '') AS email,
        lower(trim({column("street")}::VARCHAR)) AS street, lower(trim({column("house")}::VARCHAR)) AS house,
        lower(trim({column("flat")}::VARCHAR)) AS flat,
        coalesce(nullif(lower(trim({column("place")}::VARCHAR)), ''), left(trim({column("teryt")}::VARCHAR), 6)) AS place,
        nullif({column("postal_code")}::VARCHAR, '') AS postal
        FROM raw"""
    )
    engine.run(
        f"""CREATE TABLE rec AS SELECT rec_raw.id, side, born, pesel, {_standing()} AS standing,
        {_coded_date()} AS coded, rec_raw.sex, first.id AS f, coalesce(second.id, 0) AS n, last.id AS l, family.id AS m,
        phone, document, email, hash(town.bare, road.bare, coalesce(nullif(house, ''), road.house), coalesce(nullif(flat, ''), road.flat)) AS home,
        hash(town.bare, road.bare, coalesce(nullif(house, ''), road.house)) AS building, hash(town.bare, road.bare) AS road,
        hash(town.bare) AS town, hash(postal) AS postal,
        coalesce(nullif(house, ''), road.house) IS NOT NULL AND town.bare IS NOT NULL AS housed,
        coalesce(nullif(flat, ''), road.flat) IS NOT NULL AS flatted, road.bare IS NOT NULL AS streeted, town.bare IS NOT NULL AS placed,
        postal IS NOT NULL AS posted
        FROM rec_raw LEFT JOIN word first ON first_name = first.raw LEFT JOIN word second ON second_name = second.raw
        LEFT JOIN word last ON last_name = last.raw LEFT JOIN word family ON family_name = family.raw
        LEFT JOIN road ON street = road.raw LEFT JOIN town ON rec_raw.place = town.raw"""
    )
    engine.run("DROP TABLE rec_raw")
    engine.run("DROP TABLE road")
    engine.run("DROP TABLE town")


def _places(engine: LinkageEngine, columns: Sequence[str]) -> None:
    """Make `road` and `town`: texts and what is left of them when letters that offices lose are left out."""
    street = "lower(trim(street))" if "street" in columns else "NULL::VARCHAR"
    place = "nullif(lower(trim(place)), '')" if "place" in columns else "NULL::VARCHAR"
    teryt = "left(trim(teryt), 6)" if "teryt" in columns else "NULL::VARCHAR"
    prefix = "^(ul|ulica|al|aleja|os|osiedle|pl|plac|gen|ks|sw|im)[. ]+ *"
    engine.run(
        f"""CREATE TABLE road AS SELECT raw,
        {_bare(f"regexp_replace(regexp_replace(raw, '{prefix}', ''), '[ ,]+[0-9]+ ?[a-z]?( ?(/|m|lok|m.|lok.) ?[0-9]+ ?[a-z]?)?$', '')")} AS bare,
        nullif(replace(regexp_extract(raw, '[^0-9 ,][ ,]+([0-9]+ ?[a-z]?)( ?(/|m|lok|m.|lok.) ?[0-9]+ ?[a-z]?)?$', 1), ' ', ''), '') AS house,
        nullif(regexp_extract(raw, '[0-9] ?[a-z]? ?(?:/|m|lok|m.|lok.) ?([0-9]+ ?[a-z]?)$', 1), '') AS flat
        FROM (SELECT DISTINCT {street} AS raw FROM raw) WHERE raw <> ''"""
    )
    engine.run(
        f"CREATE TABLE town AS SELECT raw, {_bare('raw')} AS bare FROM (SELECT DISTINCT coalesce({place}, {teryt}) AS raw FROM raw) "
        "WHERE raw <> ''"
    )


def _bare(expression: str) -> str:
    """Letters and digits that survive every way of losing Polish letters; never empty for a text with letters."""
    return f"length({expression}) // 40 || regexp_replace({expression}, '[^bdfghijkmprtuwyv0-9]', '', 'g')"


def _digits(expression: str, count: int) -> str:
    """The last so many digits as a number; NULL when there are fewer or they are one digit repeated."""
    digits = f"right(regexp_replace({expression}::VARCHAR, '[^0-9]', '', 'g'), {count})"
    filler = f"length(replace({digits}, left({digits}, 1), '')) = 0"
    return f"CASE WHEN length({digits}) = {count} AND NOT ({filler}) THEN {digits}::BIGINT END"


def _sex(expression: str) -> str:
    return (
        f"CASE upper(left(trim({expression}::VARCHAR), 1)) WHEN 'K' THEN 'K' WHEN 'M' THEN 'M' WHEN 'F' THEN 'K' WHEN 'W' THEN 'K' END"
    )


def _date(expression: str) -> str:
    """A date as the number YYYYMMDD, possible or not; ISO, DD.MM.YYYY and plain digits are read."""
    text = f"trim({expression}::VARCHAR)"
    return f"""CASE WHEN {text} SIMILAR TO '[0-9]{{4}}.[0-9]{{2}}.[0-9]{{2}}.*'
        THEN left({text}, 4)::INTEGER * 10000 + {text}[6:7]::INTEGER * 100 + {text}[9:10]::INTEGER
        WHEN {text} SIMILAR TO '[0-9]{{8}}' THEN {text}::INTEGER
        WHEN {text} SIMILAR TO '[0-9]{{2}}.[0-9]{{2}}.[0-9]{{4}}.*'
        THEN {text}[7:10]::INTEGER * 10000 + {text}[4:5]::INTEGER * 100 + {text}[1:2]::INTEGER END"""


def _pesel(expression: str) -> str:
    """Eleven digits, leading zeros put back; NULL for fillers and what is no number."""
    digits = f"regexp_replace({expression}::VARCHAR, '[^0-9]', '', 'g')"
    padded = f"CASE WHEN length({digits}) BETWEEN 8 AND 11 THEN lpad({digits}, 11, '0') END"
    return f"""CASE WHEN length(replace({padded}, left({padded}, 1), '')) <= 1 OR length(replace({padded}, right({padded}, 1), '')) <= 1
        OR {padded} IN ('12345678901', '01234567890', '12345678910', '10987654321', '98765432109', '09876543210', '23456789012') THEN NULL ELSE {padded} END"""


def _checked() -> str:
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    digits = " + ".join(f"{weight} * (ascii(pesel[{at}]) - 48)" for at, weight in enumerate(weights, start=1))
    return f"(({digits}) % 10 = 0)"


def _coded_date() -> str:
    """The date inside a number with a right checksum; NULL when there is no such day."""
    month, century = "(pesel[3:4]::INTEGER % 20)", "pesel[3:4]::INTEGER // 20"
    year = f"(CASE {century} WHEN 0 THEN 1900 WHEN 1 THEN 2000 WHEN 4 THEN 1800 END + pesel[1:2]::INTEGER)"
    day = "pesel[5:6]::INTEGER"
    return f"CASE WHEN {_checked()} AND {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND 31 THEN {year} * 10000 + {month} * 100 + {day} END"


def _standing() -> str:
    """2: right and in accord with birth date and sex; 1: right but not in accord; 0: wrong; NULL: none."""
    sex_fits = "(rec_raw.sex IS NULL OR (rec_raw.sex = 'M') = ((ascii(pesel[10]) - 48) % 2 = 1))"
    return f"""CASE WHEN pesel IS NULL THEN NULL WHEN {_coded_date()} IS NULL THEN 0
        WHEN (born IS NULL OR born = {_coded_date()}) AND {sex_fits} THEN 2 ELSE 1 END"""
