"""Two inputs of one datum cannot share a directory under `/pfs`."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.rule.visit import positions
from bcdslc.spec.message import Input
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec


def input_name_twice(spec: Spec, world: World) -> Iterator[Finding]:
    """Find names used twice; alternatives of a union may share one."""
    if spec.request.input is not None:
        yield from _walk(spec.request.input, ("input",), {}, spec)


def _walk(node: Input, path: Path, seen: dict[str, Path], spec: Spec) -> Iterator[Finding]:
    """Report doubles below an input and note its names in `seen`.

    pachyderm: src/server/pps/server/api_server.go, validateNames.
    """
    if node.pfs is not None:
        name = node.pfs.name or node.pfs.repo or ""
        at = (*path, "pfs", "name" if node.pfs.name else "repo")
        yield from _note(name, at, seen)
    elif node.cron is not None:
        yield from _note(node.cron.name or "", (*path, "cron", "name"), seen)
    elif node.union:
        after: dict[str, Path] = {}
        for index, part in _parts(node, "union", path, spec):
            own = dict(seen)
            yield from _walk(part, (*path, "union", index), own, spec)
            after.update(own)
        seen.update(after)
    else:
        for operator in ("cross", "join", "group"):
            if getattr(node, operator):
                for index, part in _parts(node, operator, path, spec):
                    yield from _walk(part, (*path, operator, index), seen, spec)
                return


def _parts(node: Input, operator: str, path: Path, spec: Spec) -> list[tuple[int, Input]]:
    """Return the members of an operator, those first to which the server comes first."""
    order = positions(spec)
    parts: tuple[Input, ...] = getattr(node, operator) or ()
    return sorted(
        enumerate(parts), key=lambda part: order.get((*path, operator, part[0]), len(order))
    )


def _note(name: str, path: Path, seen: dict[str, Path]) -> Iterator[Finding]:
    if name and name in seen:
        yield Finding(
            path=path,
            message=f"two inputs are called `{name}`",
            help="give one of them another `name`",
            server=f'name "{name}" was used more than once',
            labels=((seen[name], "the other one"),),
        )
    seen.setdefault(name, path)


RULE = Rule(code="BC626", kind=Kind.REFUSED, severity=Severity.ERROR, check=input_name_twice)
