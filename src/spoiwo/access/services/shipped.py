"""Legal bases and purposes that come with the product: examples awaiting a lawyer."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction

from spoiwo.access.models import LegalBasis, Purpose

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "legal_bases.json"


@transaction.atomic
def load_shipped_bases() -> int:
    """Add the shipped legal bases and purposes that are not there yet; how many were added.

    What is there stays as it is, since a lawyer may have corrected it.
    """
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    added = 0
    for row in shipped["purposes"]:
        added += Purpose.objects.get_or_create(code=row["code"], defaults=row)[1]
    for row in shipped["legal_bases"]:
        values = {
            **row,
            "valid_from": date.fromisoformat(row["valid_from"]),
            "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        }
        added += LegalBasis.objects.get_or_create(code=row["code"], version=row["version"], defaults=values)[
            1
        ]
    return added
