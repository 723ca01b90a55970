"""What a rule says of a spec, in the words of the document that the spec was compiled from.

Rules speak of the fields that Pachyderm's users write. Who wrote `datum_timeout` is not helped
by `datumTimeout`, and `autoscaling: true` is no repair of a document.
"""

from __future__ import annotations

import re

_WORDS = {
    "autoscaling": "autoscale",
    "cmd: [python3, /run.py]": "cmd: python3 /run.py",
    "cronSpec": "cron",
    "datumSetSpec": "datums_per_set",
    "datumTimeout": "datum_timeout",
    "datumTries": "tries",
    "effect: NO_EXECUTE": ":NoExecute",
    "egress.URL": "egress",
    "emptyFiles": "empty_files",
    "errCmd": "on_error",
    "envVar": "env_var",
    "errStdin": "stdin",
    "externalPort": "external",
    "fileFormat.type": "format",
    "groupBy": "group_by",
    "input": "from",
    "internalPort": "port",
    "jobTimeout": "job_timeout",
    "joinOn": "join_on",
    "mountPath": "mount_path",
    "outerJoin": "keep",
    "parallelismSpec": "workers",
    "perWorker": "per_worker",
    "propagationSpec.never": "propagate: false",
    "rateLimitSpec": "rate_limit",
    "reprocessSpec": "reprocess_when",
    "resourceLimits": "hardware",
    "resourceLimits.cpu": "b` in `cpu: a..b",
    "resourceLimits.disk": "b` in `disk: a..b",
    "resourceLimits.memory": "b` in `memory: a..b",
    "spout: {}": "spout: true",
    "transform.cmd": "cmd",
    "transform.env": "env",
}
_PHRASES = (
    ('write `"glob": "/"`', "write the repo alone, without a pattern"),
    ("`fileFormat: {type: CSV}` or `JSON`", "`format: CSV` or `format: JSON`"),
    ('`["sh", "-c", "…"]`', "`script: …`"),
)
_NAMED = re.compile(r"`([A-Za-z][A-Za-z.]*(?:: \{\}|: \[python3, /run\.py\]|: NO_EXECUTE)?)")


def in_authors_words(text: str) -> str:
    """Return a message with Pachyderm's names of fields replaced by the language's."""
    for theirs, ours in _PHRASES:
        text = text.replace(theirs, ours)
    return _NAMED.sub(lambda found: "`" + _WORDS.get(found[1], found[1]), text)
