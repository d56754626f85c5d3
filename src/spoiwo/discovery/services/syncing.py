"""One visit of a connector to the platform: whatever can be done now is done. No database, no Django.

Tokens are sent when a comparison waits for them; when it was joined, the office learns whom it has in common, gives
the agreed fields and takes those of the other side. What is no longer in the comparison leaves the office's folder
with the next visit. A visit that finds nothing new changes nothing, so it can be repeated every hour.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from spoiwo.discovery.errors import NotForThisRound, WhichRound
from spoiwo.discovery.rules import envelopes
from spoiwo.discovery.rules.requests import Step
from spoiwo.discovery.services import connector, office
from spoiwo.discovery.services.asking_platform import Platform
from spoiwo.discovery.services.connector import Common
from spoiwo.discovery.services.office import Office
from spoiwo.discovery.types import Parcel, Reply

COMMON, PARCEL, RECEIVED, SEEN = "common.csv", "parcel.json", "received.csv", "standing.json"
STANDING = "spoiwo-standing-1"
_HELD = (COMMON, PARCEL, RECEIVED, SEEN, "memory.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a visit found. done: "nothing", "waiting", "sent", "unchanged", "joined" or "ended"; records: sent."""

    done: str
    epoch: int = 0
    folder: Path | None = None
    records: int = 0
    common: Common | None = None
    received: int = 0


def sync(own: Office, platform: Platform, *, today: date) -> Visit:
    """Visit the platform once.

    Raises WhichRound, RegisterUnusable, PlatformRefused, PlatformSilent, and what reading an answer refuses.
    """
    found = _chosen(own, _rounds(platform))
    if found is None:
        return Visit(done="nothing")
    at, epoch = UUID(found["round"]), int(found["epoch"])
    folder = office.round_folder(own, epoch)
    if found["state"] == "ended":
        return Visit(done="ended", epoch=epoch, folder=_emptied(folder))
    if found["state"] == "waiting":
        return (
            _sent(own, platform, at, epoch, today)
            if not found["sent"]
            else Visit(done="waiting", epoch=epoch)
        )
    seen = folder / SEEN
    if seen.exists() and json.loads(seen.read_text(encoding="utf-8")) == found:
        return Visit(done="unchanged", epoch=epoch, folder=folder)
    return _exchanged(own, platform, at, found)


def take_reply(own: Office, reply: Reply) -> Common:
    """Write down whom the office has in common. Nothing is written when the other side tried numbers."""
    common = connector.read(own, reply, office.recall(own, reply.epoch))
    if not common.is_alarming:
        rows = [{"local_id": one, "level": level.value, "link": link} for one, level, link in common.found]
        folder = office.round_folder(own, reply.epoch)
        office.write_table(folder / COMMON, ("local_id", "level", "link"), rows)
    return common


def keep_parcel(own: Office, parcel: Parcel) -> bytes:
    """What goes to the other office, kept in the folder too."""
    content = envelopes.write_parcel(parcel)
    office.write_file(office.round_folder(own, parcel.epoch) / PARCEL, content)
    return content


def open_parcel(own: Office, content: bytes, common: Common) -> list[dict[str, str]]:
    """Write down what the other office gave."""
    parcel = envelopes.read_parcel(content)
    rows = connector.opened(own, parcel, common)
    columns = list(dict.fromkeys(["local_id", "link", *(name for row in rows for name in row)]))
    office.write_table(office.round_folder(own, parcel.epoch) / RECEIVED, columns, rows)
    return rows


def _rounds(platform: Platform) -> list[dict[str, Any]]:
    whole = envelopes.parsed(platform.ask(Step.STANDING), STANDING)
    rounds: list[dict[str, Any]] = whole["rounds"]
    return rounds


def _chosen(own: Office, rounds: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The newest comparison with the other office."""
    partners = sorted({one["partner"] for one in rounds})
    if own.institution:
        rounds = [one for one in rounds if one["partner"] == own.institution]
    elif len(partners) > 1:
        raise WhichRound(", ".join(partners))
    return rounds[0] if rounds else None


def _sent(own: Office, platform: Platform, at: UUID, epoch: int, today: date) -> Visit:
    made = connector.prepare(own, epoch=epoch, today=today)
    office.remember(own, epoch, made.memory)
    platform.ask(Step.TOKENS, made.envelope, round_uuid=at)
    return Visit(done="sent", epoch=epoch, records=made.records)


def _exchanged(own: Office, platform: Platform, at: UUID, found: dict[str, Any]) -> Visit:
    epoch = int(found["epoch"])
    reply = envelopes.read_reply(platform.ask(Step.REPLY, round_uuid=at))
    if reply.epoch != epoch:
        raise NotForThisRound
    common = take_reply(own, reply)
    folder = office.round_folder(own, epoch)
    if common.is_alarming:
        return Visit(done="joined", epoch=epoch, folder=folder, common=common)
    sealed = connector.parcel(own, common, epoch=epoch)
    content = keep_parcel(own, sealed)
    if sealed.sealed:
        platform.ask(Step.GIVE, content, round_uuid=at)
    rows = open_parcel(own, platform.ask(Step.RECEIVED, round_uuid=at), common)
    # What the next visit has to find for nothing to be new.
    seen = found | {"given": len(sealed.sealed), "received": len(rows)}
    office.write_file(folder / SEEN, json.dumps(seen, ensure_ascii=False).encode())
    return Visit(done="joined", epoch=epoch, folder=folder, common=common, received=len(rows))


def _emptied(folder: Path) -> Path:
    """What the comparison gave the office is gone with the comparison."""
    for name in _HELD:
        (folder / name).unlink(missing_ok=True)
    return folder
