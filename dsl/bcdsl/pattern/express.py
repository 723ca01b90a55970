"""Tree to expression: what each token matches, and the one mode of all negations.

A negation is a look-ahead and then a run of non-slashes; what is taken is never compared with
the alternatives. Whether the look-ahead asks for a match up to the end of the path is one
decision for the whole glob: it does unless text, `*` or `**` stands anywhere after the
negation that closes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Series

from bcdsl.pattern.char_class import ranges
from bcdsl.pattern.expression import (
    NO_NEWLINE,
    NO_SLASH,
    Capture,
    Choice,
    Expressed,
    Expression,
    Literal,
    OneOf,
    Repeat,
    Run,
    Sequence,
    Unless,
)
from bcdsl.pattern.leak import has_leak, leaked
from bcdsl.pattern.tree import (
    AnyChar,
    Braces,
    CharClass,
    DoubleStar,
    Fixed,
    Group,
    Node,
    Pattern,
    Star,
    Text,
)


def express(pattern: Pattern) -> Expressed:
    """Return what the pattern means; it must be one that the reader found to compile."""
    if has_leak(pattern):
        return leaked(pattern, to_end=whole_mode(pattern.nodes))
    expressing = _Expressing(to_end=whole_mode(pattern.nodes))
    body = expressing.sequence(pattern.nodes)
    return Expressed(body=body, captures=expressing.captures)


def whole_mode(nodes: Series[Node]) -> bool:
    """Say whether the look-aheads of the negations ask for the end of the path."""
    closed = False
    for event in _events(nodes):
        if closed and event == "text":
            return False
        closed = closed or event == "negation closes"
    return True


def _events(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Text() | Fixed() | Star() | DoubleStar():
                yield "text"
            case Group() | Braces():
                for alternative in node.alternatives:
                    yield from _events(alternative)
                if isinstance(node, Group) and node.operator == "!":
                    yield "negation closes"
            case AnyChar() | CharClass():
                pass


class _Expressing:
    """One pass over a tree: counts captures, and knows the mode."""

    def __init__(self, *, to_end: bool) -> None:
        self.to_end = to_end
        self.captures = 0

    def sequence(self, nodes: Iterable[Node]) -> Sequence:
        return tuple(part for node in nodes for part in self.node(node))

    def node(self, node: Node) -> Iterator[Expression]:
        match node:
            case Text(text=text) | Fixed(text=text):
                if text:
                    yield Literal(text)
            case AnyChar():
                yield NO_SLASH
            case Star():
                yield Run(NO_SLASH)
            case DoubleStar():
                yield Run(NO_NEWLINE)
            case CharClass():
                yield OneOf(ranges(node.members), node.negated)
            case Braces():
                yield Choice(self.alternatives(node))
            case Group():
                yield self.group(node)

    def alternatives(self, node: Braces | Group) -> tuple[Sequence, ...]:
        return tuple(self.sequence(alternative) for alternative in node.alternatives)

    def group(self, node: Group) -> Expression:
        self.captures += 1
        number = self.captures
        inside = self.alternatives(node)
        match node.operator:
            case "?":
                body: Sequence = (Repeat(inside, least=0, once=True),)
            case "*":
                body = (Repeat(_one_kind(inside), least=0),)
            case "+":
                body = (Repeat(_one_kind(inside), least=1),)
            case "!":
                body = (Unless(inside, to_end=self.to_end), Run(NO_SLASH))
            case _:
                body = inside[0] if len(inside) == 1 else (Choice(inside),)
        return Capture(number, body)


def _one_kind(alternatives: tuple[Sequence, ...]) -> tuple[Sequence, ...]:
    """Return alternatives that are one character each as one class: `a|b` repeats as `[ab]`."""
    pairs: list[tuple[str, str]] = []
    for alternative in alternatives:
        match alternative:
            case (Literal(text),) if len(text) == 1:
                pairs.append((text, text))
            case (OneOf(inside, negated=False),):
                pairs.extend(inside)
            case _:
                return alternatives
    return ((OneOf(tuple(pairs)),),)
