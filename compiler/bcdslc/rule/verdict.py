"""What a server would say of one spec: the whole answer of a call to create it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bcdsl.frozen import dataclass
from bcdslc.rule.refused import STAGES, project_missing
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.rule.rules import RULES
from bcdslc.rule.run import findings
from bcdslc.rule.visit import position
from bcdslc.spec.decode import NULL_VALUE, decode
from bcdslc.spec.spec import Spec

MOST = 600  # characters of a sentence
PROJECT_MISSING = project_missing.RULE.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the server refuses, the codes of all that was found, its words where known."""

    refused: bool
    codes: tuple[str, ...]
    text: str | None


def verdict(value: object, world: World) -> Verdict:
    """Return the verdict on a spec's JSON value in a world that is known in full.

    What does not parse is not looked at further, except that the project's defaults are
    read before a null in the place of a list is noticed.
    """
    spec, problems = decode(value, target=world.target)
    refusals = _refusals(spec, world) if spec is not None else []
    no_project = bool(refusals) and refusals[0][0].code == PROJECT_MISSING
    if spec is None or any(each.code != NULL_VALUE or not no_project for each in problems):
        codes = dict.fromkeys([each.code for each in problems])
        return Verdict(refused=True, codes=tuple(codes), text=None)
    others = [rule for rule in RULES if rule.kind is not Kind.REFUSED]
    found = [*refusals, *findings(spec, world, others)]
    text = refusals[0][1].server if refusals else None
    return Verdict(
        refused=bool(refusals),
        codes=tuple(dict.fromkeys(rule.code for rule, _ in found)),
        text=text[:MOST] if text is not None else None,
    )


def _refusals(spec: Spec, world: World) -> list[tuple[Rule, Finding]]:
    """Return the refusals in the order in which the server comes to them."""
    found: list[tuple[Rule, Finding]] = []
    for stage in STAGES:
        breaches = list(findings(spec, world, stage))
        if len(stage) > 1 and len(breaches) > 1:
            breaches.sort(key=lambda breach: position(spec, breach[1].path))
        found += breaches
    return found


def world_of(given: Mapping[str, Any], target: int) -> World:
    """Return the world that a line lists: projects, repos, branches, secrets, and no more."""
    return World(
        target=target,
        closed=True,
        projects=frozenset(given.get("projects") or ()),
        repos=frozenset(_pair(repo) for repo in given.get("repos") or ()),
        branches=frozenset(_triple(branch) for branch in given.get("branches") or ()),
        secrets={
            secret["name"]: frozenset(secret.get("keys") or ())
            for secret in given.get("secrets") or ()
        },
    )


def _pair(text: str) -> tuple[str, str]:
    project, _, repo = text.partition("/")
    return project, repo


def _triple(text: str) -> tuple[str, str, str]:
    repo, _, branch = text.rpartition("@")
    return (*_pair(repo), branch)
