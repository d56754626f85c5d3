"""What a browser would send back if nothing on a form were touched."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects the successful controls of all forms of a page as (name, value) pairs."""

    def __init__(self):
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and name and not self._is_off(given):
            self.fields.append((name, value))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.fields.append((self._select, value))
        elif tag == "textarea":
            self._area = name
            self.fields.append((name, ""))

    @staticmethod
    def _is_off(given):
        return given.get("type") in {"checkbox", "radio"} and "checked" not in given

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data):
        if self._area:
            name, value = self.fields[-1]
            self.fields[-1] = (name, value + data)


def fields_of(page: str) -> list[tuple[str, str]]:
    """The fields of a page."""
    reader = FormReader()
    reader.feed(page)
    return reader.fields
