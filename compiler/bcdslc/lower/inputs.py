"""The inputs of a stage to the input of a spec, by passes from what is tied to what is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bcdsl.frozen import dataclass
from bcdsl.model import Inputs, OperatorKind, PfsLeaf
from bcdsl.model import Trigger as WrittenTrigger
from bcdsl.pattern.write import Written
from bcdslc.lower.arrange import arrange, is_unnamed
from bcdslc.lower.globs import globs
from bcdslc.lower.key_names import key_names
from bcdslc.lower.keys import Keys, keys
from bcdslc.lower.place import place
from bcdslc.lower.placed import Placed, PlacedCron, PlacedOperator, PlacedPfs
from bcdslc.lower.places import Places
from bcdslc.spec.message import CronInput, Input, PfsInput, PropagationSpec, Trigger
from bcdslc.spec.origin import Path


def lower_inputs(inputs: Inputs, stage: str, project: str | None, places: Places) -> Input:
    """Return the input of a stage's spec."""
    placed = place(inputs)
    names = key_names(placed)
    written = globs(placed, names)
    arranged = arrange(placed, written, project)
    saying = _Saying(
        stage=stage,
        project=project,
        written=written,
        keys=keys(arranged, names, written),
        places=places,
        triggered=Counter(),
    )
    places.put(("input",), inputs.span)
    return saying.input(arranged, ("input",))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    """Turns an arranged tree into a message and notes where each field was written."""

    stage: str
    project: str | None
    written: Mapping[PlacedPfs, Written]
    keys: Mapping[PlacedPfs, Keys]
    places: Places
    triggered: Counter[str]  # how many triggered inputs of a repo came before

    def input(self, placed: Placed, path: Path) -> Input:
        match placed:
            case PlacedPfs():
                return Input(pfs=self.pfs(placed, (*path, "pfs")))
            case PlacedCron():
                return Input(cron=self.cron(placed, (*path, "cron")))
            case PlacedOperator(kind=kind, span=span):
                if span is not None:
                    self.places.put(path, span)
                parts = tuple(
                    self.input(part, (*path, kind.value, index))
                    for index, part in enumerate(placed.parts)
                )
                return _combined(kind, parts)

    def pfs(self, placed: PlacedPfs, path: Path) -> PfsInput:
        leaf, take, keys = placed.leaf, self.places.take, self.keys[placed]
        self.places.put(path, leaf.span)
        self.places.put((*path, "glob"), leaf.pattern_span)
        if leaf.join_on is not None:
            self.places.put((*path, "joinOn"), leaf.join_on.span)
        if leaf.group_by is not None:
            self.places.put((*path, "groupBy"), leaf.group_by.span)
        branch = take((*path, "branch"), leaf.branch)
        trigger = None
        if leaf.trigger is not None:
            trigger = self.trigger(leaf.trigger, branch, (*path, "trigger"))
            self.triggered[leaf.repo.value] += 1
            branch = f"{self.stage}-trigger-{self.triggered[leaf.repo.value]}"
        return PfsInput(
            project=take((*path, "project"), leaf.project) or self.project,
            name=None if is_unnamed(placed) else take((*path, "name"), leaf.name),
            repo=take((*path, "repo"), leaf.repo),
            branch=branch,
            glob=self.written[placed].glob,
            join_on=keys.join_on or None,
            outer_join=self.kept(placed, path),
            group_by=keys.group_by or None,
            lazy=take((*path, "lazy"), leaf.lazy),
            empty_files=take((*path, "emptyFiles"), leaf.empty_files),
            s3=take((*path, "s3"), leaf.s3),
            trigger=trigger,
            propagation_spec=self.propagation(leaf, (*path, "propagationSpec")),
            reference=take((*path, "reference"), leaf.reference),
        )

    def kept(self, placed: PlacedPfs, path: Path) -> bool | None:
        """Return `outerJoin`: without a join there is nothing to keep a file in."""
        if placed.join is None or not (placed.leaf.keep and placed.leaf.keep.value):
            return None
        return self.places.take((*path, "outerJoin"), placed.leaf.keep)

    def propagation(self, leaf: PfsLeaf, path: Path) -> PropagationSpec | None:
        if leaf.propagate is None or leaf.propagate.value:
            return None
        self.places.put(path, leaf.propagate.span)
        return PropagationSpec(never=True)

    def trigger(self, trigger: WrittenTrigger, branch: str | None, path: Path) -> Trigger:
        take = self.places.take
        self.places.put(path, trigger.span)
        return Trigger(
            branch=branch,
            all=take((*path, "all"), trigger.all),
            rate_limit_spec=take((*path, "rateLimitSpec"), trigger.rate_limit),
            size=take((*path, "size"), trigger.size),
            commits=take((*path, "commits"), trigger.commits),
            cron_spec=take((*path, "cronSpec"), trigger.cron),
        )

    def cron(self, placed: PlacedCron, path: Path) -> CronInput:
        leaf, take = placed.leaf, self.places.take
        self.places.put(path, leaf.span)
        return CronInput(
            name=take((*path, "name"), leaf.name),
            repo=take((*path, "repo"), leaf.repo),
            spec=take((*path, "spec"), leaf.spec),
            overwrite=take((*path, "overwrite"), leaf.overwrite),
            start=take((*path, "start"), leaf.start),
        )


def _combined(kind: OperatorKind, parts: tuple[Input, ...]) -> Input:
    match kind:
        case OperatorKind.JOIN:
            return Input(join=parts)
        case OperatorKind.CROSS:
            return Input(cross=parts)
        case OperatorKind.UNION:
            return Input(union=parts)
        case OperatorKind.GROUP:
            return Input(group=parts)
