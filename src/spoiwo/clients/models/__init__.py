"""Source records and their values, facts, the person index, identity decisions, common clients.

A person is an index row that records are linked to; every link and split is a decision that can be undone.
"""

from spoiwo.clients.models.choices import (
    DOCUMENT_CHOICES,
    FACT_KIND_CHOICES,
    RESTRICTION_CHOICES,
    STATUS_CHOICES,
)
from spoiwo.clients.models.common_clients import SEVERAL_WORDS, CommonClient
from spoiwo.clients.models.identity import IdentityDecision, IdentityMove, NeverSame
from spoiwo.clients.models.records import (
    Extract,
    Fact,
    Person,
    RecordVersion,
    RegisterState,
    SourceRecord,
)
from spoiwo.clients.models.restrictions import (
    HiddenPerson,
    HiddenRecord,
    HiddenRecordReader,
    Restriction,
    RestrictionReader,
)
from spoiwo.clients.models.retention import (
    KEPT_CHOICES,
    KEPT_UNTIL_CHOICES,
    Erasure,
    LegalHold,
    RetentionRule,
)

__all__ = [
    "DOCUMENT_CHOICES",
    "FACT_KIND_CHOICES",
    "KEPT_CHOICES",
    "KEPT_UNTIL_CHOICES",
    "RESTRICTION_CHOICES",
    "SEVERAL_WORDS",
    "STATUS_CHOICES",
    "CommonClient",
    "Erasure",
    "Extract",
    "Fact",
    "HiddenPerson",
    "HiddenRecord",
    "HiddenRecordReader",
    "IdentityDecision",
    "IdentityMove",
    "LegalHold",
    "NeverSame",
    "Person",
    "RecordVersion",
    "RegisterState",
    "Restriction",
    "RestrictionReader",
    "RetentionRule",
    "SourceRecord",
]
