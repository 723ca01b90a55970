"""A pipeline's version in the store: made when its spec is first seen, and when it changes."""

from __future__ import annotations

import json
from enum import Enum
from uuid import uuid4

from bcdslc.local.record import Version
from bcdslc.local.settings import Settings
from bcdslc.local.store import Store
from bcdslc.spec.spec import Spec
from bcdslc.spec.write import to_json


class Renewal(Enum):
    """What became of a pipeline in a run."""

    SAME = "the same"
    CREATED = "new"
    UPDATED = "updated"
    REPROCESSED = "reprocessed"


def renew(
    store: Store, spec: Spec, stage: Settings, id: str, *, reprocess: bool
) -> tuple[Version, Renewal]:
    """Return the pipeline's version for a spec, a new one if anything in the spec differs.

    A new one's spec commit has the id of the run, as a cluster gives one id to all that a call
    makes.

    The salt stays from version to version unless the pipeline is reprocessed
    (pachyderm: src/server/pps/server/api_server.go).
    """
    text = json.dumps(to_json(spec.request), sort_keys=True)
    old = store.ledger.version(stage.pipeline)
    if old is not None and old.spec == text and not reprocess:
        return old, Renewal.SAME
    salt = old.salt if old and not reprocess else (not old and spec.request.salt) or uuid4().hex
    version = Version(
        pipeline=stage.pipeline,
        number=old.number + 1 if old else 1,
        spec=text,
        salt=salt,
        spec_commit=id,
    )
    store.ledger.add_version(version)
    if old is None:
        return version, Renewal.CREATED
    return version, Renewal.REPROCESSED if reprocess else Renewal.UPDATED
