"""A glob that does not compile."""

from __future__ import annotations


class GlobError(ValueError):
    """Raised by `compile_glob` for a glob that Pachyderm cannot use either; says why."""
