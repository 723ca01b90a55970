"""A breach at a path of a spec, as a diagnostic at the place it was written.

A spec that has no text (it came over the network) has no places; then the message names
the pipeline.
"""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic, Fix, Label, Severity
from bcdslc.spec.origin import Origins, Path
from bcdslc.spec.repair import Repair


def problem(
    origins: Origins,
    name: str,
    *,
    code: str,
    severity: Severity,
    path: Path,
    message: str,
    help: str | None = None,
    on_key: bool = False,
    labels: tuple[Label, ...] = (),
    repair: Repair | None = None,
) -> Diagnostic:
    """Return the diagnostic of a breach in the pipeline `name`."""
    span = origins.key(path) if on_key else origins.at(path)
    if span is None:
        message = f"pipeline `{name}`: {message}" if name else f"a pipeline without name: {message}"
    fix = None
    if repair is not None and span is not None:
        from bcdslc.spec.edits import repair_edits

        found = repair_edits(origins, repair)
        fix = Fix(repair.title, found) if found else None
    return Diagnostic(
        code=code,
        message=message,
        span=span,
        severity=severity,
        labels=labels,
        help=help,
        fix=fix,
    )
