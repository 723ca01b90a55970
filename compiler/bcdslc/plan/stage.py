"""A stage of the document beside the pipeline that stands for it, each in its normal form."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bcdsl.frozen import dataclass
from bcdsl.source import Span
from bcdslc.cluster.seen import SeenPipeline, Standing
from bcdslc.plan.change import Create, Effect, FieldChange, Keep, Recreate, StageChange, Update
from bcdslc.plan.difference import Difference, differences
from bcdslc.plan.effect import effect_of, kind, strongest
from bcdslc.plan.filled_start import without_filled_starts
from bcdslc.plan.mark import marked, owner
from bcdslc.plan.merge import effective, submitted
from bcdslc.plan.normal import normal
from bcdslc.plan.reads import stored_form
from bcdslc.plan.wish import Wish
from bcdslc.spec.spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage: what the document says, and what stands if anything does."""

    spec: Spec
    project: str
    form: dict[str, Any]
    seen: SeenPipeline | None
    stored: dict[str, Any] | None

    @property
    def name(self) -> str:
        """Its name."""
        return self.spec.name

    @property
    def stopped(self) -> bool:
        """Whether it stands, and stopped."""
        return self.seen is not None and self.seen.stopped

    @property
    def other_kind(self) -> bool:
        """Whether what stands is a spout or service and the document's is none, or so on."""
        return self.stored is not None and kind(self.stored) != kind(self.form)

    @property
    def other_branch(self) -> bool:
        """Whether what stands writes another branch."""
        return self.stored is not None and self.stored["outputBranch"] != self.form["outputBranch"]


def stages_of(wish: Wish, standing: Standing) -> tuple[Stage, ...]:
    """Return the stages of a document, in its order."""
    seen = {each.name: each for each in standing.pipelines if each.project == wish.project}
    return tuple(_stage(spec, wish, standing, seen.get(spec.name)) for spec in wish.specs)


def _stage(spec: Spec, wish: Wish, standing: Standing, seen: SeenPipeline | None) -> Stage:
    value = effective(spec, wish.project, standing.cluster_defaults, standing.project_defaults)
    form = normal(value, wish.project)
    stored = None if seen is None else stored_form(seen)
    if stored is not None and seen is not None and seen.filled:
        stored = without_filled_starts(stored, form)
    return Stage(spec=spec, project=wish.project, form=form, seen=seen, stored=stored)


def compared(stage: Stage, wish: Wish, held: Collection[str], due: bool) -> StageChange:
    """Return what has to be done for one stage alone.

    A stage that is `held`, or `due` to be started, is awake in the end whatever it is now.
    """
    name, held_now = stage.name, stage.name in held
    mark = owner(wish.project, wish.dag)
    spec = submitted(stage.spec, wish.project)
    if stage.seen is None or stage.stored is None:
        return Create(name=name, spec=marked(spec, mark))
    found = differences(stage.stored, stage.form)
    again = name in wish.reprocess
    if not (found or again or held_now):
        return Keep(name=name)
    asleep = stage.stopped and not (held_now or due)
    fields = [_field(stage.spec, each, stage.form, asleep) for each in found]
    fields.sort(key=lambda each: each.line or ("~", 0))
    if stage.other_kind:
        return Recreate(name=name, spec=marked(spec, mark), fields=tuple(fields))
    effects = [each.effect for each in fields]
    if again:
        effects.append(Effect.NOTHING_RUNS if asleep else Effect.ALL_DATUMS)
    elif held_now and not fields:
        effects.append(Effect.SKIPS if kind(stage.form) is None else Effect.RESTARTS)
    return Update(
        name=name,
        spec=marked(spec, mark, start=held_now or due),
        fields=tuple(fields),
        effect=strongest(effects),
        reprocess=again,
        held=held_now or due,
    )


def _field(spec: Spec, change: Difference, form: dict[str, Any], asleep: bool) -> FieldChange:
    span: Span | None = spec.at(*change.place)
    line = None
    if span is not None:
        line = (span.source.name, span.source.position(span.start)[0])
    return FieldChange(difference=change, effect=effect_of(change, form, asleep), line=line)
