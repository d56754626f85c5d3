"""The door for programs of offices: no session, no form, a signature instead."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from spoiwo.discovery import messages
from spoiwo.discovery.errors import BadSignature, DiscoveryError, TooLate, UnknownKey, Unreadable, WrongCode
from spoiwo.discovery.rules import requests
from spoiwo.discovery.rules.requests import Asked, Step
from spoiwo.discovery.services import answering, connecting
from spoiwo.toolkit.doors import everyone, open_to

_LONGEST_CODE = 100
_FORBIDDEN = (BadSignature, TooLate, UnknownKey, WrongCode)


@csrf_exempt  # nothing here believes a cookie
@never_cache
@require_POST
@open_to(everyone)
def ask(request: HttpRequest) -> HttpResponse:
    """Answer a signed request of a connector, or say in a sentence why not."""
    now = timezone.now()
    try:
        asked = _head(request)
        if asked.step is Step.CONNECT:
            connecting.connect(asked, request.read(_LONGEST_CODE), now)
            return HttpResponse(b"", content_type="application/octet-stream")
        with connecting.asking(asked, now) as by:
            body = request.read(settings.SPOIWO_UPLOAD_BYTES)
            requests.check_body(asked, body)
            made = answering.answer(asked, body, by=by)
        return HttpResponse(made, content_type="application/octet-stream")
    except DiscoveryError as error:
        with translation.override(_language(request)):
            text = messages.message_for(error)
        status = HTTPStatus.FORBIDDEN if isinstance(error, _FORBIDDEN) else HTTPStatus.UNPROCESSABLE_ENTITY
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)


def _head(request: HttpRequest) -> Asked:
    """The first two lines; the rest is read once it is known who asks."""
    line = request.readline(requests.LONGEST_LINE)
    signature = request.readline(requests.LONGEST_LINE)
    if not line.endswith(b"\n") or not signature.endswith(b"\n"):
        raise Unreadable
    return requests.read_head(line[:-1], signature[:-1])


def _language(request: HttpRequest) -> str:
    told = request.headers.get("Accept-Language", "")
    return told if told in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
