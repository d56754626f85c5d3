"""spoiwo keys rotate."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import PLATFORM, Action, Entry
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused
from spoiwo.cli.types import Answer, Text
from spoiwo.kernel.sealing import CannotUnseal
from spoiwo.toolkit.keys import key_ring

COLUMN = "wrapped_key"
BATCH = 500


def run(_options: Namespace, console: Console) -> Answer:
    """Wrap every data key under the newest master key.

    Each batch is a transaction of its own; what is done already is left alone, so that an interrupted
    rotation is simply run again. Raises Refused when a key was wrapped by a master key that is missing.
    """
    counts = {model._meta.label: _rotate(model, console) for model in holders()}
    rotated = sum(counts.values())
    if rotated:
        audit.append(
            Entry(institution_id=PLATFORM, action=Action.OTHER, object_ref="keys:rotated", count=rotated)
        )
    text = Text(
        f"{rotated} data keys moved under the newest master key. The older master keys are needed no longer, "
        "except for backups made before.",
        f"Przeniesiono klucze danych pod najnowszy klucz główny: {rotated}. Starsze klucze główne są już "
        "potrzebne tylko do wcześniejszych kopii.",
    )
    return Answer({"rotated": rotated, "by_table": counts}, [console.pick(text)])


def holders() -> list[type[models.Model]]:
    """All models that keep wrapped data keys, whichever context they belong to."""
    return [model for model in apps.get_models() if _has_keys(model)]


def _has_keys(model: type[models.Model]) -> bool:
    try:
        model._meta.get_field(COLUMN)
    except FieldDoesNotExist:
        return False
    return True


def _rotate(model: type[models.Model], console: Console) -> int:
    done = 0
    for batch in _batches(model):
        with transaction.atomic():
            done += sum(_rewrap(model, pk, wrapped) for pk, wrapped in batch)
        console.say(f"{model._meta.label}: {done}", f"{model._meta.label}: {done}")
    return done


def _batches(model: type[models.Model]) -> Iterator[list[tuple[Any, bytes]]]:
    rows = model._meta.base_manager.order_by("pk").values_list("pk", COLUMN)
    last = None
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:BATCH]):
        last = batch[-1][0]
        yield [(pk, bytes(wrapped)) for pk, wrapped in batch if wrapped]


def _rewrap(model: type[models.Model], pk: Any, wrapped: bytes) -> int:
    """One row; changed only while it still holds what was read, since an erasure may have come between."""
    try:
        fresh = key_ring().rewrap(wrapped)
    except CannotUnseal as error:
        raise Refused(
            f"{model._meta.label} {pk}: its master key is not among SPOIWO_MASTER_KEYS. Add it after the newest.",
            f"{model._meta.label} {pk}: jego klucza głównego nie ma w SPOIWO_MASTER_KEYS. Dopisz go po najnowszym.",
        ) from error
    if fresh == wrapped:
        return 0
    return model._meta.base_manager.filter(pk=pk, **{COLUMN: wrapped}).update(**{COLUMN: fresh})
