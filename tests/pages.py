"""Comparing pages: what differs between any two answers is taken out."""

import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]+')


def without_random_signs(page: str, *, keep: Collection[UUID]) -> str:
    """The page without tokens and public ids, in which any two signs may stand side by side; `keep` stays."""
    kept = {str(uuid) for uuid in keep}
    return ID.sub(lambda found: found[0] if found[0] in kept else "", TOKEN.sub(r"\1", page))


def seen(response: Any) -> str:
    """The page as its reader sees it: without tokens of forms and without the address that was asked for."""
    page: str = TOKEN.sub(r"\1", response.content.decode())
    return page.replace(response.request["PATH_INFO"], "/address/")
