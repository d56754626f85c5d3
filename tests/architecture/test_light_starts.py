"""Heavy libraries are paid for by those who use them only."""

import json
import os
import subprocess
import sys

HEAVY = {"openpyxl", "xlsxwriter", "duckdb", "splink", "pandas", "numpy", "weasyprint", "docxtpl", "pyspark"}
ASK_FOR_HEALTH = """
import django
django.setup()
from django.test import Client
assert Client().get("/healthz", headers={"host": "localhost"}).status_code == 200
"""
ASK_FOR_HELP = """
import sys
from spoiwo.cli.main import main
try:
    main(["--help"])
except SystemExit:
    pass
"""
TELL = """
import json, sys
print("\\n" + json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def loaded_after(code: str) -> set[str]:
    """Names of the top-level modules that a fresh process has loaded after running the code."""
    done = subprocess.run(
        [sys.executable, "-c", code + TELL],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_health_check_loads_nothing_heavy():
    loaded = loaded_after(ASK_FOR_HEALTH)

    assert loaded & HEAVY == set()
    assert "django" in loaded


def test_help_loads_not_even_django():
    loaded = loaded_after(ASK_FOR_HELP)

    assert loaded & (HEAVY | {"django"}) == set()
    assert "spoiwo" in loaded
