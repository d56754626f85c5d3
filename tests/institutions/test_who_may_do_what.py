import pytest

from spoiwo.institutions import policies
from spoiwo.institutions.types import COMMAND_LINE, Role
from spoiwo.kernel.actor import Actor

HERE, ELSEWHERE = 7, 8
OPERATOR = Actor(user_id=3, institution_id=0, is_operator=True)


def at(institution_id, *roles):
    return Actor(user_id=1, institution_id=institution_id, roles=frozenset(roles))


@pytest.mark.parametrize(
    ("actor", "runs", "edits", "manages", "appoints", "authorises", "reads"),
    [
        pytest.param(None, 0, 0, 0, None, None, 0, id="signed out"),
        pytest.param(at(HERE), 0, 0, 0, 0, 0, 0, id="without a role"),
        pytest.param(at(HERE, Role.CASE_WORKER), 0, 0, 0, 0, 0, 0, id="case worker"),
        pytest.param(at(HERE, Role.REGISTRAR), 0, 0, 0, 0, 0, 0, id="registrar"),
        pytest.param(at(HERE, Role.REVIEWER), 0, 0, 0, 0, 0, 0, id="reviewer"),
        pytest.param(at(HERE, Role.DIRECTOR), 0, 0, 0, 0, 0, 0, id="director"),
        pytest.param(at(HERE, Role.SUPERVISOR), 0, 0, 0, 0, 0, 1, id="supervisor"),
        pytest.param(at(HERE, Role.IOD), 0, 0, 0, 0, 0, 1, id="data protection officer"),
        pytest.param(at(HERE, Role.LOCAL_ADMIN), 0, 1, 1, 1, 1, 1, id="own administrator"),
        pytest.param(at(ELSEWHERE, *Role), 0, 0, 0, 0, 0, 0, id="everything elsewhere"),
        pytest.param(OPERATOR, 1, 1, 0, 1, 0, 0, id="operator"),
        pytest.param(COMMAND_LINE, 1, 1, 0, 1, 1, 0, id="command line"),
    ],
)
def test_each_may_do_their_part(actor, runs, edits, manages, appoints, authorises, reads):
    assert policies.may_run_directory(actor) == bool(runs)
    assert policies.may_edit_institution(actor, HERE) == bool(edits)
    assert policies.may_manage_staff(actor, HERE) == bool(manages)
    assert policies.may_read_authorisations(actor, HERE) == bool(reads)
    if actor is not None:
        assert policies.may_authorise(actor, HERE, [Role.LOCAL_ADMIN]) == bool(appoints)
        assert policies.may_authorise(actor, HERE, [Role.CASE_WORKER]) == bool(authorises)
