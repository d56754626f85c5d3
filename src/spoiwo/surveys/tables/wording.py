"""Conditions in words: "Type of entity: CIS or KIS" instead of a line of code."""

import ast

from django.utils.translation import gettext as _

from spoiwo.surveys.rules.conditions import NotACondition, parse
from spoiwo.surveys.rules.documents import all_fields, label_of
from spoiwo.surveys.rules.summaries import choices_of
from spoiwo.surveys.types import NO, YES, Content


def condition_in_words(condition: str, content: Content, language: str) -> str:
    """The condition as a person would say it; one that cannot be read stays as it is written."""
    if not condition.strip():
        return ""
    try:
        tree = parse(condition)
    except NotACondition:
        return condition
    labels = {one.code: label_of(one).in_language(language) for one in all_fields(content)}
    names = {one.code: dict(choices_of(one, language)) for one in all_fields(content)}
    return _Words(labels, names).say(tree)


class _Words:
    def __init__(self, labels: dict[str, str], names: dict[str, dict[str, str]]):
        self._labels, self._names = labels, names

    def say(self, node: ast.expr) -> str:
        """One node and what is below it."""
        if isinstance(node, ast.BoolOp):
            word = _("and") if isinstance(node.op, ast.And) else _("or")
            return f" {word} ".join(self._nested(part) for part in node.values)
        if isinstance(node, ast.UnaryOp):
            return _("it is not so that %(condition)s") % {"condition": self._nested(node.operand)}
        if isinstance(node, ast.Call):
            return _("“%(question)s” was answered") % {"question": self._label(node.args[0])}
        assert isinstance(node, ast.Compare)
        return self._comparison(node)

    def _nested(self, node: ast.expr) -> str:
        return f"({self.say(node)})" if isinstance(node, ast.BoolOp) else self.say(node)

    def _comparison(self, node: ast.Compare) -> str:
        left, right, op = node.left, node.comparators[0], node.ops[0]
        if isinstance(op, ast.In | ast.NotIn) and isinstance(left, ast.Constant):
            left, right = right, left  # "a" in question
        code = ast.unparse(left.args[0] if isinstance(left, ast.Call) else left)
        question = (
            _("number of answers to “%(question)s”") if isinstance(left, ast.Call) else _("“%(question)s”")
        )
        values = {
            "question": question % {"question": self._labels.get(code, code)},
            "value": self._value(code, right),
        }
        return self._sentence(op) % values

    def _sentence(self, op: ast.cmpop) -> str:
        sentences = {
            ast.Eq: _("%(question)s: %(value)s"),
            ast.In: _("%(question)s: %(value)s"),
            ast.NotEq: _("%(question)s: anything but %(value)s"),
            ast.NotIn: _("%(question)s: anything but %(value)s"),
            ast.Lt: _("%(question)s below %(value)s"),
            ast.LtE: _("%(question)s at most %(value)s"),
            ast.Gt: _("%(question)s above %(value)s"),
            ast.GtE: _("%(question)s at least %(value)s"),
        }
        return sentences[type(op)]

    def _value(self, code: str, node: ast.expr) -> str:
        if isinstance(node, ast.Tuple | ast.List):
            return f" {_('or')} ".join(self._value(code, one) for one in node.elts)
        if isinstance(node, ast.Constant):
            text = str(node.value)
            yes_no = {YES: _("Yes"), NO: _("No")}
            name = self._names.get(code, {}).get(text, text)
            return yes_no.get(name, name)
        return self._label(node)

    def _label(self, node: ast.expr) -> str:
        code = ast.unparse(node)
        return self._labels.get(code, code)
