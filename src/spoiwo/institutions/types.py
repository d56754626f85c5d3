"""Stable codes of institutions and of what people may be authorised to."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an institution is; one institution may be several things at once."""

    PUP = "PUP"
    OPS = "OPS"
    CUS = "CUS"
    PCPR = "PCPR"
    WUP = "WUP"
    ROPS = "ROPS"
    OWES = "OWES"
    KIS = "KIS"
    CIS = "CIS"
    ZAZ = "ZAZ"
    WTZ = "WTZ"
    SOCIAL_COOPERATIVE = "SOCIAL_COOPERATIVE"
    SOCIAL_COMPANY = "SOCIAL_COMPANY"
    ASSOCIATION = "ASSOCIATION"
    FOUNDATION = "FOUNDATION"
    OTHER_PES = "OTHER_PES"
    JST = "JST"
    OHP = "OHP"
    NGO = "NGO"
    SCHOOL = "SCHOOL"
    BUSINESS = "BUSINESS"
    OTHER = "OTHER"


class Role(StrEnum):
    """What a person is authorised to do at an institution; the codes never change."""

    CASE_WORKER = "case_worker"  # works with people: sees common clients, opens a client's page
    REGISTRAR = "registrar"  # brings the institution's register extracts in
    REVIEWER = "reviewer"  # decides proposals that two records are one person
    SUPERVISOR = "supervisor"  # sees who looked at whom, totals of imports and links
    DIRECTOR = "director"  # agreements and totals, no single person's data
    LOCAL_ADMIN = "local_admin"  # invites, suspends and re-roles the institution's own staff
    IOD = "iod"  # data protection officer: registers of processing, access log


@dataclass(frozen=True, slots=True)
class Badge:
    """How an institution is marked beside its data: short name, and the kind (first of several) that colours it."""

    id: int
    code: str
    name: str
    kind: str
