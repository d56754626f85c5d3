"""The two things a file can fill, behind one set of functions: the register and the facts."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol

from spoiwo.clients.queries import counts
from spoiwo.clients.services import facts, register
from spoiwo.clients.types import FactRow, RegisterKind, RegisterRow, Tally
from spoiwo.exchange.types import RowProblem

Row = RegisterRow | FactRow


class Batch(Protocol):
    """Rows ready to be written. tally: what they do."""

    tally: Tally

    def write(self, seen: set[int]) -> None:
        """Write them, within a transaction."""


class Target(ABC):
    """Where rows of one kind of file go. seen: ids of what the file holds of what was there before."""

    repeated: RowProblem  # what a row is that stands in the file already
    unknown: RowProblem  # what a row is that `compare` names as one that cannot be taken

    def __init__(self, institution_id: int):
        self.institution_id = institution_id

    @abstractmethod
    def identity(self, row: Any) -> str:
        """What must not come twice in a file."""

    @abstractmethod
    def held(self) -> int:
        """How many rows are in force."""

    @abstractmethod
    def common(self, day: date) -> set[int]:
        """Ids of what is in force and concerns people whom partners serve too."""

    @abstractmethod
    def compare(self, rows: Sequence[Any], seen: set[int]) -> tuple[Tally, set[str]]:
        """What the rows would do, and local numbers whose rows cannot be taken."""

    @abstractmethod
    def prepare(
        self, rows: Sequence[Any], *, generation: int, as_of: date, now: datetime, seen: set[int]
    ) -> Batch:
        """Make rows ready for the generation; reads only."""

    @abstractmethod
    def keep(self, local_ids: Sequence[str], seen: set[int]) -> None:
        """Count what is held of rejected rows as seen."""

    @abstractmethod
    def vanished(self, generation: int, seen: set[int]) -> list[int]:
        """Ids of what the file does not hold any more."""

    @abstractmethod
    def stage_vanished(self, generation: int, ids: Sequence[int]) -> None:
        """Let it end with the generation."""

    @abstractmethod
    def count_vanished(self, generation: int) -> int:
        """How much ends with the generation."""

    @abstractmethod
    def drop(self, generation: int) -> int:
        """Undo some staging; 0 when nothing is left."""


class RegisterTarget(Target):
    """Records and their values."""

    repeated = RowProblem.DUPLICATE
    unknown = RowProblem.ERASED_RECORD

    def identity(self, row: RegisterRow) -> str:
        """The office's number."""
        return row.local_id

    def held(self) -> int:
        """Records in force."""
        return register.count_open(institution_id=self.institution_id)

    def common(self, day: date) -> set[int]:
        """Records of common clients under agreements in force."""
        return counts.common_records(self.institution_id, day)

    def compare(self, rows: Sequence[RegisterRow], seen: set[int]) -> tuple[Tally, set[str]]:
        """See Target; local numbers of erased records."""
        return register.compare_register(institution_id=self.institution_id, rows=rows, seen=seen)

    def prepare(
        self, rows: Sequence[RegisterRow], *, generation: int, as_of: date, now: datetime, seen: set[int]
    ) -> Batch:
        """See Target."""
        return register.prepare_rows(
            institution_id=self.institution_id,
            generation=generation,
            rows=rows,
            as_of=as_of,
            now=now,
            seen=seen,
        )

    def keep(self, local_ids: Sequence[str], seen: set[int]) -> None:
        """See Target."""
        register.mark_seen(institution_id=self.institution_id, local_ids=local_ids, seen=seen)

    def vanished(self, generation: int, seen: set[int]) -> list[int]:
        """See Target."""
        return register.vanished_versions(
            institution_id=self.institution_id, generation=generation, seen=seen
        )

    def stage_vanished(self, generation: int, ids: Sequence[int]) -> None:
        """See Target."""
        register.stage_vanished(generation=generation, versions=ids)

    def count_vanished(self, generation: int) -> int:
        """See Target."""
        return register.count_vanished(institution_id=self.institution_id, generation=generation)

    def drop(self, generation: int) -> int:
        """See Target."""
        return register.drop_staged_register(institution_id=self.institution_id, generation=generation)


class FactsTarget(Target):
    """Facts about people in the register."""

    repeated = RowProblem.REPEATED_FACT
    unknown = RowProblem.UNKNOWN_RECORD

    def identity(self, row: FactRow) -> str:
        """The whole row: a fact is there or not."""
        return facts.text_of(row)

    def held(self) -> int:
        """Facts in force."""
        return facts.count_open_facts(institution_id=self.institution_id)

    def common(self, day: date) -> set[int]:  # noqa: ARG002 as in Target
        """None: facts may go while the person stays."""
        return set()

    def compare(self, rows: Sequence[FactRow], seen: set[int]) -> tuple[Tally, set[str]]:
        """See Target; local numbers that no published register holds."""
        return facts.compare_facts(institution_id=self.institution_id, rows=rows, seen=seen)

    def prepare(
        self,
        rows: Sequence[FactRow],
        *,
        generation: int,
        as_of: date,
        now: datetime,  # noqa: ARG002 facts carry no instant of their own
        seen: set[int],
    ) -> Batch:
        """See Target."""
        return facts.prepare_facts(
            institution_id=self.institution_id, generation=generation, rows=rows, as_of=as_of, seen=seen
        )

    def keep(self, local_ids: Sequence[str], seen: set[int]) -> None:
        """See Target."""
        facts.mark_facts_seen(institution_id=self.institution_id, local_ids=local_ids, seen=seen)

    def vanished(self, generation: int, seen: set[int]) -> list[int]:
        """See Target."""
        return facts.vanished_facts(institution_id=self.institution_id, generation=generation, seen=seen)

    def stage_vanished(self, generation: int, ids: Sequence[int]) -> None:
        """See Target."""
        facts.stage_vanished_facts(generation=generation, facts=ids)

    def count_vanished(self, generation: int) -> int:
        """See Target."""
        return facts.count_vanished_facts(institution_id=self.institution_id, generation=generation)

    def drop(self, generation: int) -> int:
        """See Target."""
        return facts.drop_staged_facts(institution_id=self.institution_id, generation=generation)


def target_for(kind: RegisterKind, institution_id: int) -> Target:
    """Where rows of this kind of file go."""
    return (RegisterTarget if kind is RegisterKind.REGISTER else FactsTarget)(institution_id)
