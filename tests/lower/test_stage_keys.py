"""What each key of a stage becomes, whole."""

from __future__ import annotations

import json

import pytest

from compiling import codes, compiled, errors, specs_of

HEAD = 'repos: [r]\nstages:\n  s:\n    image: "tools:1.0"\n    from: r\n'
PLAIN = HEAD + "    cmd: work\n"
BASE = {
    "pipeline": {"name": "s"},
    "transform": {"image": "tools:1.0", "cmd": ["work"]},
    "input": {"pfs": {"name": "r", "repo": "r", "branch": "master", "glob": "/"}},
}

FIELDS = {
    "about: words": {"description": "words"},
    "workers: 3": {"parallelismSpec": {"constant": 3}},
    "autoscale: false": {"autoscaling": False},
    "datums_per_set: 5": {"datumSetSpec": {"number": 5}},
    "datums_per_set: {size: 1G}": {"datumSetSpec": {"sizeBytes": 1_000_000_000}},
    "datums_per_set: {per_worker: 2}": {"datumSetSpec": {"perWorker": 2}},
    "tries: 2": {"datumTries": 2},
    "datum_timeout: 1h30m": {"datumTimeout": "5400s"},
    "job_timeout: 1.5s": {"jobTimeout": "1.5s"},
    "output_branch: dev": {"outputBranch": "dev"},
    "reprocess_when: every_job": {"reprocessSpec": "every_job"},
    "s3_out: true": {"s3Out": True},
    "egress: s3://bucket/dir": {"egress": {"URL": "s3://bucket/dir"}},
    "egress: {objects: s3://bucket/dir}": {"egress": {"objectStorage": {"url": "s3://bucket/dir"}}},
    "egress: {sql: 'postgres://u@h:1/d', format: CSV, columns: [a, b], secret: n/k}": {
        "egress": {
            "sqlDatabase": {
                "url": "postgres://u@h:1/d",
                "fileFormat": {"type": "CSV", "columns": ["a", "b"]},
                "secret": {"name": "n", "key": "k"},
            }
        }
    },
    "service: {port: 80, external: 30080, type: NodePort}": {
        "service": {"internalPort": 80, "externalPort": 30080, "type": "NodePort"}
    },
    "metadata: {labels: {a: b}, annotations: {c: d}}": {
        "metadata": {"annotations": {"c": "d"}, "labels": {"a": "b"}}
    },
    "hardware: {gpu: 2}": {"resourceLimits": {"gpu": {"type": "nvidia.com/gpu", "number": 2}}},
    "hardware: {gpu: {type: amd.com/gpu, count: 1}}": {
        "resourceLimits": {"gpu": {"type": "amd.com/gpu", "number": 1}}
    },
    "hardware: {cpu: 500m, disk: 1G..2G}": {
        "resourceRequests": {"cpu": 0.5, "disk": "1G"},
        "resourceLimits": {"disk": "2G"},
    },
    "hardware: {sidecar: {cpu: 1..2, memory: 1G}}": {
        "sidecarResourceRequests": {"cpu": 1, "memory": "1G"},
        "sidecarResourceLimits": {"cpu": 2},
    },
    "hardware: {nodes: {kind: big}, priority: high}": {
        "schedulingSpec": {"nodeSelector": {"kind": "big"}, "priorityClassName": "high"}
    },
    "hardware: {tolerations: ['gpu=yes:NoExecute@30', spot]}": {
        "tolerations": [
            {
                "key": "gpu",
                "operator": "EQUAL",
                "value": "yes",
                "effect": "NO_EXECUTE",
                "tolerationSeconds": 30,
            },
            {"key": "spot", "operator": "EXISTS"},
        ]
    },
}


@pytest.mark.parametrize(("key", "emitted"), FIELDS.items(), ids=FIELDS)
def test_field(key: str, emitted: dict[str, object]) -> None:
    """A key adds exactly its fields to the smallest spec."""
    document = f"{PLAIN}    {key}\n"
    assert specs_of(document)["s"] == {**BASE, **emitted}


