"""Code lists with their names in the language of the page, for screens that let people choose."""

from spoiwo.clients.models import DOCUMENT_CHOICES, FACT_KIND_CHOICES, STATUS_CHOICES


def status_names() -> dict[str, str]:
    """Status code -> name."""
    return {code.value: str(name) for code, name in STATUS_CHOICES}


def document_names() -> dict[str, str]:
    """Code of a kind of document -> name."""
    return {code.value: str(name) for code, name in DOCUMENT_CHOICES}


def fact_kind_names() -> dict[str, str]:
    """Code of a kind of fact -> name."""
    return {code.value: str(name) for code, name in FACT_KIND_CHOICES}
