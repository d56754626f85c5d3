"""Polish given names by sex and year of birth, surnames with gendered endings.

Weights are rough impressions of how common a name is, not statistics. Names are put together at random,
so a full name that belongs to a living person is a coincidence.
"""

import unicodedata
from random import Random

from spoiwo.cli.demo.chances import Weighted, one_of, words

Spellings = tuple[str, ...]
Surname = tuple[Spellings, Spellings]
"""The forms a man and a woman of one family bear, each with its spellings, the document's first."""

# Weight for people born up to 1950, 1970, 1985, 2000, 2012 and later.
_GENERATIONS = (1950, 1970, 1985, 2000, 2012)
_WOMEN = """
Maria 90 45 10 10 25 35
Anna 45 60 70 35 15 10
Krystyna 70 40 4 0 0 0
Barbara 40 55 18 4 1 0
Janina 55 14 1 0 0 1
Zofia 40 14 3 6 45 80
Irena 45 22 2 0 0 1
Halina 38 32 2 0 0 0
Danuta 28 42 4 0 0 0
Teresa 32 42 6 1 0 0
Elżbieta 18 60 20 4 1 1
Jadwiga 36 22 2 1 1 2
Helena 34 9 2 3 10 25
Stanisława 32 7 0 0 0 0
Grażyna 7 40 9 0 0 0
Bożena 5 42 10 0 0 0
Małgorzata 5 50 52 18 3 1
Jolanta 3 45 18 1 0 0
Dorota 2 28 38 6 1 0
Beata 1 32 38 4 0 0
Renata 2 26 26 3 0 0
Iwona 2 26 32 7 0 0
Agnieszka 0 12 70 26 3 1
Katarzyna 1 14 72 44 8 2
Joanna 2 18 58 32 10 5
Magdalena 1 7 55 46 12 5
Monika 0 12 50 28 4 1
Aneta 0 8 24 8 1 0
Sylwia 0 8 32 22 3 0
Marta 2 6 36 34 11 6
Justyna 0 3 34 30 5 1
Karolina 0 1 18 44 22 6
Paulina 0 1 12 46 16 4
Aleksandra 1 3 16 44 48 32
Natalia 0 1 9 48 38 18
Patrycja 0 0 7 30 20 6
Kinga 0 1 6 18 15 8
Weronika 1 0 2 26 28 8
Julia 1 0 2 18 75 60
Wiktoria 3 1 1 14 48 20
Oliwia 0 0 0 4 48 40
Amelia 0 0 0 3 38 38
Maja 0 0 0 3 48 45
Zuzanna 1 1 2 12 60 68
Lena 0 0 0 1 42 45
Hanna 14 9 2 4 32 62
Alicja 6 12 8 12 30 48
Antonina 9 2 0 1 12 38
Pola 0 0 0 0 4 30
Laura 0 0 1 3 16 42
Gabriela 2 3 7 16 22 14
Martyna 0 0 4 24 24 8
Klaudia 0 0 5 30 12 2
Dominika 0 1 10 26 14 5
"""
_MEN = """
Jan 80 28 7 8 36 62
Stanisław 70 20 3 3 13 42
Józef 55 18 2 2 3 4
Kazimierz 46 15 1 1 1 1
Tadeusz 45 26 2 1 3 6
Andrzej 20 65 18 5 2 2
Jerzy 34 42 5 2 3 5
Henryk 35 24 2 1 3 8
Zbigniew 20 42 8 1 0 0
Ryszard 20 38 5 1 1 1
Marian 28 18 3 1 0 0
Zdzisław 22 18 1 0 0 0
Krzysztof 9 65 48 15 7 4
Marek 6 52 34 7 2 1
Jacek 3 30 24 4 2 1
Dariusz 2 38 40 6 1 1
Janusz 7 36 7 1 0 0
Mirosław 4 34 12 2 0 0
Wojciech 7 22 28 18 15 20
Piotr 6 42 62 34 18 10
Paweł 2 26 62 34 14 6
Tomasz 2 30 68 34 14 8
Grzegorz 2 26 42 16 5 2
Robert 1 20 34 11 3 1
Artur 0 14 28 10 4 3
Rafał 0 11 40 16 4 2
Sławomir 2 20 18 3 0 0
Adam 8 18 34 26 26 26
Marcin 1 9 60 28 9 5
Michał 4 11 54 50 32 18
Łukasz 1 5 48 38 10 4
Maciej 3 10 34 30 16 8
Mateusz 0 1 26 56 26 9
Kamil 0 1 22 46 18 5
Jakub 0 1 14 48 72 44
Dawid 0 1 14 36 20 8
Damian 0 1 18 34 12 3
Patryk 0 0 9 32 22 5
Bartosz 0 1 16 32 24 9
Sebastian 0 2 20 26 14 4
Dominik 0 1 8 26 22 10
Szymon 1 1 4 26 50 36
Kacper 0 0 2 24 58 22
Filip 0 0 4 20 48 36
Antoni 22 5 1 5 38 82
Franciszek 30 7 1 3 22 58
Aleksander 7 5 3 10 34 66
Mikołaj 3 1 1 10 38 48
Wiktor 7 2 1 7 30 26
Oskar 1 0 1 8 28 18
Igor 0 2 3 7 20 22
Leon 9 2 0 1 10 58
Ignacy 7 1 0 1 8 40
Tymon 0 0 0 1 10 30
"""

