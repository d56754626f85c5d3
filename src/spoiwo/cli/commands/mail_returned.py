"""spoiwo mail returned."""

import mailbox
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused
from spoiwo.cli.types import Answer
from spoiwo.partnership import services


def run(options: Namespace, _console: Console) -> Answer:
    """Note letters that came back; the rest of the mailbox is left alone."""
    if options.maildir and not Path(options.maildir).is_dir():
        raise Refused(f"{options.maildir} is no folder.", f"{options.maildir} nie jest folderem.")
    messages = _unread(Path(options.maildir)) if options.maildir else iter([sys.stdin.buffer.read()])
    found = Counter(services.take_returned(raw, at=timezone.now()) for raw in messages)
    data = {"bounced": found["bounced"], "waits": found["waits"], "foreign": found["foreign"]}
    return Answer(data, [f"{key}: {value}" for key, value in data.items()])


def _unread(folder: Path) -> Iterator[bytes]:
    """New messages of a Maildir; each counts as seen once it was read."""
    box = mailbox.Maildir(str(folder), create=False)
    for key in sorted(box.keys()):
        message = box.get_message(key)
        if message.get_subdir() != "new":
            continue
        yield box.get_bytes(key)
        message.set_subdir("cur")
        message.add_flag("S")
        box[key] = message
