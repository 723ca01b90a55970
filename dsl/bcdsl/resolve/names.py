"""What the top of a document says of names: parameters and narrowings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.finding import error, warning
from bcdsl.frozen import replace
from bcdsl.pattern.flaw import diagnose
from bcdsl.pattern.read import read_glob, read_sub
from bcdsl.pattern.surprises.find import surprises
from bcdsl.pattern.tree import Pattern
from bcdsl.place import inner, spanned
from bcdsl.resolve.insert import unprintable
from bcdsl.source import SourceFile, Span, Spanned
from bcdsl.suggest import nearest
from bcdsl.syntax import Fields
from bcdsl.yaml_tree import Scalar

UNFILLED = "BC310"
UNKNOWN_PARAM = "BC316"
UNUSED = "BC320"
TWICE = "BC323"


def fill_params(
    fields: Fields, given: Mapping[str, str], problems: list[Diagnostic]
) -> tuple[dict[str, Spanned[str]], frozenset[str]]:
    """Return the filled parameters, and the names of the others."""
    declared = fields.records("params")
    filled: dict[str, Spanned[str]] = {}
    unfilled: list[str] = []
    names = [key.text for key, _ in declared]
    problems.extend(_unknown_param(name, names) for name in given if name not in names)
    for key, record in declared:
        name = key.text
        default = record.text("default")
        if name in given:
            filled[name] = _from_command(name, given[name])
        elif default is not None:
            filled[name] = spanned(default)
        else:
            unfilled.append(name)
            if record.sound:
                problems.append(_unfilled(key))
            continue
        problem = unprintable(name, filled[name])
        if problem is not None:
            problems.append(problem)
    return filled, frozenset(unfilled)


def _from_command(name: str, text: str) -> Spanned[str]:
    """Return a value that no document wrote, with a place that shows what was given."""
    source = SourceFile("--param", f"{name}={text}")
    return Spanned(text, Span(source, len(name) + 1, len(source.text)))


def _unfilled(key: Scalar) -> Diagnostic:
    return error(
        UNFILLED,
        f"the parameter `{key.text}` has no value",
        key.span,
        f"write a value, or give one: `--param {key.text}=…`",
    )


def _unknown_param(name: str, known: list[str]) -> Diagnostic:
    guess = nearest(name, known)
    return error(
        UNKNOWN_PARAM,
        f"the document has no parameter `{name}`",
        None,
        f"use `{guess}`" if guess else "its parameters stand under `params`",
    )


def narrowings(
    fields: Fields, params: Mapping[str, Span], problems: list[Diagnostic]
) -> tuple[dict[str, Pattern], dict[str, Span]]:
    """Return what names are narrowed to, and where that is said."""
    subs: dict[str, Pattern] = {}
    places: dict[str, Span] = {}
    for key, scalar in fields.pairs("names") or ():
        if key.text in params:
            problems.append(
                error(
                    TWICE,
                    f"`{key.text}` is both narrowed and a parameter",
                    key.span,
                    "take it out here: a parameter fixes the name",
                    labels=(Label(params[key.text], "the parameter"),),
                )
            )
            continue
        sub, found = read_sub(scalar.text, inner(scalar))
        problems.extend(found)
        if sub is not None:
            problems.extend(_surprises(key.text, scalar))
            subs[key.text] = sub
            places[key.text] = key.span
    return subs, places


def _surprises(name: str, scalar: Scalar) -> Iterator[Diagnostic]:
    """Yield what surprises in a narrowing, read as if it stood in a pattern by itself."""
    before = f"/<{name}:"
    pattern, _ = read_glob(f"{before}{scalar.text}>", names=True)
    if pattern is None:
        return
    for flaw in surprises(pattern):
        start, end = flaw.start - len(before), flaw.end - len(before)
        if start >= 0 and end <= len(scalar.text):
            yield diagnose(replace(flaw, start=start, end=end), inner(scalar))


def unused_names(places: Mapping[str, Span], used: set[str]) -> Iterator[Diagnostic]:
    """Yield a finding for each narrowing that narrows nothing."""
    for name, span in places.items():
        if name not in used:
            yield warning(
                UNUSED,
                f"no pattern has the name `{name}`",
                span,
                f"take it out, or write `<{name}>` in a pattern",
            )
