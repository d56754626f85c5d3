"""What the addresses of each context can name: one module a context, one function that adds its things to the world."""

from collections.abc import Callable
from typing import Any

ADDERS: tuple[Callable[[Any], None], ...] = ()
