"""Subcommands about mail; part of the table of all subcommands."""

from spoiwo.cli.types import Argument, Command, Needs, Text

MAIL = (
    Command(
        words=("mail", "returned"),
        module="spoiwo.cli.commands.mail_returned",
        needs=Needs.DATABASE,
        summary=Text(
            "Note letters that came back to the mailbox they are sent from",
            "Odnotuj listy, które wróciły do skrzynki nadawczej",
        ),
        details=Text(
            "Reads one message on standard input, as mail servers hand it over, or all new ones of a Maildir.\n"
            "A delivery whose letter came back for good is no longer called sent.",
            "Czyta jedną wiadomość ze standardowego wejścia, tak jak podają ją serwery poczty, albo wszystkie nowe\n"
            "z folderu Maildir. Dostarczenie, którego list wrócił na dobre, nie jest już nazywane wysłanym.",
        ),
        arguments=(
            Argument(
                ("--maildir",),
                Text("folder of the mailbox", "folder skrzynki"),
                {"metavar": "FOLDER", "default": ""},
            ),
        ),
    ),
)
