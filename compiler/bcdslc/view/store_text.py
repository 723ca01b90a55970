"""What a store holds, as text."""

from __future__ import annotations

from collections.abc import Iterator

from bcdslc.local.filing import stored_files
from bcdslc.local.record import Commit, DatumRecord, DatumState, Job
from bcdslc.local.store import Store
from bcdslc.view.table import table

_VERBS = {
    DatumState.SUCCESS: "ran",
    DatumState.SKIPPED: "was skipped",
    DatumState.FAILED: "failed",
    DatumState.RECOVERED: "was recovered by `on_error`",
}


def branch_lines(store: Store) -> Iterator[str]:
    """Yield a line for each branch: files, bytes, commits."""
    rows = []
    for branch in store.ledger.branches():
        commits = store.ledger.commits(branch)
        files = stored_files(store.blobs, commits[0].files)
        size = size_text(sum(blob.size for blob in files.values()))
        rows.append((str(branch), _count(len(files), "file"), size, _count(len(commits), "commit")))
    if rows:
        yield from table(rows, indent="")
    else:
        yield "the store is empty"


def file_lines(store: Store, commit: Commit, prefix: str) -> Iterator[str]:
    """Yield a line for each file of a commit below a path."""
    files = stored_files(store.blobs, commit.files)
    rows = [(size_text(blob.size), path) for path, blob in files.items() if path.startswith(prefix)]
    if rows:
        yield from table(rows, indent="")


def datum_lines(store: Store, job: Job) -> Iterator[str]:
    """Yield a line for each datum of a job: its ID, what became of it and why, what it read."""
    yield f"{job.pipeline.name}, version {job.version}, job {job.number}: {job.state.value}"
    rows = [
        (record.id[:12], _VERBS[record.state], record.reason or record.why, ", ".join(record.files))
        for record in store.ledger.datums(job)
    ]
    if rows:
        yield from table(rows)


def why_lines(store: Store, job: Job, record: DatumRecord) -> Iterator[str]:
    """Yield why a datum ran or did not, what it read and wrote, and where that came from."""
    verb = _VERBS[record.state]
    yield f"datum {record.id}"
    yield f"  of {job.pipeline.name}, version {job.version}, in job {job.number}"
    yield f"  {verb}: {record.why}" if record.why else f"  {verb}"
    if record.reason:
        yield f"  reason: {record.reason}"
    if record.key:
        yield f"  key: {record.key}"
    yield from _image(store, job, record)
    yield "  read"
    for name in record.files:
        yield f"    {name}{_origin(store, name, job)}"
    yield "  wrote"
    files = stored_files(store.blobs, record.output) if record.output else {}
    for path, blob in files.items():
        yield f"    {path}  {size_text(blob.size)}"
    if not files:
        yield "    nothing that counts"


def _image(store: Store, job: Job, record: DatumRecord) -> Iterator[str]:
    """Yield in which image the datum ran, which may have been in a job before."""
    of = job if record.done_in == job.number else store.ledger.find_job(record.done_in)
    if of is not None and of.image:
        yield f"  image {of.image}"


def _origin(store: Store, name: str, job: Job) -> str:
    """Return which datum upstream wrote an input, if a stage did."""
    repo, _, path = name.partition(":")
    for upstream in store.ledger.jobs():
        if upstream.pipeline.name == repo and upstream.number < job.number:
            for record in store.ledger.datums(upstream):
                files = stored_files(store.blobs, record.output) if record.output else {}
                if any(file == path or file.startswith(path) for file in files):
                    return f"  from datum {record.id[:12]} ({', '.join(record.files)})"
            return ""
    return ""


def size_text(size: int) -> str:
    """Return a number of bytes as people write it."""
    if size < 1000:
        return f"{size} B"
    amount = float(size)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 1000:
            return f"{amount:.1f} {unit}"
    return f"{amount / 1000:.1f} TB"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
