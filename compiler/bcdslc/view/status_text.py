"""How the stages stand, a line each, or a value for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bcdslc.cluster.seen import ACTIVE, SeenJob
from bcdslc.plan.condition import Agreement, Condition
from bcdslc.plan.hide import hidden
from bcdslc.view.plan_text import path_text
from bcdslc.view.table import table

STATES = {
    "PIPELINE_STARTING": "starting",
    "PIPELINE_RUNNING": "running",
    "PIPELINE_RESTARTING": "restarting after an error",
    "PIPELINE_FAILURE": "failed; only an update helps",
    "PIPELINE_PAUSED": "stopped",
    "PIPELINE_STANDBY": "standing by",
    "PIPELINE_CRASHING": "its workers do not come up",
}


def status_text(conditions: Sequence[Condition]) -> str:
    """Return a table with a line a stage."""
    rows = [["stage", "state", "version", "document", "last job"]]
    rows += [_row(each) for each in conditions]
    return "\n".join(table(rows, indent="")) + "\n"


def _row(each: Condition) -> list[str]:
    if each.seen is None:
        return [each.name, "not there", "", Agreement.MISSING.value, ""]
    document = each.agreement.value
    if each.drift:
        document += f": {', '.join(path_text(change.path) for change in each.drift)}"
    state = STATES.get(each.seen.state, "in a state unknown to us")
    if each.unstarted:
        state += "; an apply was cut off, apply again"
    return [each.name, state, str(each.seen.version), document, _job(each.job, each.running)]


def _job(job: SeenJob | None, running: int) -> str:
    if job is None:
        return "none"
    said = [job.state.removeprefix("JOB_").lower()]
    if job.total:
        said.append(f"{job.processed + job.skipped + job.recovered} of {job.total} datums")
    for count, word in ((job.skipped, "skipped"), (job.failed, "failed"),
                        (job.recovered, "recovered")):  # fmt: skip
        if count:
            said.append(f"{count} {word}")
    if job.started is not None and job.finished is not None:
        said.append(_long(job.finished - job.started))
    more = running - (job.state in ACTIVE)
    if more > 0:
        said.append(f"{more} more running")
    return ", ".join(said)


def _long(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"


def status_value(conditions: Sequence[Condition]) -> list[dict[str, Any]]:
    """Return the same for programs."""
    return [_value(each) for each in conditions]


def _value(each: Condition) -> dict[str, Any]:
    seen, job = each.seen, each.job
    value: dict[str, Any] = {"name": each.name, "document": each.agreement.value, "pipeline": None}
    value["drift"] = [list(change.path) for change in each.drift]
    if seen is not None:
        value["pipeline"] = {
            "state": seen.state,
            "reason": hidden(seen.reason),
            "version": seen.version,
            "stopped": seen.stopped,
        }
    value["running"] = each.running
    value["unstarted"] = each.unstarted
    value["job"] = None
    if job is not None:
        value["job"] = {
            "id": job.id,
            "state": job.state,
            "reason": hidden(job.reason),
            "version": job.version,
            "datums": {
                "total": job.total,
                "processed": job.processed,
                "skipped": job.skipped,
                "failed": job.failed,
                "recovered": job.recovered,
            },
            "started": job.started,
            "finished": job.finished,
        }
    return value
