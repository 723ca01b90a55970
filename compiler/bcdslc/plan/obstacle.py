"""What stands in the way of a plan, at the lines of the document that ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bcdsl.diagnostic import Diagnostic
from bcdslc.cluster.fault import Fault
from bcdslc.cluster.seen import Standing
from bcdslc.plan.change import Create, Effect, FieldChange, Plan, Update
from bcdslc.rule.rule import World
from bcdslc.rule.rules import RULES
from bcdslc.rule.run import findings
from bcdslc.spec.problem import problem
from bcdslc.spec.spec import Spec

BRANCH_MOVED = "BC810"
OTHER_KIND = "BC811"
NAME_TAKEN = "BC812"
REFUSED_STAGE = "BC813"
NO_MARK = "BC814"


def obstacles(plan: Plan, standing: Standing, specs: Iterable[Spec]) -> Iterator[Diagnostic]:
    """Yield what the server would refuse, or would do by halves."""
    known = {spec.name: spec for spec in specs}
    for change in plan.changes:
        spec = known.get(change.name)
        if isinstance(change, Create) and (plan.project, change.name) in standing.repos:
            yield _at(
                spec,
                NAME_TAKEN,
                ("pipeline", "name"),
                f"`{change.name}` cannot be made: a repo of that name stands in `{plan.project}`",
                "delete that repo, or give the stage another name",
            )
        if isinstance(change, Update):
            for each in change.fields:
                found = _of_field(change.name, each, spec)
                if found is not None:
                    yield found


def _of_field(name: str, each: FieldChange, spec: Spec | None) -> Diagnostic | None:
    old, new = each.difference.old, each.difference.new
    if each.effect is Effect.REFUSED:
        return _at(
            spec,
            BRANCH_MOVED,
            each.difference.place,
            f"the output branch of `{name}` cannot go from `{old}` to `{new}` while it runs",
            f"keep `{old}`, or stop the pipeline, update it and start it again with pachctl",
        )
    if each.effect is Effect.RECREATE:
        return _at(
            spec,
            OTHER_KIND,
            each.difference.place,
            f"`{name}` becomes another kind of pipeline, which an update does by halves",
            f"delete the pipeline with `pachctl delete pipeline {name}`, then apply again",
        )
    return None


def refusal(fault: Fault, standing: Standing, specs: Iterable[Spec]) -> Diagnostic:
    """Return a refusal by the server, at the line that caused it, with our code if we know it."""
    by_name: Mapping[str, Spec] = {spec.name: spec for spec in specs}
    spec = by_name.get(fault.subject)
    if spec is not None:
        # what is said to be missing counts only where the server says the same
        world = World(
            target=standing.version[1],
            closed=True,
            projects=standing.projects | {spec.project},
            repos=standing.repos,
        )
        for rule, finding in findings(spec, world, RULES):
            if finding.server is not None and finding.server in fault.text:
                return _at(spec, rule.code, finding.path, finding.message, finding.help)
    about = f"`{fault.subject}`" if fault.subject else f"`{fault.call}`"
    return _at(
        spec, REFUSED_STAGE, ("pipeline", "name"), f"the server refused {about}: {fault.text}", None
    )


def no_mark(what: str) -> Diagnostic:
    """Return that a document without a name of its own owns no pipelines."""
    return Diagnostic(
        code=NO_MARK,
        message=f"a document without `dag` cannot {what}: nothing says which pipelines are its own",
        span=None,
        help="name the document with `dag: NAME` and apply it once",
    )


def _at(
    spec: Spec | None, code: str, path: tuple[str | int, ...], message: str, help: str | None
) -> Diagnostic:
    if spec is None:
        return Diagnostic(code=code, message=message, span=None, help=help)
    from bcdsl.diagnostic import Severity

    return problem(
        spec.origins,
        spec.name,
        code=code,
        severity=Severity.ERROR,
        path=path,
        message=message,
        help=help,
    )
