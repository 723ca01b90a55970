"""Fill the generated parts of README.md and docs/: `python docs/generate.py --write | --check`.

A part stands between `<!-- begin: KIND WORDS -->` and `<!-- end -->`: the table of a record's
keys, an example's text, what its stages become, a file, what a command prints, the commands, the
exit codes, the layers of modules.
"""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bcdsl.analyze import Options
from bcdsl.form import (
    Boolean,
    Either,
    Enum,
    Form,
    Inputs,
    Integer,
    ListOf,
    MapOf,
    Names,
    OneOrMany,
    Raw,
    Record,
    Short,
    Text,
)
from bcdsl.generated import write_or_check
from bcdsl.keys.records import RECORDS
from bcdslc.cli.commands import COMMANDS
from bcdslc.compile import compile_file
from bcdslc.spec.tree import tree_of
from bcdslc.view.input_tree_text import tree_lines

ROOT = Path(__file__).resolve().parent.parent
ANCHORS = {  # where docs/language.md tells of a record
    "profile": "defaults-and-profiles",
    "repo": "repos",
    "parameter": "parameters",
    "stage": "stages",
    "defaults": "defaults-and-profiles",
    "trigger": "triggers",
    "hardware": "hardware",
    "sidecar": "hardware",
    "gpu": "hardware",
    "toleration": "hardware",
    "on_error": "failures",
    "script file": "commands-and-scripts",
    "secret": "secrets",
    "datums_per_set": "sets-of-datums",
    "egress": "egress",
    "service": "services-and-spouts",
    "spout": "services-and-spouts",
    "metadata": "metadata",
    "local": "what-is-for-this-machine-only",
    "local of a stage": "what-is-for-this-machine-only",
    "local image": "what-is-for-this-machine-only",
}
PART = re.compile(r"(<!-- begin: ([^\n]*) -->\n).*?(<!-- end -->)", re.DOTALL)


def fill(text: str) -> str:
    """Return a text with its generated parts made anew."""
    return PART.sub(lambda part: f"{part[1]}{_made(*part[2].split())}\n{part[3]}", text)


def _made(kind: str, *words: str) -> str:
    match kind:
        case "keys":
            return _keys(" ".join(words))
        case "example":
            return _fence("yaml bcdsl", (ROOT / "examples" / words[0]).read_text("utf-8"))
        case "becomes":
            return _fence("text", _becomes(*words))
        case "file":
            text = (ROOT / words[0]).read_text("utf-8")
            return _fence("yaml" if words[0].endswith(".yaml") else "json", text)
        case "console":
            return _fence("console", f"$ {' '.join(words)}\n{_output(words)}")
        case "commands":
            rows = [(f"`bcdsl {name}`", told) for name, (_, told) in COMMANDS.items()]
            return _table(("command", "what it does"), rows)
        case "layers":
            return _layers(words[0])
        case "exit-codes":
            return _table(("code", "meaning"), _exit_codes())
    raise SystemExit(f"docs/generate.py: no part is called {kind!r}")


def _keys(name: str) -> str:
    """Return the table of a record's keys."""
    record = next(record for record in RECORDS if record.name == name)
    rows = [
        (f"`{key}`", _words(entry.form), entry.doc, entry.becomes or "", entry.default or "")
        for key, entry in record.keys.items()
    ]
    return _table(("key", "value", "meaning", "becomes", "default"), rows)


def _words(form: Form) -> str:
    """Return in a few words what may be written."""
    match form:
        case Text():
            return form.what
        case Integer():
            least = "" if form.minimum is None or form.minimum < 0 else f" ≥ {form.minimum}"
            return f"whole number{least}"
        case Boolean():
            return "`true` or `false`" if form.only is None else f"`{str(form.only).lower()}`"
        case Enum():
            return ", ".join(f"`{value}`" for value in form.values)
        case ListOf() | OneOrMany() | Either():
            return form.what
        case MapOf():
            return f"mapping from {form.key} to {_words(form.value)}"
        case Names():
            return f"list of names, or mapping from {form.key} to {_link(form.value)}"
        case Record():
            return _link(form)
        case Short():
            return f"{_words(form.short)}, or {_link(form.long)}"
        case Inputs():
            return "[inputs](#inputs)"
        case Raw():
            return "mapping of Pachyderm's fields"


def _link(record: Record) -> str:
    return f"[{record.name}](#{ANCHORS[record.name]})"


def _becomes(file: str, *stages: str) -> str:
    """Return the input trees that the stages of an example become."""
    compiled = compile_file(str(ROOT / "examples" / file), Options())
    lines = []
    for spec in compiled.specs:
        tree = tree_of(spec.request.input) if spec.request.input else None
        if tree is not None and (not stages or spec.name in stages):
            lines += [f"{spec.name}:", *(f"  {line}" for line in tree_lines(tree))]
    return "\n".join(lines)


def _layers(package: str) -> str:
    """Return the table of layers that the walls' tests go by."""
    layers = runpy.run_path(str(ROOT / "tests" / "walls" / "layers.py"))[package]
    rows = [(name, ", ".join(f"`{module}`" for module in modules)) for name, modules in layers]
    return _table(("layer", "modules and packages"), rows)


def _output(words: Sequence[str]) -> str:
    """Return what a command of ours prints at the root of the project."""
    assert words[0] == "bcdsl"
    kept = {key: value for key, value in os.environ.items() if key != "GITHUB_ACTIONS"}
    done = subprocess.run(
        [sys.executable, "-m", "bcdslc.cli", *words[1:]],
        cwd=ROOT,
        env=kept,
        check=False,
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def _exit_codes() -> list[tuple[str, str]]:
    from bcdslc.cli import exit_code

    told = {
        "FINE": "fine; warnings and notes do not count, unless `--strict` is given",
        "PROBLEMS": "problems were found, or something could not be read or written",
        "CHANGES": "`plan --detailed-exitcode`: there is something to change; `status`: a stage is "
        "missing or drifted",
        "SERVER": "the cluster could not be reached, or refused",
        "USAGE": "the command line is wrong; nothing was done",
        "INTERNAL": "a mistake in bcdsl itself; please report it",
        "INTERRUPTED": "interrupted (Ctrl-C)",
    }
    known = {name: value for name, value in vars(exit_code).items() if name.isupper()}
    assert set(known) == set(told), "docs/generate.py tells what every exit code means"
    return [(str(value), told[name]) for name, value in known.items()]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    used = [n for n in range(len(head)) if any(row[n] for row in rows)]
    lines = [[head[n] for n in used], ["---"] * len(used)]
    lines += [[row[n].replace("|", "\\|") for n in used] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _fence(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def generated() -> dict[Path, str]:
    """Return all documents with generated parts, as they should be."""
    paths = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    return {path: fill(text) for path, text in texts.items() if PART.search(text)}


if __name__ == "__main__":
    sys.exit(write_or_check(generated(), "docs/generate.py", sys.argv[1:]))
