"""Code lists: what offices write in coded columns, folded, and what it is in the standard."""

from collections.abc import Mapping
from types import MappingProxyType

from spoiwo.access.types import Category
from spoiwo.clients.types import DocumentKind, FactKind, Status
from spoiwo.exchange.types import Content
from spoiwo.kernel.text import fold

_ISO_3166 = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS "
    "BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE "
    "EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM "
    "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC "
    "LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW "
    "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO "
    "TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_ISO_3166.split(" "))
_SEXES: dict[str, tuple[str, ...]] = {
    "K": ("k", "kobieta", "zenska", "f", "female", "woman"),
    "M": ("m", "mezczyzna", "meska", "male", "man"),
}
_COUNTRY_WORDS = {
    "PL": ("polska", "polskie", "pol", "rp", "rzeczpospolita polska"),
    "UA": ("ukraina", "ukrainskie"),
    "BY": ("bialorus", "bialoruskie"),
    "GE": ("gruzja", "gruzinskie"),
    "VN": ("wietnam", "wietnamskie"),
    "RU": ("rosja", "rosyjskie"),
    "DE": ("niemcy", "niemieckie"),
    "MD": ("moldawia", "moldawskie"),
    "AM": ("armenia", "ormianskie", "armenskie"),
    "IN": ("indie", "indyjskie"),
    "CO": ("kolumbia", "kolumbijskie"),
    "PH": ("filipiny", "filipinskie"),
    "TR": ("turcja", "tureckie"),
    "UZ": ("uzbekistan", "uzbeckie"),
    "KZ": ("kazachstan", "kazachskie"),
    "LT": ("litwa", "litewskie"),
    "CZ": ("czechy", "czeskie"),
    "SK": ("slowacja", "slowackie"),
    "GB": ("wielka brytania", "brytyjskie"),
}
_DOCUMENTS: dict[str, tuple[str, ...]] = {
    DocumentKind.ID: ("dowod osobisty", "dowod", "do"),
    DocumentKind.PASSPORT: ("paszport",),
    DocumentKind.RESIDENCE: ("karta pobytu",),
    DocumentKind.OTHER: ("inny", "inny dokument"),
}
_STATUSES: dict[str, tuple[str, ...]] = {
    Status.UNEMPLOYED_WITH_BENEFIT: ("bezrobotny z prawem do zasilku", "bezrobotna z prawem do zasilku"),
    Status.UNEMPLOYED_WITHOUT_BENEFIT: ("bezrobotny bez prawa do zasilku", "bezrobotna bez prawa do zasilku"),
    Status.JOBSEEKER: ("poszukujacy pracy", "poszukujaca pracy"),
    Status.INACTIVE: ("bierny zawodowo", "bierna zawodowo"),
    Status.LONG_TERM_BENEFIT: ("zasilek staly",),
    Status.TEMPORARY_BENEFIT: ("zasilek okresowy",),
    Status.TARGETED_BENEFIT: ("zasilek celowy",),
    Status.FAMILY_ASSISTANT: ("asystent rodziny",),
    Status.SOCIAL_WORK: ("praca socjalna",),
    Status.FOSTER_CARE: ("piecza zastepcza", "rodzina zastepcza"),
    Status.NO_LONGER_SERVED: ("pomoc zakonczona", "wyrejestrowany", "wyrejestrowana", "nieobslugiwany"),
    Status.OTHER: ("inny", "inna"),
}


def _folded(codes: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    own = {fold(code): str(code) for code in codes}
    return own | {fold(word): str(code) for code, spellings in codes.items() for word in spellings}


BUILT_IN: Mapping[Content, Mapping[str, str]] = MappingProxyType(
    {
        Content.SEX: _folded(_SEXES),
        Content.COUNTRY: _folded(dict.fromkeys(COUNTRIES, ())) | _folded(_COUNTRY_WORDS),
        Content.DOCUMENT_KIND: _folded(_DOCUMENTS),
        Content.STATUS: _folded(_STATUSES),
        Content.CATEGORY: _folded({code.value: () for code in Category}),
        Content.FACT_KIND: _folded({code.value: () for code in FactKind}),
    }
)


def standard_codes(content: Content) -> tuple[str, ...]:
    """The codes a coded column may hold, in the order of the code list."""
    return tuple(dict.fromkeys(BUILT_IN[content].values()))
