"""A capture group inside braces is misread: text there does not stop at `)` or `|`."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises.scan import unescaped
from bcdsl.pattern.tree import Braces, Group, Node, Pattern, Text
from bcdsl.pattern.walk import walk

CODE = "BC423"


def group_in_braces(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each outermost pair of braces in which a group is read in another way than written."""
    for node in _outermost(pattern.nodes):
        if any(_misread(pattern, inner) for inner in walk((node,))):
            whole = as_groups(pattern)
            yield Flaw(
                code=CODE,
                message="a bracket inside braces does not end where it is closed: text in braces"
                " does not stop at `)` or `|`",
                start=node.start,
                end=node.end,
                help=f"write a group instead of the braces: `{whole}` (this adds a number)",
                severity=Severity.WARNING,
            )


def _outermost(nodes: tuple[Node, ...]) -> Iterator[Braces]:
    for node in nodes:
        if isinstance(node, Braces):
            if any(isinstance(inner, Group) for inner in walk((node,))):
                yield node
        elif isinstance(node, Group):
            for alternative in node.alternatives:
                yield from _outermost(alternative)


def _misread(pattern: Pattern, node: Node) -> bool:
    if isinstance(node, Group):
        if node.closer in ("}", ""):
            return True
        return any(
            isinstance(inner, Text)
            and any(char in ")|" for _, char in unescaped(pattern, inner.start, inner.end))
            for inner in walk((node,))
        )
    return isinstance(node, Braces) and node.closer == ")"


def as_groups(pattern: Pattern) -> str:
    """Return the pattern's text with `{p,q}` written as `(p|q)`, as its author nests them."""
    out: list[str] = []
    stack: list[str] = []
    owed = 0
    text = pattern.text
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\":
            out.append(text[at : at + 2])
            at += 2
            continue
        if owed:
            owed += (char == "[") - (char == "]")
        elif char == "[":
            owed = 1
        elif char == "{":
            stack.append(char)
            char = "@(" if out and out[-1] in ("*", "?") else "("
        elif char in "(":
            stack.append(char)
        elif char in ")}" and stack:
            stack.pop()
            char = ")"
        elif char == "," and stack and stack[-1] == "{":
            char = "|"
        out.append(char)
        at += 1
    return "".join(out)
