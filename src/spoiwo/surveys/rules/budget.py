"""How long a questionnaire takes to answer, estimated while it is built.

Reading goes at three words a second (180 a minute, the pace of a reader who is not a clerk). On top of it each kind
costs what finding and entering an answer takes; numbers from the entity's books cost more than opinions.
"""

from spoiwo.surveys.types import Content, Question, QuestionKind

WORDS_A_SECOND = 3
SECONDS = {
    QuestionKind.TEXT: 15,
    QuestionKind.LONG_TEXT: 60,
    QuestionKind.INTEGER: 20,
    QuestionKind.DECIMAL: 25,
    QuestionKind.DATE: 12,
    QuestionKind.SINGLE: 5,
    QuestionKind.MULTIPLE: 8,
    QuestionKind.YES_NO: 4,
    QuestionKind.MATRIX: 4,  # a row
    QuestionKind.NUMBERS: 12,  # a cell
    QuestionKind.NOTE: 0,
}


def seconds_of(question: Question) -> int:
    """Seconds that one question takes."""
    texts = [
        question.label.pl,
        question.hint.pl,
        *(choice.label.pl for choice in (*question.choices, *question.rows)),
    ]
    reading = sum(len(text.split()) for text in texts) / WORDS_A_SECOND
    times = 1
    if question.kind == QuestionKind.MATRIX:
        times = len(question.rows)
    elif question.kind == QuestionKind.NUMBERS:
        times = len(question.rows) * len(question.choices)
    return round(reading + SECONDS[question.kind] * times)


def minutes_of(content: Content) -> tuple[int, int]:
    """Whole minutes, at least and at most: without and with everything that is asked on a condition."""
    always = sum(
        seconds_of(one)
        for page in content.pages
        if not page.condition
        for one in page.questions
        if not one.condition
    )
    most = sum(seconds_of(one) for one in content.questions())
    return -(-always // 60), -(-most // 60)
