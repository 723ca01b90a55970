"""One body of hardware as meant: amounts, devices, placement."""

from __future__ import annotations

from decimal import Decimal

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error, replace_with
from bcdsl.model import Gpu, Hardware, Range, Resources, Toleration
from bcdsl.place import inner, spanned
from bcdsl.read.wrong import NEEDED
from bcdsl.source import Spanned
from bcdsl.syntax import Fields
from bcdsl.values.amount import NO_QUANTITY, read_bytes, read_cores
from bcdsl.values.quantity import meant_quantity, read_quantity
from bcdsl.values.toleration import check_seconds, read_toleration, spell_effect
from bcdsl.yaml_tree import Scalar

NO_GPU_TYPE = "BC131"


def resolve_hardware(
    fields: Fields, names: tuple[Spanned[str], ...], problems: list[Diagnostic]
) -> Hardware | None:
    """Return the hardware, or None after noting what is wrong with it."""
    before = len(problems)
    side = fields.record("sidecar")
    nodes = fields.pairs("nodes")
    priority = fields.text("priority")
    made = Hardware(
        worker=_resources(fields, problems),
        sidecar=_resources(side, problems) if side is not None else Resources(),
        gpu=_gpu(fields.record("gpu"), problems),
        nodes=None
        if nodes is None
        else tuple((spanned(key), spanned(value)) for key, value in nodes),
        priority=None if priority is None else spanned(priority),
        tolerations=_tolerations(fields, problems),
        shm=_shm(fields, problems),
        classes=names,
    )
    return made if len(problems) == before else None


def _resources(fields: Fields, problems: list[Diagnostic]) -> Resources:
    cpu, memory, disk = (fields.text(key) for key in ("cpu", "memory", "disk"))
    cores: Range[Decimal] | None = None if cpu is None else read_cores(cpu, problems)
    return Resources(
        cpu=cores or Range(),
        memory=_bytes(memory, problems),
        disk=_bytes(disk, problems),
    )


def _bytes(scalar: Scalar | None, problems: list[Diagnostic]) -> Range[str]:
    return Range() if scalar is None else read_bytes(scalar, problems) or Range()


def _gpu(fields: Fields | None, problems: list[Diagnostic]) -> Gpu | None:
    if fields is None:
        return None
    count, kind = fields.number("count"), fields.text("type")
    if count is None:
        if fields.sound:
            problems.append(
                error(NEEDED, "`gpu` needs `count`", fields.node.span, "write `count: 1`")
            )
        return None
    if kind is not None and not _qualified(kind.text):
        problems.append(
            error(
                NO_GPU_TYPE,
                f"`{kind.text}` is no qualified name of a device",
                kind.span,
                "write `nvidia.com/gpu`, `amd.com/gpu` or the like",
            )
        )
        return None
    return Gpu(
        type=Spanned("nvidia.com/gpu", count.span) if kind is None else spanned(kind), count=count
    )


def _qualified(name: str) -> bool:
    domain, slash, rest = name.partition("/")
    return bool(domain and slash and rest) and "/" not in rest and "." in domain


def _tolerations(fields: Fields, problems: list[Diagnostic]) -> tuple[Toleration, ...] | None:
    listed = fields.listed("tolerations")
    if listed is None:
        return None
    found: list[Toleration] = []
    for item in listed.items:
        if isinstance(item, Scalar):
            made = read_toleration(item)
        elif isinstance(item, Fields) and item.sound:
            made = _long_toleration(item)
        else:
            continue
        if isinstance(made, Diagnostic):
            problems.append(made)
        else:
            found.append(made)
    return tuple(found)


def _long_toleration(fields: Fields) -> Toleration | Diagnostic:
    key, value, operator = (fields.text(name) for name in ("key", "value", "operator"))
    effect = fields.text("effect")
    spelt = None if effect is None else spell_effect(spanned(effect))
    if isinstance(spelt, Diagnostic):
        return spelt
    said = "EXISTS" if value is None else "EQUAL"
    return check_seconds(
        Toleration(
            key=None if key is None else spanned(key),
            operator=Spanned(said, fields.node.span)
            if operator is None
            else Spanned(operator.text.upper(), operator.span),
            value=None if value is None else spanned(value),
            effect=spelt,
            seconds=fields.number("seconds"),
            span=fields.node.span,
        )
    )


def _shm(fields: Fields, problems: list[Diagnostic]) -> Spanned[str | bool] | None:
    flag = fields.flag("shm")
    if flag is not None:
        on: str | bool = flag.value
        return Spanned(on, flag.span)
    scalar = fields.text("shm")
    if scalar is None:
        return None
    value = read_quantity(scalar.text)
    if value is None or value < 1:
        meant = meant_quantity(scalar.text)
        problems.append(
            error(
                NO_QUANTITY,
                f"Kubernetes does not read `{scalar.text}` as a size",
                scalar.span,
                f"write `{meant}`" if meant else "write a quantity, as `1Gi`, or `true`",
                replace_with(inner(scalar), meant) if meant else None,
            )
        )
        return None
    size: str | bool = scalar.text
    return Spanned(size, scalar.span)
