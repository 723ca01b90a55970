"""Stages that read themselves, directly or through others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.finding import error
from bcdsl.input_names import leaves_of
from bcdsl.model import PfsLeaf, Stage, Writer
from bcdsl.resolve.scope import Source
from bcdsl.source import Span

CODE = "BC305"

Reads = dict[str, dict[str, Span]]


def cycles(stages: Sequence[Stage], sources: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Yield one finding for each stage from which a walk upstream first comes back to its path."""
    reads = {stage.name.value: dict(_reads(stage, sources)) for stage in stages}
    done: set[str] = set()
    for stage in stages:
        yield from _walk(stage.name.value, reads, done)


def _reads(stage: Stage, sources: Mapping[str, Source]) -> Iterator[tuple[str, Span]]:
    """Yield the stages that a stage reads, with the place of the ref."""
    if stage.inputs is None:
        return
    for item in stage.inputs.items:
        for leaf in leaves_of(item):
            if isinstance(leaf, PfsLeaf) and leaf.writer in (Writer.STAGE, Writer.TICK):
                source = sources[leaf.repo.value]
                if source.stage is not None:
                    yield source.stage, leaf.repo.span


def _walk(start: str, reads: Reads, done: set[str]) -> Iterator[Diagnostic]:
    """Walk upstream depth first, without recursion; `path` holds the stages in hand."""
    if start in done:
        return
    path = [start]
    on_path = {start}
    left = [iter(reads.get(start, {}).items())]
    while path:
        step = next(left[-1], None)
        if step is None:
            left.pop()
            done.add(path[-1])
            on_path.discard(path.pop())
            continue
        name, span = step
        if name in on_path:
            yield _cycle(path[path.index(name) :], span, reads)
        elif name not in done:
            path.append(name)
            on_path.add(name)
            left.append(iter(reads.get(name, {}).items()))


def _cycle(names: list[str], span: Span, reads: Reads) -> Diagnostic:
    if len(names) == 1:
        return error(
            CODE,
            f"the stage `{names[0]}` reads what it writes itself",
            span,
            "a stage in between, or another repo, must come first",
        )
    path = " reads ".join(f"`{name}`" for name in [*names, names[0]])
    labels = tuple(
        Label(reads[reader][read], f"`{reader}` reads `{read}`") for reader, read in pairwise(names)
    )
    return error(
        CODE,
        f"stages read each other in a circle: {path}",
        span,
        "take one of the refs out",
        labels=labels,
    )
