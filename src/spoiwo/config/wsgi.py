"""Entry point of the production server."""

import os

from spoiwo.config.start import checked_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spoiwo.config.settings")
application = checked_application()
