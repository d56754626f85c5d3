"""Settings for tests: those of the product, with keys and a data folder of their own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data = tempfile.mkdtemp(prefix="spoiwo-tests-")
(Path(_data) / "static").mkdir()  # whitenoise warns without it
atexit.register(shutil.rmtree, _data, ignore_errors=True)
for _name in [
    name for name in os.environ if name.startswith("SPOIWO_") and name != "SPOIWO_TEST_DATABASE_URL"
]:
    del os.environ[_name]
os.environ["SPOIWO_DATA_DIR"] = _data
os.environ["SPOIWO_SECRET_KEY"] = "tests-only-" + "k" * 50
os.environ["SPOIWO_MASTER_KEYS"] = "bWFzdGVyLWtleS1mb3ItdGVzdHMtb25seS0zMi1ieXQ="
os.environ["SPOIWO_SEAL_KEY"] = "c2VhbC1rZXktZm9yLXRlc3RzLW9ubHktMzItYnl0ZXM="
os.environ["SPOIWO_INDEX_KEY"] = "aW5kZXgta2V5LWZvci10ZXN0cy1vbmx5LTMyLWJ5dGU="
os.environ["SPOIWO_DATABASE_URL"] = os.environ.get("SPOIWO_TEST_DATABASE_URL", "")

from spoiwo.config.settings import *  # noqa: E402, F403

SPOIWO_TEST_OWNER = DATABASES["default"].get("USER", "")  # noqa: F405
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    SPOIWO_SCOPE_ROLE = "spoiwo_app"
else:
    # A file, with the options of production: in memory all threads would share one connection.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_data) / "tests.sqlite3")}  # noqa: F405

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
