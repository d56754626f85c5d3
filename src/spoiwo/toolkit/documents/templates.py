"""DOCX templates that an institution writes itself: fields filled in, in a language that can do nothing else.

A template comes from outside, so it is not trusted: values are plain texts and lists of them, nothing can be called,
loops go only over lists that are given, and a file that unpacks to too much is refused.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

Values = Mapping[str, Any]
MOST_BYTES = 2_000_000
MOST_UNPACKED = 30_000_000
MOST_LOOPS = 3  # inside each other
FILTERS = ("capitalize", "length", "lower", "title", "trim", "upper")
OF_LOOPS = ("first", "index", "last")
_MAIN = "word/document.xml"
_MACROS = "vbaproject.bin"
_QUOTED = re.compile(r"'([^']+)'")
_TAG = re.compile(r"<[^>]+>")


class BadTemplate(Exception):
    """The template cannot be used. problem: a code; detail: the name or the place that it is about."""

    def __init__(self, problem: str, detail: str = ""):
        super().__init__(f"{problem} {detail}".strip())
        self.problem, self.detail = problem, detail


def fill_docx(template: bytes, values: Values) -> bytes:
    """The template with its fields filled in.

    Raises BadTemplate: "too_large", "not_docx", "macros", "syntax" (detail: what it is), "unknown_field" (detail: its
    name), "not_allowed" for anything but fields, conditions and loops.
    """
    import docxtpl  # heavy, and only wanted here
    import jinja2
    from jinja2.exceptions import SecurityError

    _check_file(template)
    paper = docxtpl.DocxTemplate(io.BytesIO(template))
    out = io.BytesIO()
    try:
        paper.render(_given(values), _language(), autoescape=True)
    except jinja2.UndefinedError as error:
        raise BadTemplate("unknown_field", _last_quoted(str(error))) from error
    except jinja2.TemplateSyntaxError as error:
        raise BadTemplate("syntax", error.message or "") from error
    except (SecurityError, TypeError, ValueError) as error:
        raise BadTemplate("not_allowed") from error
    paper.save(out)
    return out.getvalue()


def text_of_docx(content: bytes) -> str:
    """Everything a DOCX says, headers and footers too."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [name for name in packed.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return "\n".join(_TAG.sub("", packed.read(name).decode("utf-8", errors="replace")) for name in parts)


def _check_file(template: bytes) -> None:
    import docx
    from docx.opc.exceptions import OpcError

    if len(template) > MOST_BYTES:
        raise BadTemplate("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise BadTemplate("not_docx") from error
    names = {part.filename.lower() for part in parts}
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BadTemplate("too_large")
    if _MAIN not in names:
        raise BadTemplate("not_docx")
    if any(name.endswith(_MACROS) for name in names):
        raise BadTemplate("macros")
    try:
        docx.Document(io.BytesIO(template))
    except (KeyError, ValueError, SyntaxError, OpcError) as error:  # parts missing, or no XML
        raise BadTemplate("not_docx") from error


class _Text(str):
    """A text, which no loop takes apart."""

    __slots__ = ()

    def __iter__(self) -> Any:
        raise TypeError("a text is no list")


def _given(value: Any) -> Any:
    """Values as a template gets them."""
    if isinstance(value, Mapping):
        return {name: _given(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_given(one) for one in value]
    return _Text(value)


def _language() -> Any:
    """Fields, conditions and loops over what is given; filters that only change how a text is written."""
    import jinja2
    from jinja2 import nodes
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import SandboxedEnvironment

    allowed = (
        *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Getattr),
        *(nodes.For, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Filter),
    )

    class Fields(SandboxedEnvironment):
        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            found = super()._parse(source, name, filename)
            if (
                not all(isinstance(node, allowed) for node in found.find_all(nodes.Node))
                or _depth(found) > MOST_LOOPS
            ):
                raise SecurityError("only fields, conditions and loops")
            return found

        def getattr(self, obj: Any, attribute: str) -> Any:
            """A field of what is given or of a loop, never an attribute of Python's."""
            if isinstance(obj, Mapping) and attribute in obj:
                return obj[attribute]
            is_loop = isinstance(obj, jinja2.runtime.LoopContext) and attribute in OF_LOOPS
            return super().getattr(obj, attribute) if is_loop else self.undefined(obj=obj, name=attribute)

    def _depth(node: nodes.Node) -> int:
        inside = max((_depth(child) for child in node.iter_child_nodes()), default=0)
        return inside + isinstance(node, nodes.For)

    language = Fields(autoescape=True, undefined=jinja2.StrictUndefined)
    language.globals.clear()
    language.filters = {name: language.filters[name] for name in FILTERS}
    return language


def _last_quoted(words: str) -> str:
    """The name of a field that jinja quotes last."""
    found = _QUOTED.findall(words)
    return found[-1] if found and "has no attribute" in words else (found[0] if found else words)
