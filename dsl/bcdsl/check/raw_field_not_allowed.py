"""Raw fields may not set what the stage itself says, nor what belongs to a command."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Diagnostic
from bcdsl.model import Dag

CODE = "BC480"

_INSTEAD = {
    "pipeline": "the stage's name and the document's `project` say it",
    "input": "write `from`",
    "update": "it belongs to a command: `bcdsl apply`, `pachctl update pipeline`",
    "reprocess": "it belongs to a command: `pachctl update pipeline --reprocess`",
    "dry_run": "it belongs to a command: `bcdsl plan`",
    "spec_commit": "only the server's own restore writes it",
    "tf_job": "no server takes it",
}
_FIELDS = {
    **{name: name for name in _INSTEAD},
    "dryRun": "dry_run",
    "specCommit": "spec_commit",
    "tfJob": "tf_job",
}


def raw_field_not_allowed(dag: Dag) -> Iterator[Diagnostic]:
    """Yield one problem for each field that `spec` may not set."""
    for stage in dag.stages:
        for key, _ in stage.spec.entries if stage.spec else ():
            name = _FIELDS.get(key.text)
            if name is not None:
                yield Diagnostic(
                    code=CODE,
                    message=f"`spec` may not set `{key.text}`",
                    span=key.span,
                    help=_INSTEAD[name],
                )
