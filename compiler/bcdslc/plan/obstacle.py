"""What stands in the way of a plan, at the lines of the document that ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.source import Span
from bcdslc.cluster.fault import Fault
from bcdslc.cluster.seen import Standing
from bcdslc.plan.change import Create, Delete, Effect, FieldChange, Plan, Recreate, Update
from bcdslc.plan.foreign import others_read, stages_read
from bcdslc.plan.mark import owner
from bcdslc.plan.reads import Repo, branches_read, repos_made, stored_form
from bcdslc.plan.taken_over import taken_over
from bcdslc.plan.too_new import too_new
from bcdslc.plan.wish import Wish
from bcdslc.rule.rule import World
from bcdslc.rule.rules import RULES
from bcdslc.rule.run import findings
from bcdslc.spec.problem import problem
from bcdslc.spec.spec import Spec

CYCLE = "BC808"
BRANCH_READ = "BC810"
OTHER_KIND = "BC811"
NAME_TAKEN = "BC812"
REFUSED_STAGE = "BC813"
NO_MARK = "BC814"


def obstacles(plan: Plan, standing: Standing, wish: Wish) -> Iterator[Diagnostic]:
    """Yield what the server would refuse, or do by halves, and what nobody may have meant."""
    yield from too_new(wish.specs, standing.version)
    yield from taken_over(plan, standing, wish)
    known = {spec.name: spec for spec in wish.specs}
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
        if isinstance(change, Recreate) and change.name not in wish.recreate:
            yield _not_agreed(change, spec)
    yield from in_the_way(plan, standing, wish.specs)
    for name, through in plan.cycles:
        yield _at(
            known.get(name),
            CYCLE,
            ("input",),
            f"`{name}` would read what it writes, through `{through}`",
            "let one of them read something else; the server refuses a cycle",
        )


def _not_agreed(change: Recreate, spec: Spec | None) -> Diagnostic:
    place = next((f.difference.place for f in change.fields if f.effect is Effect.RECREATE), ())
    return _at(
        spec,
        OTHER_KIND,
        place,
        f"`{change.name}` becomes another kind of pipeline, which no update can do",
        f"say `--recreate {change.name}`: it is deleted with all it wrote, and made anew",
    )


def in_the_way(plan: Plan, standing: Standing, known: Iterable[Spec]) -> Iterator[Diagnostic]:
    """Yield the pipelines of others that read what would be deleted, or a branch that moves."""
    specs = {spec.name: spec for spec in known}
    going: dict[Repo, Span | None] = {}
    pruned: set[Repo] = set()
    left: dict[tuple[Repo, str], FieldChange] = {}
    for change in plan.changes:
        seen = standing.pipeline(plan.project, change.name)
        if isinstance(change, Recreate | Delete) and seen is not None:
            spec = specs.get(change.name)
            span = None if spec is None else spec.at("pipeline", "name")
            made = repos_made(stored_form(seen))
            going |= dict.fromkeys(made, span)
            pruned |= made if isinstance(change, Delete) else set()
        if isinstance(change, Update):
            for each in change.fields:
                if each.effect is Effect.MOVES:
                    left[(plan.project, change.name), str(each.difference.old)] = each
    if not going and not left:
        return
    ours = {(plan.project, change.name) for change in plan.changes}
    others = [each for each in standing.pipelines if (each.project, each.name) not in ours]
    yield from others_read(going, others, owner(plan.project, plan.dag))
    if pruned:
        yield from stages_read(pruned, specs.values(), plan.project)
    for other in others:
        for repo, branch in sorted(branches_read(stored_form(other)) & left.keys()):
            yield _at(
                specs.get(repo[1]),
                BRANCH_READ,
                left[repo, branch].difference.place,
                f"`{other.project}/{other.name}` reads `{repo[1]}@{branch}`, to which nothing more "
                f"would be written",
                f"keep `{branch}`, or let that pipeline read the new branch first",
            )


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
    return problem(
        spec.origins,
        spec.name,
        code=code,
        severity=Severity.ERROR,
        path=path,
        message=message,
        help=help,
    )
