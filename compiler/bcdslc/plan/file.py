"""A plan as a JSON value and back: what `--json` shows and `--out` keeps."""

from __future__ import annotations

from typing import Any

from bcdslc.plan.change import (
    Change,
    Create,
    Delete,
    Effect,
    FieldChange,
    Keep,
    Plan,
    Recreate,
    Update,
)
from bcdslc.plan.difference import Difference
from bcdslc.plan.step import Remove, Send, Start, Step, Stop

FORM = 2


class PlanFileError(ValueError):
    """A value is no plan of ours."""


def to_value(plan: Plan) -> dict[str, Any]:
    """Return a plan as a JSON value."""
    return {
        "bcdslPlan": FORM,
        "project": plan.project,
        "dag": plan.dag,
        "newProject": plan.new_project,
        "newRepos": list(plan.new_repos),
        "changes": [_change(change) for change in plan.changes],
        "steps": [_step(step) for step in plan.steps],
        "base": [[name, list(was) if was else None] for name, was in plan.base],
        "downstream": [[name, effect.value] for name, effect in plan.downstream],
        "others": list(plan.others),
        "leftBehind": list(plan.left_behind),
        "cycles": [list(each) for each in plan.cycles],
    }


def from_value(value: Any) -> Plan:
    """Return the plan that a JSON value is."""
    if not isinstance(value, dict) or value.get("bcdslPlan") != FORM:
        raise PlanFileError("it is no plan, or one of another version of bcdsl")
    try:
        return Plan(
            project=value["project"],
            dag=value["dag"],
            new_project=value["newProject"],
            new_repos=tuple(value["newRepos"]),
            changes=tuple(_read_change(change) for change in value["changes"]),
            steps=tuple(_read_step(step) for step in value["steps"]),
            base=tuple((name, (was[0], was[1]) if was else None) for name, was in value["base"]),
            downstream=tuple((name, Effect(effect)) for name, effect in value["downstream"]),
            others=tuple(value["others"]),
            left_behind=tuple(value["leftBehind"]),
            cycles=tuple((name, through) for name, through in value["cycles"]),
        )
    except (KeyError, TypeError, ValueError, IndexError) as problem:
        raise PlanFileError("it is no whole plan") from problem


def _change(change: Change) -> dict[str, Any]:
    match change:
        case Create():
            return {"kind": "create", "name": change.name, "spec": change.spec}
        case Keep():
            return {
                "kind": "keep",
                "name": change.name,
                "effect": change.effect.value,
                "because": list(change.because),
            }
        case Update():
            return {
                "kind": "update",
                "name": change.name,
                "effect": change.effect.value,
                "reprocess": change.reprocess,
                "held": change.held,
                "because": list(change.because),
                "jobs": change.jobs,
                "fields": [_field(each) for each in change.fields],
                "spec": change.spec,
            }
        case Recreate():
            return {
                "kind": "recreate",
                "name": change.name,
                "effect": Effect.RECREATE.value,
                "jobs": change.jobs,
                "fields": [_field(each) for each in change.fields],
                "spec": change.spec,
            }
        case Delete():
            return {"kind": "delete", "name": change.name, "jobs": change.jobs}


def _field(each: FieldChange) -> dict[str, Any]:
    return {
        "path": list(each.difference.path),
        "place": list(each.difference.place),
        "old": each.difference.old,
        "new": each.difference.new,
        "effect": each.effect.value,
        "line": list(each.line) if each.line else None,
    }


def _step(step: Step) -> dict[str, Any]:
    match step:
        case Stop():
            return {"do": "stop", "name": step.name}
        case Remove():
            return {"do": "delete", "name": step.name, "again": step.again}
        case Send():
            return {"do": "send", "create": list(step.creates), "update": list(step.updates)}
        case Start():
            return {"do": "start", "name": step.name}


def _read_change(value: Any) -> Change:
    name = value["name"]
    match value["kind"]:
        case "create":
            return Create(name=name, spec=value["spec"])
        case "keep":
            effect = Effect(value["effect"])
            return Keep(name=name, effect=effect, because=tuple(value["because"]))
        case "update":
            return Update(
                name=name,
                spec=value["spec"],
                fields=tuple(_read_field(each) for each in value["fields"]),
                effect=Effect(value["effect"]),
                reprocess=value["reprocess"],
                held=value["held"],
                because=tuple(value["because"]),
                jobs=value["jobs"],
            )
        case "recreate":
            fields = tuple(_read_field(each) for each in value["fields"])
            return Recreate(name=name, spec=value["spec"], fields=fields, jobs=value["jobs"])
        case "delete":
            return Delete(name=name, jobs=value["jobs"])
    raise PlanFileError("it is no whole plan")


def _read_field(value: Any) -> FieldChange:
    line = value["line"]
    return FieldChange(
        difference=Difference(
            path=tuple(value["path"]),
            place=tuple(value["place"]),
            old=value["old"],
            new=value["new"],
        ),
        effect=Effect(value["effect"]),
        line=(line[0], line[1]) if line else None,
    )


def _read_step(value: Any) -> Step:
    match value["do"]:
        case "stop":
            return Stop(name=value["name"])
        case "delete":
            return Remove(name=value["name"], again=value["again"])
        case "send":
            return Send(creates=tuple(value["create"]), updates=tuple(value["update"]))
        case "start":
            return Start(name=value["name"])
    raise PlanFileError("it is no whole plan")
