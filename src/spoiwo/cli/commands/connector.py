"""spoiwo connector: what an office does by itself in a private comparison. Needs no database."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused, Unusable
from spoiwo.cli.types import Answer, Text
from spoiwo.discovery.errors import (
    BadConfiguration,
    BadSignature,
    CannotOpen,
    DiscoveryError,
    NotForThisRound,
    PlatformRefused,
    PlatformSilent,
    TooManyRows,
    Unreadable,
    WhichRound,
)
from spoiwo.discovery.services import connector, files, intersecting, office, syncing
from spoiwo.discovery.services.asking_platform import Platform, Step, over_network
from spoiwo.discovery.services.connector import Common
from spoiwo.discovery.services.intersecting import PsiAbsent
from spoiwo.discovery.services.office import Office
from spoiwo.matching.services.files import RegisterUnusable

MOST_ROWS = 10_000_000  # of a file that lies at the office already
_REASONS: Mapping[type[DiscoveryError], Text] = {
    BadConfiguration: Text(
        "The configuration cannot be used; check: {0}.", "Konfiguracji nie można użyć; sprawdź: {0}."
    ),
    Unreadable: Text(
        "This is no file of the connector, or it was damaged.",
        "To nie jest plik connectora albo jest uszkodzony.",
    ),
    BadSignature: Text("The signature does not fit.", "Podpis się nie zgadza."),
    NotForThisRound: Text(
        "The file is of another comparison or office.", "Plik pochodzi z innego porównania lub urzędu."
    ),
    CannotOpen: Text("The data were sealed for another office.", "Dane zapieczętowano dla innego urzędu."),
    TooManyRows: Text("The file has too many rows.", "Plik ma za dużo wierszy."),
    PlatformRefused: Text("The platform says: {0}", "Platforma odpowiada: {0}"),
    PlatformSilent: Text("The platform does not answer: {0}.", "Platforma nie odpowiada: {0}."),
    WhichRound: Text(
        "The agreement has several offices ({0}); write into the configuration which one is meant: institution.",
        "Porozumienie obejmuje kilka urzędów ({0}); wpisz do konfiguracji, o który chodzi: institution.",
    ),
}
_VISITS: Mapping[str, Text] = {
    "nothing": Text(
        "No comparison has been begun under this agreement.", "W tym porozumieniu nie rozpoczęto porównania."
    ),
    "waiting": Text("Waiting for the other office.", "Czekamy na drugi urząd."),
    "sent": Text("{records} records, sent as tokens.", "Rekordów: {records}, wysłano tokeny."),
    "unchanged": Text("Nothing new; {folder}.", "Nic nowego; {folder}."),
    "joined": Text(
        "Clients in common: {sure} certain, {possible} to be checked. Data received: {received}. {folder}",
        "Wspólni klienci: {sure} na pewno, {possible} do sprawdzenia. Otrzymane dane: {received}. {folder}",
    ),
    "ended": Text(
        "The comparison has ended; what it gave was deleted here too.",
        "Porównanie się zakończyło; to, co dało, usunięto także tutaj.",
    ),
}


def run(options: Namespace, console: Console) -> Answer:
    """Do one step; exit code 2 for files that cannot be used, 1 when the other side tried numbers."""
    steps: Mapping[str, Callable[[Namespace, Console], Answer]] = {
        "begin": _begin,
        "connect": _connect,
        "sync": _sync,
        "tokens": _tokens,
        "reply": _reply,
        "open": _open,
        "prove": _prove,
        "check": _check,
        "psi-ask": _psi_ask,
        "psi-answer": _psi_answer,
        "psi-read": _psi_read,
    }
    try:
        return steps[options.command.words[-1]](options, console)
    except RegisterUnusable as error:
        raise Unusable(f"{error.name}: {error.reason}", f"{error.name}: {error.reason}") from None
    except DiscoveryError as error:
        if isinstance(error, PsiAbsent):
            raise Refused("Install spoiwo[psi] first.", "Najpierw zainstaluj spoiwo[psi].") from None
        text = _REASONS[type(error)]
        raise Unusable(text.english.format(error), text.polish.format(error)) from None


def _begin(options: Namespace, console: Console) -> Answer:
    try:
        keys = office.begin(options.folder, agreement=options.agreement)
    except FileExistsError:
        raise Refused(
            f"There is a key in {options.folder} already; it is never written over.",
            f"W {options.folder} jest już klucz; nigdy go nie zastępujemy.",
        ) from None
    public, short = files.text_of(keys.public), files.fingerprint(keys.public)
    lines = (
        Text(f"Public key for the other office: {public}", f"Klucz publiczny dla drugiego urzędu: {public}"),
        Text(
            f"Fingerprint to read over the telephone: {short}", f"Odcisk do odczytania przez telefon: {short}"
        ),
    )
    return Answer({"public": public, "fingerprint": short}, [console.pick(line) for line in lines])


def _tokens(options: Namespace, console: Console) -> Answer:
    own = office.load(options.config)
    made = connector.prepare(own, epoch=options.round, today=datetime.now(UTC).date())
    office.remember(own, options.round, made.memory)
    path = office.round_folder(own, options.round) / "tokens.spoiwo"
    office.write_file(path, made.envelope)
    line = Text(
        f"{made.records} records, written to {path}.", f"Rekordów: {made.records}, zapisano w {path}."
    )
    return Answer(
        {"records": made.records, "bytes": len(made.envelope), "out": str(path)}, [console.pick(line)]
    )


def _connect(options: Namespace, console: Console) -> Answer:
    own = office.load(options.config)
    _platform(own, console).ask(Step.CONNECT, options.code.strip().encode())
    short = files.fingerprint(own.keys.public)
    line = Text(
        f"Connected. The page has to show the fingerprint {short}.",
        f"Połączono. Na stronie musi być odcisk {short}.",
    )
    return Answer({"connected": True, "fingerprint": short}, [console.pick(line)])


def _sync(options: Namespace, console: Console) -> Answer:
    own = office.load(options.config)
    visit = syncing.sync(own, _platform(own, console), today=datetime.now(UTC).date())
    if visit.common is not None:
        _check_honest(visit.common)
    sure, possible = visit.common.counts if visit.common else (0, 0)
    told = {
        "done": visit.done,
        "round": visit.epoch,
        "records": visit.records,
        "sure": sure,
        "possible": possible,
        "received": visit.received,
    }
    text = _VISITS[visit.done]
    return Answer(told, [console.pick(text).format(folder=visit.folder, **told)])


def _platform(own: Office, console: Console) -> Platform:
    return Platform(own, over_network(own.platform, language=console.pick(Text("en", "pl"))))


def _reply(options: Namespace, console: Console) -> Answer:
    own = office.load(options.config)
    reply = files.read_reply(_content(options.reply))
    common = syncing.take_reply(own, reply)
    _check_honest(common)
    parcel = connector.parcel(own, common, epoch=reply.epoch)
    syncing.keep_parcel(own, parcel)
    folder = office.round_folder(own, reply.epoch)
    sure, possible = common.counts
    line = Text(
        f"Clients in common: {sure} certain, {possible} to be checked; {folder / syncing.COMMON}. Sealed for the other"
        f" office: {len(parcel.sealed)}; {folder / syncing.PARCEL}.",
        f"Wspólni klienci: {sure} na pewno, {possible} do sprawdzenia; {folder / syncing.COMMON}. Zapieczętowano dla"
        f" drugiego urzędu: {len(parcel.sealed)}; {folder / syncing.PARCEL}.",
    )
    return Answer({"sure": sure, "possible": possible, "sealed": len(parcel.sealed)}, [console.pick(line)])


def _check_honest(common: Common) -> None:
    if common.is_alarming:
        raise Refused(
            f"The other side asked for {common.canaries} people who do not exist. Give nothing, and tell your data"
            " protection officer.",
            f"Druga strona pytała o {common.canaries} osób, które nie istnieją. Nic nie przekazuj i zawiadom"
            " inspektora ochrony danych.",
        )


def _open(options: Namespace, console: Console) -> Answer:
    own = office.load(options.config)
    reply = files.read_reply(_content(options.reply))
    common = connector.read(own, reply, office.recall(own, reply.epoch))
    rows = syncing.open_parcel(own, _content(options.parcel), common)
    path = office.round_folder(own, reply.epoch) / syncing.RECEIVED
    line = Text(f"{len(rows)} people, written to {path}.", f"Osób: {len(rows)}, zapisano w {path}.")
    return Answer({"people": len(rows), "out": str(path)}, [console.pick(line)])


def _prove(options: Namespace, console: Console) -> Answer:
    own = office.load(options.config)
    proof = connector.prove(own, epoch=options.round, local_id=options.local_id)
    path = office.round_folder(own, options.round) / "proof.json"
    office.write_file(path, json.dumps(proof, ensure_ascii=False, indent=1).encode())
    line = Text(
        f"The proof is in {path}; it shows this row only.", f"Dowód jest w {path}; pokazuje tylko ten wiersz."
    )
    return Answer({"out": str(path)}, [console.pick(line)])


def _check(options: Namespace, console: Console) -> Answer:
    header = files.unpack(_content(options.tokens), most_rows=MOST_ROWS).header
    try:
        proof = json.loads(_content(options.proof))
    except ValueError as error:
        raise Unreadable from error
    if not isinstance(proof, dict) or not connector.is_proved(header.root, proof):
        raise Refused(
            "The row was not in the register these tokens were made of.",
            "Tego wiersza nie było w rejestrze, z którego powstały te tokeny.",
        )
    line = Text("The row was in the register.", "Ten wiersz był w rejestrze.")
    return Answer(
        {"proved": True, "agreement": header.agreement, "round": header.epoch}, [console.pick(line)]
    )


def _psi_ask(options: Namespace, console: Console) -> Answer:
    own = office.load(options.config)
    letter = intersecting.ask(own, epoch=options.round)
    return _letter(office.round_folder(own, options.round) / "ask.psi", letter, console)


def _psi_answer(options: Namespace, console: Console) -> Answer:
    own = office.load(options.config)
    return _letter(own.folder / "answer.psi", intersecting.answer(own, _content(options.ask)), console)


def _letter(path: Path, letter: bytes, console: Console) -> Answer:
    office.write_file(path, letter)
    line = Text(f"Give {path} to the other office.", f"Przekaż drugiemu urzędowi plik {path}.")
    return Answer({"bytes": len(letter), "out": str(path)}, [console.pick(line)])


def _psi_read(options: Namespace, console: Console) -> Answer:
    own = office.load(options.config)
    epoch, found = intersecting.read(own, _content(options.answer))
    path = office.round_folder(own, epoch) / "common-psi.csv"
    office.write_table(path, ("local_id",), [{"local_id": local_id} for local_id in found])
    line = Text(
        f"Clients in common: {len(found)}, written to {path}.",
        f"Wspólnych klientów: {len(found)}, zapisano w {path}.",
    )
    return Answer({"common": len(found), "out": str(path)}, [console.pick(line)])


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadConfiguration(str(path)) from error
