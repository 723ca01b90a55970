"""Fields that Pachyderm once had, and what took their place (section 1.2 of the spec reference)."""

from __future__ import annotations

REMOVED: dict[tuple[str, str], str] = {
    ("CreatePipelineRequest", "standby"): "use `autoscaling`",
    ("CreatePipelineRequest", "chunkSpec"): "use `datumSetSpec`",
    ("CreatePipelineRequest", "cacheSize"): "leave it out: there is no such cache any more",
    ("CreatePipelineRequest", "hashtreeSpec"): "leave it out: there are no hashtrees any more",
    ("CreatePipelineRequest", "enableStats"): "leave it out: what it switched on is always on",
    ("CreatePipelineRequest", "maxQueueSize"): "leave it out: workers fetch one datum at a time",
    ("CreatePipelineRequest", "scaleDownThreshold"): "use `autoscaling`",
    ("CreatePipelineRequest", "detailsJson"): "leave it out: only 2.7 had it",
    ("CreatePipelineRequest", "parallelism"): "use `parallelismSpec` with `constant`",
    ("CreatePipelineRequest", "shards"): "use `parallelismSpec` with `constant`",
    ("CreatePipelineRequest", "noSkip"): "use `reprocessSpec: every_job`",
    ("CreatePipelineRequest", "output"): "use `egress`",
    ("CreatePipelineRequest", "inputs"): "use `input`, which holds one input or one operator",
    ("ParallelismSpec", "coefficient"): "use `constant`, the number of workers",
    ("ParallelismSpec", "strategy"): "leave it out: `constant` alone gives the number of workers",
    ("Transform", "build"): "build an image and name it in `transform.image`",
    ("Spout", "overwrite"): "leave it out: a spout writes its commits through the API",
    ("Spout", "marker"): "leave it out: a spout writes its commits through the API",
    ("Input", "git"): "push the files to a repo and read it with `pfs`",
    ("Input", "atom"): "use `pfs`, which is what `atom` became",
    ("PfsInput", "fromCommit"): "leave it out: start from a branch",
    ("Egress", "url"): "write it in capitals: `URL`",
    ("Egress", "URI"): "use `URL`",
}

# of these only the name changed: what they held is what their successors hold
RENAMED: dict[tuple[str, str], str] = {
    ("CreatePipelineRequest", "standby"): "autoscaling",
    ("Input", "atom"): "pfs",
    ("Egress", "url"): "URL",
    ("Egress", "URI"): "URL",
}
