"""The reasons for which a run here may differ from a recording, and when each holds.

Each is decided by what a scenario does and what its recording says, never by its number, so
that it holds for recordings that nobody here has seen. `docs/local-run.md` has the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BUSY = "a program that `job_timeout` ended holds up no later job; there its worker stays busy"
STALE = "datums are listed right also after a failed validation; there the next list is stale"
BACKSLASH = (
    "an output's name may hold a backslash and be read; there it is listed and cannot be read"
)
CUT = "a sentence about a refused name quotes all of it; the recorded one stops at a newline"
CLEANED = "a listing's `./` and empty names are cleaned; there they are refused"
WAITS = "a job whose `user` does not exist ends and says so; there its worker never starts"
BEHIND = "a job behind one that would restart without end runs; there it waits"
HOSTS = "files outside `/pfs` that an output links to are this machine's"
VOID = "an input that never had a commit holds up no job; there it does"
CLOCK = "a clock ticks once a run, whatever its schedule"
STOP = "a job cannot be stopped from elsewhere; Ctrl-C ends the run"
SERVICE = "services and spouts are not run"
LIVES_ON = (
    "a program of a job that ran out of time ends at once; there it lives on for half a minute"
)
REASONS = (
    BUSY,
    STALE,
    BACKSLASH,
    CUT,
    CLEANED,
    WAITS,
    BEHIND,
    HOSTS,
    VOID,
    CLOCK,
    STOP,
    SERVICE,
    LIVES_ON,
)

ENDED = ("SUCCESS", "FAILURE", "KILLED", "UNRUNNABLE")
TIMED_OUT = " jobtimed out"


class Excuses:
    """What of one scenario so far makes its pipelines go another way than here.

    `astray` holds pipelines whose jobs ended otherwise there, for a reason that is in here: all
    that follows of it, also downstream, has that reason.
    """

    def __init__(self) -> None:
        self.astray: dict[str, str] = {}
        self.endless: set[str] = set()
        self.timed_out: set[str] = set()
        self.stale: set[str] = set()
        self.void: set[str] = set()
        self.reads: dict[str, set[str]] = {}
        self.linking_out: set[str] = set()

    def made(self, spec: Mapping[str, Any], void: set[str], cluster_only: str | None) -> None:
        """Note a pipeline that is created or updated; `void` are repos without a commit."""
        name = spec["pipeline"]["name"]
        leaves = list(_leaves(spec.get("input") or {}))
        self.reads[name] = {leaf.get("repo", "") for leaf in leaves}
        if len(leaves) > 1 and self.reads[name] & void:
            self.void.add(name)
        if any(str(leaf.get("spec", "")).startswith("@every") for leaf in leaves):
            self.astray[name] = CLOCK
        if cluster_only:
            self.astray[name] = SERVICE
        if "/etc/" in str(spec.get("transform", {}).get("cmd")):
            self.linking_out.add(name)

    def stopped(self, pipeline: str) -> None:
        """Note that somebody stops a job."""
        self.astray[pipeline] = STOP

    def ended(self, job: Mapping[str, Any]) -> None:
        """Note how a recorded job ended, after it was compared."""
        name, reason = job["pipeline"], job.get("reason", "")
        self.stale.discard(name)
        if job.get("restarting"):
            self.endless.add(name)
        elif reason == TIMED_OUT:
            self.timed_out.add(name)
        elif reason.startswith(("duplicate path", "file / directory path collision")):
            self.stale.add(name)

    def of_job(self, there: Mapping[str, Any] | None, here: Mapping[str, Any] | None) -> str | None:
        """Return why a whole job may differ; `None` stands for a job that one side lacks."""
        job = there or here or {}
        name = job["pipeline"]
        reason = self.of_pipeline(name)
        if reason is None and there is None and name in self.void:
            return VOID
        if reason is None and there is not None and not there.get("restarting"):
            again = name in self.timed_out and there.get("reason") == TIMED_OUT
            if again and here is not None and here["state"] == "SUCCESS":
                reason = self.astray[name] = BUSY
            elif there.get("state", ENDED[0]) not in ENDED:
                failed = here is not None and here["state"] in ("KILLED", "FAILURE", "UNRUNNABLE")
                if self._upstream(name) & self.endless:
                    reason = BEHIND
                elif failed:
                    reason = WAITS
        return reason

    def of_pipeline(self, name: str) -> str | None:
        """Return why nothing of a pipeline need be the same any more."""
        return next((self.astray[n] for n in self._upstream(name) if n in self.astray), None)

    def of_value(self, name: str, where: str, there: object, here: object) -> str | None:
        """Return why one value may differ."""
        if ".datums" in where and name in self.stale:
            return STALE
        if isinstance(there, str) and there.startswith("<listed, but"):
            return BACKSLASH
        if f"output {name}" in where and name in self.linking_out:
            return HOSTS
        return None

    def _upstream(self, name: str) -> set[str]:
        """Return a pipeline and all that it reads from, near and far."""
        found, todo = set(), [name]
        while todo:
            at = todo.pop()
            if at not in found:
                found.add(at)
                todo += self.reads.get(at, ())
        return found


def of_put(path: str) -> str | None:
    """Return why a name may be taken here that was refused there."""
    parts = path.split("/")
    return CLEANED if not path or "." in parts else None


def of_sentence(there: str, here: list[str]) -> str | None:
    """Return why what a worker said of a job that never ends may differ."""
    return CUT if any(each.startswith(there + "\n") for each in here) else None


def _leaves(node: Mapping[str, Any]) -> Any:
    for kind, value in node.items():
        if kind in ("pfs", "cron"):
            yield value
        else:
            for part in value:
                yield from _leaves(part)
