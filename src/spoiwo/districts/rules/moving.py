"""What follows for a client's worker when address, borders or duty change."""

from spoiwo.districts.rules.ranges import covers
from spoiwo.districts.types import Care, HandOverReason, HandOverState, Range, Spot, Worker


def reason_of(before: Care, now: Care, *, old_range: Range | None, spot: Spot) -> HandOverReason | None:
    """Why a client has to be handed over; None when the same person serves, or nobody served before.

    old_range: the range that the client was found in before, valid or not; when it would still hold the address,
    the client stayed and the borders moved.
    """
    if not before.worker.name or is_same_worker(before.worker, now.worker):
        return None
    if before.district == now.district:
        return HandOverReason.WORKER
    stayed = old_range is not None and covers(old_range, spot)
    return HandOverReason.BORDERS if stayed else HandOverReason.MOVED


def is_same_worker(one: Worker, other: Worker) -> bool:
    """The same person: by account, or by name where neither has one."""
    if one.user_id or other.user_id:
        return one.user_id == other.user_id
    return one.name == other.name


def next_states(state: HandOverState) -> frozenset[HandOverState]:
    """Steps that people may take: papers may be given first, or the client simply taken over."""
    return {
        HandOverState.OPEN: frozenset({HandOverState.HANDED, HandOverState.TAKEN}),
        HandOverState.HANDED: frozenset({HandOverState.TAKEN}),
    }.get(state, frozenset())
