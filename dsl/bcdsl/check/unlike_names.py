"""Every two inputs of a tied group must share the same names.

Pachyderm gives each input one key, and joins inputs whose keys are equal: a join of three
inputs whose pairs share different names cannot be said with one key each.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.check.stage_inputs import StageInputs, called, name_span, together
from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.ties import Part, Tie

CODE = "BC450"


def unlike_names(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield one problem for each tied part that no key can say."""
    for group in view.groups:
        for part in group.parts:
            if not part.sayable:
                yield _problem(part, grouped=view.inputs.each is not None)


def _problem(part: Part, *, grouped: bool) -> Diagnostic:
    name, having, lacking = _difference(part)
    has, lacks = together(called(tie.item) for tie in having), called(lacking.item)
    fewest = having[-1]
    return Diagnostic(
        code=CODE,
        message=f"{has} share `<{name}>`, which {lacks} lacks: "
        "Pachyderm joins inputs by one key, the same names in all of them",
        span=name_span(fewest.item, name),
        labels=(
            *(Label(name_span(tie.item, name), "shared here") for tie in having[:-1]),
            Label(lacking.item.span, f"tied to them without `<{name}>`"),
        ),
        help=_repair(name, having, lacking, part.shared, grouped=grouped),
    )


def _difference(part: Part) -> tuple[str, tuple[Tie, ...], Tie]:
    """Return a name that some but not all share, the inputs that do, and one that does not.

    Of several such names, the one that the fewest inputs have: dropping it is the smallest
    change.
    """
    names = frozenset(name for tie in part.inputs for name in tie.free)
    having = {name: tuple(tie for tie in part.inputs if name in tie.free) for name in names}
    name = min(
        (name for name in names if 1 < len(having[name]) < len(part.inputs)),
        key=lambda name: (len(having[name]), name),
    )
    lacking = next(tie for tie in part.inputs if name not in tie.free)
    return name, having[name], lacking


def _repair(
    name: str, having: tuple[Tie, ...], lacking: Tie, shared: frozenset[str], *, grouped: bool
) -> str:
    stay = together(f"`<{other}>`" for other in sorted(shared)) if shared else None
    drop = f"write `*` for `<{name}>` in {called(having[-1].item)}"
    if stay is not None:
        drop += f", so that {stay} alone ties them"
    stage = f"join {together(called(tie.item) for tie in having)} in a stage before this one"
    if stay is not None and not grouped:
        return f"{drop}; or `group` the inputs by {stay}; or {stage}"
    return f"{drop}; or {stage}, and read its output beside {called(lacking.item)}"
