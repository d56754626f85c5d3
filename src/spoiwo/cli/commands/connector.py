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
    TooManyRows,
    Unreadable,
)
from spoiwo.discovery.services import connector, files, intersecting, office
from spoiwo.discovery.services.intersecting import PsiAbsent
from spoiwo.discovery.types import Level
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
}


def run(options: Namespace, console: Console) -> Answer:
    """Do one step; exit code 2 for files that cannot be used, 1 when the other side tried numbers."""
    steps: Mapping[str, Callable[[Namespace, Console], Answer]] = {
        "begin": _begin,
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


def _reply(options: Namespace, console: Console) -> Answer:
    own = office.load(options.config)
    reply = files.read_reply(_content(options.reply))
    common = connector.read(own, reply, office.recall(own, reply.epoch))
    if common.is_alarming:
        raise Refused(
            f"The other side asked for {common.canaries} people who do not exist. Give nothing, and tell your data"
            " protection officer.",
            f"Druga strona pytała o {common.canaries} osób, które nie istnieją. Nic nie przekazuj i zawiadom"
            " inspektora ochrony danych.",
        )
    folder = office.round_folder(own, reply.epoch)
    rows = [
        {"local_id": local_id, "level": level.value, "link": link} for local_id, level, link in common.found
    ]
    office.write_table(folder / "common.csv", ("local_id", "level", "link"), rows)
    parcel = connector.parcel(own, common, epoch=reply.epoch)
    office.write_file(folder / "parcel.json", files.write_parcel(parcel))
    sure = len({local_id for local_id, level, _link in common.found if level is Level.SURE})
    possible = len({local_id for local_id, _level, _link in common.found}) - sure
    line = Text(
        f"Clients in common: {sure} certain, {possible} to be checked; {folder / 'common.csv'}. Sealed for the other"
        f" office: {len(parcel.sealed)}; {folder / 'parcel.json'}.",
        f"Wspólni klienci: {sure} na pewno, {possible} do sprawdzenia; {folder / 'common.csv'}. Zapieczętowano dla"
        f" drugiego urzędu: {len(parcel.sealed)}; {folder / 'parcel.json'}.",
    )
    return Answer({"sure": sure, "possible": possible, "sealed": len(parcel.sealed)}, [console.pick(line)])


def _open(options: Namespace, console: Console) -> Answer:
    own = office.load(options.config)
    reply = files.read_reply(_content(options.reply))
    common = connector.read(own, reply, office.recall(own, reply.epoch))
    rows = connector.opened(own, files.read_parcel(_content(options.parcel)), common)
    path = office.round_folder(own, reply.epoch) / "received.csv"
    columns = list(dict.fromkeys(["local_id", "link", *(name for row in rows for name in row)]))
    office.write_table(path, columns, rows)
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
