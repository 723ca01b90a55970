"""Hardware: classes laid over one another, amounts, devices, placement."""

from __future__ import annotations

from decimal import Decimal

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error, replace_with
from bcdsl.keys.hardware import HARDWARE
from bcdsl.model import Gpu, Hardware, Range, Resources, Toleration
from bcdsl.overlay import overlay
from bcdsl.place import inner, spanned
from bcdsl.read.reader import Reader
from bcdsl.read.wrong import NEEDED
from bcdsl.resolve.stock import check_stock
from bcdsl.source import Span, Spanned
from bcdsl.suggest import nearest
from bcdsl.syntax import Fields
from bcdsl.values.amount import NO_QUANTITY, read_bytes, read_cores
from bcdsl.values.quantity import meant_quantity, read_quantity
from bcdsl.values.toleration import check_seconds, read_toleration, spell_effect
from bcdsl.yaml_tree import Mapping, Node, Scalar

UNKNOWN_CLASS = "BC330"
CLASS_CYCLE = "BC331"
NO_GPU_TYPE = "BC131"

_DEFAULT = "default"


class Classes:
    """The classes of a document, laid over one another when they are first asked for."""

    def __init__(self, node: Node | None, reader: Reader, problems: list[Diagnostic]) -> None:
        self.reader = reader
        self.problems = problems
        self.bodies: dict[str, tuple[Scalar, Mapping]] = {}
        if isinstance(node, Mapping):
            for key, body in node.entries:
                if isinstance(body, Mapping):
                    self.bodies[key.text] = (key, body)
        self.laid: dict[str, tuple[Mapping, tuple[Spanned[str], ...]] | None] = {}
        self.resolved: dict[int, tuple[Node, Hardware | None]] = {}

    def check_all(self) -> None:
        """Note what is wrong with classes, used or not."""
        for name, (key, body) in self.bodies.items():
            if name == _DEFAULT:
                self.hardware(body, (), key.span)
            elif self.chain(name) is not None:
                self.of(body)

    def of(self, body: Node | None) -> Hardware | None:
        """Return the hardware of a stage's own body, or of a stage without one."""
        under, names = self.under(body)
        if body is None or not isinstance(body, Mapping):
            return None if under is None else self.hardware(under, names, under.span)
        if names is None:
            return None
        laid = body if under is None else overlay(under, body, HARDWARE)
        assert isinstance(laid, Mapping)
        return self.hardware(laid, names, body.span)

    def under(self, body: Node | None) -> tuple[Mapping | None, tuple[Spanned[str], ...] | None]:
        """Return what lies under a body, and the classes' names, nearest first."""
        parent = body.get("extends") if isinstance(body, Mapping) else None
        if isinstance(parent, Scalar) and not parent.null:
            chain = self.chain(parent.text, parent)
            return (None, None) if chain is None else chain
        if _DEFAULT in self.bodies:
            key, default = self.bodies[_DEFAULT]
            return default, (Spanned(_DEFAULT, key.span),)
        return None, ()

    def chain(
        self, name: str, place: Scalar | None = None
    ) -> tuple[Mapping, tuple[Spanned[str], ...]] | None:
        """Return a class with everything under it, or None after noting why there is none."""
        trail: list[str] = []
        links: list[tuple[Scalar, Mapping]] = []
        here: str | None = name
        while here is not None and here not in self.laid:
            found = self.bodies.get(here)
            if found is None:
                if place is not None:
                    self.problems.append(_unknown(place, [*self.bodies]))
                self._fail(trail)
                return None
            if here in trail:
                self.problems.append(_cycle(trail[trail.index(here) :], self.bodies))
                self._fail(trail)
                return None
            trail.append(here)
            links.append(found)
            parent = found[1].get("extends")
            if isinstance(parent, Scalar) and not parent.null and here != _DEFAULT:
                here, place = parent.text, parent
            else:
                here = _DEFAULT if here != _DEFAULT and _DEFAULT in self.bodies else None
        base = self.laid[here] if here is not None else None
        if here is not None and base is None:
            self._fail(trail)
            return None
        for own, (key, body) in zip(reversed(trail), reversed(links), strict=True):
            names = (Spanned(own, key.span), *(base[1] if base else ()))
            laid = body if base is None else overlay(base[0], body, HARDWARE)
            assert isinstance(laid, Mapping)
            base = self.laid[own] = (laid, names)
        return base

    def _fail(self, trail: list[str]) -> None:
        for name in trail:
            self.laid[name] = None

    def hardware(
        self, body: Mapping, names: tuple[Spanned[str], ...] | None, place: Span
    ) -> Hardware | None:
        """Return a laid body as hardware; None after noting what is wrong with it."""
        known = self.resolved.get(id(body))
        if known is None:
            fields = self.reader.record(body, HARDWARE, "`hardware`")
            made = None
            if fields is not None and fields.sound:
                made = _hardware(fields, names or (), self.problems)
            known = self.resolved[id(body)] = (body, made)
        return known[1]


def _unknown(place: Scalar, known: list[str]) -> Diagnostic:
    guess = nearest(place.text, known)
    listed = ", ".join(f"`{name}`" for name in known)
    return error(
        UNKNOWN_CLASS,
        f"no hardware class is named `{place.text}`",
        place.span,
        f"use `{guess}`"
        if guess
        else (f"the classes are {listed}" if listed else "declare it under `hardware`"),
        replace_with(inner(place), guess) if guess else None,
    )


def _cycle(names: list[str], bodies: dict[str, tuple[Scalar, Mapping]]) -> Diagnostic:
    path = " → ".join(f"`{name}`" for name in [*names, names[0]])
    parent = bodies[names[-1]][1].get("extends")
    assert parent is not None
    return error(
        CLASS_CYCLE,
        f"a hardware class extends itself: {path}",
        parent.span,
        "take one `extends` out",
    )


def _hardware(
    fields: Fields, names: tuple[Spanned[str], ...], problems: list[Diagnostic]
) -> Hardware | None:
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
    check_stock(made, problems)
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
