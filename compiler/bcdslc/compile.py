"""The compiler in one function: a document to specs, or to the problems that prevent them."""

from __future__ import annotations

from bcdsl.allow import silence
from bcdsl.analyze import Files, Options, analyze
from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.frozen import dataclass, replace
from bcdsl.load import load
from bcdsl.model import Dag
from bcdsl.source import SourceFile
from bcdslc.beside import FilesBeside
from bcdslc.collector import collector_paused
from bcdslc.lower import lower_dag
from bcdslc.meant_words import without_meant_words
from bcdslc.rule.rule import World
from bcdslc.rule.rules import RULES
from bcdslc.rule.run import run_rules
from bcdslc.spec.spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What became of a document: its specs in topological order, and all problems found.

    There are no specs if any problem is an error that prevents meaning; an error about the
    specs themselves leaves them, so that they can be looked at.
    """

    dag: Dag | None
    specs: tuple[Spec, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        """Some problem is an error."""
        return has_error(self.problems)


def compile_document(
    source: SourceFile, options: Options, files: Files, world: World | None = None
) -> Compiled:
    """Turn one document into pipeline specs, or into the problems that prevent it."""
    with collector_paused():
        return _compile(source, options, files, world or World())


def _compile(source: SourceFile, options: Options, files: Files, world: World) -> Compiled:
    analyzed = analyze(source, options, files)
    if analyzed.dag is None or has_error(analyzed.problems):
        more = _of_sound_stages(analyzed.sound) if analyzed.sound is not None else ()
        found = (*analyzed.problems, *more)
        return Compiled(dag=analyzed.dag, specs=(), problems=silence(source, found))
    lowered = lower_dag(analyzed.dag)
    found = without_meant_words(
        run_rules(lowered.specs, with_repos(world, analyzed.dag)), analyzed.dag
    )
    return Compiled(
        dag=analyzed.dag,
        specs=lowered.specs,
        problems=silence(source, (*analyzed.problems, *lowered.problems, *found)),
    )


def _of_sound_stages(sound: Dag) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the specs of stages that no error touches.

    Rules about specs that live together are not asked: some of those specs are missing.
    """
    lowered = lower_dag(sound)
    found = run_rules(lowered.specs, with_repos(World(), sound), RULES)
    return (*lowered.problems, *without_meant_words(found, sound))


def with_repos(world: World, dag: Dag) -> World:
    """Return a world in which the document's own repos exist."""
    project = dag.project.value if dag.project else "default"
    declared = frozenset((project, repo.name.value) for repo in dag.repos)
    return replace(world, repos=world.repos | declared)


def compile_file(path: str, options: Options, world: World | None = None) -> Compiled:
    """Compile the document in a file; `-` is standard input."""
    source, problems = load(path)
    if source is None:
        return Compiled(dag=None, specs=(), problems=problems)
    compiled = compile_document(source, options, FilesBeside(path), world)
    return Compiled(
        dag=compiled.dag, specs=compiled.specs, problems=(*problems, *compiled.problems)
    )


def has_error(problems: tuple[Diagnostic, ...]) -> bool:
    """Tell whether some problem is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
