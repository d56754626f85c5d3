"""Letters: how offices lose and misread them, and which spellings stand for one sound. Read by SQL and Python."""

import unicodedata

POLISH = "ąćęłńóśźż"
PLAIN = "acelnoszz"
# One character in place of another: text of one 8-bit code page read in another, upper and lower case alike.
MISREAD = str.maketrans("¹æê³ñœÿ¿¥£¯±¶¼¦¬¡", "ąćęłńśźżąłżąśźśźą")
WHOLE = (
    ("'", ""),
    ("’", ""),
    ("ʼ", ""),
    ("ß", "ss"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("\ufffd", "?"),
    ("_", "?"),
    ("#", "?"),
    ("*", "?"),
)
# Cyrillic letters as Ukrainian passports write them; of the single ones the last have no letter of their own.
CYRILLIC_LONG = (
    ("щ", "shch"), ("ж", "zh"), ("х", "kh"), ("ц", "ts"), ("ч", "ch"), ("ш", "sh"), ("є", "ie"), ("ю", "iu"),
    ("я", "ia"),
)  # fmt: skip
CYRILLIC = "абвгґдеёзиіїйклмнопрстуўфыэьъ"
LATIN = "abvhgdeezyiiiklmnoprstuufye"
# Spellings of one sound in Polish, Ukrainian passports and English; capitals stand for one sound each.
SOUNDS = (
    ("shch", "S"), ("szcz", "S"), ("sch", "S"), ("sz", "S"), ("sh", "S"), ("tch", "C"), ("cz", "C"), ("kh", "H"),
    ("ch", "C"), ("rz", "z"), ("zh", "z"), ("ts", "c"), ("tz", "c"), ("th", "t"), ("ph", "f"), ("x", "ks"),
    ("qu", "kv"), ("q", "k"), ("ck", "k"), ("w", "v"), ("h", "g"), ("H", "g"), ("j", "i"), ("y", "i"), ("ie", "e"),
    ("iii", "i"), ("ii", "i"), ("ou ", "ov "), *((letter * 2, letter) for letter in "abcdefgklmnoprstuvzSC"),
)  # fmt: skip
COARSE = (
    "bpfvwcgkqsxzSCHdtlmnr",
    "bbvvvssssssssssttlmnr",
)
NO_CLASS = "aehijouy?"


def _mojibake() -> tuple[tuple[str, str], ...]:
    """UTF-8 read as an 8-bit code page: pairs of what is seen, in lower case, and the letter meant."""
    found = {}
    for letter in POLISH + POLISH.upper():
        for page in ("cp1250", "cp1252", "latin-1", "iso8859-2"):
            seen = letter.encode().decode(page, "replace").lower()
            if "\ufffd" not in seen and not seen.isascii():
                found[seen] = letter.lower()
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair)))


def _unaccented() -> tuple[str, str]:
    """Lower-case letters with marks and the letters a-z below them, in the same order."""
    pairs = [
        (chr(code), unicodedata.normalize("NFKD", chr(code))[0])
        for code in (*range(0xE0, 0x250), *range(0x1E00, 0x1F00))
    ]
    kept = [
        (letter, base)
        for letter, base in (*pairs, ("đ", "d"), ("ø", "o"), ("ı", "i"))
        if "a" <= base <= "z" and letter.islower()
    ]
    return "".join(letter for letter, _ in kept), "".join(base for _, base in kept)


MOJIBAKE = _mojibake()
UNACCENTED = _unaccented()
