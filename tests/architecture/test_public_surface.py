"""The contract that import-linter runs on every import between contexts."""

import pytest
from grimp import ImportGraph

from tools.public_surface import PublicSurface

OPTIONS = {
    "root": "spoiwo",
    "public": ["types", "queries"],
    "shared": ["kernel"],
    "composer": "config",
}


def trespasses(importer: str, imported: str) -> list[tuple[str, str]]:
    graph = ImportGraph()
    graph.add_import(importer=importer, imported=imported)
    contract = PublicSurface(name="surface", session_options={}, contract_options=OPTIONS)
    return list(contract.check(graph, verbose=False).metadata["trespasses"])


@pytest.mark.parametrize(
    "imported", ["spoiwo.access", "spoiwo.access.models", "spoiwo.access.services.inner"]
)
def test_a_closed_module_of_another_context_is_out_of_reach(imported):
    assert trespasses("spoiwo.clients.views", imported) == [("spoiwo.clients.views", imported)]


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        pytest.param("spoiwo.clients.views", "spoiwo.access.queries", id="public module"),
        pytest.param("spoiwo.clients.views", "spoiwo.access.queries.grants", id="inside a public package"),
        pytest.param("spoiwo.clients.views", "spoiwo.clients.models", id="own context"),
        pytest.param("spoiwo.clients.views", "spoiwo.kernel.text", id="shared context"),
        pytest.param("spoiwo.config.urls", "spoiwo.clients.views", id="the composer"),
        pytest.param("spoiwo.clients.views", "django.shortcuts", id="a library"),
    ],
)
def test_everything_else_may_be_imported(importer, imported):
    assert trespasses(importer, imported) == []
