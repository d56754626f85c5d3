"""Messages between institutions are not for clients' data."""

import re

from spoiwo.kernel import pesel
from spoiwo.partnership.errors import LooksLikeClientData

_ELEVEN = re.compile(r"(?<!\d)\d(?:[ -]?\d){10}(?!\d)")


def numbers_like_pesel(text: str) -> int:
    """How many runs of eleven digits in the text could be PESEL numbers, also when typed with spaces or hyphens."""
    return sum(_could_be(found.group()) for found in _ELEVEN.finditer(text))


def check_no_client_data(*texts: str, is_sure: bool) -> None:
    """Refuse texts that seem to hold a client's number unless the writer is sure that they do not."""
    if not is_sure and any(numbers_like_pesel(text) for text in texts):
        raise LooksLikeClientData


def _could_be(text: str) -> bool:
    number = pesel.Pesel(re.sub(r"\D", "", text))
    return not pesel.problems(number)
