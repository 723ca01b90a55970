"""One form for a spec and for what the server stores of it (section 2.8 of the spec reference).

What the server fills in is filled in, inputs stand in its order, and what is the same as absent
is left out. Texts of one meaning (`1024Mi` and `1Gi`) stay as they are: `same` knows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bcdslc.plan.mark import without_marks
from bcdslc.rule.canonical_glob import canonical_glob
from bcdslc.spec import message
from bcdslc.spec.field import Kind, Shape, fields_of
from bcdslc.spec.message import CreatePipelineRequest

OPERATORS = ("join", "group", "cross", "union")
# An update keeps the salt that was drawn at creation; the others are said in the call.
NOT_COMPARED = ("salt", "update", "reprocess", "specCommit", "dryRun", "tfJob")


def normal(value: dict[str, Any], project: str, *, stored: bool = False) -> dict[str, Any]:
    """Return the normal form of an effective spec.

    With `stored` the value is what the server keeps, whose inputs stand in order already: a
    name that was filled in there must not move its input.
    """
    spec = _present(CreatePipelineRequest, value)
    for key in NOT_COMPARED:
        spec.pop(key, None)
    name = spec.get("pipeline", {}).get("name", "")
    inside = spec.get("pipeline", {}).get("project", {}).get("name") or project
    spec["pipeline"] = {"project": {"name": inside}, "name": name}
    _fill(spec)
    if "input" in spec:
        if not stored:
            spec["input"] = _sorted(spec["input"])
        _fill_inputs(spec["input"], name, inside)
    return spec


def _present(cls: type, value: dict[str, Any]) -> dict[str, Any]:
    """Return a message without what means the same as absent: zeros and empty messages.

    A toleration's seconds have a presence of their own, and an empty spout is a spout.
    """
    found = {}
    for item in fields_of(cls):
        given = value.get(item.camel)
        if given is None:
            continue
        if item.kind is Kind.MESSAGE and item.message is not None:
            inner = getattr(message, item.message)
            if item.shape is Shape.LIST:
                given = [_present(inner, each) for each in given]
            else:
                given = _present(inner, given)
        number_of_its_own = item.camel == "tolerationSeconds"
        bare = item.camel in ("spout", "service", "trigger", "pfs", "cron")
        first = item.kind is Kind.ENUM and item.enum and given in (0, item.enum[0])
        if (given or number_of_its_own or bare) and not first and given != "0s":
            found[item.camel] = given
    return found


def _fill(spec: dict[str, Any]) -> None:
    transform = spec.setdefault("transform", {})
    transform.setdefault("image", "ubuntu:20.04")
    spec.setdefault("outputBranch", "master")
    spec.setdefault("datumTries", 3)
    spec.setdefault("reprocessSpec", "until_success")
    for holder in (spec, spec.get("spout", {})):
        if "service" in holder:
            holder["service"].setdefault("type", "NodePort")
    if spec.get("parallelismSpec", {}).get("constant", 1) == 1:
        spec.pop("parallelismSpec", None)  # one worker, as without
    without_marks(spec)


def _sorted(tree: dict[str, Any]) -> dict[str, Any]:
    """Return an input whose operators list their parts by name as written, stably."""
    found = dict(tree)
    for kind in OPERATORS:
        if kind in tree:
            found[kind] = sorted([_sorted(part) for part in tree[kind]], key=_name)
    return found


def _name(tree: dict[str, Any]) -> str:
    """Return the name by which the server sorts: a leaf's own, or its first part's."""
    if "pfs" in tree:
        return str(tree["pfs"].get("name", ""))
    for kind in OPERATORS:
        if tree.get(kind):
            return _name(tree[kind][0])
    return ""  # a clock counts as nameless (section 2.8)


def _fill_inputs(tree: dict[str, Any], pipeline: str, project: str) -> None:
    triggered: Counter[str] = Counter()
    for leaf in leaves(tree):
        if "pfs" in leaf:
            _fill_pfs(leaf["pfs"], pipeline, project, triggered)
        if "cron" in leaf:
            cron = leaf["cron"]
            cron.setdefault("project", project)
            cron.setdefault("repo", f"{pipeline}_{cron.get('name', '')}")


def _fill_pfs(pfs: dict[str, Any], pipeline: str, project: str, triggered: Counter[str]) -> None:
    repo = pfs.get("repo", "")
    pfs.setdefault("project", project)
    pfs.setdefault("name", repo)
    pfs.setdefault("repoType", "user")
    if pfs.get("glob"):
        pfs["glob"] = canonical_glob(pfs["glob"])
    trigger = pfs.get("trigger")
    if trigger is not None:
        triggered[repo] += 1
    if not pfs.get("branch"):
        pfs["branch"] = "master"
        if trigger is not None:
            pfs["branch"] = f"{pipeline}-trigger-{triggered[repo]}"
            trigger.setdefault("branch", "master")


def leaves(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the inputs that hold no others, from left to right."""
    inner = [part for kind in OPERATORS for part in tree.get(kind, ())]
    if not inner:
        yield tree
    for part in inner:
        yield from leaves(part)
