"""A run for programs."""

from __future__ import annotations

from typing import Any

from bcdslc.local.record import DatumRecord
from bcdslc.local.run import RunResult
from bcdslc.local.stage import StageResult


def run_value(result: RunResult) -> dict[str, Any]:
    """Return a run as a JSON value."""
    return {
        "id": result.id,
        "seconds": round(result.seconds, 3),
        "commits": [str(commit.branch) for commit in result.commits],
        "stages": [_stage(each) for each in result.stages],
        "not_begun": list(result.not_begun),
    }


def _stage(each: StageResult) -> dict[str, Any]:
    value: dict[str, Any] = {
        "name": each.spec.name,
        "project": each.spec.project,
        "version": each.version.number,
        "pipeline": each.renewal.value,
        "note": each.note,
        "job": None,
    }
    if each.result is not None:
        job = each.result.job
        value["job"] = {
            "id": job.id,
            "state": job.state.value,
            "reason": job.reason,
            "image": job.image,
            "seconds": round(job.seconds, 3),
            "total": job.counts.total,
            "processed": job.counts.processed,
            "skipped": job.counts.skipped,
            "failed": job.counts.failed,
            "recovered": job.counts.recovered,
            "datums": [_datum(record) for record in each.result.records],
        }
    return value


def _datum(record: DatumRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "state": record.state.value,
        "files": list(record.files),
        "key": record.key,
        "reason": record.reason,
        "why": record.why,
        "seconds": round(record.seconds, 3),
    }
