"""Settings for measuring: those of the product, with keys, data folder and database given by the run."""

import os

os.environ.setdefault("SPOIWO_SECRET_KEY", "benchmarks-only-" + "k" * 50)
os.environ.setdefault("SPOIWO_MASTER_KEYS", "bWFzdGVyLWtleS1mb3ItdGVzdHMtb25seS0zMi1ieXQ=")
os.environ.setdefault("SPOIWO_SEAL_KEY", "c2VhbC1rZXktZm9yLXRlc3RzLW9ubHktMzItYnl0ZXM=")
os.environ.setdefault("SPOIWO_INDEX_KEY", "aW5kZXgta2V5LWZvci10ZXN0cy1vbmx5LTMyLWJ5dGU=")
os.environ.setdefault("SPOIWO_LOG_LEVEL", "ERROR")

from spoiwo.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
