"""Runs of matching: after an import, and after an agreement began or ended.

A run goes through records in parts, each a short transaction that also moves the resume point; whoever starts
it again goes on there. Running it once more changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields

import structlog
from django.db.models import Max
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.clients.queries import comparing
from spoiwo.clients.services import common_clients
from spoiwo.clients.services.bulk import chunks
from spoiwo.clients.services.vanishing import settle_vanished
from spoiwo.matching.models import MatchRun
from spoiwo.matching.services import engine, keys, knowing
from spoiwo.matching.services.parts import part, reading
from spoiwo.matching.strategy import Judge
from spoiwo.matching.types import MatchCounts
from spoiwo.toolkit import jobs
from spoiwo.toolkit.pace import Pace

PARTS = (300, 200, 1500)  # records: in the first part, at least, at most
ENDED_AT_ONCE = 500
KEEP_KEYS = "matching.keep_keys"
COUNTS = tuple(field.name for field in fields(MatchCounts))
Progress = Callable[[MatchCounts], None]
log = structlog.get_logger(__name__)


def match_generation(institution_id: int, *, progress: Progress | None = None) -> MatchCounts:
    """Match what the institution's register has brought since the last finished run, up to the one in force.

    progress: called after every part with the figures of this call so far. Returns what this call did; what
    earlier calls for the same register did is added to it in the run's row.
    """
    with reading(institution_id):
        scope = engine.scope_of(institution_id, day=timezone.localdate())
    judges, anew = _prepare(scope)
    with part(institution_id):
        run = _run_of(institution_id, comparing.generation_in_force(institution_id), anew=anew)
    counts = _go_through(run, scope, judges, progress)
    counts.add(_close_vanished(run, scope))
    _finish(run, counts)
    return counts


def rematch(left_id: int, right_id: int, *, progress: Progress | None = None) -> MatchCounts:
    """Look at two institutions anew after an agreement between them began, changed or ended.

    With an agreement in force all records of the left are matched with the right; without one nothing waits
    any more and nobody is common. Links stand: they are decisions, and come to light again with an agreement.
    """
    today = timezone.localdate()
    counts = MatchCounts()
    if right_id in access.partners_of(left_id, today):
        with reading(left_id):
            scope = engine.scope_of(left_id, day=today, only=right_id)
        judges, _anew = _prepare(scope)
        with part(left_id):
            run = MatchRun.objects.create(
                institution_id=left_id,
                other_id=right_id,
                generation=comparing.generation_in_force(left_id),
                started_at=timezone.now(),
            )
        counts = _go_through(run, scope, judges, progress)
        _finish(run, counts)
    else:
        with part(left_id):
            counts.obsolete = engine.drop_open_proposals_between(left_id, right_id)
    for people in common_clients.people_to_rebuild(left_id):
        with part(left_id):
            common_clients.refresh_common(people)
    return counts


def match_now(institution_id: int, *, progress: Progress | None = None) -> MatchCounts:
    """Match here and now, for the command line and tests."""
    return match_generation(institution_id, progress=progress)


def _prepare(scope: engine.Scope) -> tuple[dict[int, Judge], bool]:
    """Compare registers as a whole where that is due; whether any were.

    Also whose records are judged one by one now, and how: of registers that were compared as they are in force,
    every pair is found already. Stored keys are in line for the others.
    """
    with reading(scope.institution_id):
        due = [one for one in sorted(scope.sought) if knowing.is_outdated(scope.institution_id, one)]
    if due:
        knowing.learn(scope.institution_id, *due)
    with reading(scope.institution_id):
        taught = knowing.learnt(scope.institution_id, scope.sought)
    judges = {other: one.judge for other, one in sorted(taught.items()) if not one.is_whole}
    if judges:
        for institution in sorted({scope.institution_id, *scope.partners}):
            keys.keep_keys(institution)
    return judges, bool(due)


def _run_of(institution_id: int, generation: int, *, anew: bool) -> MatchRun:
    """The run for the register in force: a new one, one to go on with, or a finished one to do again.

    anew: look at the whole register, not only at what changed since the last run.
    """
    earlier = MatchRun.objects.filter(
        institution_id=institution_id,
        other__isnull=True,
        finished_at__isnull=False,
        generation__lt=generation,
    )
    since = earlier.aggregate(last=Max("generation"))["last"] or 0
    run, _created = MatchRun.objects.get_or_create(
        institution_id=institution_id,
        other=None,
        generation=generation,
        defaults={"from_generation": since, "at_generation": since + 1, "started_at": timezone.now()},
    )
    if run.finished_at is not None or anew:
        run.at_generation, run.at_version, run.finished_at = 1 if anew else run.from_generation + 1, 0, None
        run.save(update_fields=["at_generation", "at_version", "finished_at"])
    return run


def _go_through(
    run: MatchRun, scope: engine.Scope, judges: Mapping[int, Judge], progress: Progress | None
) -> MatchCounts:
    """Match everything from the resume point to the run's generation."""
    done, pace = MatchCounts(), Pace(*PARTS)
    while True:
        with part(run.institution_id), pace.kept():
            run = MatchRun.objects.select_for_update().get(pk=run.pk)
            own = comparing.heads_of_generation(
                run.institution_id, run.at_generation, after=run.at_version, limit=pace.size
            )
            if own:
                counts = engine.match_part([one.record for one in own], scope, judges)
                run.at_version = own[-1].version
                _add(run, counts)
                done.add(counts)
            elif run.at_generation >= run.generation:
                break
            else:
                run.at_generation, run.at_version = run.at_generation + 1, 0
            run.save()
        if own and progress is not None:
            progress(done)
    return done


def _close_vanished(run: MatchRun, scope: engine.Scope) -> MatchCounts:
    with reading(run.institution_id):
        gone = comparing.vanished_records(
            run.institution_id, later_than=run.from_generation, up_to=run.generation
        )
    done = MatchCounts()
    for records in chunks(gone, ENDED_AT_ONCE):
        with part(run.institution_id):
            obsolete = engine.close_vanished(records, scope)
            settle_vanished(institution_id=run.institution_id, records=records)
        done.add(MatchCounts(vanished=len(records), obsolete=obsolete))
    return done


def _finish(run: MatchRun, counts: MatchCounts) -> None:
    with part(run.institution_id):
        run = MatchRun.objects.select_for_update().get(pk=run.pk)
        run.vanished = max(run.vanished, counts.vanished)
        run.finished_at = timezone.now()
        run.save()
        if not keys.are_kept(run.institution_id):  # where all pairs were found without them, they can wait
            jobs.enqueue(KEEP_KEYS, institution_id=run.institution_id)
    if counts.capped:
        log.warning("matching.groups_too_large", institution=run.institution_id, groups=counts.capped)


def _add(run: MatchRun, counts: MatchCounts) -> None:
    for name in COUNTS:
        setattr(run, name, getattr(run, name) + getattr(counts, name))
