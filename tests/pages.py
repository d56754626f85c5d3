"""Comparing pages: what differs between any two answers is taken out."""

import re

from django.http import HttpResponse

TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]+')


def seen(response: HttpResponse) -> str:
    """The page as its reader sees it: without tokens of forms and without the address that was asked for."""
    page = TOKEN.sub(r"\1", response.content.decode())
    return page.replace(response.request["PATH_INFO"], "/address/")  # type: ignore[attr-defined]
