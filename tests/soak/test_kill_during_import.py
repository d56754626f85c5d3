"""200 rounds of kill -9 during an import leave no half state and no broken chain (a seeded tenth of them here)."""

import json
import subprocess
import sys

import pytest

from tests.rounds import rounds

FULL = 200


@pytest.mark.soak
@pytest.mark.slow
def test_a_killed_import_leaves_the_old_register_or_the_new_one():
    wanted = rounds(FULL)

    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.kill_during_import", "--rounds", str(wanted), "--seed", "1"],
        capture_output=True,
        text=True,
        check=False,
    )

    report = json.loads(done.stdout.splitlines()[-1])
    assert report["rounds"] == wanted
    assert (report["half_states"], report["broken_chains"], report["left_behind"]) == (0, 0, 0)
    assert report["killed"] > 0
    assert done.returncode == 0
