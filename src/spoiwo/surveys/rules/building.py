"""Building a questionnaire one deed at a time: every deed gives a new questionnaire and can be taken back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from spoiwo.surveys.errors import NoSuchQuestion, NothingToPutBack
from spoiwo.surveys.types import Content, Page, Question, Removed

KEPT_REMOVALS = 20
Item = TypeVar("Item")


def add_page(content: Content, page: Page) -> Content:
    """Put a page at the end."""
    return replace(content, pages=(*content.pages, page))


def add_question(content: Content, page_code: str, question: Question) -> Content:
    """Put a question at the end of a page. Raises NoSuchQuestion for a page that is gone."""
    page = find_page(content, page_code)
    return _with_page(content, page_code, replace(page, questions=(*page.questions, question)))


def change_page(content: Content, code: str, page: Page) -> Content:
    """Give a page another title, code or condition; its questions stay. Raises NoSuchQuestion."""
    former = find_page(content, code)
    return _with_page(content, code, replace(page, questions=former.questions))


def change_question(content: Content, code: str, question: Question) -> Content:
    """Put a question in the place of the one with this code. Raises NoSuchQuestion."""
    page = page_of(content, code)
    questions = tuple(question if one.code == code else one for one in page.questions)
    return _with_page(content, page.code, replace(page, questions=questions))


def move_page(content: Content, code: str, by: int) -> Content:
    """Move a page up (-1) or down (1); at the edge it stays. Raises NoSuchQuestion."""
    place = content.pages.index(find_page(content, code))
    return replace(content, pages=_moved(content.pages, place, by))


def move_question(content: Content, code: str, by: int) -> Content:
    """Move a question up or down; at the edge of its page it goes on to the neighbouring one."""
    page = page_of(content, code)
    place = next(number for number, one in enumerate(page.questions) if one.code == code)
    if 0 <= place + by < len(page.questions):
        return _with_page(content, page.code, replace(page, questions=_moved(page.questions, place, by)))
    neighbour = content.pages.index(page) + by
    if not 0 <= neighbour < len(content.pages):
        return content
    question = page.questions[place]
    kept = tuple(one for one in page.questions if one.code != code)
    other = content.pages[neighbour]
    joined = (question, *other.questions) if by > 0 else (*other.questions, question)
    content = _with_page(content, page.code, replace(page, questions=kept))
    return _with_page(content, other.code, replace(other, questions=joined))


def duplicate_question(content: Content, code: str) -> tuple[Content, str]:
    """Put a copy right behind a question, with a code that was never used; gives the code too."""
    page = page_of(content, code)
    place = next(number for number, one in enumerate(page.questions) if one.code == code)
    fresh = free_code(content, code)
    copy = replace(page.questions[place], code=fresh)
    questions = (*page.questions[: place + 1], copy, *page.questions[place + 1 :])
    return _with_page(content, page.code, replace(page, questions=questions)), fresh


def remove_question(content: Content, code: str) -> Content:
    """Take a question out; it can be put back. Raises NoSuchQuestion."""
    page = page_of(content, code)
    place = next(number for number, one in enumerate(page.questions) if one.code == code)
    kept = tuple(one for one in page.questions if one.code != code)
    removed = Removed(page.code, place, page.questions[place])
    return _remember(_with_page(content, page.code, replace(page, questions=kept)), removed)


def remove_page(content: Content, code: str) -> Content:
    """Take a page out with its questions; it can be put back. Raises NoSuchQuestion."""
    page = find_page(content, code)
    removed = Removed("", content.pages.index(page), page)
    return _remember(replace(content, pages=tuple(one for one in content.pages if one is not page)), removed)


def put_back(content: Content) -> Content:
    """Undo the last removal. Raises NothingToPutBack."""
    if not content.removed:
        raise NothingToPutBack
    last, rest = content.removed[-1], content.removed[:-1]
    content = replace(content, removed=rest)
    if isinstance(last.item, Page):
        pages = (*content.pages[: last.place], last.item, *content.pages[last.place :])
        return replace(content, pages=pages)
    page = next((one for one in content.pages if one.code == last.page), None)
    if page is None:
        raise NothingToPutBack(last.page)
    questions = (*page.questions[: last.place], last.item, *page.questions[last.place :])
    return _with_page(content, page.code, replace(page, questions=questions))


def find_page(content: Content, code: str) -> Page:
    """The page with this code. Raises NoSuchQuestion."""
    for page in content.pages:
        if page.code == code:
            return page
    raise NoSuchQuestion(code)


def page_of(content: Content, question_code: str) -> Page:
    """The page a question stands on. Raises NoSuchQuestion."""
    for page in content.pages:
        if any(one.code == question_code for one in page.questions):
            return page
    raise NoSuchQuestion(question_code)


def free_code(content: Content, code: str) -> str:
    """A code like this one that nothing in the questionnaire has, what was removed included."""
    taken = {one.code for one in content.questions()} | {page.code for page in content.pages}
    for one in content.removed:
        taken.add(one.item.code)
        if isinstance(one.item, Page):
            taken.update(question.code for question in one.item.questions)
    number = 2
    while f"{code}_{number}" in taken:
        number += 1
    return f"{code}_{number}"


def _moved(items: Sequence[Item], place: int, by: int) -> tuple[Item, ...]:
    goal = min(max(place + by, 0), len(items) - 1)
    moved = list(items)
    moved.insert(goal, moved.pop(place))
    return tuple(moved)


def _with_page(content: Content, code: str, page: Page) -> Content:
    return replace(content, pages=tuple(page if one.code == code else one for one in content.pages))


def _remember(content: Content, removed: Removed) -> Content:
    return replace(content, removed=(*content.removed, removed)[-KEPT_REMOVALS:])
