"""Who lives together: single people, couples, families, lone parents, elderly parents with a grown child."""

from collections.abc import Callable
from datetime import date, timedelta

from spoiwo.cli.demo.chances import Weighted, whole
from spoiwo.cli.demo.names import Spellings, Surname
from spoiwo.cli.demo.town import YEAR, Town
from spoiwo.cli.demo.types import Person

YOUNGEST_PARENT = 17
OLDEST_MOTHER = 44

_ADULT = 18
_OLDEST_CHILD_AT_HOME = 26
_OLDEST_GRANDPARENT = 96
_TWIN_BIRTHS_IN_1000 = 8
_JUNIORS_IN_100 = 4
_CHILDREN = Weighted((1, 2, 3, 4, 5), (38, 37, 16, 6, 3))


def _years(count: int) -> timedelta:
    return timedelta(days=int(count * YEAR) + 1)


def _form(surname: Surname, sex: str) -> Spellings:
    return surname[sex == "K"]


def single(town: Town) -> list[Person]:
    """Somebody alone, of any adult age."""
    sex = "M" if town.rng.random() < 0.58 else "K"
    origin = town.origin()
    surname = town.surname(origin)
    born = town.born(_ADULT, 86)
    if sex == "K" and origin == "PL" and town.rng.random() < 0.45:
        maiden = _form(town.surname(origin), sex)
        return [town.person("head", sex, born, origin, _form(surname, sex), family_name=maiden[0])]
    return [town.person("head", sex, born, origin, _form(surname, sex))]


def homeless(town: Town) -> list[Person]:
    """Somebody without a home, often without papers in order."""
    sex = "M" if town.rng.random() < 0.82 else "K"
    lost = town.rng.random() < 0.25
    surname = _form(town.surname("PL"), sex)
    return [town.person("head", sex, town.born(25, 72), "PL", surname, without_pesel=lost)]


def couple(town: Town) -> list[Person]:
    """Two adults without children at home."""
    return list(_pair(town, 22, 84)[:2])


def family(town: Town) -> list[Person]:
    """Two adults and their children still at home; the children have left when the parents are old."""
    man, woman, surname = _pair(town, 21, 56)
    return [man, woman, *_children(town, woman, man, surname)]


def lone_parent(town: Town) -> list[Person]:
    """A mother, seldom a father, with children who bear the parent's present surname."""
    origin = town.origin()
    surname = town.surname(origin)
    sex = "K" if town.rng.random() < 0.88 else "M"
    maiden = ""
    if sex == "K" and origin != "VN" and town.rng.random() < 0.5:
        maiden = _form(town.surname(origin), sex)[0]
    parent = town.person("head", sex, town.born(19, 54), origin, _form(surname, sex), family_name=maiden)
    mother, father = (parent, None) if sex == "K" else (None, parent)
    return [parent, *_children(town, mother, father, surname)]


def three_generations(town: Town) -> list[Person]:
    """A family with the mother of the man."""
    man, woman, surname = _pair(town, 24, 52)
    return [man, woman, *_children(town, woman, man, surname), *_grandmother(town, man, surname)]


def grown_child_with_mother(town: Town) -> list[Person]:
    """An unmarried adult who lives with an elderly mother."""
    origin = town.origin()
    surname = town.surname(origin)
    sex = "M" if town.rng.random() < 0.6 else "K"
    head = town.person("head", sex, town.born(25, 62), origin, _form(surname, sex))
    return [head, *_grandmother(town, head, surname)]


KINDS: Weighted[Callable[[Town], list[Person]]] = Weighted(
    (single, homeless, couple, family, lone_parent, three_generations, grown_child_with_mother),
    (24, 1, 16, 32, 14, 7, 6),
)


def _pair(town: Town, youngest: int, oldest: int) -> tuple[Person, Person, Surname]:
    """A man and a woman, mostly married, and the surname their children bear (his)."""
    rng, origin = town.rng, town.origin()
    his, hers = town.surname(origin), town.surname(origin)
    born = town.born(youngest, oldest)
    latest = town.day - _years(_ADULT)
    her_birth = min(born + timedelta(days=whole(rng, -1500, 3300)), latest)
    married = rng.random() < 0.82
    maiden = _form(hers, "K")
    present = _married_name(town, _form(his, "K"), maiden, origin) if married else maiden
    relation = "spouse" if married else "partner"
    man = town.person("head", "M", born, origin, _form(his, "M"))
    woman = town.person(relation, "K", her_birth, origin, present, family_name=maiden[0])
    if married:
        man.spouse, woman.spouse = woman.number, man.number
    return man, woman, his


def _married_name(town: Town, his: Spellings, maiden: Spellings, origin: str) -> Spellings:
    """The husband's name as a rule, both names joined, or her own."""
    chance = town.rng.random()
    if origin == "VN" or chance < 0.07:
        return maiden
    if origin == "PL" and chance < 0.13 and his != maiden:
        return (f"{his[0]}-{maiden[0]}",)
    return his


def _children(town: Town, mother: Person | None, father: Person | None, surname: Surname) -> list[Person]:
    """Children born while both parents were of an age to have them, those grown up left out."""
    parents = [parent for parent in (mother, father) if parent]
    born = max(parent.birth_date for parent in parents) + _years(YOUNGEST_PARENT)
    born += timedelta(days=whole(town.rng, 0, int(15 * YEAR)))
    last = min(town.day, parents[0].birth_date + _years(OLDEST_MOTHER))
    children: list[Person] = []
    for _ in range(_CHILDREN.pick(town.rng)):
        if born > last:
            break
        if town.day - born < _years(_OLDEST_CHILD_AT_HOME):
            children += _birth(town, born, parents, surname, children)
        born += timedelta(days=whole(town.rng, 330, 1700))
    return children


def _birth(
    town: Town, born: date, parents: list[Person], surname: Surname, elder: list[Person]
) -> list[Person]:
    """One child, or twins; sometimes a son is named after his father."""
    origin = parents[0].citizenship
    mother = next((parent for parent in parents if parent.sex == "K"), None)
    father = next((parent for parent in parents if parent.sex == "M"), None)
    avoiding = [child.given for child in elder]
    newborn: list[Person] = []
    for _ in range(2 if town.rng.random() * 1000 < _TWIN_BIRTHS_IN_1000 else 1):
        sex = "M" if town.rng.random() < 0.513 else "K"
        given = town.given_name(sex, born, origin, avoiding)
        junior = sex == "M" and father is not None and father.given not in avoiding
        if junior and father is not None and town.rng.random() * 100 < _JUNIORS_IN_100:
            given = father.given_spellings
        avoiding.append(given[0])
        newborn.append(
            town.person(
                "child", sex, born, origin, _form(surname, sex), given=given, mother=mother, father=father
            )
        )
    return newborn


def _grandmother(town: Town, child: Person, surname: Surname) -> list[Person]:
    """The mother of the child, unless she would be too old to be likely."""
    born = child.birth_date - _years(YOUNGEST_PARENT) - timedelta(days=whole(town.rng, 0, int(24 * YEAR)))
    if town.day - born > _years(_OLDEST_GRANDPARENT):
        return []
    origin = child.citizenship
    maiden = _form(town.surname(origin), "K")
    present = maiden if origin == "VN" else _form(surname, "K")
    mother = town.person("parent", "K", born, origin, present, family_name=maiden[0])
    child.mother = mother.number
    return [mother]
