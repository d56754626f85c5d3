"""A PostgreSQL cluster for one command: made empty, reached by a socket only, gone afterwards.

    python -m tools.postgres -- pytest -n 2

The command finds the owner's database in SPOIWO_TEST_DATABASE_URL. PostgreSQL refuses to run as root,
so root starts it as the user postgres, or nobody where there is none.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import psycopg

PROGRAMS = "/usr/lib/postgresql/*/bin"
PORT = 5432
SUPERUSER = "postgres"
DATABASE = "spoiwo"
ROLES = (
    "CREATE ROLE spoiwo_app LOGIN NOSUPERUSER NOBYPASSRLS",
    "CREATE ROLE spoiwo_owner LOGIN CREATEDB BYPASSRLS",
    "GRANT spoiwo_app TO spoiwo_owner",
    f"CREATE DATABASE {DATABASE} OWNER spoiwo_owner",
)
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
}


class NoPostgres(Exception):
    """PostgreSQL is missing or would not start; the message says what to do."""


def program(name: str) -> str:
    """Path of one of PostgreSQL's programs, the newest version installed. Raises NoPostgres."""
    found = sorted(Path("/").glob(f"{PROGRAMS.lstrip('/')}/{name}"), key=lambda path: int(path.parts[-3]))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise NoPostgres(f"{name} was not found. Run: apt-get install -y postgresql")
    return path


def runner() -> str | None:
    """The account PostgreSQL must run as, None for the present one."""
    if os.geteuid() != 0:
        return None
    accounts = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in accounts else "nobody"


@contextmanager
def cluster(changes: Mapping[str, str] | None = None) -> Iterator[Path]:
    """A running cluster; yields the folder of its socket. Raises NoPostgres.

    changes: server settings other than the fast and careless ones of throw-away data.
    """
    account = runner()
    folder = Path(tempfile.mkdtemp(prefix="spoiwo-pg-", dir="/tmp"))
    if account:
        shutil.chown(folder, account)
    server: subprocess.Popen[bytes] | None = None
    try:
        create(folder / "data", account)
        server = start(folder, account, {**SETTINGS, **(changes or {})})
        wait_for(folder, server)
        yield folder
    finally:
        if server is not None:
            stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def create(data: Path, account: str | None) -> None:
    """Initialise an empty cluster. Raises NoPostgres with what initdb said."""
    options = [
        "--username",
        SUPERUSER,
        "--auth",
        "trust",
        "--encoding",
        "UTF8",
        "--locale",
        "C.UTF-8",
        "--no-sync",
    ]
    done = subprocess.run(
        [program("initdb"), "--pgdata", str(data), *options],
        user=account,
        extra_groups=[] if account else None,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoPostgres(f"initdb failed: {done.stderr.strip()}")


def start(folder: Path, account: str | None, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the server on the cluster."""
    placed = {**settings, "unix_socket_directories": str(folder)}
    options = [word for name, value in placed.items() for word in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [program("postgres"), "-D", str(folder / "data"), *options],
        user=account,
        extra_groups=[] if account else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # a Ctrl-C meant for the command must not stop the database before it
    )


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server at once; there is nothing to keep."""
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def wait_for(folder: Path, server: subprocess.Popen[bytes], patience: float = 30) -> None:
    """Wait until the server answers, then make roles and database. Raises NoPostgres."""
    deadline = time.monotonic() + patience
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with psycopg.connect(
                host=str(folder), port=PORT, user=SUPERUSER, dbname="postgres", autocommit=True
            ) as link:
                for statement in ROLES:
                    link.execute(statement.encode())
                return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise NoPostgres("PostgreSQL did not start.")


def address(folder: Path, user: str = "spoiwo_owner", database: str = DATABASE) -> str:
    """Database address as Spoiwo's settings write it."""
    return f"postgres://{user}@/{database}?host={folder}&port={PORT}"


def main() -> int:
    """Run the command after `--` with a cluster; answers its exit code."""
    command = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else sys.argv[1:]
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    try:
        with cluster() as folder:
            environment = {**os.environ, "SPOIWO_TEST_DATABASE_URL": address(folder)}
            return subprocess.run(command, env=environment, check=False).returncode
    except NoPostgres as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