TRANSFORM = {
    "stdin: [a, b]": {"stdin": ["a", "b"]},
    "env: {N: 3.10, YES: no}": {"env": {"N": "3.10", "YES": "no"}},
    "pull_secrets: [reg]": {"imagePullSecrets": ["reg"]},
    "accept_codes: [3, 4]": {"acceptReturnCode": [3, 4]},
    "user: nobody": {"user": "nobody"},
    "workdir: /work": {"workingDir": "/work"},
    "batch: true": {"datumBatching": True},
    "on_error: clean --up": {"errCmd": ["clean", "--up"]},
    "on_error: {cmd: [sh], stdin: [x]}": {"errCmd": ["sh"], "errStdin": ["x"]},
    "secrets: [{name: s, key: k, env_var: V, mount_path: /m}]": {
        "secrets": [{"name": "s", "key": "k", "envVar": "V", "mountPath": "/m"}]
    },
}


@pytest.mark.parametrize(("key", "emitted"), TRANSFORM.items(), ids=TRANSFORM)
def test_transform(key: str, emitted: dict[str, object]) -> None:
    """A key adds exactly its fields to the transform."""
    document = f"{PLAIN}    {key}\n"
    assert specs_of(document)["s"]["transform"] == {
        "image": "tools:1.0",
        "cmd": ["work"],
        **emitted,
    }


def test_spout() -> None:
    """A spout has no input, and may have a service."""
    found = specs_of(
        'stages:\n  s: {image: "tools:1.0", cmd: work, '
        "spout: {service: {port: 80, external: 30080}}}\n"
    )["s"]
    assert found["spout"] == {"service": {"internalPort": 80, "externalPort": 30080}}
    assert "input" not in found


def test_parameters_of_a_script() -> None:
    """A stage with a script gets every filled parameter as a variable; one without none."""
    head = "params: {site: north, day: '1'}\n"
    script = head + HEAD + "    env: {A: b}\n    script: echo $site $day\n"
    assert specs_of(script)["s"]["transform"]["env"] == {"A": "b", "day": "1", "site": "north"}
    plain = head + PLAIN + "    env: {A: <site>}\n"
    assert specs_of(plain)["s"]["transform"]["env"] == {"A": "north"}


def operations(shm: str, more: str = "") -> list[dict[str, object]]:
    """Return the operations on the pod of a stage with shared memory."""
    found = specs_of(f"{PLAIN}    hardware: {{shm: {shm}}}\n{more}")["s"]
    patch: list[dict[str, object]] = json.loads(found["podPatch"])
    return patch


