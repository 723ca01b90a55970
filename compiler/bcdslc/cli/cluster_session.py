"""What the commands about a cluster begin with: a document, a place, a connection."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bcdsl.analyze import Options
from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass
from bcdsl.model import Dag
from bcdslc.cli import exit_code
from bcdslc.cli.options import Color
from bcdslc.cli.show import outcome, show
from bcdslc.cli.stopped import StoppedError
from bcdslc.cluster.channel import Channel
from bcdslc.cluster.fault import ClusterError
from bcdslc.cluster.interrupt import Interrupts
from bcdslc.cluster.pachd import Pachd
from bcdslc.cluster.told import told
from bcdslc.cluster.where import Where, find
from bcdslc.compile import compile_file
from bcdslc.plan.wish import Wish
from bcdslc.spec.spec import Spec

NOT_INSTALLED = "BC822"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A compiled document."""

    dag: Dag
    specs: tuple[Spec, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """What a command line asks for beside the document."""

    reprocess: tuple[str, ...]
    recreate: tuple[str, ...]
    prune: bool

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.reprocess or self.recreate or self.prune)


def compiled(file: str, options: Options, color: Color, *, advice: bool = False) -> Asked:
    """Return the document in a file, or stop where it has errors.

    What is no error is shown with `advice`: by the commands that would send the specs.
    """
    found = compile_file(file, options)
    failed = found.dag is None or found.failed
    if advice or failed:
        show(found.problems, color=color)
    if found.dag is None or failed:
        raise StoppedError(outcome(found.problems))
    return Asked(dag=found.dag, specs=found.specs)


def place(address: str | None, context: str | None, color: Color) -> Where:
    """Return where the cluster is, or stop where that is not known."""
    found = find(address, context, os.environ, Path.home())
    if isinstance(found, Diagnostic):
        show([found], color=color)
        raise StoppedError(exit_code.SERVER)
    return found


def wish_of(asked: Asked, where: Where, project: str | None, more: More | None = None) -> Wish:
    """Return what the document wants of the cluster, and what is asked for beside it."""
    own = asked.dag.project.value if asked.dag.project else None
    return Wish(
        project=own or project or where.project or "default",
        dag=asked.dag.dag.value if asked.dag.dag else None,
        repos=tuple(repo.name.value for repo in asked.dag.repos if not repo.external),
        specs=asked.specs,
        reprocess=frozenset(more.reprocess if more else ()),
        recreate=frozenset(more.recreate if more else ()),
        prune=more is not None and more.prune,
    )


@contextmanager
def connected(where: Where, color: Color) -> Iterator[Pachd]:
    """Give the cluster; a fault that nobody took care of is told, and stops."""
    with Interrupts() as interrupts:
        try:
            channel = Channel(where, interrupts)
            cluster = Pachd(channel)
        except ImportError as missing:
            show([_not_installed(missing.name or "grpc")], color=color)
            raise StoppedError(exit_code.SERVER) from None
        try:
            yield cluster
        except ClusterError as error:
            show([told(error.fault, where.address)], color=color)
            raise StoppedError(exit_code.SERVER) from None
        finally:
            channel.close()


def _not_installed(library: str) -> Diagnostic:
    return Diagnostic(
        code=NOT_INSTALLED,
        message=f"`{library}` is not installed, which commands about a cluster need",
        span=None,
        help='`pip install "bcdsl[pachyderm]"`',
    )


def agreed(question: str, yes: bool) -> bool:
    """Ask on a terminal; without one only `--yes` agrees."""
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print("nothing was done: without a terminal, say --yes", file=sys.stderr)
        return False
    print(f"{question} [y/N] ", end="", flush=True)
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):  # Ctrl-D leaves the cursor behind the question
        print()
    if answer.strip().lower() in ("y", "yes"):
        return True
    print("nothing was done", file=sys.stderr)
    return False
