"""What goes along with a communiqué: files, and the same words in other languages."""

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.errors import NotFound
from spoiwo.partnership.models import Communique, Enclosure, Translation
from spoiwo.partnership.services.communiques import begin_change, kept_communique
from spoiwo.partnership.services.keeping_files import PAPERS, kept_file
from spoiwo.partnership.services.reaching import record
from spoiwo.partnership.types import Attached, Language


@transaction.atomic
def enclose(*, communique_id: int, file: Attached, by: Actor) -> Enclosure:
    """Let a file go along; the communiqué has to be approved again. Raises NotFound, NotYours, FileRefused."""
    communique = kept_communique(communique_id, by)
    name, digest = kept_file(file, kinds=PAPERS)
    made, _new = Enclosure.objects.update_or_create(
        communique=communique, sha256=digest, defaults={"name": name, "size": len(file.content)}
    )
    _changed(communique, "enclosure_added", by)
    return made


@transaction.atomic
def take_out(*, communique_id: int, sha256: str, by: Actor) -> None:
    """Let a file no longer go along; editions that were sent keep it. Raises NotFound, NotYours."""
    communique = kept_communique(communique_id, by)
    found = communique.enclosures.filter(sha256=sha256).first()
    if found is None:
        raise NotFound(sha256)
    found.delete()
    _changed(communique, "enclosure_removed", by)


@transaction.atomic
def translate(
    *, communique_id: int, language: Language, title: str, text: str, by: Actor
) -> Translation | None:
    """Tell it in one more language; without any text it is no longer told in it. Raises NotFound, NotYours."""
    communique = kept_communique(communique_id, by)
    made = None
    if text.strip():
        made, _new = Translation.objects.update_or_create(
            communique=communique, language=language, defaults={"title": title, "text": text}
        )
    else:
        communique.translations.filter(language=language).delete()
    _changed(communique, f"translated_{language}", by)
    return made


def _changed(communique: Communique, done: str, by: Actor) -> None:
    begin_change(communique)
    record(communique.body.agreement, communique, done, by)
