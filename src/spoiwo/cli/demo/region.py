"""Loading the demonstration region: everything goes through the services that people's own clicks use.

Each step is skipped when its result is there, so that a loading that was cut off is simply started again.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.access.services import draft_agreement, sign
from spoiwo.access.types import AgreementTerms, Clause, LinkRule, PurposeTerm, RelationKind
from spoiwo.cli.console import Console
from spoiwo.cli.demo import region_data as paper
from spoiwo.cli.demo.monitoring import is_monitoring_loaded, load_monitoring
from spoiwo.cli.demo.partnership import is_loaded as is_partnership_loaded
from spoiwo.cli.demo.partnership import load_partnership
from spoiwo.cli.demo.region_discovery import is_loaded as is_discovery_loaded
from spoiwo.cli.demo.region_discovery import load_discovery
from spoiwo.cli.demo.region_districts import is_loaded as is_districts_loaded
from spoiwo.cli.demo.region_districts import load_districts
from spoiwo.cli.demo.region_enquiries import is_loaded as is_enquiries_loaded
from spoiwo.cli.demo.region_enquiries import load_enquiries
from spoiwo.cli.demo.region_guarding import load_guarding
from spoiwo.cli.demo.region_importing import bring_in, is_in_force
from spoiwo.cli.demo.region_looks import look_around
from spoiwo.cli.demo.region_places import is_loaded as is_places_loaded
from spoiwo.cli.demo.region_places import load_places
from spoiwo.cli.demo.region_plans import is_loaded as is_plans_loaded
from spoiwo.cli.demo.region_plans import load_plans
from spoiwo.cli.demo.region_projects import is_loaded as is_projects_loaded
from spoiwo.cli.demo.region_projects import load_projects
from spoiwo.cli.demo.region_registers import File, write_files
from spoiwo.cli.demo.region_support import is_loaded as is_support_loaded
from spoiwo.cli.demo.region_support import load_support
from spoiwo.cli.demo.surveys import load_surveys
from spoiwo.cli.types import Text
from spoiwo.institutions import queries as institutions
from spoiwo.institutions import services
from spoiwo.institutions.types import (
    COMMAND_LINE,
    InstitutionDetails,
    KindPeriod,
    NewAuthorisation,
    Role,
)
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for

EVERYBODY = 0
LAST_STEPS = ((paper.OPS_DESZCZNO, "facts"), (paper.PUP_GORZOW, "facts"))
User = get_user_model()


@dataclass
class Loaded:
    """What this loading added."""

    institutions: int = 0
    accounts: int = 0
    agreements: int = 0
    files: list[str] = field(default_factory=list)
    looks: int = 0
    advice: int = 0
    surveys: int = 0
    meetings: int = 0
    cards: int = 0
    places: int = 0
    plans: int = 0
    districts: int = 0
    enquiries: int = 0
    projects: int = 0


def is_loaded() -> bool:
    """Whether the region is complete."""
    for code, kind in LAST_STEPS:
        found = institutions.by_code(code)
        if found is None or not is_in_force(found.pk, kind):
            return False
    parts = (
        is_support_loaded,
        is_partnership_loaded,
        is_monitoring_loaded,
        is_places_loaded,
        is_plans_loaded,
        is_enquiries_loaded,
        is_districts_loaded,
        is_projects_loaded,
        is_discovery_loaded,
    )
    return all(is_there() for is_there in parts)


def load(console: Console) -> Loaded:
    """Load what is missing of the region. Raises what the services raise."""
    today = timezone.localdate()
    console.say(
        "Loading the demonstration region (invented people).",
        "Wczytywanie regionu pokazowego (osoby zmyślone).",
    )
    loaded = lay_out(today)
    with _room() as folder:
        for file in write_files(folder, today):
            if _bring_in(file, console):
                loaded.files.append(file.path.name)
    loaded.advice = load_support(today)
    loaded.districts = load_districts(today)
    if loaded.files:
        loaded.looks = _looks(today)
    load_guarding(today)
    loaded.enquiries = load_enquiries(today)
    loaded.places = load_places(today)
    loaded.surveys = load_surveys(today)
    loaded.meetings = load_partnership(today)
    loaded.cards = load_monitoring(today)
    loaded.plans = load_plans(today)
    loaded.projects = load_projects(today)
    load_discovery(today)
    return loaded


def lay_out(today: date) -> Loaded:
    """Institutions, staff and agreement, without anybody's register."""
    loaded = Loaded()
    with transaction.atomic():
        loaded.institutions = _directory(today)
        loaded.accounts = _accounts(today)
    loaded.agreements = _agreement(today)
    return loaded


def greeting(console: Console) -> list[str]:
    """Who may sign in, for whoever started the demonstration."""
    head = Text(
        f"Sign in with the password {paper.PASSWORD} as:",
        f"Hasło do wszystkich kont: {paper.PASSWORD}. Konta:",
    )
    offices: dict[str, list[str]] = {}
    for worker in paper.staff():
        offices.setdefault(worker.institution, []).append(worker.email)
    lines = [f"  {code}: {', '.join(addresses)}" for code, addresses in offices.items()]
    return [console.pick(head), *lines, f"  operator: {paper.OPERATOR[0]}@{paper.DOMAIN}"]


