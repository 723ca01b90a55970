"""Build the wheel, install it into empty environments, and work from it in an empty folder.

Pages, schemas and templates must be package data for this. Every Python from 3.10 on that the
machine has takes its turn; at least the one that runs this.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSOLE = (  # a command line, and what its output must hold
    (["--version"], "bcdsl "),
    (["--help"], "Commands:"),
    (["explain", "BC301"], "## Right"),
    (["explain", "--list"], "BC301"),
    (["schema"], '"bcdsl document"'),
    (["schema", "pachyderm"], '"Pachyderm pipeline"'),
    (["init"], "wrote pipeline.bc.yaml"),
    (["check", "pipeline.bc.yaml"], "fine, 2 stages"),
    (["check", "pipeline.bc.yaml", "--format", "sarif"], '"2.1.0"'),
    (["fmt", "--check", "pipeline.bc.yaml"], ""),
    (["compile", "pipeline.bc.yaml", "-o", "specs"], ""),
    (["lint", "specs"], ""),
)


def main() -> int:
    """Return 0 if the wheel works in every Python found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "source"
        skipped = shutil.ignore_patterns(".*", "build", "*.egg-info", "__pycache__", "data")
        shutil.copytree(ROOT, source, ignore=skipped)  # nothing that git does not have
        _run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", name, str(source)])
        (wheel,) = folder.glob("*.whl")
        for python in dict.fromkeys(_pythons()):
            _try(python, wheel, folder)
    return 0


def _pythons() -> Iterator[str]:
    """Yield the Pythons that work and can make environments."""
    yield sys.executable
    for minor in range(10, 15):
        found = shutil.which(f"python3.{minor}")
        if found and (3, minor) != sys.version_info[:2]:
            test = [found, "-c", "import ensurepip, venv"]
            if subprocess.run(test, check=False, capture_output=True).returncode == 0:
                yield found


def _try(python: str, wheel: Path, folder: Path) -> None:
    environment = folder / f"with-{Path(python).name}"
    _run([python, "-m", "venv", str(environment)])
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "-q"]
    _run([*pip, "--disable-pip-version-check", str(wheel)])
    work = folder / f"work-{Path(python).name}"
    work.mkdir()
    for arguments, wanted in CONSOLE:
        told = _run([str(environment / "bin" / "bcdsl"), *arguments], cwd=work)
        if wanted not in told:
            raise SystemExit(f"bcdsl {' '.join(arguments)} ({python}) does not say {wanted!r}")
    print(f"the wheel works in {python}")


def _run(command: list[str], cwd: Path | None = None) -> str:
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    pip = {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_"))}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=cwd, env={**kept, **pip}
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
