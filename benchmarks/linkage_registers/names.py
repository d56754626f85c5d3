"""Names of invented people; foreign ones are written in their own script and spelled by three offices."""

from random import Random

_WOMEN = (
    "Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Magdalena Elżbieta Joanna Aleksandra Zofia "
    "Monika Teresa Danuta Natalia Karolina Marta Julia Beata Dorota Janina Jadwiga Alicja Jolanta Halina Iwona "
    "Grażyna Paulina Justyna Bożena Wiktoria Urszula Renata Hanna Sylwia Agata Helena Patrycja Maja Izabela "
    "Emilia Aneta Weronika Ewelina Marianna Wanda Oliwia Klaudia Martyna Kinga Żaneta Łucja Róża Świętosława "
    "Stanisława Kazimiera Bronisława Mirosława Zdzisława Gabriela Daniela Edyta Dagmara Lidia Kamila Dominika"
).split()
_MEN = (
    "Piotr Krzysztof Andrzej Tomasz Jan Paweł Michał Marcin Stanisław Jakub Adam Marek Łukasz Grzegorz Mateusz "
    "Wojciech Mariusz Dariusz Zbigniew Jerzy Maciej Rafał Robert Kamil Jacek Dawid Tadeusz Ryszard Szymon Kacper "
    "Bartosz Artur Jarosław Sławomir Janusz Mirosław Sebastian Damian Przemysław Henryk Daniel Kazimierz Patryk "
    "Roman Marian Wiesław Arkadiusz Józef Dominik Leszek Adrian Czesław Zdzisław Edward Bogdan Mieczysław "
    "Władysław Zygmunt Bolesław Franciszek Antoni Wacław Ireneusz Żelisław Gabriel Emil Konrad Eugeniusz"
).split()
_SURNAMES = (
    "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski "
    "Kozłowski Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski "
    "Michalski Król Nowicki Wieczorek Jabłoński Wróbel Majewski Olszewski Stępień Malinowski Jaworski Pawlak "
    "Witkowski Walczak Rutkowski Michalak Szewczyk Ostrowski Baran Tomaszewski Zalewski Wróblewski Pietrzak "
    "Jasiński Marciniak Sadowski Bąk Zawadzki Duda Jakubowski Wilk Chmielewski Borkowski Włodarczyk Sokołowski "
    "Szczepański Sawicki Lis Kucharski Kalinowski Wysocki Mazurek Kołodziej Maciejewski Sobczak Czarnecki Urban"
).split()
_ONSETS = "b br ch cz d dr g gr h j k kl kr l ł m n p pr r rz s sk st sz śl t tr w z ż".split()
_VOWELS = "a a a e e i o o u ó ą ę y".split()
_ENDINGS = "ski ska- ak ek ik uk czyk wicz iewicz owicz ński cki arz el ura ała ok oń eń uś aś".split()
_CYRILLIC_WOMEN = (
    "Олена Тетяна Світлана Наталія Ірина Оксана Людмила Юлія Катерина Вікторія Галина Анастасія Марія Ганна "
    "Ольга Дарина Надія Любов Валентина Софія Христина Яна Алла Лариса Євгенія"
).split()
_CYRILLIC_MEN = (
    "Олександр Сергій Андрій Володимир Микола Юрій Василь Іван Дмитро Максим Олег Віктор Михайло Євген Богдан "
    "Артем Ігор Павло Роман Віталій Анатолій Ярослав Тарас Степан Григорій"
).split()
_CYRILLIC_SURNAMES = (
    "Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Мельник Поліщук Лисенко Бойко Мороз Руденко "
    "Савченко Марченко Ковальчук Гриценко Захарченко Василенко Клименко Павленко Швець Зелінський Садовський "
    "Яремчук Тимощук Гнатюк Харченко Щербак Жук Цимбалюк Юрченко Яковенко Хоменко Кузьменко Левченко Панченко "
    "Пилипенко Шаповал Федоренко Назаренко Чорний Козак Гончар Романюк Остапчук Кушнір Дяченко Ющенко Гайдук"
).split()
_SCHEMES = (
    "а:a:a:a б:b:b:b в:v:w:v г:h:h:g ґ:g:g:g д:d:d:d е:e:e:e є:ie:je:ye ж:zh:ż:zh з:z:z:z и:y:y:i і:i:i:i ї:i:ji:yi "
    "й:i:j:y к:k:k:k л:l:l:l м:m:m:m н:n:n:n о:o:o:o п:p:p:p р:r:r:r с:s:s:s т:t:t:t у:u:u:u ф:f:f:f х:kh:ch:kh "
    "ц:ts:c:ts ч:ch:cz:ch ш:sh:sz:sh щ:shch:szcz:shch ь::: ю:iu:ju:yu я:ia:ja:ya"
).split()
_LETTERS = {parts[0]: parts[1:] for parts in (entry.split(":") for entry in _SCHEMES)}
_RUSSIAN = {
    "Олена": "Elena", "Тетяна": "Tatiana", "Світлана": "Svetlana", "Наталія": "Natalia", "Ірина": "Irina",
    "Катерина": "Ekaterina", "Ганна": "Anna", "Людмила": "Ludmila", "Вікторія": "Wiktoria", "Софія": "Zofia",
    "Марія": "Maria", "Олександр": "Aleksander", "Сергій": "Sergiusz", "Андрій": "Andrzej", "Володимир": "Vladimir",
    "Микола": "Nikolai", "Юрій": "Jurij", "Василь": "Wasyl", "Дмитро": "Dmitrij", "Олег": "Oleg", "Віктор": "Wiktor",
    "Михайло": "Mikhail", "Євген": "Evgeny", "Ігор": "Igor", "Павло": "Pavel", "Віталій": "Witalij",
    "Анатолій": "Anatol", "Григорій": "Grigory",
}  # fmt: skip


def given(rng: Random, sex: str) -> str:
    """A Polish given name; early ones in the list are commoner."""
    names = _WOMEN if sex == "K" else _MEN
    return names[min(int(rng.expovariate(1 / 16)), len(names) - 1)]


def surname(rng: Random, tail: float = 0.6) -> str:
    """A Polish surname in its masculine form: a common one or, with probability `tail`, a made-up one."""
    if rng.random() >= tail:
        return _SURNAMES[min(int(rng.expovariate(1 / 22)), len(_SURNAMES) - 1)]
    syllables = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(rng.choice((1, 1, 2, 2, 2))))
    return (syllables + rng.choice(_ONSETS[:20]) + rng.choice(_ENDINGS).rstrip("-")).capitalize()


def of_sex(name: str, sex: str) -> str:
    """Kowalski for a man, Kowalska for a woman."""
    return name[:-1] + "a" if sex == "K" and name.endswith(("ski", "cki")) else name


def foreign(rng: Random, sex: str) -> tuple[str, str]:
    """Given name and surname in Cyrillic."""
    last = rng.choice(_CYRILLIC_SURNAMES)
    if sex == "K" and last.endswith(("ський", "ий")):
        last = last[:-2] + "а"
    return rng.choice(_CYRILLIC_WOMEN if sex == "K" else _CYRILLIC_MEN), last


def spelled(name: str, scheme: int) -> str:
    """A Cyrillic name as a passport (0), a Polish clerk (1) or an English reader (2) spells it; 3 is a translation."""
    if scheme == 3:
        return _RUSSIAN.get(name, spelled(name, 1))
    if not any(letter in _LETTERS for letter in name.lower()):
        return name
    return "".join(
        _LETTERS[letter][scheme] if letter in _LETTERS else letter for letter in name.lower()
    ).capitalize()
