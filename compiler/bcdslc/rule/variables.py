"""The environment variables that a spec sets, and those that Pachyderm sets for user code.

Part 5.2 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

# What programs and the container itself rely on.
SYSTEM = frozenset(
    (
        *("PATH", "HOME", "HOSTNAME", "USER", "SHELL", "PWD", "LANG", "TMPDIR", "TERM", "IFS"),
        *("LD_LIBRARY_PATH", "PYTHONPATH"),
    )
)

# Set for each datum, after everything else.
DATUM = frozenset(
    ("PACH_DATUM_ID", "PACH_JOB_ID", "PACH_OUTPUT_COMMIT_ID", "FILESET_ID", "PACH_TOKEN")
)

# Set with the container, after what the spec gives.
CONTAINER = frozenset(
    (
        *("PACH_IN_WORKER", "PPS_WORKER_IP", "PPS_ETCD_PREFIX", "PPS_POD_NAME"),
        *("PPS_WORKER_GRPC_PORT", "PACH_ROOT", "PACH_NAMESPACE", "STORAGE_BACKEND", "STORAGE_URL"),
        *("POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DATABASE", "POSTGRES_HOST"),
        *("POSTGRES_PORT", "PG_BOUNCER_HOST", "PG_BOUNCER_PORT", "PEER_PORT", "PPS_SPEC_COMMIT"),
        *("PPS_PROJECT_NAME", "PPS_PIPELINE_NAME", "LOKI_SERVICE_HOST", "LOKI_SERVICE_PORT"),
        *("GOCOVERDIR", "S3GATEWAY_PORT", "DISABLE_COMMIT_PROGRESS_COUNTER", "LOKI_LOGGING"),
        *("GOOGLE_CLOUD_PROFILER_PROJECT", "DET_MASTER_CERT_FILE", "DET_MASTER", "DET_USER"),
        "DET_PASS",
    )
)

# Set for pipelines that read or write through the S3 gateway.
S3 = frozenset(("S3_ENDPOINT", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"))


def variables(spec: Spec) -> Iterator[tuple[str, Path, bool]]:
    """Yield the variables that a spec sets: name, place, and whether the name is a key there."""
    transform = spec.request.transform
    if transform is None:
        return
    for name in transform.env or ():
        yield name, ("transform", "env", name), True
    for index, secret in enumerate(transform.secrets or ()):
        if secret.env_var:
            yield secret.env_var, ("transform", "secrets", index, "envVar"), False


def uses_s3(spec: Spec) -> bool:
    """Whether a pipeline reads or writes through the S3 gateway."""
    return bool(spec.request.s3_out) or any(place.pfs.s3 for place in pfs_inputs(spec))
