"""Send what waits in the outbox of a test's database, in a process of its own that may be killed at any time.

python -m tests.partnership.sending PORT MINUTES    to the server at the port, MINUTES from now
"""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main(port: int, minutes: int) -> int:
    """Send; answers how many letters were handed over."""
    import django

    django.setup()
    from django.test import override_settings
    from django.utils import timezone

    from spoiwo.partnership import services

    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=port
    ):
        return services.send_waiting(clock=lambda: timezone.now() + timedelta(minutes=minutes))


if __name__ == "__main__":
    sys.stdout.write(f"{main(int(sys.argv[1]), int(sys.argv[2]))}\n")
