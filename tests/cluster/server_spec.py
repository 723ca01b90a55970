"""What a stand-in does with a spec: defaults laid under it, and what is stored of it."""

from __future__ import annotations

import copy
import json
from typing import Any

from bcdslc.rule.canonical_glob import canonical_glob
from cluster.server_state import Pipeline, Refused

BUILT_IN = {
    "transform": {"image": "ubuntu:20.04"},
    "outputBranch": "master",
    "datumTries": 3,
    "reprocessSpec": "until_success",
}


def details(each: Pipeline) -> dict[str, Any]:
    """Return a pipeline as the server stores it: inputs sorted, then filled in."""
    spec = without_zeros(copy.deepcopy(each.effective))
    del spec["pipeline"]
    if "input" in spec:
        sort_inputs(spec["input"])
        count: dict[str, int] = {}
        for leaf in leaves(spec["input"]):
            if "pfs" in leaf:
                pfs = leaf["pfs"]
                trigger = pfs.get("trigger")
                if trigger is not None:
                    count[pfs["repo"]] = count.get(pfs["repo"], 0) + 1
                if not pfs.get("branch"):
                    pfs["branch"] = "master"
                    if trigger is not None:
                        pfs["branch"] = f"{each.name}-trigger-{count[pfs['repo']]}"
                        trigger.setdefault("branch", "master")
                pfs.setdefault("name", pfs["repo"])
                pfs["repoType"] = "user"
                pfs.setdefault("project", each.project)
                pfs["glob"] = canonical_glob(pfs["glob"])
            else:
                leaf["cron"].setdefault("repo", f"{each.name}_{leaf['cron']['name']}")
                leaf["cron"].setdefault("project", each.project)
                leaf["cron"].setdefault("start", "<time>")
    for holder in (spec, spec.get("spout", {})):
        if "service" in holder:
            holder["service"].setdefault("type", "NodePort")
    return spec


def reads_of(leaf: dict[str, Any], project: str) -> Any:
    """Return project and repo that an input reads, None for a clock."""
    pfs = leaf.get("pfs")
    return None if pfs is None else (pfs.get("project") or project, pfs.get("repo", ""))


def leaves(tree: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the inputs that hold no others."""
    inner = [part for kind in ("join", "group", "cross", "union") for part in tree.get(kind, ())]
    if not inner:
        return [tree] if tree else []
    return [leaf for part in inner for leaf in leaves(part)]


def sort_inputs(tree: dict[str, Any]) -> None:
    """Put the parts of each operator in the order in which they are stored."""
    for kind in ("join", "group", "cross", "union"):
        for part in tree.get(kind, ()):
            sort_inputs(part)
        if kind in tree:
            tree[kind].sort(key=lambda part: leaves(part)[0].get("pfs", {}).get("name", ""))


def ticks(effective: dict[str, Any], project: str) -> list[tuple[str, str]]:
    """Return the repos of the ticks of a spec."""
    name = effective["pipeline"]["name"]
    crons = [leaf["cron"] for leaf in leaves(effective.get("input", {})) if "cron" in leaf]
    return [(project, cron.get("repo") or f"{name}_{cron['name']}") for cron in crons]


def patched(target: Any, patch: Any) -> Any:
    """Return a value with a merge patch applied."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = patched(result.get(key), value)
    return result


def check_effective(merged: dict[str, Any]) -> None:
    """Refuse what a server refuses of an effective spec."""
    text = "could not make effective spec: invalid effective spec …"
    if merged["reprocessSpec"] not in ("until_success", "every_job"):
        raise Refused("INVALID_ARGUMENT", text)
    try:
        json.loads(merged.get("podPatch", "{}"))
    except ValueError:
        raise Refused("INVALID_ARGUMENT", f"{text}: malformed PodPatch") from None


def without_zeros(message: Any) -> Any:
    """Return a message as it is written: zeros have no presence, but as values of a map."""
    if isinstance(message, list):
        return [without_zeros(each) for each in message]
    if not isinstance(message, dict):
        return message
    maps = ("env", "nodeSelector", "annotations", "labels")
    return {
        key: value if key in maps else without_zeros(value)
        for key, value in message.items()
        if isinstance(value, dict) or value not in (False, 0, "", [])
    }


def repo_of(repo: dict[str, Any]) -> tuple[str, str]:
    """Return project and name of a repo."""
    return repo.get("project", {}).get("name") or "default", repo["name"]


def key_of(pipeline: dict[str, Any]) -> tuple[str, str]:
    """Return project and name of a pipeline."""
    return pipeline.get("project", {}).get("name") or "default", pipeline["name"]
