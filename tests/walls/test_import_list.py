"""What the common commands import: a list, not a stop-watch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "asyncio",
    "click",
    "google.protobuf",
    "grpc",
    "hypothesis",
    "importlib.metadata",
    "jsonschema",
    "lark",
    "pydantic",
    "pygls",
    "python_pachyderm",
    "rich",
    "typing_extensions",
}
SLOW = {"typer", "inspect", "dataclasses", "subprocess", "difflib"}  # only what fails needs them
CODE = """
import sys
from bcdslc.cli.main import run
code = run(sys.argv[1:])
print("|".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


def imported(*arguments: str) -> set[str]:
    """Return the modules that a fresh process has after a command."""
    run = subprocess.run(
        [sys.executable, "-c", CODE, *arguments], capture_output=True, text=True, check=True
    )
    return set(run.stderr.strip().split("\n")[-1].split("|"))


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["compile"], ["fmt", "--check"]])
def test_no_command_pays_for_what_it_does_not_use(arguments: list[str], root: Path) -> None:
    """None of the heavy libraries is there after `--help`, `check`, `compile` or `fmt`."""
    example = str(root / "examples" / "breast_cancer" / "pipeline.bc.yaml")
    found = imported(*arguments, *([] if arguments == ["--help"] else [example]))

    assert "bcdslc.cli.main" in found  # the list is a list
    assert found & HEAVY == set()
    assert arguments == ["--help"] or found & SLOW == set()


def test_help_imports_no_command(root: Path) -> None:
    """`--help` reads the table of commands and none of their modules, nor YAML."""
    found = imported("--help")

    assert not found & {"yaml", "bcdsl.analyze", "bcdsl.keys.document", "bcdslc.cli.check"}


def test_version_imports_no_typer() -> None:
    """`--version` is answered before anything is imported."""
    code = "import sys\nfrom bcdslc.cli.main import main\nsys.argv[1:] = ['--version']\n"
    code += "try: main()\nexcept SystemExit: pass\nprint('typer' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.split("\n")[1] == "False"


def test_a_preview_imports_no_slow_modules(root: Path, tmp_path: Path) -> None:
    """`datums` on folders needs neither the rules nor what hashing and long listings need."""
    example = str(root / "examples" / "breast_cancer" / "pipeline.bc.yaml")
    (tmp_path / "a").touch()
    found = imported("datums", example, "--stage", "crop", "--data", f"sample_data={tmp_path}")

    assert "bcdslc.tree.from_folder" in found
    assert not found & (HEAVY | SLOW | {"hashlib", "json", "pickle", "tempfile"})
    assert not {name for name in found if name.startswith("bcdslc.rule.")}
