"""The communes of the Gorzów subregion with some of their places; weights and streets are rough guesses."""

from collections.abc import Iterable

from spoiwo.cli.demo.chances import words
from spoiwo.cli.demo.types import Commune, Place

# One line a commune: code|name|postal code|weight of the seat|seat has streets|villages (a tenth of it each).
_TABLE = """
0861011|Gorzów Wielkopolski|66-400|1200|yes|
0801011|Kostrzyn nad Odrą|66-470|170|yes|
0801022|Bogdaniec|66-450|30|no|Jenin,Jeniniec,Lubczyno,Stanowice
0801032|Deszczno|66-446|40|no|Karnin,Ciecierzyce,Ulim,Glinik
0801042|Kłodawa|66-415|40|no|Chwalęcice,Różanki,Wojcieszyce,Santocko
0801052|Lubiszyn|66-433|30|no|Baczyna,Marwice,Ściechów,Wysoka
0801062|Santok|66-431|35|no|Janczewo,Gralewo,Lipki Wielkie,Wawrów
0801073|Witnica|66-460|80|yes|Dąbroszyn,Kamień Wielki,Nowiny Wielkie,Białcz
0803012|Bledzew|66-350|25|no|Sokola Dąbrowa,Nowa Wieś,Templewo
0803023|Międzyrzecz|66-300|200|yes|Bukowiec,Bobowicko,Kaława,Kęszyca Leśna
0803032|Przytoczna|66-340|35|no|Goraj,Rokitno,Chełmsko
0803042|Pszczew|66-330|30|no|Silna,Stołuń,Szarcz
0803053|Skwierzyna|66-440|100|yes|Murzynowo,Trzebiszewo,Wiejce
0803063|Trzciel|66-320|40|yes|Brójce,Lutol Suchy,Chociszewo
0805013|Cybinka|69-108|40|yes|Białków,Urad,Sądów
0805022|Górzyca|69-113|25|no|Czarnów,Pamięcin,Radówek
0805033|Ośno Lubuskie|69-220|45|yes|Grabno,Smogóry
0805043|Rzepin|69-110|70|yes|Kowalów,Starościn,Gajec
0805053|Słubice|69-100|165|yes|Kunowice,Golice,Rybocice,Drzecin
0806013|Dobiegniew|66-520|45|yes|Ługi,Mierzęcin,Osiek,Radęcin
0806023|Drezdenko|66-530|120|yes|Rąpin,Gościm,Trzebicz,Niegosław
0806032|Stare Kurowo|66-540|25|no|Nowe Kurowo,Błotnica,Łącznica
0806043|Strzelce Krajeńskie|66-500|110|yes|Bobrówko,Brzoza,Wielisławice,Ogardy
0806052|Zwierzyn|66-542|25|no|Gościmiec,Górki Noteckie,Górecko,Sarbiewo
0807012|Krzeszyce|66-435|30|no|Kołczyn,Rudnica,Krępiny
0807023|Lubniewice|69-210|25|yes|Glisno,Jarnatów
0807032|Słońsk|66-436|30|no|Lemierzyce,Ownice
0807043|Sulęcin|69-200|120|yes|Wędrzyn,Trzemeszno Lubuskie,Zarzyń
0807053|Torzym|66-235|45|yes|Boczów,Gądków Wielki,Lubów
"""

STREETS = (
    *words(
        "Kościuszki Mickiewicza Słowackiego Sienkiewicza Chopina Kopernika Piłsudskiego Wyszyńskiego "
        "Reymonta Konopnickiej Orzeszkowej Moniuszki Matejki Sikorskiego Żeromskiego Kochanowskiego "
        "Polna Leśna Słoneczna Krótka Szkolna Ogrodowa Lipowa Brzozowa Łąkowa Kwiatowa Kościelna Sosnowa "
        "Parkowa Akacjowa Zielona Kolejowa Dworcowa Ogrodników Młyńska Nadbrzeżna Spokojna Wiosenna "
        "Jaśminowa Różana Wodna Górna Dolna Mostowa Strzelecka Garbary Warszawska Poznańska Szczecińska"
    ),
    "3 Maja",
    "11 Listopada",
    "Jana Pawła II",
    "Wojska Polskiego",
    "al. Niepodległości",
    "os. Słoneczne",
)


def _commune(line: str) -> Commune:
    teryt, name, postal_code, weight, streets, villages = line.split("|")
    seat = Place(name, postal_code, int(weight), streets == "yes")
    around = [
        Place(village, postal_code, max(1, int(weight) // 10), False)
        for village in villages.split(",")
        if village
    ]
    return Commune(teryt, name, (seat, *around))


GORZOW_SUBREGION: tuple[Commune, ...] = tuple(_commune(line) for line in _TABLE.split("\n") if line)


def communes_of(counties: Iterable[str]) -> tuple[Commune, ...]:
    """Communes of the subregion in the counties given by four-digit TERYT code."""
    wanted = tuple(counties)
    return tuple(commune for commune in GORZOW_SUBREGION if commune.teryt.startswith(wanted))
