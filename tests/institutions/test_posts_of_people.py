from datetime import date

import pytest

from spoiwo.audit.models import AuditRecord
from spoiwo.institutions import queries, services
from spoiwo.institutions.errors import BadDetails, OutOfReach
from spoiwo.institutions.types import NewPost, Role
from tests.makers import institutions as make

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


def add(office, by=make.OPERATOR, **values):
    given = {
        "holder_name": "Jan Wzór",
        "function": "kierownik",
        "valid_from": DAY,
        "is_public": True,
        **values,
    }
    return services.add_post(institution_id=office.pk, post=NewPost(**given), by=by)


def seen(office, actor=None, day=DAY):
    return [post.function for post in queries.posts_of(office, actor, day)]


def test_a_public_post_is_seen_by_everybody_and_is_on_record():
    office = make.institution()

    post = add(office)

    assert seen(office) == ["kierownik"]
    record = AuditRecord.objects.get(institution_id=office.pk)
    assert (record.action, record.object_ref) == ("post_changed", f"post:{post.pk}")


def test_other_posts_are_seen_by_the_own_staff():
    office = make.institution()
    add(office, is_public=False)

    assert seen(office) == []
    assert seen(office, make.acting(make.member(office, Role.CASE_WORKER))) == ["kierownik"]
    assert seen(office, make.acting(make.member(make.institution(), Role.CASE_WORKER))) == []


def test_a_post_ends_after_its_last_day():
    office = make.institution()
    own = make.acting(make.member(office, Role.LOCAL_ADMIN))
    post = add(office, by=own)

    services.end_post(post_id=post.pk, last_day=DAY, by=own)

    assert seen(office) == ["kierownik"]
    assert seen(office, day=date(2024, 6, 4)) == []


def test_a_post_does_not_end_before_it_began():
    post = add(make.institution())

    with pytest.raises(BadDetails):
        services.end_post(post_id=post.pk, last_day=date(2024, 6, 2), by=make.OPERATOR)


def test_only_who_may_change_the_entry_changes_posts():
    office = make.institution()
    post = add(office)
    stranger = make.acting(make.member(make.institution(), Role.LOCAL_ADMIN))

    with pytest.raises(OutOfReach):
        add(office, by=stranger)
    with pytest.raises(OutOfReach):
        services.end_post(post_id=post.pk, last_day=DAY, by=stranger)
    with pytest.raises(OutOfReach):
        services.end_post(post_id=987654, last_day=DAY, by=make.OPERATOR)
    with pytest.raises(OutOfReach):
        services.add_post(
            institution_id=987654,
            post=NewPost(holder_name="Jan Wzór", function="kierownik", valid_from=DAY),
            by=make.OPERATOR,
        )


def test_names_at_work_are_of_the_account_and_of_its_posts():
    office = make.institution()
    member = make.member(office, Role.CASE_WORKER, account=make.user(full_name="Anna Próbna"))
    post = add(office, holder_name="Anna Próbna-Nowa")
    post.user = member.user
    post.save()

    assert queries.names_at_work(member.user_id, office.pk) == {"Anna Próbna", "Anna Próbna-Nowa"}
    assert queries.full_name(member.user_id) == "Anna Próbna"
    assert queries.full_name(987654) == ""
    assert queries.staff_of(office.pk) == {member.user_id: "Anna Próbna"}
