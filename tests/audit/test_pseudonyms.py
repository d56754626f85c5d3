"""People stand in the log under random names that stay the same."""

import pytest

from spoiwo.audit.models import AuditPseudonym
from spoiwo.audit.services import pseudonyms_of

pytestmark = pytest.mark.django_db


def test_whoever_is_known_keeps_the_pseudonym():
    first = pseudonyms_of("user", ["7"])

    again = pseudonyms_of("user", ["7", "7"])

    assert again == first
    assert AuditPseudonym.objects.count() == 1


def test_an_account_and_a_person_of_one_number_are_two():
    assert pseudonyms_of("user", ["7"])["7"] != pseudonyms_of("person", ["7"])["7"]
