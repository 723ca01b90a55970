"""Whether a cluster is still what a plan was made for."""

from __future__ import annotations

from bcdslc.cluster.seen import Standing
from bcdslc.plan.change import Keep, Plan


def moved(plan: Plan, standing: Standing) -> tuple[str, ...]:
    """Return what changed since the plan was made, in words; nothing if it still holds."""
    found = []
    touched = {c.name for c in plan.changes if not isinstance(c, Keep)}
    for name, was in plan.base:
        seen = standing.pipeline(plan.project, name)
        now = None if seen is None else (seen.version, seen.spec_commit)
        if now == was or (name not in touched and now is not None and was is None):
            continue
        if now is None:
            found.append(f"`{name}` was deleted")
        elif was is None:
            found.append(f"`{name}` was created")
        else:
            found.append(f"`{name}` went from version {was[0]} to {now[0]}")
    found += [
        f"the repo `{repo}` was created"
        for repo in plan.new_repos
        if (plan.project, repo) in standing.repos
    ]
    return tuple(found)
