"""A script gets every filled parameter as a variable, so nothing else may take the name."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.check.stage_inputs import leaves
from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.model import Dag, Script, Stage

CODE = "BC474"


def parameter_in_script(dag: Dag) -> Iterator[Diagnostic]:
    """Yield one problem for each variable or input of a script that hides a parameter."""
    for stage in dag.stages if dag.params else ():
        if not _has_script(stage):
            continue
        taken = [(name, "variable") for name, _ in stage.env]
        if stage.inputs is not None:
            taken += [(leaf.name, "input") for leaf in leaves(stage.inputs.items)]
        for name, what in taken:
            param = dag.params.get(name.value)
            if param is not None:
                yield Diagnostic(
                    code=CODE,
                    message=f"the {what} `{name.value}` has the name of a parameter, which a "
                    "script gets as a variable",
                    span=name.span,
                    labels=(Label(param.span, "the parameter's value"),),
                    help="give one of the two another name",
                )


def _has_script(stage: Stage) -> bool:
    error = stage.on_error
    return isinstance(stage.run, Script) or (error is not None and isinstance(error.run, Script))
