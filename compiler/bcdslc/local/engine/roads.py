"""The roads of a run whose stages run in their images: one engine, an image for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from bcdsl.diagnostic import Diagnostic
from bcdslc.local.engine import command, obstacle
from bcdslc.local.engine.call import EngineError, found
from bcdslc.local.engine.command import Kind
from bcdslc.local.engine.engine import Engine, facts
from bcdslc.local.engine.image import DEFAULT_IMAGE, Image, image
from bcdslc.local.engine.left import forget, remember
from bcdslc.local.engine.road import ContainerRoad
from bcdslc.local.obstacle import Chosen, without_gpus
from bcdslc.local.road import Road
from bcdslc.local.settings import Settings


class EngineRoads:
    """The roads of one run. What stops an engine in the middle is raised as `EngineError`."""

    def __init__(
        self, engine: Engine, store: Path, tools: Path, gpus: str, say: Callable[[str], None]
    ) -> None:
        self.engine, self.store, self.tools = engine, store, tools.resolve()
        self.gpus, self.say = gpus, say
        self.images: dict[str, Image] = {}

    def obstacles(self, chosen: Sequence[Chosen]) -> Iterator[Diagnostic]:
        """Yield what the engine does not do for these stages."""
        yield from obstacle.without_limits(chosen, self.engine.facts)
        if not self.gpus:
            yield from without_gpus(
                chosen, "without", "`--gpus all` gives its container those of this machine"
            )

    def get_ready(self, chosen: Sequence[Chosen]) -> Iterator[Diagnostic]:
        """Have every image here, pulled if need be; yield which cannot be had."""
        remember(self.store, self.engine.call.kind)
        users = {_image_of(each.stage): each for each in reversed(chosen)}
        missing = [name for name in reversed(users) if not self._known(name)]
        if missing:
            self.say(f"not on this machine, so pulled now: {', '.join(missing)}")
        for name in missing:
            self.engine.call.show(command.pull(name))
            if not self._known(name):
                yield obstacle.without_image(self.engine.call.kind, users[name], name)

    def _known(self, name: str) -> bool:
        there = image(self.engine.call, name)
        if there is not None:
            self.images[name] = there
        return there is not None

    def of(self, stage: Settings) -> Road:
        """Return the road to a stage's programs."""
        there = self.images[_image_of(stage)]
        return ContainerRoad(self.engine, there, stage, self.tools, self.gpus)

    def close(self) -> None:
        """Leave no container behind."""
        with suppress(EngineError):
            self.engine.sweep()
            forget(self.store)


def engine_roads(
    kind: Kind, *, store: Path, tools: Path, gpus: str, say: Callable[[str], None]
) -> EngineRoads | Diagnostic:
    """Return the roads through an engine, or why it cannot be used."""
    call = found(kind)
    if call is None:
        return obstacle.not_here(kind)
    try:
        engine = Engine(call, facts(call), store)
    except EngineError as error:
        return obstacle.unusable(kind, str(error))
    return EngineRoads(engine, store, tools, gpus, say)


def _image_of(stage: Settings) -> str:
    return stage.image or DEFAULT_IMAGE
