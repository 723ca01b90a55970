"""`./dev demo`: the example compiled, then run on two real mammogram exams.

Shows what the document becomes and what a slip of the pen is told; runs its five stages on this
machine, twice, to show that the second run has nothing to do; leaves a page with all pictures.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
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
from bcdslc.view.dag_svg import dag_svg
from bcdslc.view.table import table

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "breast_cancer"
DOCUMENT = EXAMPLE / "pipeline.bc.yaml"
MISTAKE = ("extract_centers:/<exam>, models", "extract_centres:/<exam>, models")

sys.path.insert(0, str(EXAMPLE))

from report_page import Results, page  # noqa: E402  (the path above comes first)


def main() -> int:
    """Compile, run, run again, write the page; return the exit code."""
    parser = argparse.ArgumentParser(description="Compile and run the breast-cancer example.")
    parser.add_argument("--data", type=Path, default=EXAMPLE / "data", help="folder of exams")
    parser.add_argument("--out", type=Path, default=ROOT / ".bcdsl" / "demo")
    given = parser.parse_args()
    name = "examples/breast_cancer/pipeline.bc.yaml"
    text = DOCUMENT.read_text(encoding="utf-8")
    compiled = _compiled(name, text)
    if compiled.failed:
        print(draw(compiled.problems))
        return 1
    _show_compiled(name, text, compiled)
    if (given.out / "store" / "store.db").exists():
        shutil.rmtree(given.out / "store")  # the demo's own, from before
    report = _run_twice(given.data, given.out / "store")
    if report is None:
        return 1
    place = _write_page(compiled.specs, report, given.out)
    _part("the page", f"the DAG, and each exam's four views with both heat maps:\n{_short(place)}")
    return 0


def _show_compiled(name: str, text: str, compiled: Compiled) -> None:
    whole = specs_text(compiled.specs, TextFormat.JSON)
    _part(
        f"{name}: {_lines(text)} lines become {len(compiled.specs)} specs of {_lines(whole)}",
        _table(compiled.specs),
    )
    _part(
        "a slip of the pen, and what `bcdsl check` says of it",
        draw(_compiled(name, text.replace(*MISTAKE, 1)).problems),
    )


def _run_twice(data: Path, store: Path) -> str | None:
    """Run the stages and return the first report; None if one failed."""
    words = ["run", _short(DOCUMENT), "--data", f"sample_data={_short(data)}"]
    words += ["--data", f"models={_short(EXAMPLE / 'models')}", "--store", _short(store)]
    _part("the five stages on this machine", "$ bcdsl " + " ".join(words))
    first = _bcdsl(words)
    print(f"{first.stdout}\n{first.stderr}")
    if first.returncode:
        return None
    again = _bcdsl(words)
    _part("the same again: nothing changed, so nothing runs", again.stdout)
    return first.stdout if not again.returncode else None


def _bcdsl(words: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bcdslc.cli", *words]
    # the stages call `python3`: it must be this one, which has their packages
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def _write_page(specs: tuple[Spec, ...], report: str, out: Path) -> Path:
    """Fetch what the stages wrote and put the page together."""
    from bcdslc.local.filing import stored_files
    from bcdslc.local.record import Branch
    from bcdslc.local.store import open_store

    store = open_store((out / "store").absolute())
    for stage in Results.__annotations__:
        head = store.ledger.head(Branch("default", stage, "master"))
        assert head is not None  # the run succeeded
        for path, blob in stored_files(store.blobs, head.files).items():
            target = out / stage / path[1:]
            target.parent.mkdir(parents=True, exist_ok=True)
            store.blobs.copy_to(blob.name, target)
    store.ledger.close()
    place = out / "index.html"
    results = Results(*(out / stage for stage in Results.__annotations__))
    place.write_text(page(dag_svg(specs), report, results), encoding="utf-8")
    return place


def _compiled(name: str, text: str) -> Compiled:
    return compile_document(SourceFile(name, text), Options(), FilesBeside(str(DOCUMENT)))


def _lines(text: str) -> int:
    return sum(1 for line in text.splitlines() if line.strip())


def _short(path: Path) -> str:
    path = path.absolute()
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _part(title: str, text: str) -> None:
    print(f"── {title} ".ljust(78, "─") + f"\n\n{text.rstrip()}\n", flush=True)


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
