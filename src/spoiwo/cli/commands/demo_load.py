"""spoiwo demo load."""

from argparse import Namespace
from dataclasses import asdict

from django.conf import settings

from spoiwo.cli.console import Console
from spoiwo.cli.demo import region
from spoiwo.cli.errors import Refused
from spoiwo.cli.static_files import collect_when_stale
from spoiwo.cli.types import Answer


def run(_options: Namespace, console: Console) -> Answer:
    """Load what is missing of the demonstration region. Raises Refused outside the demo profile."""
    if not settings.SPOIWO_DEMO:
        raise Refused(
            "The demonstration region belongs in the demo profile only (SPOIWO_PROFILE=demo).",
            "Region pokazowy wczytuje się tylko w profilu demo (SPOIWO_PROFILE=demo).",
        )
    collect_when_stale()  # the looks of the demonstration render pages
    loaded = region.load(console)
    return Answer(asdict(loaded), region.greeting(console))
