"""Kill -9 while registers are taken in, again and again, and look what is left.

    python -m tests.soak.kill_during_import --rounds 200 --seed 1

Runs on a database of its own: SQLite in a temporary folder, or, with SPOIWO_TEST_DATABASE_URL, PostgreSQL
beside the one named. Each round hands in the next file of an office, kills the process at a random moment,
and checks that exactly the old or exactly the new register is in force, that the chains hold, and that the
import can be taken up again (killed once more now and then) or stopped without a trace.
"""

import argparse
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
BASE_URL = os.environ.get("SPOIWO_TEST_DATABASE_URL", "")
OWN_NAME = f"kill_{os.getpid()}"
if BASE_URL:
    _server, _, _rest = BASE_URL.rpartition("/")
    _name, _, _options = BASE_URL.rpartition("?")
    os.environ["SPOIWO_TEST_DATABASE_URL"] = f"{_name.rpartition('/')[0]}/{OWN_NAME}?{_options}"

PEOPLE = 600
WHILE_UNDER_WAY = 0.5  # share of a run's time in which the import is under way, roughly
SHORTEST_WAIT = 0.1  # seconds within which a kill falls at least
AS_OF = date(2026, 11, 20)
Register = Mapping[str, str]  # local number -> last name


@dataclass
class Report:
    """What the rounds saw. moments: in which state imports were when they were killed."""

    rounds: int = 0
    killed: int = 0
    finished_before_kill: int = 0
    taken_up_again: int = 0
    stopped: int = 0
    half_states: int = 0
    broken_chains: int = 0
    left_behind: int = 0
    moments: dict[str, int] = field(default_factory=dict)


def next_register(before: Register, chance: random.Random) -> dict[str, str]:
    """The office's register some weeks later: people came, left, changed their names."""
    after = {number: name for number, name in before.items() if chance.random() > 0.05}
    for number in list(after):
        if chance.random() < 0.2:
            after[number] = f"Nazwisko{chance.randrange(10**6)}"
    while len(after) < PEOPLE:
        after[f"K-{chance.randrange(10**6)}"] = f"Nazwisko{chance.randrange(10**6)}"
    return after


def write_file(path: Path, register: Register) -> None:
    """The register as a CSV file."""
    lines = [f"{number};Jan;{name}" for number, name in register.items()]
    path.write_text("\n".join(["local_id;first_name;last_name", *lines]), encoding="utf-8")


def in_child(
    work: Callable[[], None], *, kill_after: float | None, once: Callable[[], bool] | None = None
) -> bool:
    """Do the work in a process of its own; whether it was killed before it was done.

    kill_after: seconds from the start or, with `once`, from the moment when that holds.
    """
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    if kill_after is not None:
        while once and not once() and not os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            time.sleep(0.002)
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


