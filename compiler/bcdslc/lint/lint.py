"""Files to findings: read every spec, ask every rule, in one function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bcdsl.allow import silence
from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass, field
from bcdsl.load import load
from bcdsl.source import SourceFile
from bcdslc.collector import collector_paused
from bcdslc.lint.document import document
from bcdslc.lint.find import Found, find
from bcdslc.rule.folder.missing_repo import FOLDER_RULE as MISSING_REPO
from bcdslc.rule.rule import World
from bcdslc.rule.rules import FOLDER_RULES, RULES
from bcdslc.rule.run import run_rules
from bcdslc.spec.read import read_specs
from bcdslc.spec.spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a run looks for. A code may be cut short: `BC7` stands for all that start so."""

    world: World = field(default_factory=World)
    assume_repos: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """What was found, and in how many specs and files."""

    problems: tuple[Diagnostic, ...]
    specs: tuple[Spec, ...]
    files: int
    found: Found


def lint(paths: Iterable[str], asked: Asked) -> Linted:
    """Return what is wrong with the specs in files and folders."""
    with collector_paused():
        return _lint(paths, asked)


def _lint(paths: Iterable[str], asked: Asked) -> Linted:
    found = find(paths)
    problems: list[Diagnostic] = []
    specs: list[Spec] = []
    sources: list[SourceFile] = []
    for name in found.files:
        source, more = load(name)
        if source is None:
            problems += more if name in found.named or name == "-" else ()
            continue
        read = read_specs(source, asked.world.target)
        if read.foreign and name not in found.named and not _looks_like_one(source.text):
            continue
        sources.append(source)
        wrong = document(source, read)
        if wrong is not None:
            problems.append(wrong)
            continue
        problems += read.problems
        specs += read.specs
    problems += _ruled(specs, asked)
    chosen = [each for each in _allowed(problems, sources) if _chosen(each, asked)]
    return Linted(problems=tuple(chosen), specs=tuple(specs), files=len(sources), found=found)


def _ruled(specs: Sequence[Spec], asked: Asked) -> tuple[Diagnostic, ...]:
    folder = [rule for rule in FOLDER_RULES if not (asked.assume_repos and rule is MISSING_REPO)]
    return run_rules(specs, asked.world, (*RULES, *folder))


def _looks_like_one(text: str) -> bool:
    """Whether a file of a folder that cannot be read as a spec was probably meant as one."""
    return "pipeline" in text and "transform" in text


def _allowed(problems: list[Diagnostic], sources: list[SourceFile]) -> Iterable[Diagnostic]:
    """Return the problems that comments in the files leave."""
    speaking = [source for source in sources if "bcdsl:" in source.text]
    for source in speaking:
        here = tuple(p for p in problems if p.span is not None and p.span.source is source)
        rest = [p for p in problems if p.span is None or p.span.source is not source]
        problems = [*rest, *silence(source, here)]
    return problems


def _chosen(problem: Diagnostic, asked: Asked) -> bool:
    if problem.code.startswith(asked.ignore) and asked.ignore:
        return False
    return not asked.select or problem.code.startswith(asked.select)
