"""Who is asking."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is asking, reduced to what access decisions need.

    institution_id: the institution the person acts for now; 0 for somebody who acts for none.
    roles: stable role codes in force today at that institution (institutions.types.Role values).
    territories: TERYT codes, 4 digits a county, 7 a commune; empty means the whole institution's area.
    is_operator: runs the platform; opens no personal data by itself.
    modules_off: parts of the platform that the institution has switched off (institutions.types.Module values).
    """

    user_id: int
    institution_id: int
    roles: frozenset[str] = frozenset()
    territories: frozenset[str] = field(default_factory=frozenset)
    is_operator: bool = False
    modules_off: frozenset[str] = frozenset()

    def has_any(self, *roles: str) -> bool:
        """Whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    def uses(self, module: str) -> bool:
        """Whether the institution has left the module switched on."""
        return module not in self.modules_off
