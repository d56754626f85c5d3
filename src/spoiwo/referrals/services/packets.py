"""What travels with a referral: sealed under a key of its own, opened for its two parties."""

import json
from collections.abc import Mapping

from spoiwo.clients.queries.opening import own_pesel
from spoiwo.clients.queries.own_records import OwnVersion
from spoiwo.kernel.sealing import DataKey, seal, unseal
from spoiwo.referrals.models import Referral
from spoiwo.referrals.types import FROM_REGISTER, PacketField
from spoiwo.toolkit.keys import key_ring

PLACE = "referral"
REASON = "reason"


def packed(packet: Mapping[str, str]) -> tuple[DataKey, bytes]:
    """A fresh key and what is sealed under it."""
    key = key_ring().new_data_key()
    return key, seal(key.plain, json.dumps(dict(packet), ensure_ascii=False, sort_keys=True), PLACE)


def opened(row: Referral) -> dict[str, str]:
    """What the packet holds: codes of fields and the reason, with their texts; nothing once the person is erased."""
    if not row.packet_sealed:
        return {}
    key = key_ring().unwrap(bytes(row.wrapped_key))
    held: dict[str, str] = json.loads(unseal(key, bytes(row.packet_sealed), PLACE))
    return held


def from_register(version: OwnVersion) -> dict[PacketField, str]:
    """Fields that the sender's register can fill, empty ones left out."""
    street = " ".join(part for part in (version.street, version.house) if part)
    flat = f"{street}/{version.flat}" if version.flat else street
    town = " ".join(part for part in (version.postal_code, version.place) if part)
    found = {
        PacketField.BIRTH_DATE: version.birth_date.isoformat() if version.birth_date else "",
        PacketField.PESEL: own_pesel(version),
        PacketField.PHONE: version.phone,
        PacketField.EMAIL: version.email,
        PacketField.ADDRESS: ", ".join(part for part in (flat, town) if part),
        PacketField.STATUS: version.status,
    }
    return {field: found[field] for field in FROM_REGISTER if found[field]}
