"""The stages of a document with errors that can be looked at all the same.

An error inside one stage says nothing of the others: they are lowered and the rules about
specs asked of them, so that all problems show in one run. An error anywhere else (a class, the
defaults, a parameter) may touch every stage, and then none is called sound.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from bcdsl.check import CHECKS
from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.frozen import replace
from bcdsl.model import Dag
from bcdsl.yaml_tree import Mapping as YamlMapping


def sound_stages(document: YamlMapping, dag: Dag, problems: Iterable[Diagnostic]) -> Dag | None:
    """Return a document of the stages in which no error stands; None if there are none."""
    node = document.get("stages")
    if not isinstance(node, YamlMapping):
        return None
    stages = sorted((key.start, body.end, key.text) for key, body in node.entries)
    starts = [start for start, _, _ in stages]
    broken: set[str] = set()
    for problem in problems:
        if problem.severity is not Severity.ERROR:
            continue
        span = problem.span
        if span is None or span.source is not node.source:
            return None
        at = bisect_right(starts, span.start) - 1
        if at < 0 or span.end > stages[at][1]:
            return None
        broken.add(stages[at][2])
    left = tuple(stage for stage in dag.stages if stage.name.value not in broken)
    found = replace(dag, stages=left)
    # what two stages share by an alias is reported in the first alone
    if not left or any(
        problem.severity is Severity.ERROR for rule in CHECKS for problem in rule(found)
    ):
        return None
    return found
