"""spoiwo mail returned."""

import mailbox
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from spoiwo.cli.console import Console
from spoiwo.cli.errors import Unusable
from spoiwo.cli.types import Answer, Text
from spoiwo.partnership import services


def run(options: Namespace, console: Console) -> Answer:
    """Note letters that came back; the rest of the mailbox is left alone."""
    if options.maildir and not Path(options.maildir).is_dir():
        raise Unusable(f"{options.maildir} is no folder.", f"{options.maildir} nie jest folderem.")
    messages = _unread(Path(options.maildir)) if options.maildir else iter([sys.stdin.buffer.read()])
    found = Counter(services.take_returned(raw, at=timezone.now()) for raw in messages)
    data = {"bounced": found["bounced"], "waits": found["waits"], "foreign": found["foreign"]}
    text = Text(
        f"Came back for good: {data['bounced']}, still under way: {data['waits']}, other messages: {data['foreign']}.",
        f"Wróciły na dobre: {data['bounced']}, wciąż w drodze: {data['waits']}, inne wiadomości: {data['foreign']}.",
    )
    return Answer(data, [console.pick(text)])


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
