"""Who reads what would be deleted: pipelines of others, and stages that read a former stage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bcdsl.diagnostic import Diagnostic
from bcdsl.source import Span
from bcdslc.cluster.seen import SeenPipeline
from bcdslc.plan.mark import OWNER
from bcdslc.plan.merge import submitted
from bcdslc.plan.normal import normal
from bcdslc.plan.reads import Repo, repos_read, stored_form
from bcdslc.spec.spec import Spec

OTHERS_READ = "BC824"


def others_read(
    going: Mapping[Repo, Span | None], others: Iterable[SeenPipeline], mark: str | None
) -> Iterator[Diagnostic]:
    """Yield which others read a repo that would be deleted, at its stage's place if it has one.

    `mark` is the document's: what bears it was a stage once. A stopped pipeline is downstream of
    nothing, and yet would find nothing there at its start.
    """
    for each in others:
        former = mark is not None and each.annotations.get(OWNER) == mark
        for repo in sorted(repos_read(stored_form(each)) & going.keys()):
            yield Diagnostic(
                code=OTHERS_READ,
                message=f"`{each.project}/{each.name}` reads `{repo[1]}`, which would be deleted, "
                "and is not of this document",
                span=going[repo],
                help="say `--prune`: it was a stage of this document"
                if former
                else "delete that pipeline first, or let it read something else",
            )


def stages_read(
    going: Collection[Repo], specs: Iterable[Spec], project: str
) -> Iterator[Diagnostic]:
    """Yield the stages of the document that read a former stage, which is to be pruned."""
    for spec in specs:
        form = normal(submitted(spec, project), project)
        for _, name in sorted(repos_read(form) & set(going)):
            yield Diagnostic(
                code=OTHERS_READ,
                message=f"`{spec.name}` reads `{name}`, which `--prune` would delete",
                span=spec.at("input"),
                help="make it a stage again, let this one read something else, or do not prune",
            )
