"""Ceilings on what one has to hold in the head at once."""

import ast

from tests.architecture.sources import FLOORS, PACKAGE, modules, named

LINES_OF_MODULE = 400
LINES_OF_FUNCTION = 40
HOMELESS = {"utils.py", "helpers.py", "common.py"}


def test_no_module_is_longer_than_a_sitting():
    long = {named(path): len(path.read_text("utf-8").splitlines()) for path in modules()}

    assert {path: lines for path, lines in long.items() if lines > LINES_OF_MODULE} == {}


def test_no_function_is_longer_than_a_screen():
    long = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                lines = node.end_lineno - node.lineno + 1
                if lines > LINES_OF_FUNCTION:
                    long.append(f"{named(path)}: {node.name} ({lines} lines)")

    assert "\n".join(long) == ""


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert [named(path) for path in modules() if path.name in HOMELESS] == []


def test_every_folder_of_the_package_has_its_floor():
    contexts = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert contexts <= set(FLOORS)


def test_own_modules_are_imported_at_the_top():
    late = []
    for path in PACKAGE.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                late += [
                    f"{named(path)}: {function.name}" for node in ast.walk(function) if imports_spoiwo(node)
                ]

    assert late == []


def imports_spoiwo(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] == "spoiwo" or node.level > 0
    return isinstance(node, ast.Import) and any(name.name.split(".")[0] == "spoiwo" for name in node.names)
