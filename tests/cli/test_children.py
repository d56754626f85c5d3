"""Processes of one family: whichever ends by itself is named, and none outlives the end."""

import signal
import sys

from spoiwo.cli.children import Family


def leave() -> None:
    sys.exit(3)


def stay() -> None:
    signal.pause()


def test_the_first_child_that_ends_is_named_while_the_others_go_on() -> None:
    family = Family()
    family.start("web", leave)
    family.start("worker", stay)
    family.start("clock", stay)

    ended = family.wait()

    assert ended == "web"
    assert set(family.members) == {"worker", "clock"}
    family.end()
    assert family.members == {}


def test_who_was_told_to_stop_waits_for_nobody() -> None:
    family = Family(told_to_stop=True)
    family.start("worker", stay)

    ended = family.wait()

    assert ended is None
    family.end()
    assert family.members == {}
