"""What the commands about datums work on: specs, where their names come from, and given data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.frozen import dataclass
from bcdsl.model import Dag, Inputs
from bcdsl.suggest import nearest
from bcdslc.cli.declare import WrongUsageError
from bcdslc.datum.arrange import arrange, ticks_of
from bcdslc.datum.given import DataWord, Given, read_word
from bcdslc.input_tree import Pfs, leaves
from bcdslc.spec.spec import Spec
from bcdslc.spec.tree import tree_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The stages asked for and the data given; with an error among `problems` no stages."""

    specs: tuple[Spec, ...]
    dag: Dag | None
    given: Given
    problems: tuple[Diagnostic, ...]

    def inputs(self, spec: Spec) -> Inputs | None:
        """Return what the document says of a spec's inputs; None for a spec without document."""
        for stage in self.dag.stages if self.dag is not None else ():
            if stage.name.value == spec.name:
                return stage.inputs
        return None


def read_sources(
    file: str | None,
    spec: str | None,
    stages: Sequence[str] | None,
    data: Sequence[str] | None,
    params: list[str] | None,
    profiles: list[str] | None,
    opening: Callable[[str], None],
) -> Sources:
    """Read a document or specs, and what `--data` says; usage errors are raised."""
    given = Given(words=read_words(data or ()), opening=opening)
    specs, dag, problems = specs_of(file, spec, params, profiles)
    problems = problems if any_error(problems) else given.unknown(pfs_leaves(specs))
    chosen = _chosen(specs, stages) if specs else ()
    return Sources(specs=chosen, dag=dag, given=given, problems=problems)


def read_words(data: Sequence[str]) -> list[DataWord]:
    """Return what each `--data` says; a usage error if one says nothing, or two say one thing."""
    words = [_word(text) for text in data]
    for at, word in enumerate(words):
        for other in words[:at]:
            if (word.project, word.repo, word.branch) == (other.project, other.repo, other.branch):
                raise WrongUsageError(f"`{word.repo}` is given twice", param_hint="--data")
    return words


def _word(text: str) -> DataWord:
    word = read_word(text)
    if word is None:
        raise WrongUsageError(f"`{text}` is not REPO=PATH", param_hint="--data")
    return word


def specs_of(
    file: str | None, spec: str | None, params: list[str] | None, profiles: list[str] | None
) -> tuple[tuple[Spec, ...], Dag | None, tuple[Diagnostic, ...]]:
    """Return the specs of a document or of a spec file, the document if it is one, and problems."""
    if spec is None:
        return _lowered(file or "-", params, profiles)
    from bcdsl.load import load
    from bcdslc.spec.read import read_specs

    source, problems = load(spec)
    if source is None:
        return (), None, problems
    read = read_specs(source)
    return read.specs, None, (*problems, *read.problems)


def _lowered(
    file: str, params: list[str] | None, profiles: list[str] | None
) -> tuple[tuple[Spec, ...], Dag | None, tuple[Diagnostic, ...]]:
    """Compile without the rules about specs: `check` says those, and they take their time."""
    from bcdsl.analyze import analyze
    from bcdsl.load import load
    from bcdslc.beside import FilesBeside
    from bcdslc.cli.options import options_for
    from bcdslc.lower import lower_dag

    source, problems = load(file)
    if source is None:
        return (), None, problems
    analyzed = analyze(source, options_for(params, profiles), FilesBeside(file))
    problems = (*problems, *analyzed.problems)
    if analyzed.dag is None or any_error(problems):
        return (), None, problems
    return lower_dag(analyzed.dag).specs, analyzed.dag, problems


def any_error(problems: Sequence[Diagnostic]) -> bool:
    """Tell whether some problem is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def pfs_leaves(specs: Sequence[Spec]) -> Iterator[Pfs]:
    """Yield all that specs read, clocks as what reads their ticks."""
    for spec in specs:
        tree = tree_of(spec.request.input)
        for leaf in leaves(arrange(tree, spec.name)) if tree is not None else ():
            yield leaf if isinstance(leaf, Pfs) else ticks_of(leaf)


def _chosen(specs: tuple[Spec, ...], stages: Sequence[str] | None) -> tuple[Spec, ...]:
    known = [spec.name for spec in specs]
    for name in stages or ():
        if name not in known:
            guess = nearest(name, known)
            hint = f", did you mean `{guess}`?" if guess else f": there are {', '.join(known)}"
            raise WrongUsageError(f"no stage is named `{name}`{hint}", param_hint="--stage")
    return tuple(spec for spec in specs if not stages or spec.name in stages)
