"""Rules over specs: findings in the server's order, and findings as diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bcdsl.diagnostic import Diagnostic, Label
from bcdslc.rule.authors_words import in_authors_words
from bcdslc.rule.rule import AnyRule, Finding, FolderRule, Rule, World
from bcdslc.rule.rules import FOLDER_RULES, RULES
from bcdslc.spec.lookup import lookup
from bcdslc.spec.origin import Path
from bcdslc.spec.problem import problem
from bcdslc.spec.spec import Spec


def run_rules(
    specs: Sequence[Spec],
    world: World | None = None,
    rules: Iterable[AnyRule] = (*RULES, *FOLDER_RULES),
) -> tuple[Diagnostic, ...]:
    """Return what the rules find in specs that live together."""
    world = World() if world is None else world
    found: list[Diagnostic] = []
    alone = [rule for rule in rules if isinstance(rule, Rule)]
    for spec in specs:
        found += [
            _diagnostic(rule, spec, finding) for rule, finding in findings(spec, world, alone)
        ]
    for rule in rules:
        if isinstance(rule, FolderRule):
            for breach in rule.check(specs, world):
                others = _labels(breach.others)
                found.append(_diagnostic(rule, breach.spec, breach.finding, others))
    return tuple(found)


def findings(
    spec: Spec, world: World, rules: Iterable[Rule] = RULES
) -> Iterator[tuple[Rule, Finding]]:
    """Yield what rules find in one spec.

    A rule that guesses is not asked about a spec whose meaning was proved. Nothing is said to
    be missing where something was written that could not be read.
    """
    for rule in rules:
        if not (rule.guesses and spec.proved):
            for finding in rule.check(spec, world):
                if not spec.gaps or not _in_gap(spec, finding.path):
                    yield rule, finding


def _in_gap(spec: Spec, path: Path) -> bool:
    """Whether a finding is about what lacks at a place where something could not be read."""
    if path in spec.gaps:
        return True
    if path and path[:-1] in spec.gaps and lookup(spec.request, path) is None:
        return True
    return any(gap[:-1] == path for gap in spec.gaps if gap)


def _diagnostic(
    rule: AnyRule, spec: Spec, finding: Finding, others: tuple[Label, ...] = ()
) -> Diagnostic:
    own = tuple([(spec, path, text) for path, text in finding.labels])
    message, advice = finding.message, finding.help
    if spec.proved:  # it was compiled from a document
        message = in_authors_words(message)
        advice = None if advice is None else in_authors_words(advice)
    return problem(
        spec.origins,
        spec.name,
        code=rule.code,
        severity=finding.severity or rule.severity,
        path=finding.path,
        message=message,
        help=advice,
        on_key=finding.on_key,
        labels=_labels(own) + others,
        repair=finding.repair,
    )


def _labels(places: Iterable[tuple[Spec, Path, str]]) -> tuple[Label, ...]:
    found = []
    for spec, path, text in places:
        span = spec.key(*path)
        if span is not None:
            found.append(Label(span, text))
    return tuple(found)
