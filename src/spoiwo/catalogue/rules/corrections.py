"""What a suggested correction would change."""

from spoiwo.catalogue.errors import NotAFigure


def value_of(field: str, text: str) -> str | int | None:
    """The text of a suggestion as the value of the field; empty places mean no limit. Raises NotAFigure."""
    if field != "places_total":
        return text.strip()
    figure = text.strip()
    if not figure:
        return None
    if not figure.isdigit():
        raise NotAFigure(figure)
    return int(figure)
