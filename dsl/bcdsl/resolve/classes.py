"""Hardware classes: each laid over the one that it extends, and over `default`."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error, replace_with
from bcdsl.keys.hardware import HARDWARE
from bcdsl.model import Hardware
from bcdsl.overlay import overlay
from bcdsl.place import inner
from bcdsl.read.reader import Reader
from bcdsl.resolve.hardware import resolve_hardware
from bcdsl.resolve.stock import check_stock
from bcdsl.source import Span, Spanned
from bcdsl.suggest import nearest
from bcdsl.yaml_tree import Mapping, Node, Scalar

UNKNOWN_CLASS = "BC330"
CLASS_CYCLE = "BC331"

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
        self.used: set[str] = set()  # classes that lie under a stage or under another class

    def check_all(self) -> None:
        """Note what is wrong with classes, used or not.

        What the server requests is held against what a stage gets, and against a class alone only
        where nothing uses it: another value may be laid over the limit.
        """
        made: dict[str, Hardware] = {}
        for name, (key, body) in self.bodies.items():
            found = None
            if name == _DEFAULT:
                found = self.hardware(body, (), key.span)
                self._default_extends(body)
            elif self.chain(name) is not None:
                found = self.of(body)
                self.used.update(each.value for each in self.under(body)[1] or ())
            if found is not None:
                made[name] = found
        for name, hardware in made.items():
            if name not in self.used:
                check_stock(hardware, self.problems)

    def of_stage(self, stage: Mapping) -> Hardware | None:
        """Return the hardware of a stage, held against what the server requests."""
        made = self.of(stage.get("hardware"))
        if made is not None:
            self.used.update(name.value for name in made.classes)
            check_stock(made, self.problems, stage.get("spec"))
        return made

    def _default_extends(self, body: Mapping) -> None:
        """Note a class under `default`, which lies under every class itself."""
        parent = body.get("extends")
        if not isinstance(parent, Scalar) or parent.null:
            return
        if parent.text in self.bodies:
            self.problems.append(_cycle([_DEFAULT, parent.text], self.bodies, parent))
        else:
            self.problems.append(_unknown(parent, [*self.bodies]))

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
                made = resolve_hardware(fields, names or (), self.problems)
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


def _cycle(
    names: list[str], bodies: dict[str, tuple[Scalar, Mapping]], place: Scalar | None = None
) -> Diagnostic:
    names = names if place is None or names[0] != names[-1] else names[:1]
    path = " → ".join(f"`{name}`" for name in [*names, names[0]])
    parent = place or bodies[names[-1]][1].get("extends")
    assert parent is not None
    return error(
        CLASS_CYCLE,
        f"a hardware class extends itself: {path}",
        parent.span,
        "take one `extends` out"
        if place is None
        else f"take it out: `{_DEFAULT}` lies under every class",
    )
