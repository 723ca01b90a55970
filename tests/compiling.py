"""Documents through the whole compiler, for tests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bcdsl.analyze import Options
from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.source import SourceFile
from bcdslc.compile import Compiled, compile_document
from bcdslc.spec.write import to_json


class NoFiles:
    """A folder beside the document in which there is nothing."""

    def read(self, relative: str) -> Any:
        """Fail: no test document here reads a file."""
        raise AssertionError(f"unexpected read of {relative}")


def compiled(
    document: object,
    *,
    params: Mapping[str, str] | None = None,
    profiles: Sequence[str] = (),
) -> Compiled:
    """Compile a document given as text or as a JSON-able value."""
    text = document if isinstance(document, str) else json.dumps(document, indent=1)
    options = Options(params=dict(params or {}), profiles=tuple(profiles))
    return compile_document(SourceFile("pipeline.bc.yaml", text), options, NoFiles())


def errors(problems: Sequence[Diagnostic]) -> list[str]:
    """Return the errors as lines for an assertion's message."""
    return [f"{p.code} {p.message}" for p in problems if p.severity is Severity.ERROR]


def codes(found: Compiled) -> set[str]:
    """Return the codes of all problems."""
    return {problem.code for problem in found.problems}


def specs_of(document: object, **options: Any) -> dict[str, dict[str, Any]]:
    """Return the specs of a document that has no error, by name, as JSON values."""
    found = compiled(document, **options)
    assert not errors(found.problems), errors(found.problems)
    return {spec.name: to_json(spec.request) for spec in found.specs}


def input_of(reads: str, *, repos: str = "a, b, c, d, m, r", head: str = "") -> dict[str, Any]:
    """Return the input of a stage `s` whose `from` (and more keys) is given as YAML text."""
    document = (
        f"{head}repos: [{repos}]\nstages:\n  s:\n    image: tools:1.0\n    cmd: work\n"
        + "".join(f"    {line}\n" for line in reads.splitlines())
    )
    found: dict[str, Any] = specs_of(document)["s"]["input"]
    return found


def brief(value: Mapping[str, Any]) -> str:
    """Return an input as one line: `join(a /(*) "$1", b /(*) "$1")`."""
    ((kind, inner),) = value.items()
    if kind == "pfs":
        name = inner.get("name")
        named = "" if name == inner["repo"] else f"{name}=" if name else "?="
        project = f"{inner['project']}/" if "project" in inner else ""
        branch = "" if inner["branch"] == "master" else f"@{inner['branch']}"
        join = f' "{inner["joinOn"]}"' if "joinOn" in inner else ""
        group = f' by "{inner["groupBy"]}"' if "groupBy" in inner else ""
        kept = " outer" if inner.get("outerJoin") else ""
        return f"{named}{project}{inner['repo']}{branch} {inner['glob']}{join}{group}{kept}"
    if kind == "cron":
        over = " overwrite" if inner.get("overwrite") else ""
        return f"cron {inner['name']} {inner['spec']}{over}"
    return f"{kind}({', '.join(brief(part) for part in inner)})"
