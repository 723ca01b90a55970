"""`./dev demo`: compile the example, and show what that does."""

from __future__ import annotations

import sys
from pathlib import Path

from bcdsl.analyze import Options
from bcdsl.report.draw import draw
from bcdsl.source import SourceFile
from bcdslc.beside import FilesBeside
from bcdslc.compile import Compiled, compile_document
from bcdslc.emit import TextFormat, specs_text
from bcdslc.input_tree import Cron, InputTree, Pfs
from bcdslc.spec.spec import Spec
from bcdslc.spec.tree import tree_of
from bcdslc.view.table import table

EXAMPLE = Path(__file__).parent / "breast_cancer" / "pipeline.bc.yaml"
SHOWN = "generate_heatmaps"
MISTAKE = ("extract_centers:/<exam>, models", "extract_centres:/<exam>, models")


def main() -> int:
    """Show the document, its five specs, one of them whole, and what a mistake looks like."""
    name = "examples/breast_cancer/pipeline.bc.yaml"
    text = EXAMPLE.read_text(encoding="utf-8")
    compiled = _compiled(name, text)
    if compiled.failed:
        print(draw(compiled.problems))
        return 1
    whole = specs_text(compiled.specs, TextFormat.JSON)
    _part(f"{name}: {_lines(text)} lines", text)
    _part(f"become {len(compiled.specs)} specs of {_lines(whole)} lines", _table(compiled.specs))
    one = [spec for spec in compiled.specs if spec.name == SHOWN]
    _part(f"one of them, as Pachyderm takes it: {SHOWN}", specs_text(one, TextFormat.JSON))
    _part(
        "a slip of the pen, and what `bcdsl check` says of it",
        draw(_compiled(name, text.replace(*MISTAKE, 1)).problems),
    )
    _part(
        "next",
        "bcdsl check, compile, explain-input, datums: see README.md\n"
        "./dev run bcdsl datums examples/breast_cancer/pipeline.bc.yaml --stage crop \\\n"
        "  --data sample_data=examples/breast_cancer/data",
    )
    return 0


def _compiled(name: str, text: str) -> Compiled:
    return compile_document(SourceFile(name, text), Options(), FilesBeside(str(EXAMPLE)))


def _lines(text: str) -> int:
    return sum(1 for line in text.splitlines() if line.strip())


def _part(title: str, text: str) -> None:
    print(f"── {title} ".ljust(78, "─") + f"\n\n{text.rstrip()}\n")


def _table(specs: tuple[Spec, ...]) -> str:
    """Return a row for each spec: its name, its GPUs, and its input on one line."""
    rows = [("stage", "GPUs", "input")]
    for spec in specs:
        limits = spec.request.resource_limits
        gpus = limits.gpu.number if limits and limits.gpu else None
        tree = tree_of(spec.request.input) if spec.request.input else None
        rows.append((spec.name, str(gpus or ""), _input(tree) if tree else ""))
    return "\n".join(table(rows, indent=""))


def _input(tree: InputTree) -> str:
    if isinstance(tree, Pfs):
        return " ".join(filter(None, (tree.repo, tree.glob, tree.join_on, tree.group_by)))
    if isinstance(tree, Cron):
        return f"cron {tree.spec}"
    return f"{type(tree).__name__.lower()}({', '.join(map(_input, tree.parts))})"


if __name__ == "__main__":
    sys.exit(main())