def _directory(today: date) -> int:
    added = 0
    for entry in (*paper.INSTITUTIONS, *paper.PROVIDERS):
        if institutions.by_code(entry.code) is not None:
            continue
        details = InstitutionDetails(
            name=entry.name,
            short_name=entry.short_name,
            kinds=tuple(KindPeriod(kind) for kind in entry.kinds),
            place=entry.place,
            teryt=entry.teryt,
            area=entry.area,
        )
        services.create_institution(details=details, code=entry.code, today=today, by=COMMAND_LINE)
        added += 1
    return added


def _accounts(today: date) -> int:
    """The operator and the staff, with one password for all of them."""
    wanted = {worker.email: worker for worker in paper.staff()}
    mailbox, name = paper.OPERATOR
    operator = f"{mailbox}@{paper.DOMAIN}"
    present = set(User.objects.filter(email__in=[operator, *wanted]).values_list("email", flat=True))
    if operator not in present:
        services.create_user(email=operator, full_name=name, is_operator=True, by=COMMAND_LINE)
    fresh = [worker for email, worker in wanted.items() if email not in present]
    for number, worker in enumerate(fresh, start=1):
        user = services.create_user(email=worker.email, full_name=worker.name, by=COMMAND_LINE)
        services.authorise(
            user_id=user.pk,
            institution_id=_id(worker.institution),
            authorisations=[
                NewAuthorisation(
                    role=worker.role, number=f"DEMO/{number}/{today.year}", valid_from=paper.AGREEMENT_FROM
                )
            ],
            by=COMMAND_LINE,
        )
    added = {operator, *wanted} - present
    User.objects.filter(email__in=added).update(password=make_password(paper.PASSWORD))
    return len(added)


def _agreement(today: date) -> int:
    """Drafted and signed by the invented directors; marked as a demonstration for good."""
    offices = (paper.PUP_GORZOW, paper.OPS_LUBISZYN, paper.OPS_DESZCZNO)
    directors = [_director(code) for code in offices]
    if access.versions_of(directors[0], paper.AGREEMENT):
        return 0
    at = timezone.now()
    with acting_for(directors[0].institution_id), transaction.atomic():
        agreement = draft_agreement(terms=_terms(today), at=at, by=directors[0])
        agreement.is_demonstration = True
        agreement.save(update_fields=["is_demonstration"])
        for director in directors:
            sign(agreement_id=agreement.pk, version=agreement.edit_version, at=at, day=today, by=director)
    return 1


def _terms(today: date) -> AgreementTerms:
    """The labour office gives to and receives from each welfare centre; these give each other nothing."""
    hub = _id(paper.PUP_GORZOW)
    bases = {(basis.code, basis.version): basis.pk for basis in access.bases(today)}
    purposes = {purpose.code: purpose.pk for purpose in access.all_purposes()}
    both_ways = ((hub, EVERYBODY), (EVERYBODY, hub))
    return AgreementTerms(
        number=paper.AGREEMENT,
        title=paper.AGREEMENT_TITLE,
        valid_from=paper.AGREEMENT_FROM,
        valid_to=None,
        stale_after_days=paper.STALE_AFTER_DAYS,
        link_rules=frozenset({LinkRule.PESEL_ONE_FIELD}),
        parties=frozenset({hub, _id(paper.OPS_LUBISZYN), _id(paper.OPS_DESZCZNO)}),
        clauses=frozenset(
            Clause(giver, receiver, one) for giver, receiver in both_ways for one in paper.SHARED
        ),
        purposes=frozenset(
            PurposeTerm(
                purposes[purpose],
                bases[basis, version],
                frozenset({RelationKind.INVOLVEMENT}) if place == 0 else frozenset(),
            )
            for place, (purpose, basis, version) in enumerate(paper.PURPOSES)
        ),
    )


def _director(code: str) -> Actor:
    email = paper.worker_of(code, Role.DIRECTOR).email
    return Actor(
        user_id=User.objects.get(email=email).pk,
        institution_id=_id(code),
        roles=frozenset({str(Role.DIRECTOR)}),
    )


def _bring_in(file: File, console: Console) -> bool:
    registrar = User.objects.get(email=paper.worker_of(file.institution, Role.REGISTRAR).email)
    by = Actor(
        user_id=registrar.pk, institution_id=_id(file.institution), roles=frozenset({str(Role.REGISTRAR)})
    )
    return bring_in(file, by=by, console=console)


def _looks(today: date) -> int:
    """The case workers of the three offices open some of their clients."""
    done = 0
    for code in (paper.PUP_GORZOW, paper.OPS_LUBISZYN, paper.OPS_DESZCZNO):
        worker = paper.worker_of(code, Role.CASE_WORKER)
        done += look_around(worker.email, institution_id=_id(code), day=today)
    return done


def _id(code: str) -> int:
    found = institutions.by_code(code)
    assert found is not None, code
    return found.pk


@contextmanager
def _room() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="demo-") as name:
        yield Path(name)
