"""What a labour office and a welfare centre know of a household: standings and facts by age and family.

Shares and amounts are invented and only plausible; no figure here describes a real office.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from spoiwo.cli.demo import codes
from spoiwo.cli.demo.chances import Weighted, one_of, whole, words
from spoiwo.cli.demo.types import Fact, Person, Standing

ADULT = 18
RETIREMENT = {"K": 60, "M": 65}

_LABOUR = Weighted(
    (codes.WITH_BENEFIT, codes.WITHOUT_BENEFIT, codes.JOBSEEKER, codes.NO_LONGER_SERVED), (19, 54, 7, 20)
)
_WELFARE = Weighted(
    (codes.TEMPORARY_BENEFIT, codes.INACTIVE, codes.OTHER, codes.NO_LONGER_SERVED), (52, 18, 15, 15)
)
_OCCUPATIONS = words(
    "sprzedawca;kucharz;magazynier;ślusarz;murarz;kierowca;fryzjer;krawiec;opiekun osoby starszej;"
    "sprzątacz biurowy;pracownik produkcji;pomoc kuchenna;operator wózka jezdniowego;ogrodnik;stolarz;"
    "spawacz;księgowy;robotnik gospodarczy;malarz budowlany;piekarz",
    ";",
)
_EDUCATION = Weighted(("podstawowe", "zawodowe", "średnie", "policealne", "wyższe"), (24, 34, 26, 5, 11))
_TRAININGS = (
    "obsługa komputera",
    "prawo jazdy kat. C",
    "spawanie",
    "kurs opiekuna",
    "obsługa kasy fiskalnej",
)
_DISABILITY = ("znaczny", "umiarkowany", "lekki")


class Assessor:
    """Judges one household at a time; holds the day and the source of chance."""

    def __init__(self, rng: Random, day: date) -> None:
        """Draw from `rng` alone; every date lies on or before `day`, except ends of decisions."""
        self.rng = rng
        self.day = day

    def assess(self, members: Sequence[Person], *, homeless: bool) -> None:
        """Fill in standings and facts of all members."""
        children = sum(member.age_on(self.day) < ADULT for member in members)
        lone = sum(member.relation in ("spouse", "partner") for member in members) == 0
        need = 0.95 if homeless else 0.72 if children > 2 or (children and lone) else 0.5
        served = self.rng.random() < need
        for member in members:
            unable = member.age_on(self.day) >= ADULT and self.rng.random() < 0.07
            self._labour(member, unable)
            if served:
                self._welfare(member, children, unable)
        if served:
            self._household_facts(members[0], len(members), children, homeless)

    def _labour(self, person: Person, unable: bool) -> None:
        age = person.age_on(self.day)
        if not ADULT <= age < RETIREMENT[person.sex] or self.rng.random() > (0.15 if unable else 0.8):
            return
        code = codes.JOBSEEKER if unable else _LABOUR.pick(self.rng)
        if code == codes.WITH_BENEFIT and age < ADULT + 2:
            code = codes.WITHOUT_BENEFIT
        if code == codes.WITH_BENEFIT:
            since = self._past(person, 170)
            person.labour = Standing(code, since, since + timedelta(days=180))
            self._fact(
                person, codes.PUP, "unemployment_benefit", "1662.00", "PLN/month", since, person.labour.until
            )
        else:
            person.labour = Standing(code, self._past(person, 1500))
        self._work_history(person, age, person.labour)
        self._measures(person, person.labour)

    def _work_history(self, person: Person, age: int, standing: Standing) -> None:
        rng = self.rng
        since = standing.since
        if rng.random() < 0.6:
            self._fact(person, codes.PUP, "education", _EDUCATION.pick(rng), "", since)
        if age < ADULT + 3 or rng.random() < 0.35:
            return
        occupation = one_of(rng, _OCCUPATIONS)
        self._fact(person, codes.PUP, "occupation", occupation, "", since)
        if rng.random() < 0.5:
            worked = whole(rng, 60, min(2500, (age - ADULT) * 365 - 60))
            ended = since - timedelta(days=whole(rng, 1, 50))
            started = max(ended - timedelta(days=worked), _birthday(person, ADULT))
            if started < ended:
                self._fact(person, codes.PUP, "last_job", occupation, "", started, ended)

    def _measures(self, person: Person, standing: Standing) -> None:
        rng = self.rng
        if standing.code == codes.NO_LONGER_SERVED:
            return
        if rng.random() < 0.4:
            self._fact(person, codes.PUP, "individual_action_plan", "tak", "", standing.since)
        if rng.random() < 0.18:
            started = self._between(standing.since)
            ended = started + timedelta(days=30 * whole(rng, 3, 6))
            self._fact(person, codes.PUP, "internship", one_of(rng, _OCCUPATIONS), "", started, ended)
        if rng.random() < 0.14:
            started = self._between(standing.since)
            ended = started + timedelta(days=whole(rng, 3, 40))
            self._fact(person, codes.PUP, "training", one_of(rng, _TRAININGS), "", started, ended)
        if rng.random() < 0.25:
            self._fact(person, codes.PUP, "job_offer", str(whole(rng, 1, 6)), "offers", standing.since)

    def _welfare(self, person: Person, children: int, unable: bool) -> None:
        rng, age = self.rng, person.age_on(self.day)
        if age < ADULT:
            person.welfare = Standing(codes.OTHER, self._past(person, 1200, since_age=0))
            if age > 2 and rng.random() < 0.45:
                since = person.welfare.since
                self._fact(person, codes.OPS, "meals", "posiłek w szkole lub przedszkolu", "", since)
            return
        code = self._welfare_code(person, age, children, unable)
        if code == codes.TEMPORARY_BENEFIT:
            since = self._past(person, 80)
            person.welfare = Standing(code, since, self.day + timedelta(days=whole(rng, 10, 90)))
        else:
            person.welfare = Standing(code, self._past(person, 1500))
        self._allowances(person, person.welfare, unable)

    def _welfare_code(self, person: Person, age: int, children: int, unable: bool) -> str:
        if unable or (age >= RETIREMENT[person.sex] and self.rng.random() < 0.4):
            return codes.LONG_TERM_BENEFIT
        if age >= RETIREMENT[person.sex]:
            return codes.INACTIVE
        if children and person.relation in ("head", "spouse", "partner") and self.rng.random() < 0.2:
            return codes.FAMILY_ASSISTANT
        return _WELFARE.pick(self.rng)

    def _allowances(self, person: Person, standing: Standing, unable: bool) -> None:
        rng, since, until = self.rng, standing.since, standing.until
        if standing.code == codes.LONG_TERM_BENEFIT:
            self._fact(person, codes.OPS, "permanent_allowance", _zloty(rng, 400, 1229), "PLN/month", since)
        if standing.code == codes.TEMPORARY_BENEFIT:
            amount = _zloty(rng, 120, 700)
            self._fact(person, codes.OPS, "periodic_allowance", amount, "PLN/month", since, until)
        if standing.code == codes.FAMILY_ASSISTANT:
            self._fact(person, codes.OPS, "family_assistant", str(whole(rng, 1, 6)), "visits/month", since)
        if unable:
            self._fact(person, codes.OPS, "disability", one_of(rng, _DISABILITY), "", since)
        if rng.random() < 0.2:
            paid = self._between(since)
            self._fact(person, codes.OPS, "targeted_allowance", _zloty(rng, 80, 900), "PLN", paid, paid)
        if rng.random() < 0.25:
            self._fact(person, codes.OPS, "social_work", "praca socjalna", "", since)
        if person.labour and rng.random() < 0.12:
            self._fact(person, codes.OPS, "social_contract", "kontrakt socjalny", "", self._between(since))

    def _household_facts(self, head: Person, size: int, children: int, homeless: bool) -> None:
        since = head.welfare.since if head.welfare else self.day
        self._fact(head, codes.OPS, "household_size", str(size), "persons", since)
        if children:
            self._fact(head, codes.OPS, "children", str(children), "persons", since)
        if homeless:
            self._fact(head, codes.OPS, "homelessness", "tak", "", since)
        elif self.rng.random() < 0.5:
            self._fact(head, codes.OPS, "income_per_person", _zloty(self.rng, 150, 820), "PLN/month", since)

    def _fact(
        self,
        person: Person,
        holder: str,
        kind: str,
        value: str,
        unit: str,
        since: date,
        until: date | None = None,
    ) -> None:
        person.facts.append(Fact(holder, codes.FACT_CATEGORY[kind], kind, value, unit, since, until))

    def _past(self, person: Person, longest: int, since_age: int = ADULT) -> date:
        """A day up to `longest` days ago on which the person was at least `since_age`."""
        earliest = max(_birthday(person, since_age), self.day - timedelta(days=longest))
        return self._between(earliest)

    def _between(self, earliest: date) -> date:
        return earliest + timedelta(days=whole(self.rng, 0, (self.day - earliest).days))


def _birthday(person: Person, age: int) -> date:
    """The first day on which the person has that age by calendar."""
    born = person.birth_date
    if (born.month, born.day) == (2, 29) and age % 4:
        return date(born.year + age, 3, 1)
    return born.replace(year=born.year + age)


def _zloty(rng: Random, low: int, high: int) -> str:
    return f"{whole(rng, low * 10, high * 10) / 10:.2f}"
