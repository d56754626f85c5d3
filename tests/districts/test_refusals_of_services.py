"""What services refuse whoever asks, whatever the screens offer."""

from datetime import date
from uuid import uuid4

import pytest

from spoiwo.districts.errors import NoSuchRow, NotAColleague, NotYours, OwnSubstitute
from spoiwo.districts.services import drawing, importing, substitutes
from spoiwo.districts.types import RangeDetails
from spoiwo.institutions.types import Role
from spoiwo.toolkit.context import acting_for
from tests.makers import districts as made
from tests.makers import institutions

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_districts_are_drawn_by_their_keepers_only():
    office = made.office()
    keeper, stranger = made.keeper(office), made.keeper(made.office())
    worker = institutions.acting(made.worker(office))
    row = made.district(keeper, "1")
    ground = made.ground(keeper, row)
    details = RangeDetails(teryt=made.GORZOW, valid_from=DAY)

    with acting_for(office.pk):
        with pytest.raises(NotYours):
            drawing.add_district(code="2", name="B", by=worker)
        with pytest.raises(NotYours):
            importing.import_districts([], file_name="a.csv", today=DAY, by=worker)
        assert importing.refused_rows(uuid4(), by=worker) is None
        with pytest.raises(NotYours):
            drawing.name_worker(row.uuid, name="Ewa", since=DAY, by=worker)
        for by in (worker, stranger):
            with pytest.raises(NoSuchRow):
                drawing.add_range(row.uuid, details, by=by)
            with pytest.raises(NoSuchRow):
                drawing.end_range(ground.pk, last_day=DAY, by=by)
        with pytest.raises(NoSuchRow):
            drawing.name_worker(uuid4(), name="Ewa", since=DAY, by=keeper)
        with pytest.raises(NoSuchRow):
            drawing.accept_district(uuid4(), on=DAY, by=keeper)
        with pytest.raises(NoSuchRow):
            drawing.end_range(999_999, last_day=DAY, by=keeper)
        with pytest.raises(NotAColleague):
            drawing.name_worker(row.uuid, user_id=stranger.user_id, since=DAY, by=keeper)


def test_a_worker_is_followed_by_another_without_a_day_of_both():
    office = made.office()
    keeper = made.keeper(office)
    anna, jan = made.worker(office, "Anna Klon"), made.worker(office, "Jan Buk")
    row = made.district(keeper, "1", anna)

    with acting_for(office.pk):
        same = drawing.name_worker(row.uuid, user_id=anna.user_id, since=DAY, by=keeper)
        next_ = drawing.name_worker(row.uuid, user_id=jan.user_id, since=DAY, by=keeper)
        corrected = drawing.name_worker(row.uuid, name="Ewa", since=DAY, by=keeper)

    same.refresh_from_db()
    assert (same.valid_from, same.valid_to) == (made.SINCE, date(2026, 3, 1))
    assert (corrected.pk, corrected.worker_name, corrected.user_id) == (next_.pk, "Ewa", None)


def test_a_new_partner_has_to_agree_anew():
    office, first, second = (made.office() for _ in range(3))
    keeper = made.keeper(office)
    row = made.district(keeper, "1", partner_id=first.pk)
    with acting_for(first.pk):
        drawing.accept_district(row.uuid, on=DAY, by=made.keeper(first))
        again = drawing.accept_district(row.uuid, on=date(2026, 4, 1), by=made.keeper(first))
    assert again.partner_accepted_on == DAY

    with acting_for(office.pk):
        same = drawing.change_district(row.uuid, values={"partner_id": first.pk}, version=1, by=keeper)
        assert same.partner_accepted_on == DAY
        changed = drawing.change_district(row.uuid, values={"partner_id": second.pk}, version=2, by=keeper)

    assert changed.partner_accepted_on is None


def test_nobody_stands_in_for_themselves_or_from_elsewhere():
    office = made.office()
    anna = institutions.acting(made.worker(office))
    stranger = made.worker(made.office(), "", Role.CASE_WORKER)

    for substitute, refusal in ((anna.user_id, OwnSubstitute), (stranger.user_id, NotAColleague)):
        with acting_for(office.pk), pytest.raises(refusal):
            substitutes.name_substitute(substitute_id=substitute, starts_on=DAY, ends_on=DAY, by=anna)
