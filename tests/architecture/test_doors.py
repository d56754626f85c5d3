"""Every view says who may open it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from spoiwo.toolkit.doors import everyone, open_to


def views(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        else:
            assert isinstance(pattern, URLPattern)
            yield address, pattern.callback


def silent(patterns: list[Any]) -> list[str]:
    return [address for address, view in views(patterns) if not callable(getattr(view, "access_rule", None))]


def test_no_view_is_silent_about_access():
    assert silent(get_resolver().url_patterns) == []


def test_a_view_without_a_rule_would_be_noticed():
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    guarded = open_to(everyone)(page)

    assert silent([path("closed/", guarded), path("open/", page)]) == ["open/"]
