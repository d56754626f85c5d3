"""The file with all answers of a large survey: 132,000 answers to 510 questions, made by the job, with its progress.

    python -m benchmarks.survey_export fill ANSWERS QUESTIONS      answers a survey in the world that the settings name
    python -m benchmarks.survey_export write                       writes its file there, and says what that took

The size is that of the survey whose export a widely used tool did not finish in thirty minutes. Answers are stored
sealed, as respondents leave them; the file is sealed too. Memory is what a process that does nothing else needs above
what it had before it began.
"""

import json
import resource
import sys
import time
from typing import Any

from benchmarks.report import Figure
from benchmarks.scale import scaled
from benchmarks.world import python, world

ANSWERS, QUESTIONS = 132_000, 510
AT_ONCE = 2_000
MOST_SECONDS, WISHED_SECONDS = 1800.0, 300.0
MOST_MEGABYTES = 300.0


def run() -> list[Figure]:
    """On SQLite: the export reads by pages of the key, which both databases do alike."""
    answers, questions = scaled(ANSWERS, least=1000), QUESTIONS
    with world("SQLite") as made:
        python(made, "-m", "benchmarks.survey_export", "fill", str(answers), str(questions))
        found = json.loads(python(made, "-m", "benchmarks.survey_export", "write"))
    assert found["rows"] == answers, "every answer is in the file"
    size = f"{answers:,} answers x {questions} questions"
    return [
        Figure(
            case="survey_export", what=f"CSV of {size}", value=found["seconds"], unit="s",
            must=MOST_SECONDS, aim=WISHED_SECONDS, at_least=False,
        ),
        Figure(
            case="survey_export", what=f"memory added while writing {size}", value=found["megabytes"], unit="MB",
            must=MOST_MEGABYTES, at_least=False,
        ),
        Figure(
            case="survey_export", what=f"steps of progress seen, {size}", value=found["steps"], unit="steps",
            must=min(100.0, answers / 500), at_least=True,
        ),
    ]  # fmt: skip


def _write() -> dict[str, float]:
    from spoiwo.surveys.models import Survey
    from spoiwo.surveys.services import exporting

    survey = Survey.objects.get()
    export = exporting.ask_export(survey_id=survey.pk, form="csv", by=_analyst(survey.institution_id))
    seen: list[int] = []
    before = _megabytes()
    began = time.perf_counter()
    exporting.make_export(export.uuid, listener=seen.append)
    seconds = time.perf_counter() - began
    export.refresh_from_db()
    took = {"seconds": seconds, "megabytes": _megabytes() - before, "steps": len(seen)}
    return {**took, "rows": export.rows_done}


def _fill(answers: int, questions: int) -> None:
    """A survey with this many answers, half of the questions numbers, half of them choices."""
    from spoiwo.surveys.models import Answer
    from spoiwo.surveys.models.keys import key_of
    from spoiwo.surveys.rules.sealing import Kept, sealed
    from spoiwo.surveys.types import QuestionKind
    from tests.makers import institutions, surveys

    office = institutions.institution("rops")
    kinds = (QuestionKind.INTEGER, QuestionKind.SINGLE)
    asked = [surveys.question(f"q{number}", kinds[number % 2]) for number in range(questions)]
    version = surveys.version(office, surveys.content(surveys.page("p1", *asked)))
    survey = surveys.survey(office, asked=version)
    key = key_of(survey)
    for start in range(0, answers, AT_ONCE):
        rows = []
        for number in range(start, min(start + AT_ONCE, answers)):
            row = Answer(survey=survey, holder=office, state="submitted", submitted_at=surveys.AT)
            values: dict[str, Any] = {
                f"q{one}": "abc"[(number + one) % 3] if one % 2 else number % 97 for one in range(questions)
            }
            row.sealed = sealed(Kept(values=values), key, row.pk)
            rows.append(row)
        Answer.objects.bulk_create(rows)


def _analyst(institution_id: int) -> Any:
    from spoiwo.kernel.actor import Actor

    return Actor(user_id=0, institution_id=institution_id, roles=frozenset({"analyst"}))


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "fill":
        _fill(int(sys.argv[2]), int(sys.argv[3]))
    else:
        print(json.dumps(_write()))