def test_shared_memory() -> None:
    """Shared memory is a volume in memory and its mount."""
    assert operations("2Gi") == [
        {
            "op": "add",
            "path": "/volumes/-",
            "value": {"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "2Gi"}},
        },
        {
            "op": "add",
            "path": "/containers/0/volumeMounts/-",
            "value": {"name": "shm", "mountPath": "/dev/shm"},
        },
    ]
    assert operations("true")[0]["value"] == {"name": "shm", "emptyDir": {"medium": "Memory"}}


def test_shared_memory_after_a_patch() -> None:
    """The author's own operations come first."""
    own = '[{"op": "add", "path": "/nodeName", "value": "n"}]'
    found = operations("2Gi", f"    spec: {{pod_patch: '{own}'}}\n")
    assert [operation["path"] for operation in found] == [
        "/nodeName",
        "/volumes/-",
        "/containers/0/volumeMounts/-",
    ]


RAW = {
    "spec: {salt: x}": {"salt": "x"},
    "spec: {maximum_expected_uptime: 60s}\n    autoscale: true": {
        "maximumExpectedUptime": "60s",
        "autoscaling": True,
    },
    "spec: {datum_set_spec: {size_bytes: 10}}": {"datumSetSpec": {"sizeBytes": 10}},
    "spec: {parallelismSpec: ~}\n    workers: 3": {},
    "spec: {schedulingSpec: {nodeSelector: {a: 3.10}}}": {
        "schedulingSpec": {"nodeSelector": {"a": "3.10"}}
    },
    "spec: {resource_limits: {cpu: 1.5, memory: 2G}}\n    hardware: {cpu: 1, memory: 1G..3G}": {
        "resourceRequests": {"cpu": 1, "memory": "1G"},
        "resourceLimits": {"cpu": 1.5, "memory": "2G"},
    },
    "spec: {tolerations: [{key: k, operator: EXISTS}]}": {
        "tolerations": [{"key": "k", "operator": "EXISTS"}]
    },
}


@pytest.mark.parametrize(("keys", "emitted"), RAW.items(), ids=RAW)
def test_raw_fields(keys: str, emitted: dict[str, object]) -> None:
    """Raw fields of either spelling are laid over: mappings merge, a null removes."""
    document = f"{PLAIN}    {keys}\n"
    assert specs_of(document)["s"] == {**BASE, **emitted}


def test_raw_lists_replace() -> None:
    """A list replaces a list, and what a key said is noted as replaced."""
    document = PLAIN + "    spec: {transform: {cmd: [other, word]}}\n"
    assert specs_of(document)["s"]["transform"]["cmd"] == ["other", "word"]
    (note,) = [found for found in compiled(document).problems if found.code == "BC481"]
    assert "transform.cmd" in note.message
    assert note.labels[0].span.text == "work"


WRONG_RAW = {
    "an unknown field": ("{transfrom: {}}", "BC600"),
    "a wrong type": ("{datumTries: many}", "BC601"),
    "a text for a list": ("{transform: {cmd: work}}", "BC601"),
    "two spellings": ("{datumTries: 1, datum_tries: 2}", "BC602"),
}


@pytest.mark.parametrize(("raw", "code"), WRONG_RAW.values(), ids=WRONG_RAW)
def test_wrong_raw_fields(raw: str, code: str) -> None:
    """Raw fields are read like any spec, and problems stand where they were written."""
    found = [
        problem
        for problem in compiled(f"{PLAIN}    spec: {raw}\n").problems
        if problem.code == code
    ]
    assert errors(found)
    span = found[0].span
    assert span is not None
    assert span.start > PLAIN.index("cmd")


def test_a_project_is_everywhere() -> None:
    """The document's project stands on the pipeline and on every input."""
    found = specs_of(f"project: p\n{PLAIN}".replace("from: r", "from: [r, 'q/o:/*']"))["s"]
    assert found["pipeline"] == {"project": {"name": "p"}, "name": "s"}
    assert [part["pfs"]["project"] for part in found["input"]["cross"]] == ["q", "p"]


def test_another_project_without_an_own() -> None:
    """Without a project of the document only another project's is emitted."""
    found = specs_of(PLAIN.replace("from: r", "from: [r, 'q/o:/*']"))["s"]
    assert found["pipeline"] == {"name": "s"}
    assert [part["pfs"].get("project") for part in found["input"]["cross"]] == ["q", None]


def test_input_options() -> None:
    """Options of inputs are emitted as they are; `propagate: false` is a spec of its own."""
    options = "{of: 'r:/*', empty_files: true, reference: true, propagate: false}"
    found = specs_of(PLAIN.replace("from: r", f"from: {options}"))["s"]["input"]["pfs"]
    assert found == {
        "name": "r",
        "repo": "r",
        "branch": "master",
        "glob": "/*",
        "emptyFiles": True,
        "reference": True,
        "propagationSpec": {"never": True},
    }


def test_clock() -> None:
    """A clock says what it is given, and leaves its repo to the server."""
    cron = '{t: {cron: "0 3 * * 1", overwrite: true, start: "2026-01-01T00:00:00Z"}}'
    found = specs_of(PLAIN.replace("from: r", f"from: {cron}"))["s"]["input"]["cron"]
    assert found == {
        "name": "t",
        "spec": "0 3 * * 1",
        "overwrite": True,
        "start": "2026-01-01T00:00:00Z",
    }


def test_stages_stand_in_topological_order() -> None:
    """Writers before readers, ties by name, whatever the document's order is."""
    reads = {"z": "r", "b": "z", "a": "z", "c": "r", "y": "[a, c]"}
    found = specs_of(
        "repos: [r]\nstages:\n"
        + "".join(
            f'  {name}: {{image: "tools:1.0", cmd: work, from: {what}}}\n'
            for name, what in reads.items()
        )
    )
    assert list(found) == ["c", "z", "a", "b", "y"]
    assert "BC481" not in codes(compiled(PLAIN))
