"""Every sentence has its Polish text, and the catalogue holds no other."""

from tools import catalogue


def test_the_catalogue_keeps_up_with_the_sources(capsys):
    outcome = catalogue.check()

    assert (outcome, capsys.readouterr().out) == (0, "")
