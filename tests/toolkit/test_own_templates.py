"""DOCX templates from outside: fields are filled in, and nothing else can be done with them."""

import io
import zipfile

import docx
import pytest

from spoiwo.toolkit.documents import templates
from spoiwo.toolkit.documents.templates import BadTemplate, fill_docx, text_of_docx

VALUES = {
    "plan": {"numer": "WP/1 <b>&"},
    "cele": [{"tekst": "Praca", "kroki": [{"tekst": "Kurs"}]}, {"tekst": "Zdrowie", "kroki": []}],
}


def template(*lines, footer=""):
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    paper.sections[0].footer.paragraphs[0].text = footer
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def paragraphs(content):
    return [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]


def test_fields_loops_and_conditions_are_filled_in():
    made = fill_docx(
        template(
            "{{ plan.numer }}",
            "{%p for cel in cele %}",
            "{{ loop.index }}. {{ cel.tekst|upper }}{% if not cel.kroki %}, bez kroków{% endif %}",
            "{%p endfor %}",
            footer="{{ plan.numer }}",
        ),
        VALUES,
    )

    assert paragraphs(made) == ["WP/1 <b>&", "1. PRACA", "2. ZDROWIE, bez kroków"]
    assert text_of_docx(made).count("WP/1 &lt;b&gt;&amp;") == 2


@pytest.mark.parametrize("name", ["nic", "plan.numr", "plan.__class__", "cel.tekst.format"])
def test_a_field_that_does_not_exist_is_named(name):
    with pytest.raises(BadTemplate) as refused:
        fill_docx(template("{%p for cel in cele %}", f"{{{{ {name} }}}}", "{%p endfor %}"), VALUES)

    assert (refused.value.problem, refused.value.detail) == ("unknown_field", name.rpartition(".")[2])


@pytest.mark.parametrize(
    "text",
    [
        "{{ plan.numer.upper() }}",
        "{{ plan.numer * 1000000 }}",
        "{{ plan['__class__'] }}",
        "{{ ''.__class__() }}",
        "{{ 'a' ~ 'b' }}",
        "{% set a = 'a' %}",
        "{% include 'x' %}",
        "{% macro x() %}{% endmacro %}",
        "{% for x in range(9) %}{% endfor %}",
        "{% for sign in plan.numer %}{% endfor %}",
        "{% for a in cele %}" * 4 + "{% endfor %}" * 4,
    ],
)
def test_nothing_but_fields_conditions_and_loops_over_lists_is_done(text):
    with pytest.raises(BadTemplate) as refused:
        fill_docx(template(text), VALUES)

    assert refused.value.problem == "not_allowed"


@pytest.mark.parametrize("text", ["{% if %}", "{{ plan.numer|pprint }}", "{{ plan.", "{{ loop.cycle }}"])
def test_what_is_written_wrong_is_told(text):
    with pytest.raises(BadTemplate) as refused:
        fill_docx(template(text), VALUES)

    assert refused.value.problem in {"syntax", "unknown_field"}
    assert refused.value.detail


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"%PDF-1.7", "not_docx"),
        (packed(a_dot_xml="x"), "not_docx"),
        (packed(word__document_dot_xml="<x/>", word__vbaProject_dot_bin="x"), "macros"),
        (packed(word__document_dot_xml=" " * (templates.MOST_UNPACKED + 1)), "too_large"),
        (b"x" * (templates.MOST_BYTES + 1), "too_large"),
        (packed(word__document_dot_xml="<x/>"), "not_docx"),
    ],
)
def test_what_is_no_template_is_refused(content, problem):
    with pytest.raises(BadTemplate) as refused:
        fill_docx(content, VALUES)

    assert refused.value.problem == problem
