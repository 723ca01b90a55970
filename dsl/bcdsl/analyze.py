"""The front door: the text of one document to its model, or to what prevents it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bcdsl.check import CHECKS
from bcdsl.compose import compose
from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.finding import error
from bcdsl.frozen import dataclass, field
from bcdsl.keys.document import ABSENT, DOCUMENT, PROFILE
from bcdsl.model import Dag
from bcdsl.overlay import overlay
from bcdsl.read.inputs import read_inputs
from bcdsl.read.reader import Reader
from bcdsl.read.wrong import head, kind_of
from bcdsl.replaced import with_replaced
from bcdsl.resolve.document import resolve_document
from bcdsl.resolve.scope import FileProblem, Files
from bcdsl.sound import sound_stages
from bcdsl.source import SourceFile
from bcdsl.suggest import nearest
from bcdsl.widen import widen
from bcdsl.yaml_accident.marks import ALIAS_IN_ITSELF, UNKNOWN_ALIAS
from bcdsl.yaml_tree import Mapping as YamlMapping
from bcdsl.yaml_tree import Node, Scalar

__all__ = ["Analyzed", "FileProblem", "Files", "Options", "analyze"]

NO_MAPPING = "BC106"
SEVERAL = "BC107"
NOT_READ = "BC108"
UNKNOWN_PROFILE = "BC317"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line says of a document."""

    params: Mapping[str, str] = field(default_factory=dict)
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Analyzed:
    """The model, unless an error prevents it, and all findings.

    `sound` holds, where there is no model, the stages that no error touches.
    """

    dag: Dag | None
    problems: tuple[Diagnostic, ...]
    sound: Dag | None = None


def analyze(source: SourceFile, options: Options, files: Files) -> Analyzed:
    """Read one document and find everything that is wrong with it."""
    composed = compose(source)
    problems = list(composed.problems)
    if not composed.documents:
        return Analyzed(dag=None, problems=tuple(problems))
    problems.extend(_several(extra) for extra in composed.documents[1:])
    node = composed.documents[0]
    if not isinstance(node, YamlMapping):
        if not any(problem.severity is Severity.ERROR for problem in problems):
            problems.append(_no_mapping(node))
        return Analyzed(dag=None, problems=tuple(problems))
    document = widen(_without_absent(node, problems), DOCUMENT)
    assert isinstance(document, YamlMapping)
    bodies = _chosen(document, options.profiles, problems)
    profiled = _profiled(document, bodies)
    dag = _resolve(document, profiled, options, files, problems)
    accidents = composed.problems
    later = _not_of_aliases(accidents, problems[len(accidents) :])
    found = with_replaced(_once((*accidents, *later)), document, bodies)
    wrong = any(problem.severity is Severity.ERROR for problem in found)
    if not wrong:
        return Analyzed(dag=dag, problems=found)
    return Analyzed(dag=None, problems=found, sound=sound_stages(profiled, dag, found))


def _resolve(
    document: YamlMapping,
    profiled: YamlMapping,
    options: Options,
    files: Files,
    problems: list[Diagnostic],
) -> Dag:
    """Find what a document with profiles laid over it means; problems are added to."""
    reader = Reader(read_inputs)
    fields = reader.record(_without(profiled, _LAID), DOCUMENT, "the document")
    assert fields is not None
    rough = Reader(read_inputs, partial=True)
    overlaid = profiled is not document
    whole = isinstance(profiled.get("stages"), YamlMapping)
    rough.record(
        document if overlaid or not whole else _only(document, _UNDER), DOCUMENT, "the document"
    )
    resolved = resolve_document(profiled, fields, reader, options.params, files)
    problems.extend((*rough.problems, *reader.problems, *resolved.problems))
    problems.extend(_checked(resolved.dag))
    return resolved.dag


_UNDER = ("defaults", "hardware", "profiles")  # what means something only under something else
_LAID = (*_UNDER, "stages")


def _without(node: YamlMapping, keys: tuple[str, ...]) -> YamlMapping:
    entries = tuple(entry for entry in node.entries if entry[0].text not in keys)
    return YamlMapping(entries, node.flow, node.source, node.start, node.end)


def _only(node: YamlMapping, keys: tuple[str, ...]) -> YamlMapping:
    entries = tuple(entry for entry in node.entries if entry[0].text in keys)
    return YamlMapping(entries, node.flow, node.source, node.start, node.end)


def _checked(dag: Dag) -> Iterable[Diagnostic]:
    return [problem for rule in CHECKS for problem in rule(dag)]


def _chosen(
    document: YamlMapping, names: tuple[str, ...], problems: list[Diagnostic]
) -> list[YamlMapping]:
    """Return the bodies of the profiles that were asked for, in that order."""
    profiles = document.get("profiles")
    known = list(profiles.keys()) if isinstance(profiles, YamlMapping) else []
    found: list[YamlMapping] = []
    for name in names:
        body = profiles.get(name) if isinstance(profiles, YamlMapping) else None
        if body is None:
            problems.append(_unknown_profile(name, known))
        elif isinstance(body, YamlMapping):
            found.append(body)
    return found


def _profiled(document: YamlMapping, bodies: Iterable[YamlMapping]) -> YamlMapping:
    """Return the document with profiles laid over it."""
    for body in bodies:
        laid = overlay(document, body, PROFILE)
        assert isinstance(laid, YamlMapping)
        document = laid
    return document


def _not_of_aliases(
    accidents: tuple[Diagnostic, ...], problems: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Yield the findings that do not stand on an alias of nothing: that is reported already."""
    reported = {
        offset
        for one in accidents
        if one.span is not None and one.code in (UNKNOWN_ALIAS, ALIAS_IN_ITSELF)
        for offset in range(one.span.start, one.span.end)
    }
    for problem in problems:
        if problem.span is None or problem.span.start not in reported:
            yield problem


def _once(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings, one of each code at each place: shared parts are read many times."""
    found: dict[object, Diagnostic] = {}
    for problem in problems:
        span = problem.span
        place = problem.message if span is None else (id(span.source), span.start, span.end)
        found.setdefault((problem.code, place), problem)
    return tuple(found.values())


def _without_absent(node: YamlMapping, problems: list[Diagnostic]) -> YamlMapping:
    absent = [key for key, _ in node.entries if key.text in ABSENT]
    if not absent:
        return node
    problems.extend(
        error(
            NOT_READ,
            f"`{key.text}:` is not supported by this version",
            key.span,
            "write the document out, or use `profiles` for what differs",
        )
        for key in absent
    )
    return _without(node, ABSENT)


def _several(node: Node) -> Diagnostic:
    return error(
        SEVERAL,
        "a second document in one file is not supported by this version",
        head(node),
        "give each document a file of its own",
    )


def _no_mapping(node: Node) -> Diagnostic:
    what = "nothing" if isinstance(node, Scalar) and node.missing else kind_of(node)
    return error(
        NO_MAPPING,
        f"a document is a mapping of keys, and this is {what}",
        head(node),
        "start with `repos:` and `stages:`",
    )


def _unknown_profile(name: str, known: list[str]) -> Diagnostic:
    guess = nearest(name, known)
    listed = ", ".join(f"`{each}`" for each in known)
    others = f"the profiles are {listed}" if listed else "it has no `profiles`"
    advice = f"use `{guess}`" if guess else others
    return error(UNKNOWN_PROFILE, f"the document has no profile `{name}`", None, advice)
