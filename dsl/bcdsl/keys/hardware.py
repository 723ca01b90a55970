"""The keys of hardware classes."""

from __future__ import annotations

from bcdsl.form import Boolean, Either, Enum, Integer, Key, ListOf, MapOf, Record, Short, Text
from bcdsl.keys.shared import INT64, TEXT

_AMOUNT = Text("a quantity or a range", examples=("4G", "512Mi", "2G..4G", "..6G"))

_CPU = Key(
    Text("a number of cores or a range", examples=("1", "0.5", "500m", "1..2", "..4")),
    "Cores: `a` or `a..` is requested, `..b` is the limit, `a..b` both.",
    "`resource_requests.cpu`, `resource_limits.cpu`",
)
_MEMORY = Key(
    _AMOUNT,
    "Memory, as a Kubernetes quantity or a range of them.",
    "`resource_requests.memory`, `resource_limits.memory`",
)
_DISK = Key(
    _AMOUNT,
    "Disk space, as a Kubernetes quantity or a range of them.",
    "`resource_requests.disk`, `resource_limits.disk`",
)
SIDECAR = Record("sidecar", {"cpu": _CPU, "memory": _MEMORY, "disk": _DISK})
GPU = Record(
    "gpu",
    {
        "type": Key(
            Text("a resource's name", examples=("nvidia.com/gpu", "amd.com/gpu")),
            "The device, by its qualified name.",
            "`resource_limits.gpu.type`",
            "`nvidia.com/gpu`",
        ),
        "count": Key(
            Integer(1, INT64), "How many devices.", "`resource_limits.gpu.number`", default="needed"
        ),
    },
)
EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")
RAW_EFFECTS = ("NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE", "ALL_EFFECTS")
TOLERATION = Record(
    "toleration",
    {
        "key": Key(TEXT, "The taint's key.", "`tolerations.key`"),
        "operator": Key(
            Enum(("EXISTS", "EQUAL", "Exists", "Equal")),
            "How the value is compared.",
            "`tolerations.operator`",
            "`EQUAL` with a value, else `EXISTS`",
        ),
        "value": Key(TEXT, "The taint's value.", "`tolerations.value`"),
        "effect": Key(
            Enum(EFFECTS + RAW_EFFECTS),
            "The effect that is tolerated.",
            "`tolerations.effect`",
            "all",
        ),
        "seconds": Key(
            Integer(0, INT64), "How long, with NoExecute.", "`tolerations.toleration_seconds`"
        ),
    },
)
HARDWARE = Record(
    "hardware",
    {
        "extends": Key(Text("a class"), "The class that this one is laid over."),
        "cpu": _CPU,
        "memory": _MEMORY,
        "disk": _DISK,
        "gpu": Key(
            Short(Integer(1, INT64), "count", GPU), "Whole devices.", "`resource_limits.gpu`"
        ),
        "sidecar": Key(
            SIDECAR,
            "What the storage container asks for and may use.",
            "`sidecar_resource_requests`, `sidecar_resource_limits`",
        ),
        "nodes": Key(
            MapOf("a node label", TEXT),
            "The labels that a node must have.",
            "`scheduling_spec.node_selector`",
        ),
        "priority": Key(TEXT, "The pods' priority class.", "`scheduling_spec.priority_class_name`"),
        "tolerations": Key(
            ListOf(
                Either(
                    (Text("a toleration", examples=("gpu=yes:NoSchedule",)), TOLERATION),
                    "`key[=value][:Effect][@seconds]`, or a mapping",
                ),
                "a list of tolerations",
            ),
            "Taints that the pods tolerate: `key[=value][:Effect][@seconds]`.",
            "`tolerations`",
        ),
        "shm": Key(
            Either(
                (Boolean(only=True), Text("a quantity", examples=("1Gi",))), "a quantity, or `true`"
            ),
            "Shared memory: a quantity, or `true` for no limit of its own.",
            "operations of `pod_patch`",
        ),
    },
)