# Weight of the surname; the forms for men end in -ski, -cki, -dzki change for women.
_SURNAMES = """
Nowak 100 Kowalski 68 Wiśniewski 54 Wójcik 49 Kowalczyk 48 Kamiński 47 Lewandowski 46 Zieliński 45
Szymański 44 Woźniak 44 Dąbrowski 43 Kozłowski 38 Mazur 34 Kwiatkowski 33 Wojciechowski 33 Krawczyk 32
Kaczmarek 31 Piotrowski 31 Grabowski 30 Zając 27 Pawłowski 27 Michalski 26 Król 26 Wieczorek 25
Jabłoński 25 Majewski 24 Olszewski 24 Stępień 24 Malinowski 23 Jaworski 23 Dudek 23 Adamczyk 22 Pawlak 22
Górski 22 Nowicki 22 Sikora 22 Walczak 21 Witkowski 21 Rutkowski 20 Michalak 20 Szewczyk 20 Ostrowski 19
Baran 19 Tomaszewski 19 Pietrzak 19 Zalewski 18 Marciniak 18 Duda 18 Jasiński 18 Bąk 17 Zawadzki 17
Sadowski 17 Jakubowski 17 Wilk 16 Włodarczyk 16 Chmielewski 16 Borkowski 16 Sokołowski 16 Szczepański 16
Sawicki 15 Kucharski 15 Lis 15 Maciejewski 15 Kubiak 15 Kalinowski 15 Mazurek 14 Wysocki 14 Kołodziej 14
Kaźmierczak 14 Czarnecki 14 Sobczak 13 Konieczny 13 Urban 13 Głowacki 13 Zakrzewski 13 Sikorski 13
Krajewski 13 Gajewski 12 Laskowski 12 Ziółkowski 12 Mróz 12 Szulc 12 Makowski 12 Brzeziński 12
Baranowski 12 Przybylski 11 Kaczmarczyk 11 Borowski 11 Cieślak 11 Błaszczyk 11 Andrzejewski 11
Szczepaniak 11 Górecki 11 Chojnacki 10 Leszczyński 10 Mikołajczyk 10 Kania 10 Mucha 10 Czajkowski 10
Kozak 10 Ciesielski 10 Kowalewski 10 Gołębiowski 9 Nowakowski 9 Wrona 9 Bielecki 9 Domański 9 Żak 9
Lipiński 9 Markowski 9 Milewski 9 Kurek 8 Wasilewski 8 Stankiewicz 8 Skiba 8 Cichy 8 Gutowski 8
Matuszewski 8 Banaś 8 Olejniczak 8 Kopeć 8 Polak 8 Dziedzic 8 Żukowski 8 Kłos 7 Wnuk 7 Kujawa 7 Bednarek 7
Socha 7 Filipiak 7 Kasprzak 7 Bielawski 7 Świątek 7 Madej 7 Rogowski 7 Ratajczak 7 Kosiński 7 Łuczak 7
Gajda 7 Sowa 7 Kruk 6 Owczarek 6 Rybak 6 Wolny 6
"""

# The long tail: a stem and an ending put together. Each combination has the same small weight.
_STEMS = words(
    """
    Baj Bal Bart Biel Bog Bor Bud Burz Chor Czap Dud Dwor Fran Gał Gaw Głow Gór Grod Jag Jar Jas Kac
    Kal Karp Klim Koc Kop Kras Kuch Kul Lip Lub Łap Maj Mal Mar Mat Mich Mil Młyn Mosk Olsz Pap Pias
    Płoń Rad Rog Roz Rud Ryb Sad Sien Sob Stan Such Szad Świd Tar Tok Urb Wal War Was Węg Wit Wol Zab
    Zar Zim Żab Żel Żur
    """
)
_ENDINGS = words("owski ewski iński iak ak uk czak kiewicz owicz")

_LONG_TAIL_IN_100 = 22


def _given_names(table: str) -> tuple[Weighted[str], ...]:
    lines = [line.split() for line in table.split("\n") if line]
    names = [name for name, *_ in lines]
    columns = range(1, len(_GENERATIONS) + 2)
    return tuple(Weighted(names, [int(line[column]) for line in lines]) for column in columns)


def surname(male: str) -> Surname:
    """Both forms of a Polish surname: Kowalski, Kowalska; Cichy, Cicha; Nowak stays Nowak."""
    adjective = male.endswith(("ski", "cki", "dzki", "ny", "chy"))
    female = male[:-1] + "a" if adjective else male
    return (male,), (female,)


def _common_surnames() -> Weighted[Surname]:
    words = _SURNAMES.split()
    return Weighted([surname(word) for word in words[::2]], [int(word) for word in words[1::2]])


_GIVEN = {"K": _given_names(_WOMEN), "M": _given_names(_MEN)}
_COMMON = _common_surnames()
_TAIL = tuple(surname(stem + ending) for stem in _STEMS for ending in _ENDINGS)
_PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻđĐ", "acelnoszzACELNOSZZdD")


def polish_given_name(rng: Random, sex: str, year: int) -> str:
    """A given name that parents of that year might have chosen; `sex` is K or M."""
    generation = sum(year > last for last in _GENERATIONS)
    return _GIVEN[sex][generation].pick(rng)


def polish_surname(rng: Random) -> Surname:
    """A surname, mostly a common one."""
    if rng.random() * 100 < _LONG_TAIL_IN_100:
        return one_of(rng, _TAIL)
    return _COMMON.pick(rng)


def plain_letters(text: str) -> str:
    """The text in letters a-z without marks, case kept: Łódź becomes Lodz, Nguyễn becomes Nguyen."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKD", text.translate(_PLAIN)).encode("ascii", "ignore").decode("ascii")
