"""What may be wrong with a row, in words, each with what to do about it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from spoiwo.exchange.types import RowProblem, RowWarning

FINDING_SENTENCES: Mapping[RowProblem | RowWarning, tuple[object, object]] = {
    RowProblem.MISSING: (
        gettext_lazy("The field is empty, but every row needs it."),
        gettext_lazy("Fill it in."),
    ),
    RowProblem.TOO_LONG: (
        gettext_lazy("The text is longer than %(detail)s characters."),
        gettext_lazy("Shorten it, or check whether columns were shifted."),
    ),
    RowProblem.CONTROL_CHARACTER: (
        gettext_lazy("The text holds unprintable characters."),
        gettext_lazy("Type the field again without them."),
    ),
    RowProblem.CELL_COUNT: (
        gettext_lazy("The row has not as many fields as the header (%(detail)s)."),
        gettext_lazy("Check delimiters and quotation marks in the row."),
    ),
    RowProblem.BAD_DATE: (
        gettext_lazy("This is not a date as YYYY-MM-DD or DD.MM.YYYY."),
        gettext_lazy("Write the date in one of these two ways."),
    ),
    RowProblem.IMPOSSIBLE_DATE: (gettext_lazy("There is no such day."), gettext_lazy("Correct the date.")),
    RowProblem.FUTURE_DATE: (
        gettext_lazy("The date of birth lies in the future."),
        gettext_lazy("Correct the date."),
    ),
    RowProblem.END_BEFORE_START: (
        gettext_lazy("The end is before the start."),
        gettext_lazy("Correct one of the two dates."),
    ),
    RowProblem.UNKNOWN_CODE: (
        gettext_lazy("The value “%(detail)s” is not on the list."),
        gettext_lazy("Say on the screen “Columns” what it means, or correct it."),
    ),
    RowProblem.DUPLICATE: (
        gettext_lazy("Row %(detail)s has the same number in the register."),
        gettext_lazy("Leave one row for each number."),
    ),
    RowProblem.REPEATED_FACT: (
        gettext_lazy("Row %(detail)s says exactly the same."),
        gettext_lazy("Nothing need be done."),
    ),
    RowProblem.UNKNOWN_RECORD: (
        gettext_lazy("There is no such number in the register."),
        gettext_lazy("Bring in the register extract with this person first."),
    ),
    RowProblem.ERASED_RECORD: (
        gettext_lazy("The data of this person were erased from the platform."),
        gettext_lazy("Ask the data protection officer whether they may come back."),
    ),
    RowProblem.NOT_SENSITIVE: (
        gettext_lazy("This kind of fact is sensitive and cannot stand in another category."),
        gettext_lazy("Leave the category empty."),
    ),
    RowProblem.NOT_A_NUMBER: (
        gettext_lazy("This is not a number."),
        gettext_lazy("Write figures only, with a comma before the fraction."),
    ),
    RowProblem.NO_MINUTES: (
        gettext_lazy("It does not say how long it took, or it took longer than a day."),
        gettext_lazy("Fill in minutes or hours."),
    ),
    RowProblem.NOBODY: (
        gettext_lazy("It does not say for whom it was."),
        gettext_lazy("Fill in the name of the person, the entity or the group."),
    ),
    RowProblem.DAY_TO_COME: (gettext_lazy("This day has not come yet."), gettext_lazy("Correct the date.")),
    RowProblem.UNKNOWN_PROJECT: (
        gettext_lazy("There is no such project in your register."),
        gettext_lazy("Add it under “Projects” first, or leave the field empty."),
    ),
    RowProblem.OUTSIDE_PROJECT: (
        gettext_lazy("The day lies outside the project."),
        gettext_lazy("Correct the date or the project."),
    ),
    RowProblem.PERIOD_CLOSED: (
        gettext_lazy("The period of this day is closed; its figures stand."),
        gettext_lazy("Write it down by hand with the reason for the correction."),
    ),
    RowProblem.WRITTEN_ALREADY: (
        gettext_lazy("The same support is in the register already, or stands further up in the file."),
        gettext_lazy("Nothing need be done if it was given once."),
    ),
    RowProblem.EVENT_UNDER_WAY: (
        gettext_lazy("An event of this title and day stands in the register and is not reported yet."),
        gettext_lazy("Write down there who came, and report the event."),
    ),
    RowProblem.BAD_NUMBER: (
        gettext_lazy("This cannot be a PESEL, NIP or REGON number."),
        gettext_lazy("Check the number, or leave the field empty."),
    ),
    RowProblem.SEVERAL_MATCH: (
        gettext_lazy("Several recipients of your register have this name."),
        gettext_lazy("Add a PESEL number, a date of birth, a NIP or a REGON."),
    ),
    RowProblem.REPEATED_TOTAL: (
        gettext_lazy("Row %(detail)s has the same period and priority."),
        gettext_lazy("Leave one row for each period and priority."),
    ),
    RowWarning.PESEL_SHAPE: (
        gettext_lazy("A PESEL number has eleven digits."),
        gettext_lazy("Check it with the person’s document."),
    ),
    RowWarning.PESEL_DUMMY: (
        gettext_lazy("The PESEL number looks made up to fill the field."),
        gettext_lazy("Leave the field empty when there is no number."),
    ),
    RowWarning.PESEL_CHECKSUM: (
        gettext_lazy("The last digit of the PESEL number does not fit the others."),
        gettext_lazy("Check it with the person’s document."),
    ),
    RowWarning.PESEL_IMPOSSIBLE_DATE: (
        gettext_lazy("The PESEL number holds a day that does not exist."),
        gettext_lazy("Check it with the person’s document."),
    ),
    RowWarning.PESEL_BIRTH_DATE: (
        gettext_lazy("The PESEL number and the date of birth contradict each other."),
        gettext_lazy("Check both with the person’s document."),
    ),
    RowWarning.PESEL_SEX: (
        gettext_lazy("The PESEL number and the sex contradict each other."),
        gettext_lazy("Check both with the person’s document."),
    ),
    RowWarning.PESEL_ZERO_RESTORED: (
        gettext_lazy("The PESEL number had lost its leading zero; it was put back."),
        gettext_lazy("Format the column as text."),
    ),
    RowWarning.TERYT_SHAPE: (
        gettext_lazy("This is not a TERYT code of a commune."),
        gettext_lazy("Write the seven digits of the commune."),
    ),
    RowWarning.TERYT_ZERO_RESTORED: (
        gettext_lazy("The TERYT code had lost its leading zero; it was put back."),
        gettext_lazy("Format the column as text."),
    ),
}

SUMMARY_SENTENCES: Mapping[RowProblem | RowWarning, object] = {
    RowProblem.TOO_LONG: gettext_lazy("The text is too long."),
    RowProblem.CELL_COUNT: gettext_lazy("The row has not as many fields as the header."),
    RowProblem.UNKNOWN_CODE: gettext_lazy("The value is not on the list."),
    RowProblem.DUPLICATE: gettext_lazy("An earlier row has the same number in the register."),
    RowProblem.REPEATED_FACT: gettext_lazy("An earlier row says exactly the same."),
    RowProblem.REPEATED_TOTAL: gettext_lazy("An earlier row has the same period and priority."),
}


def summary_words(problem: str) -> tuple[str, str]:
    """As `finding_words`, for all rows with the problem together."""
    code = RowProblem(problem) if problem in set(RowProblem) else RowWarning(problem)
    sentence, remedy = FINDING_SENTENCES[code]
    return str(SUMMARY_SENTENCES.get(code, sentence)), str(remedy)


def finding_words(problem: str, detail: str) -> tuple[str, str]:
    """(what is wrong, what to do about it). problem: value of RowProblem or RowWarning."""
    code = RowProblem(problem) if problem in set(RowProblem) else RowWarning(problem)
    sentence, remedy = FINDING_SENTENCES[code]
    return str(sentence) % {"detail": detail}, str(remedy)
