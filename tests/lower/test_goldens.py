"""The compiled specs of every example, whole. Regenerate with BCDSL_GOLDENS=write, then read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bcdsl.analyze import Options
from bcdsl.report import Format, draw
from bcdslc.compile import compile_file
from bcdslc.emit import TextFormat, specs_text

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = sorted((ROOT / "examples").rglob("*.bc.yaml"))


@pytest.mark.parametrize("document", EXAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("format", list(TextFormat))
def test_golden(document: Path, format: TextFormat) -> None:
    """An example compiles without a problem to the specs that stand in the golden file."""
    compiled = compile_file(str(document), Options())
    assert draw(compiled.problems, Format.CONCISE) == ""
    name = "-".join(document.relative_to(ROOT / "examples").parts).removesuffix(".bc.yaml")
    golden = ROOT / "tests" / "golden" / f"{name}.{format.value}"
    text = specs_text(compiled.specs, format)
    if os.environ.get("BCDSL_GOLDENS") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
