"""A run that is asked for, checked against the data and the machine that are here."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdslc.cli.run_asked import Asked
from bcdslc.cli.show import outcome
from bcdslc.datum.would_match import uploaded_under
from bcdslc.local.obstacle import Chosen, left_out, not_local, without_data, without_egress
from bcdslc.local.record import Branch
from bcdslc.local.road import Roads
from bcdslc.local.run import Wish
from bcdslc.local.settings import settings_of
from bcdslc.local.store import Store
from bcdslc.tree.file_tree import FileTree
from bcdslc.tree.open_data import open_data
from bcdslc.tree.problem import too_deep


def wish_of(asked: Asked, store: Store, roads: Roads) -> tuple[Wish | None, list[Diagnostic]]:
    """Return the run, or what stands in its way; warnings and notes stand in no way."""
    everything = [Chosen(spec=spec, stage=settings_of(spec)) for spec in asked.specs]
    chosen = [each for each in everything if not asked.stages or each.spec.name in asked.stages]
    problems: list[Diagnostic] = []
    for each in tuple(chosen):
        what = not_local(each.spec)
        if what is not None:
            problems.append(left_out(each.spec, what))
            chosen.remove(each)
        problems += without_egress(each.spec)
    data = _data(asked)
    for branch, tree in data.items():
        problems += tree.problems
        if uploaded_under(tree, branch.repo):
            problems.append(too_deep(branch.repo, branch.name, tree.title))
    problems += without_data(chosen, data, lambda branch: store.ledger.head(branch) is not None)
    problems += roads.obstacles(chosen)
    if not outcome(problems):
        problems += roads.get_ready(chosen)
    if outcome(problems):
        return None, problems
    wish = Wish(
        specs=[each.spec for each in chosen],
        data=data,
        road_of=roads.of,
        jobs=asked.jobs,
        reprocess=asked.reprocess,
        ticking=None if asked.ticking else (),
        keep_going=asked.keep_going,
        retry=True,
    )
    return wish, problems


def _data(asked: Asked) -> dict[Branch, FileTree]:
    """Return the data of each branch; a word without branch or project fills all that are read."""
    from bcdslc.cli.datum_sources import pfs_leaves

    read = list(pfs_leaves(asked.specs))
    data: dict[Branch, FileTree] = {}
    for word in sorted(asked.words, key=lambda w: (w.branch is not None, w.project is not None)):
        tree = open_data(word.place)
        for leaf in read:
            if word.serves(leaf):
                watched = leaf.trigger.branch if leaf.trigger is not None else leaf.branch
                branch = word.branch or watched or "master"
                data[Branch(leaf.project or "default", leaf.repo, branch)] = tree
    return data