class Rounds:
    """One office and its imports."""

    def __init__(self, folder: Path, seed: int):
        # Loaded before the first fork, or most kills would fall while a child is still loading it.
        import spoiwo.exchange.services.command  # noqa: F401
        from spoiwo.institutions.models import Institution

        self._chance = random.Random(seed)
        self._path = folder / "wyciag.csv"
        self.office = Institution.objects.create(
            code="urzad", name="Urząd", short_name="Urząd", sort_key="u", search_key="u"
        ).pk
        self.in_force: dict[str, str] = {}
        self.report = Report()
        self._longest = 1.0
        for _ in range(2):  # how long an import takes here and now
            self._measure()

    def _measure(self) -> None:
        new = next_register(self.in_force, self._chance)
        write_file(self._path, new)
        started = time.monotonic()
        in_child(self._take_in, kill_after=None)
        self._longest = max(SHORTEST_WAIT, time.monotonic() - started)
        self.in_force = self._register()

    def play(self) -> None:
        """One round."""
        report = self.report
        report.rounds += 1
        new = next_register(self.in_force, self._chance)
        write_file(self._path, new)
        begun = None if self._chance.random() < 0.1 else self._is_under_way
        wait = self._chance.uniform(0, self._longest if begun is None else self._longest * WHILE_UNDER_WAY)
        killed = in_child(self._take_in, kill_after=wait, once=begun)
        report.killed += killed
        report.finished_before_kill += not killed
        state = self._state()
        report.moments[state] = report.moments.get(state, 0) + 1
        self._check(self.in_force, new)
        if self._chance.random() < 0.3:
            in_child(self._resume, kill_after=self._chance.uniform(0, self._longest))
            self._check(self.in_force, new)
        self._bring_to_an_end(new)

    def _take_in(self) -> None:
        from spoiwo.clients.types import RegisterKind
        from spoiwo.exchange.services.command import Order, run_import_now

        run_import_now(
            Order(
                institution_id=self.office,
                kind=RegisterKind.REGISTER,
                path=self._path,
                as_of=AS_OF,
                accept_vanishing=True,
            )
        )

    def _resume(self) -> None:
        from django.utils import timezone

        from spoiwo.exchange.services import pipeline

        self._let_leases_run_out()
        pipeline.resume_stale_imports(timezone.now() + timedelta(minutes=2))

    def _bring_to_an_end(self, new: Register) -> None:
        """Take the import up again, or stop it; then exactly one of the two registers is in force."""
        from spoiwo.exchange.services import deciding

        by = self._registrar()
        if self._state() in {"checked", "staging"} and self._chance.random() < 0.4:
            with self._context():
                deciding.stop_import(import_uuid=self._import().uuid, by=by)
            self.report.stopped += 1
        for _ in range(4):
            if self._state() == "checked":
                with self._context():
                    deciding.continue_import(import_uuid=self._import().uuid, accept_vanishing=True, by=by)
            if self._state() in {"checking", "staging", "settling", "cancelling"}:
                in_child(self._resume, kill_after=None)
                self.report.taken_up_again += 1
        if self._state() == "mapping":
            with self._context():
                deciding.stop_import(import_uuid=self._import().uuid, by=by)
        self._check(self.in_force, new)
        self._check_nothing_left_behind()
        self.in_force = self._register()

    def _check(self, old: Register, new: Register) -> None:
        from spoiwo.audit import queries as audit

        found = self._register()
        if found not in (old, new):
            self.report.half_states += 1
        if audit.verify().breaches:
            self.report.broken_chains += 1

    def _check_nothing_left_behind(self) -> None:
        from spoiwo.access.models import Relation
        from spoiwo.clients.models import RecordVersion, RegisterState
        from spoiwo.clients.types import OPEN_GENERATION

        with self._context():
            state = RegisterState.objects.filter(pk=self.office).first()
            generation = state.generation if state else 0
            own = RecordVersion.objects.filter(institution_id=self.office)
            staged = own.filter(first_generation__gt=generation).count()
            ended = (
                own.filter(last_generation__gt=generation).exclude(last_generation=OPEN_GENERATION).count()
            )
            open_relations = Relation.objects.filter(
                institution_id=self.office, valid_to__isnull=True
            ).count()
        wrong = staged or ended or open_relations != len(self._register()) or self._state() != "none"
        self.report.left_behind += bool(wrong)

    def _register(self) -> dict[str, str]:
        from spoiwo.clients.models import RecordVersion

        with self._context():
            current = RecordVersion.objects.filter(institution_id=self.office).current()
            return dict(current.values_list("record__local_id", "last_name"))

    def _import(self):
        from spoiwo.exchange.models import RegisterImport

        return RegisterImport.objects.under_way().filter(institution_id=self.office).first()

    def _is_under_way(self) -> bool:
        return self._state() != "none"

    def _state(self) -> str:
        with self._context():
            found = self._import()
        return found.state if found else "none"

    def _let_leases_run_out(self) -> None:
        from django.utils import timezone

        from spoiwo.exchange.models import RegisterImport

        past = timezone.now() - timedelta(minutes=2)
        with self._context():
            RegisterImport.objects.under_way().update(lease_until=past, updated_at=past, attempts=0)

    def _registrar(self):
        from spoiwo.kernel.actor import Actor

        return Actor(user_id=0, institution_id=self.office, roles=frozenset({"registrar"}))

    def _context(self):
        from spoiwo.toolkit.context import acting_for

        return acting_for(self.office)


def run(rounds: int, seed: int) -> Report:
    """Prepare the database and play the rounds."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        from spoiwo.toolkit.roles import let_in

        let_in(connection, "spoiwo_app")
    with TemporaryDirectory() as folder:
        played = Rounds(Path(folder), seed)
        for _ in range(rounds):
            played.play()
        return played.report


def main() -> int:
    """Play, print the report as JSON; 1 when anything was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not BASE_URL:
        report = run(options.rounds, options.seed)
    else:
        import psycopg

        with psycopg.connect(BASE_URL, autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{OWN_NAME}"')
            try:
                report = run(options.rounds, options.seed)
            finally:
                admin.execute(f'DROP DATABASE "{OWN_NAME}" WITH (FORCE)')
    sys.stdout.write(json.dumps(asdict(report)) + "\n")
    return 1 if report.half_states or report.broken_chains or report.left_behind else 0


if __name__ == "__main__":
    sys.exit(main())
