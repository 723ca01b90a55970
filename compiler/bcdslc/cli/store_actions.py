"""What `bcdsl store` can do, one function each; each returns the exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from bcdsl.diagnostic import Diagnostic
from bcdsl.suggest import nearest
from bcdslc.cli import exit_code
from bcdslc.cli.open_store import opened_store
from bcdslc.cli.show import show
from bcdslc.local.filing import stored_files
from bcdslc.local.garbage import collect
from bcdslc.local.record import Commit, DatumRecord, Job
from bcdslc.local.store import Lock, Store
from bcdslc.view.store_text import branch_lines, datum_lines, file_lines, size_text, why_lines

NOT_THERE = "BC941"


def opened(root: Path) -> Store | None:
    """Open a store that exists, or say why that cannot be."""
    found = opened_store(root, must_exist=True)
    if isinstance(found, Diagnostic):
        show((found,))
        return None
    return found


def ls(store: Store, ref: str | None, out: TextIO) -> int:
    """List branches, or the files of one."""
    if ref is None:
        print("\n".join(branch_lines(store)), file=out)
        return exit_code.FINE
    found = _commit(store, ref)
    if found is None:
        return exit_code.PROBLEMS
    commit, path = found
    lines = [*file_lines(store, commit, path)]
    if path and not lines:
        return _nothing(commit, path)
    print("\n".join(lines or [f"no files in `{commit.branch}`"]), file=out)
    return exit_code.FINE


def get(store: Store, ref: str, folder: Path) -> int:
    """Copy the files of a branch into a folder that is new or empty."""
    found = _commit(store, ref)
    if found is None:
        return exit_code.PROBLEMS
    commit, prefix = found
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        _say(f"`{folder}` exists and is not empty", "give a new folder")
        return exit_code.PROBLEMS
    files = stored_files(store.blobs, commit.files)
    chosen = {path: blob for path, blob in files.items() if path.startswith(prefix)}
    if prefix and not chosen:
        return _nothing(commit, prefix)
    for path, blob in chosen.items():
        target = folder / path[1:]
        target.parent.mkdir(parents=True, exist_ok=True)
        store.blobs.copy_to(blob.name, target)
    return exit_code.FINE


def cat(store: Store, ref: str, out: TextIO) -> int:
    """Print a file."""
    found = _commit(store, ref)
    if found is None:
        return exit_code.PROBLEMS
    commit, path = found
    files = stored_files(store.blobs, commit.files)
    if path not in files:
        guess = nearest(path, files)
        _say(
            f"there is no file `{path}` in `{commit.branch}`",
            f"did you mean `{guess}`?" if guess else _others(commit),
        )
        return exit_code.PROBLEMS
    out.flush()
    out.buffer.write(store.blobs.read(files[path].name))
    return exit_code.FINE


def log(store: Store, prefix: str, out: TextIO) -> int:
    """Print what a datum's program printed."""
    found = _datum(store, prefix)
    if found is None:
        return exit_code.PROBLEMS
    out.flush()
    out.buffer.write(store.blobs.read(found[1].log))
    return exit_code.FINE


def why(store: Store, word: str, out: TextIO) -> int:
    """Print why a datum ran or was skipped, and what it read and wrote; of a stage, its datums."""
    job = next((job for job in store.ledger.jobs() if job.pipeline.name == word), None)
    if job is not None:
        print("\n".join(datum_lines(store, job)), file=out)
        return exit_code.FINE
    found = _datum(store, word)
    if found is None:
        return exit_code.PROBLEMS
    print("\n".join(why_lines(store, *found)), file=out)
    return exit_code.FINE


def du(store: Store, out: TextIO) -> int:
    """Print how much room the contents take."""
    sizes = [store.blobs.path(name).stat().st_size for name in store.blobs.names()]
    print(f"{len(sizes)} contents, {size_text(sum(sizes))}", file=out)
    return exit_code.FINE


def gc(store: Store, keep: int, out: TextIO) -> int:
    """Remove what is old and what nothing names."""
    lock = Lock(store.root)
    lock.take(lambda who: print(f"waiting for a run (process {who}) …", file=sys.stderr))
    try:
        done = collect(store, keep)
    finally:
        lock.release()
    print(
        f"removed {done.commits} commits, {done.jobs} jobs, {done.blobs} contents: "
        f"{size_text(done.size)}",
        file=out,
    )
    return exit_code.FINE


def _commit(store: Store, ref: str) -> tuple[Commit, str] | None:
    """Return the head that a `[project/]repo[@branch][:/path]` names, and the path."""
    place, _, path = ref.partition(":")
    project, _, rest = place.rpartition("/")
    repo, _, branch = rest.partition("@")
    known = [b for b in store.ledger.branches() if b.repo == repo and project in ("", b.project)]
    for wanted in known:
        if wanted.name == (branch or "master") or (not branch and len(known) == 1):
            head = store.ledger.head(wanted)
            if head is not None and head.unreadable:
                _say(f"`{wanted}` cannot be read: {head.error}", None)
                return None
            return (head, path) if head is not None else None
    guess = nearest(repo, {each.repo for each in store.ledger.branches()})
    hint = f"did you mean `{guess}`?" if guess else "`bcdsl store ls` lists them"
    _say(f"the store holds no `{ref.partition(':')[0]}`", hint)
    return None


def _nothing(commit: Commit, prefix: str) -> int:
    _say(f"nothing in `{commit.branch}` starts with `{prefix}`", _others(commit))
    return exit_code.PROBLEMS


def _others(commit: Commit) -> str:
    return f"`bcdsl store ls {commit.branch.repo}` lists its files"


def _datum(store: Store, word: str) -> tuple[Job, DatumRecord] | None:
    """Return the datum that a `[STAGE:]ID` names: stages that read the same share their IDs."""
    stage, _, prefix = word.rpartition(":")
    found = [
        (job, record)
        for job, record in (store.ledger.find_datums(prefix) if len(prefix) >= 4 else ())
        if stage in ("", job.pipeline.name)
    ]
    if len(found) == 1:
        return found[0]
    of = f" of `{stage}`" if stage else ""
    if len({record.id for _, record in found}) == 1:
        words = ", ".join(sorted(f"`{job.pipeline.name}:{prefix}`" for job, _ in found))
        _say(f"more than one stage has a datum `{prefix}`", f"name the stage, too: {words}")
    elif found:
        _say(f"more than one datum{of} starts with `{prefix}`", "give more of its ID")
    else:
        _say(f"no datum{of} starts with `{prefix}`", "give at least four digits of its ID")
    return None


def _say(message: str, help: str | None) -> None:
    show((Diagnostic(code=NOT_THERE, message=message, span=None, help=help),))
