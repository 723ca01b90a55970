"""The whole document as meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from os.path import basename

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.frozen import dataclass, replace
from bcdsl.keys.stage import DEFAULTS, STAGE
from bcdsl.model import Dag, LocalImage, Repo, Stage
from bcdsl.overlay import overlay
from bcdsl.place import spanned
from bcdsl.read.reader import Reader
from bcdsl.read.wrong import missing
from bcdsl.resolve.branches import two_branches
from bcdsl.resolve.classes import Classes
from bcdsl.resolve.insert import insert
from bcdsl.resolve.names import fill_params, narrowings, unused_names
from bcdsl.resolve.order import cycles
from bcdsl.resolve.project import is_project, no_project
from bcdsl.resolve.scope import Files, Scope
from bcdsl.resolve.settings import pairs, text, texts
from bcdsl.resolve.sources import find_sources
from bcdsl.resolve.stage import resolve_files, resolve_stage
from bcdsl.source import Spanned
from bcdsl.syntax import Fields
from bcdsl.yaml_tree import Mapping as YamlMapping
from bcdsl.yaml_tree import Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The document as far as it could be understood, and what is wrong with it."""

    dag: Dag
    problems: tuple[Diagnostic, ...]


def resolve_document(
    document: YamlMapping,
    fields: Fields,
    reader: Reader,
    given: Mapping[str, str],
    files: Files,
) -> Resolved:
    """Return the model of a document that is put together already.

    Stages in which something is wrong are left out: what is asked of the rest has an answer.
    """
    problems: list[Diagnostic] = []
    filled, unfilled = fill_params(fields, given, problems)
    declared = {key.text: key.span for key, _ in fields.records("params")}
    subs, places = narrowings(fields, declared, problems)
    project = text(fields, "project")
    if project is not None and not is_project(project.value):
        problems.append(no_project(project))
    scope = Scope(
        project=None if project is None else project.value,
        filled=filled,
        unfilled=unfilled,
        subs=subs,
        sub_places=places,
        sources={},
        files=files,
        problems=problems,
    )
    written = fields.records("repos")
    repos = [(name, repo) for key, repo in written if (name := insert(key, scope)) is not None]
    bodies = _stages(document, reader)
    named = [name for name, _ in repos]
    sources = find_sources(named, [(key, body) for key, body, _ in bodies], scope)
    scope = replace(
        scope,
        sources=sources,
        unread=_unread(document, "stages", {key.text for key, _, _ in bodies})
        | _unread(document, "repos", {key.text for key, _ in written}),
        repos_read=len(repos) == len(written)
        and ("repos" in fields.values or document.get("repos") is None),
    )
    classes = Classes(document.get("hardware"), reader, problems)
    stages: list[Stage] = []
    sound: list[Stage] = []
    for key, body, own in bodies:
        before = len(problems)
        hardware = classes.of_stage(body.node)
        stage = resolve_stage(key, body, own, hardware, scope)
        stages.append(stage)
        reads = body.inputs("from")
        whole = body.sound and (reads is None or reads.sound)
        if whole and not _errors(problems[before:]):
            sound.append(stage)
    classes.check_all()
    problems.extend(cycles(stages, sources))
    problems.extend(two_branches(stages, sources))
    dag = Dag(
        dag=text(fields, "dag"),
        title=_title(fields, document),
        about=text(fields, "about"),
        project=project,
        repos=tuple(_repo(name, repo, scope) for name, repo in repos),
        stages=tuple(sound),
        params=filled,
        images=_images(fields),
        span=document.span,
    )
    problems.extend(unused_names(places, scope.used))
    return Resolved(dag=dag, problems=tuple(problems))


def _stages(document: YamlMapping, reader: Reader) -> list[tuple[Scalar, Fields, frozenset[str]]]:
    """Return the stages with `defaults` under them, and the keys that each writes itself."""
    node = document.get("stages")
    defaults = document.get("defaults")
    under = _allowed(defaults) if isinstance(defaults, YamlMapping) else None
    found = []
    for key, body in node.entries if isinstance(node, YamlMapping) else ():
        if isinstance(body, Scalar) and (body.missing or body.null):
            if body.missing:
                reader.wrong(missing(key))
            continue
        laid = body if under is None else overlay(under, body, STAGE)
        fields = reader.record(laid, STAGE, f"the stage `{key.text}`")
        if fields is not None and isinstance(body, YamlMapping):
            found.append((key, fields, frozenset(body.keys())))
    return found


def _unread(document: YamlMapping, of: str, read: Collection[str]) -> frozenset[str]:
    """Return the stages or repos that are written, and are no mappings."""
    node = document.get(of)
    entries = node.entries if isinstance(node, YamlMapping) else ()
    return frozenset(
        key.text
        for key, body in entries
        if key.text not in read and not (isinstance(body, Scalar) and body.null)
    )


def _allowed(defaults: YamlMapping) -> YamlMapping:
    """Return the defaults without keys that may not stand there."""
    if all(key.text in DEFAULTS.keys for key, _ in defaults.entries):
        return defaults
    entries = tuple(entry for entry in defaults.entries if entry[0].text in DEFAULTS.keys)
    return YamlMapping(entries, defaults.flow, defaults.source, defaults.start, defaults.end)


def _errors(problems: Iterable[Diagnostic]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _title(fields: Fields, document: YamlMapping) -> str:
    dag = fields.text("dag")
    if dag is not None:
        return dag.text
    name = basename(document.source.name)  # noqa: PTH119 (pathlib is slow to import)
    return name.split(".", 1)[0] or name


def _repo(name: Spanned[str], fields: Fields, scope: Scope) -> Repo:
    external = fields.flag("external")
    return Repo(
        name=name,
        about=text(fields, "about"),
        files=resolve_files(fields, scope),
        external=external is not None and external.value,
    )


def _images(fields: Fields) -> tuple[LocalImage, ...]:
    local = fields.record("local")
    if local is None:
        return ()
    return tuple(
        LocalImage(
            image=spanned(key),
            dir=text(record, "dir"),
            env=pairs(record, "env") or (),
            path=texts(record, "path") or (),
        )
        for key, record in local.records("images")
    )
