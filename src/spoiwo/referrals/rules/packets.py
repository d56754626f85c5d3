"""What may travel: on an agreement what it covers, with the person's consent what the person agreed to."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from spoiwo.access.types import Category, Grant
from spoiwo.referrals.errors import ConsentNeeded, MoreThanAllowed, NothingAllows
from spoiwo.referrals.types import CATEGORY_OF, Basis, Ground, PacketField


def ground_of(grants: Iterable[Grant]) -> Ground | None:
    """The agreement that lets most travel, among those that give identity and name a purpose; None without one."""
    able = [one for one in grants if Category.IDENTITY in one.categories and one.purposes]
    if not able:
        return None
    best = max(able, key=lambda one: (len(one.categories), -one.agreement_id))
    return Ground(best.agreement_number, best.purposes[0].legal_basis_code, best.categories)


def allowed_fields(ground: Ground | None, basis: Basis) -> frozenset[PacketField]:
    """Fields that may be chosen."""
    if basis is Basis.CONSENT:
        return frozenset(PacketField)
    if ground is None:
        return frozenset()
    return frozenset(one for one, category in CATEGORY_OF.items() if category in ground.categories)


def check_packet(
    fields: Collection[PacketField],
    *,
    basis: Basis,
    ground: Ground | None,
    consent_on: date | None,
    today: date,
) -> None:
    """Raises NothingAllows, MoreThanAllowed, ConsentNeeded."""
    if basis is Basis.CONSENT:
        if consent_on is None or consent_on > today:
            raise ConsentNeeded
        return
    if ground is None:
        raise NothingAllows
    beyond = sorted(set(fields) - allowed_fields(ground, basis))
    if beyond:
        raise MoreThanAllowed(beyond)


def categories_in(packet: Mapping[str, str]) -> tuple[str, ...]:
    """Categories of what a packet holds, for the log; identity always."""
    held = {Category.IDENTITY} | {CATEGORY_OF[one] for one in PacketField if packet.get(one)}
    return tuple(sorted(held))
