"""What is done after the transaction, step by step: it cannot be undone.

pachyderm: delete, stop and start of a pipeline ignore transactions and act at once (section 4.5
of the spec reference), so what needs them cannot be part of the one that holds all else.
"""

from __future__ import annotations

from typing import TypeAlias

from bcdsl.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Stop a pipeline, so that it can be changed or what it reads can go."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Delete a pipeline with its output; `again` where it is made anew after that."""

    name: str
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Create and update these stages, in a transaction of their own."""

    creates: tuple[str, ...]
    updates: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return self.creates + self.updates


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Start a pipeline that stands stopped."""

    name: str


Step: TypeAlias = Stop | Remove | Send | Start


def words(step: Step) -> str:
    """Return what a step does, as an order."""
    match step:
        case Stop():
            return f"stop `{step.name}`"
        case Remove():
            return f"delete `{step.name}`"
        case Send():
            parts = (("create", step.creates), ("update", step.updates))
            said = [f"{verb} {_listed(names)}" for verb, names in parts if names]
            return " and ".join(said)
        case Start():
            return f"start `{step.name}`"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
