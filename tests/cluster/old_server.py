# ruff: noqa: D102, N802 - methods are named for the server's own
"""A stand-in for a pachd before 2.8: no calls for JSON and defaults, the spec as one message.

Built from sections 1.7, 2.7 and 2.8 of the spec reference; no such server was recorded.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from bcdslc.rule.newer_fields import newer_fields
from bcdslc.spec.decode import decode
from bcdslc.spec.write import to_json
from cluster.server_spec import BUILT_IN, patched
from cluster.stand_in import Commit, Pipeline, Refused, StandIn

LATER = ("CreatePipelineV2", "GetClusterDefaults", "GetProjectDefaults")


@dataclass
class OldServer(StandIn):
    """A server of 2.5 to 2.7."""

    version: tuple[int, int] = (2, 7)

    def call(self, name: str, request: Any, metadata: dict[str, str]) -> Any:
        """Answer what it knows."""
        service, _, method = name.rpartition("/")
        if method in LATER:
            self.calls.append((name, request, metadata))
            raise Refused("UNIMPLEMENTED", f"unknown method {method} for service {service}")
        return super().call(name, request, metadata)

    def on_CreatePipeline(self, request: Any, metadata: dict[str, str]) -> Any:
        inside = {
            "effective": self._filled(request),
            "user": "",
            "update": bool(request.get("update")),
            "reprocess": bool(request.get("reprocess")),
        }
        self._now_or_later("create_pipeline", inside, metadata)
        return {}

    def on_BatchTransaction(self, request: Any, metadata: dict[str, str]) -> Any:
        if any("createPipelineV2" in each for each in request["requests"]):
            raise Refused("UNKNOWN", "error running request 1 of 1: unrecognized transaction "
                          "request type")  # fmt: skip
        return super().on_BatchTransaction(request, metadata)

    def _filled(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return what it stores: fields that it does not know are gone without a word."""
        said = {key: each for key, each in request.items() if key not in ("update", "reprocess")}
        spec, problems = decode(said)
        assert spec is not None
        assert not problems, problems
        value = to_json(spec.request)
        for path, _ in newer_fields(spec.request, self.version[1]):
            at: Any = value
            for step in path[:-1]:
                at = at[step]
            del at[path[-1]]
        found = patched(copy.deepcopy(BUILT_IN), value)
        found["pipeline"] = {"project": {"name": spec.project}, "name": spec.name}
        return dict(found)

    def _commit(self, place: dict[str, Any]) -> Commit:
        """Find a commit by its branch and ID: one of 2.5 has no repo of its own."""
        branch = place["branch"]
        assert branch["name"]
        return super()._commit({key: each for key, each in place.items() if key != "repo"})

    def _info(self, each: Pipeline) -> dict[str, Any]:
        found = super()._info(each)
        del found["userSpecJson"], found["effectiveSpecJson"]
        return found
