"""All records of the language, in the order of the reference."""

from __future__ import annotations

from bcdsl.keys.document import DOCUMENT, LOCAL, LOCAL_IMAGE, PARAM, PROFILE, REPO
from bcdsl.keys.hardware import GPU, HARDWARE, SIDECAR, TOLERATION
from bcdsl.keys.inputs import CRON, LEAF, TRIGGER
from bcdsl.keys.stage import (
    DATUMS_PER_SET,
    DEFAULTS,
    EGRESS,
    METADATA,
    ON_ERROR,
    SCRIPT_FILE,
    SECRET,
    SERVICE,
    SPOUT,
    STAGE,
    STAGE_LOCAL,
)

RECORDS = (
    DOCUMENT,
    PROFILE,
    REPO,
    PARAM,
    STAGE,
    DEFAULTS,
    LEAF,
    CRON,
    TRIGGER,
    HARDWARE,
    SIDECAR,
    GPU,
    TOLERATION,
    ON_ERROR,
    SCRIPT_FILE,
    SECRET,
    DATUMS_PER_SET,
    EGRESS,
    SERVICE,
    SPOUT,
    METADATA,
    STAGE_LOCAL,
    LOCAL,
    LOCAL_IMAGE,
)
