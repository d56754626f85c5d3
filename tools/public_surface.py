"""Contract for import-linter: a context is entered through its public modules only."""

from collections.abc import Iterator
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PublicSurface(Contract):
    """Which modules of a context others may import.

    root: the package that holds the contexts. public: names of modules open to other contexts.
    shared: contexts open as a whole. composer: the context that may reach everywhere, to put the parts together.
    """

    root = fields.StringField()
    public = fields.SetField(subfield=fields.StringField())
    shared = fields.SetField(subfield=fields.StringField())
    composer = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        """Find the imports that go past the public modules."""
        trespasses = sorted(self._trespasses(graph))
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each of them."""
        for importer, imported in check.metadata["trespasses"]:
            output.print_error(f"{importer} reaches into {imported}", bold=False)

    def _trespasses(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        for importer in graph.modules:
            here = self._parts(importer)
            if not here or here[0] == str(self.composer):
                continue
            for imported in graph.find_modules_directly_imported_by(importer):
                there = self._parts(imported)
                if there and there[0] != here[0] and not self._is_open(there):
                    yield importer, imported

    def _is_open(self, parts: list[str]) -> bool:
        """Whether others may import the module; a context by itself (`import spoiwo.x`) has nothing to give."""
        shared, public = cast("set[str]", self.shared), cast("set[str]", self.public)
        return parts[0] in shared or (len(parts) > 1 and parts[1] in public)

    def _parts(self, module: str) -> list[str]:
        """Names below the root: context, module, ...; empty for what lies outside."""
        first, *rest = module.split(".")
        return rest if first == str(self.root) else []
