"""The levels of a YAML text: which column each had, and which it gets."""

from __future__ import annotations

from bcdsl.compose import Token
from bcdsl.frozen import dataclass, field

STEP = 2

MAPPING = "mapping"
LIST = "list"
TIGHT_LIST = "list in its key's column"  # libyaml opens and closes no level for it
FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Level:
    """A collection that is open.

    `column` is where it stood and `indent` where its lines go; for a collection in brackets
    `indent` is that of the line that closes it.
    """

    kind: str
    column: int
    indent: int

    @property
    def inner(self) -> int:
        """The indentation of what lies inside: a value on a line of its own, a flow item."""
        return self.indent + STEP


@dataclass(slots=True)
class Levels:
    """The open levels, from the document inwards; tokens open and close them."""

    stack: list[Level] = field(default_factory=list)
    key: bool = False  # the next token is the key of a block mapping

    @property
    def top(self) -> Level | None:
        """The innermost level."""
        return self.stack[-1] if self.stack else None

    @property
    def inner(self) -> int:
        """The indentation of a value on a line of its own."""
        return self.top.inner if self.top else 0

    @property
    def continued(self) -> int:
        """The indentation of the further lines of a text."""
        return self.top.inner if self.top else STEP

    def see(self, token: Token, column: int, shown: int | None) -> None:
        """Take note of a token; `shown` is its new indentation if it stands first on its line."""
        kind = token.kind
        if kind in ("BlockMappingStart", "BlockSequenceStart"):
            made = MAPPING if kind == "BlockMappingStart" else LIST
            self.stack.append(Level(made, column, self.inner))
        elif kind == "BlockEnd":
            self._end_tight()
            self.stack.pop()
        elif kind == "Key" and not self._in_flow():
            self._end_tight()
            self.key = True
        elif kind == "BlockEntry" and (self.top is None or self.top.kind == MAPPING):
            self.stack.append(Level(TIGHT_LIST, column, self.inner))
        elif kind in ("FlowSequenceStart", "FlowMappingStart"):
            self.stack.append(Level(FLOW, column, self._flow_indent(shown)))
        elif kind in ("FlowSequenceEnd", "FlowMappingEnd"):
            self.stack.pop()

    def line_indent(self, token: Token) -> int:
        """Return the indentation of a token that stands first on its line."""
        top = self.top
        if top is None or token.kind in ("DocumentStart", "DocumentEnd", "Directive"):
            return 0
        if top.kind == FLOW:
            closes = token.kind in ("FlowSequenceEnd", "FlowMappingEnd")
            return top.indent if closes else top.inner
        if self.key or token.kind in ("Value", "BlockEntry"):
            return top.indent
        return top.inner

    def _flow_indent(self, shown: int | None) -> int:
        if shown is not None:
            return shown
        if self.top is None:
            return 0
        return self.top.inner if self.top.kind in (LIST, TIGHT_LIST) else self.top.indent

    def _in_flow(self) -> bool:
        return self.top is not None and self.top.kind == FLOW

    def _end_tight(self) -> None:
        if self.top is not None and self.top.kind == TIGHT_LIST:
            self.stack.pop()
