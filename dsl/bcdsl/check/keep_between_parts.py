"""`keep` has no meaning that Pachyderm can say where fixed names tie what other names tie too.

Such parts are put together by a cross, which is empty if one part is: nothing could be kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.check.stage_inputs import StageInputs, called, pfs_leaves, together
from bcdsl.diagnostic import Diagnostic

CODE = "BC451"


def keep_between_parts(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield one problem for each kept input of a group that falls into joined parts."""
    for group in view.groups:
        if len(group.parts) == 1 or group.only_fixed:
            continue
        fixed = sorted(frozenset[str]().union(*(tie.names - tie.free for tie in group.inputs)))
        names = together(f"`<{name}>`" for name in fixed)
        for tie in group.inputs:
            if tie.kept:
                keep = next(leaf.keep for leaf in pfs_leaves(tie.item) if leaf.keep)
                yield Diagnostic(
                    code=CODE,
                    message=f"{called(tie.item)} cannot be kept: the parameter {names} ties "
                    "inputs here that other names tie further",
                    span=keep.span,
                    help=f"write the parameter's text in place of {names} on one side, or drop "
                    "`keep`",
                )
