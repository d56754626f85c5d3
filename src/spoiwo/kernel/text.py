"""Polish text: folding, search keys, alphabetical order, plural forms."""

import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_UNDIVIDED = {
    "ł": "l",
    "đ": "d",
    "ø": "o",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
}
_APOSTROPHES = frozenset("'’‘ʼ`´")
_POLISH_LETTERS = frozenset("ąćęłńóśźż")
_FAMILIES = "aą b cć d eę f g h i j k lł m nń oó p q r sś t u v w x y zźż"  # in the order of the alphabet
_LATIN_AND_DIGITS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def _fold_character(character: str) -> str:
    """Lower case and without marks; may become several letters, or nothing for a lone mark."""
    folded: list[str] = []
    for part in unicodedata.normalize("NFKD", character).lower():
        # Lower-casing can bring a mark back (İ), hence the second look.
        bases = [base for base in unicodedata.normalize("NFKD", part) if not unicodedata.combining(base)]
        folded.extend(_UNDIVIDED.get(base, base) for base in bases)
    return "".join(folded)


def _search_character(character: str) -> str:
    """Letters and digits folded; apostrophes vanish; anything else parts words."""
    if character in _APOSTROPHES or unicodedata.combining(character):
        return ""
    return "".join(part if part in _LATIN_AND_DIGITS else " " for part in _fold_character(character))


def _alphabet_character(character: str) -> str:
    """As for searching, but Polish letters stay what they are."""
    lower = character.lower()
    return lower if lower in _POLISH_LETTERS else _search_character(character)


class _FoldTable(dict[int, str]):
    """Table for str.translate that works out each character once and remembers it."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = _fold_character(chr(code_point))
        return self[code_point]


class _SearchTable(dict[int, str]):
    def __missing__(self, code_point: int) -> str:
        self[code_point] = _search_character(chr(code_point))
        return self[code_point]


class _AlphabetTable(dict[int, str]):
    def __missing__(self, code_point: int) -> str:
        self[code_point] = _alphabet_character(chr(code_point))
        return self[code_point]


def _positions() -> dict[int, str]:
    """Two characters for each letter of the alphabet, rising in its order; space lowest, then digits."""
    positions = {ord(" "): "00"}
    positions |= {ord(digit): f"1{digit}" for digit in "0123456789"}
    for family in _FAMILIES.split():
        positions |= {ord(letter): f"{family[0]}{place}" for place, letter in enumerate(family)}
    return positions


_FOLD = _FoldTable()
_SEARCH = _SearchTable()
_ALPHABET = _AlphabetTable()
_POSITIONS = _positions()


def fold(text: str) -> str:
    """Lower case, without diacritics, runs of white space as one space, none at the ends.

    Punctuation stays. Letters of other scripts stay too, without their marks.
    """
    return " ".join(text.translate(_FOLD).split())


def search_key(text: str) -> str:
    """Folded text reduced to [a-z0-9] and single spaces.

    Apostrophes vanish (O'Neill -> oneill); hyphens and other punctuation part words.
    A text wholly in another script has an empty key.
    """
    return " ".join(text.translate(_SEARCH).split())


def polish_sort_key(text: str) -> str:
    """A key of [a-z0-9] whose byte order is the Polish alphabetical order, whatever the database's collation.

    Two characters for every letter, so that comparison goes letter by letter: ą follows every a, ż every ź.
    Spaces and hyphens sort before digits, digits before letters; q, v and x stand in their Latin places;
    other accented letters count as their base letter. At most twice as long as the text, save for the
    few letters that fold into two (ß).
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)  # a letter and its mark may come as two characters
    return " ".join(text.translate(_ALPHABET).split()).translate(_POSITIONS)


def plural_pl(n: int, one: str, few: str, many: str) -> str:
    """The Polish form that agrees with a whole number: 1 plan, 2 plany, 5 planów, 22 plany, 112 planów."""
    n = abs(n)
    if n == 1:
        return one
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return few
    return many
