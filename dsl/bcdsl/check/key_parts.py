"""What a written key may refer to: names and brackets of its own pattern."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bcdsl.check.stage_inputs import StageInputs, called, leaves, together
from bcdsl.diagnostic import Diagnostic, Label, Severity
from bcdsl.input_names import leaf_names
from bcdsl.model import Key, PfsLeaf
from bcdsl.pattern.slashes import slashes
from bcdsl.pattern.tree import Fixed, Group
from bcdsl.pattern.walk import walk
from bcdsl.suggest import nearest

NAME = "BC462"
NUMBER = "BC463"
AMBIGUOUS = "BC471"


def key_parts(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield what is wrong with each written key by itself."""
    for leaf in leaves(view.inputs.items):
        if isinstance(leaf, PfsLeaf):
            for key in (leaf.join_on, leaf.group_by):
                if key is not None:
                    problems = [*_names(leaf, key), *_numbers(leaf, key)]
                    yield from problems or _ambiguous(leaf, key)


def _names(leaf: PfsLeaf, key: Key) -> Iterator[Diagnostic]:
    bound = leaf_names(leaf)
    for part in key.parts:
        if part.name is not None and part.name not in bound:
            guess = nearest(part.name, bound)
            known = together(f"`<{name}>`" for name in bound) if bound else None
            has = f"it has {known}" if known else "write it there, or use `$n` for a bracket"
            yield Diagnostic(
                code=NAME,
                message=f"the key uses `<{part.name}>`, which the pattern of {called(leaf)} lacks",
                span=key.span,
                labels=(Label(leaf.pattern_span, "the pattern"),),
                help=f"did you mean `<{guess}>`?" if guess else has,
            )


def _numbers(leaf: PfsLeaf, key: Key) -> Iterator[Diagnostic]:
    count = max(
        (node.number for node in walk(leaf.pattern.nodes) if isinstance(node, Group | Fixed)),
        default=0,
    )
    for part in key.parts:
        if part.number is not None and part.number > count:
            have = f"it has {count}" if count else "it has none"
            yield Diagnostic(
                code=NUMBER,
                message=f"the key uses `${part.number}`, but the pattern of {called(leaf)} has no "
                "such bracket: the server would put nothing there",
                span=key.span,
                labels=(Label(leaf.pattern_span, f"brackets count from 1, names too; {have}"),),
                help="count the brackets, or use names",
            )


def _ambiguous(leaf: PfsLeaf, key: Key) -> Iterator[Diagnostic]:
    """Yield a warning where different values can make one key.

    Between two parts must stand a `+`, which no path has, or a `/` that no part of unknown
    depth can hold.
    """
    bound = leaf_names(leaf)
    by_number = {
        node.number: node for node in walk(leaf.pattern.nodes) if isinstance(node, Group | Fixed)
    }
    parts = [
        part
        if part.text is not None
        else bound.get(part.name or "", by_number.get(part.number or 0))
        for part in key.parts
    ]
    free = [index for index, part in enumerate(parts) if isinstance(part, Group)]
    for first, second in pairwise(free):
        between = "".join(
            part.text or "" for part in key.parts[first + 1 : second] if part.text is not None
        )
        nodes = [part for part in parts if isinstance(part, Group)]
        level = "/" in between and all(slashes(node) is not None for node in nodes)
        if "+" not in between and not level:
            yield Diagnostic(
                code=AMBIGUOUS,
                message=f"different files can make one key here: nothing in the key of "
                f"{called(leaf)} shows where one part ends",
                span=key.span,
                severity=Severity.WARNING,
                help="put `+` between the parts: no path in PFS has one",
            )
            return
