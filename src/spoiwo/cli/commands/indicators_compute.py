"""spoiwo indicators compute."""

from argparse import Namespace

from spoiwo.cli.commands.indicators_words import card_text, file_text
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused, Unusable
from spoiwo.cli.types import Answer, Text
from spoiwo.engines.indicators.cards import CardUnusable, read_cards
from spoiwo.engines.indicators.computing import Computed, compute_file
from spoiwo.engines.indicators.disclosure.solving import TooEntangled
from spoiwo.engines.indicators.duck import DuckIndicators
from spoiwo.engines.indicators.files import FileUnusable, ResultUnwritable, TooLarge
from spoiwo.engines.indicators.releasing import Policy
from spoiwo.engines.indicators.spark import SparkAbsent, SparkIndicators


def run(options: Namespace, console: Console) -> Answer:
    """Compute the cards and write the figures; exit code 2 for files and cards that cannot be used."""
    store = DuckIndicators(threads=options.threads)
    try:
        cards = read_cards(options.cards)
        engine = store if options.engine == "duckdb" else SparkIndicators(threads=options.threads)
        done = compute_file(
            engine,
            cards,
            options.observations,
            options.frame,
            options.out,
            policy=Policy(options.policy),
            store=store,
        )
    except CardUnusable as error:
        text = card_text(error)
        raise Unusable(text.english, text.polish) from None
    except FileUnusable as error:
        text = file_text(error)
        raise Unusable(text.english, text.polish) from None
    except TooLarge:
        raise Refused(
            "The observations do not fit into the memory allowed; compute fewer cards at once.",
            "Obserwacje nie mieszczą się w dozwolonej pamięci; przelicz mniej kart naraz.",
        ) from None
    except TooEntangled:
        raise Refused(
            "Too many figures hang together to make sure that none gives another away; break them down less.",
            "Zbyt wiele wartości zależy od siebie, żeby zapewnić, że jedna nie zdradzi drugiej; podziel je mniej.",
        ) from None
    except ResultUnwritable:
        raise Refused(f"Cannot write {options.out}.", f"Nie można zapisać {options.out}.") from None
    except SparkAbsent:
        raise Refused(
            "Spark cannot be started; install spoiwo[spark] and Java.",
            "Nie można uruchomić Sparka; zainstaluj spoiwo[spark] i Javę.",
        ) from None
    _warn(done, console)
    return _answer(done, len(cards), options, console)


def _warn(done: Computed, console: Console) -> None:
    if done.unknown_measures:
        codes = ", ".join(done.unknown_measures)
        console.say(
            f"The file holds no observations of: {codes}.", f"Plik nie zawiera obserwacji miar: {codes}."
        )
    for code in done.unpaired:
        console.say(
            f"{code}: no unit answers both sides. If the denominator comes from another source, set pair = false.",
            f"{code}: żadna jednostka nie podaje obu stron. Jeżeli mianownik pochodzi z innego źródła, ustaw "
            "pair = false.",
        )


def _answer(done: Computed, cards: int, options: Namespace, console: Console) -> Answer:
    data = {
        "engine": options.engine,
        "policy": options.policy,
        "cards": cards,
        "rows": done.rows,
        "by_status": done.by_status,
        "unknown_measures": list(done.unknown_measures),
        "unpaired": list(done.unpaired),
        "out": str(options.out),
    }
    counted = ", ".join(f"{status} {count}" for status, count in done.by_status.items()) or "0"
    line = Text(
        f"Cards: {cards}, figures: {done.rows} ({counted}); written to {options.out}.",
        f"Karty: {cards}, wartości: {done.rows} ({counted}); zapisano w {options.out}.",
    )
    return Answer(data, [console.pick(line)])
