"""Which branches a pipeline reads, and names in the order of who reads whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any, TypeAlias

from bcdslc.cluster.seen import SeenPipeline
from bcdslc.plan.normal import leaves, normal
from bcdslc.spec.decode import decode
from bcdslc.spec.write import to_json

Repo: TypeAlias = tuple[str, str]  # project, name
Reads: TypeAlias = Mapping[str, frozenset[str]]


def stored_form(seen: SeenPipeline) -> dict[str, Any]:
    """Return the normal form of what stands."""
    spec, _ = decode(seen.spec)
    value = {} if spec is None else to_json(spec.request)
    value.setdefault("pipeline", {"project": {"name": seen.project}, "name": seen.name})
    return normal(value, seen.project, stored=seen.filled)


def branches_read(form: dict[str, Any]) -> frozenset[tuple[Repo, str]]:
    """Return the repos that a normal form reads, each with its branch."""
    if "input" not in form:
        return frozenset()
    found = [leaf["pfs"] for leaf in leaves(form["input"]) if "pfs" in leaf]
    return frozenset(((pfs["project"], pfs.get("repo", "")), pfs["branch"]) for pfs in found)


def repos_read(form: dict[str, Any]) -> frozenset[Repo]:
    """Return the repos that a normal form reads."""
    return frozenset(repo for repo, _ in branches_read(form))


def names_read(form: dict[str, Any], project: str) -> frozenset[str]:
    """Return the repos of one project that a normal form reads."""
    return frozenset(name for inside, name in repos_read(form) if inside == project)


def repos_made(form: dict[str, Any]) -> frozenset[Repo]:
    """Return the repos that come and go with a pipeline: its output, and its clocks' ticks."""
    pipeline = form["pipeline"]
    clocks = [leaf["cron"] for leaf in leaves(form.get("input", {})) if "cron" in leaf]
    ticks = [(cron["project"], cron["repo"]) for cron in clocks]
    return frozenset([(pipeline["project"]["name"], pipeline["name"]), *ticks])


def reads_among(forms: Iterable[dict[str, Any]], *more: dict[str, Any]) -> Reads:
    """Return which of some pipelines of one project each of them reads, by name.

    `more` are other forms of them, which may make other repos.
    """
    known = list(forms)
    maker = {
        repo: form["pipeline"]["name"] for form in (*more, *known) for repo in repos_made(form)
    }
    return {
        form["pipeline"]["name"]: frozenset(
            maker[repo] for repo in repos_read(form) if repo in maker
        )
        for form in known
    }


def downstream_first(reads: Mapping[str, Set[str]]) -> list[str]:
    """Return names so that whoever reads another stands before it, ties by name."""
    left = dict(sorted(reads.items()))
    ordered = []
    while left:
        read = {repo for name, repos in left.items() for repo in repos if repo != name}
        free = [name for name in left if name not in read] or list(left)
        ordered += free
        for name in free:
            del left[name]
    return ordered
