"""Rules across specs where files, directories or the world make the difference."""

from __future__ import annotations

import json
from typing import Any

from bcdsl.diagnostic import Severity
from bcdsl.source import SourceFile
from bcdslc.rule.folder import FOLDER_RULES
from bcdslc.rule.rule import FolderFinding, World
from bcdslc.spec.read import read_specs
from bcdslc.spec.spec import Spec
from rule.spec_of import FINE, fine_but, laid_over


def _read(name: str, *changes: Any) -> list[Spec]:
    text = "\n---\n".join(json.dumps(laid_over(FINE, change)) for change in changes)
    return list(read_specs(SourceFile(name, text)).specs)


def _found(code: str, specs: list[Spec], world: World | None = None) -> list[FolderFinding]:
    rule = next(rule for rule in FOLDER_RULES if rule.code == code)
    return list(rule.check(specs, world or World()))


A = {"pipeline": {"name": "a"}}
READS_A = {"pipeline": {"name": "b"}, "input": {"pfs": {"repo": "a"}}}
READS_DEV = {"pipeline": {"name": "b"}, "input": {"pfs": {"repo": "a", "branch": "dev"}}}


def test_order_matters_within_one_file_only() -> None:
    """A later upstream is told in one file; in two files it is nobody's order."""
    assert len(_found("BC659", _read("x.json", READS_A, A))) == 1
    assert _found("BC659", _read("x.json", A, READS_A)) == []
    assert _found("BC659", _read("x.json", READS_A) + _read("y.json", A)) == []


def test_order_is_nothing_where_the_repo_is_known() -> None:
    """An update of what exists may come in any order."""
    world = World(repos=frozenset([("default", "a")]))

    assert _found("BC659", _read("x.json", READS_A, A), world) == []


def test_variants_in_directories_are_not_mixed() -> None:
    """Directories that name the same pipeline are looked at one by one."""
    first, second = _read("one/x.json", A, READS_A), _read("two/x.json", A, READS_DEV)

    assert _found("BC658", first + second) == []
    assert len(_found("BC655", first + second)) == 1
    assert _found("BC652", first + second) == []


def test_directories_without_variants_are_one_graph() -> None:
    """Directories whose pipelines differ are parts of one deployment."""
    assert len(_found("BC655", _read("one/x.json", A) + _read("two/x.json", READS_DEV))) == 1


def test_equal_specs_are_a_note() -> None:
    """The same spec twice does no harm; two different ones of a name do."""
    (same,) = _found("BC658", _read("x.json", A) + _read("y.json", A))
    (other,) = _found("BC658", _read("x.json", A) + _read("y.json", {**A, "salt": "x"}))

    assert same.finding.severity is Severity.NOTE
    assert other.finding.severity is None


def test_many_specs_of_a_name_are_one_finding() -> None:
    """Copies of a pipeline in many files are told once, and counted; so are those that differ."""
    copies = [spec for number in range(6) for spec in _read(f"{number}.json", A)]
    others = [spec for number in range(2) for spec in _read(f"o{number}.json", {**A, "salt": "x"})]

    same, other = _found("BC658", copies + others)

    assert same.finding.message == "the pipeline `a` is specified 6 times, in the same words"
    assert other.finding.message.startswith("3 specs here make the pipeline `a`")
    assert [spec for spec, _, _ in same.others] == [copies[0], *copies[2:5]]


def test_a_closed_world_knows_what_is_missing() -> None:
    """Where all repos are known, one that nothing makes is refused, with the server's words."""
    specs = [fine_but({"input": {"pfs": {"repo": "imagez"}}})]
    world = World(closed=True, repos=frozenset([("default", "images")]))
    (found,) = _found("BC651", specs, world)

    assert found.finding.server == "repo default/imagez not found"
    assert found.finding.help == "use `images`"
    assert _found("BC651", specs) == []


def test_the_ticks_of_the_folder_are_known() -> None:
    """A repo of ticks counts as made by the pipeline that has the cron."""
    clock = {"pfs": None, "cron": {"name": "t", "spec": "@daily"}}
    specs = [
        fine_but({"pipeline": {"name": "c"}, "input": clock}),
        fine_but({"pipeline": {"name": "d"}, "input": {"pfs": {"repo": "c_t"}}}),
    ]

    assert _found("BC651", specs, World(closed=True)) == []


def test_a_known_repo_of_ticks_is_deleted_too() -> None:
    """A cron that ticks into a repo which exists takes it down with its pipeline."""
    cron = {"pfs": None, "cron": {"name": "t", "repo": "events", "spec": "@daily"}}
    specs = [fine_but({"input": cron})]
    world = World(repos=frozenset([("default", "events")]))

    assert len(_found("BC657", specs, world)) == 1
    assert _found("BC657", specs) == []


def test_the_way_between_two_branches_is_the_shortest() -> None:
    """Of two ways that connect the branches the shorter one is told."""
    longer = [
        fine_but({"pipeline": {"name": "x"}, "input": {"pfs": {"repo": "in"}}}),
        fine_but({"pipeline": {"name": "y"}, "input": {"pfs": {"repo": "x"}}}),
        fine_but(
            {
                "pipeline": {"name": "z"},
                "input": {
                    "pfs": None,
                    "cross": [
                        {"pfs": {"repo": "y", "glob": "/"}},
                        {"pfs": {"repo": "x", "glob": "/"}},
                        {"pfs": {"repo": "in", "branch": "dev", "glob": "/"}},
                    ],
                },
            }
        ),
    ]
    (found,) = _found("BC652", longer)

    way = "`x` reads `in@master`, `z` reads `x@master`, `z` reads `in@dev`"
    assert way in found.finding.message
    assert _found("BC652", longer, World(target=5)) == []


def test_a_pipeline_that_reads_itself_is_told_once() -> None:
    """Reading one's own output is a circle of one, not one of two."""
    specs = [fine_but({"pipeline": {"name": "a"}, "input": {"pfs": {"repo": "a"}}})]

    assert [found.finding.message for found in _found("BC650", specs)] == [
        "the pipeline `a` reads its own output"
    ]


def test_a_repo_that_is_there_already_is_told() -> None:
    """A repo that is said to exist may be in the way of a pipeline of its name."""
    world = World(closed_repos=True, repos=frozenset([("default", "count")]))

    assert len(_found("BC654", [fine_but({})], world)) == 1
    assert _found("BC654", [fine_but({})], World(repos=world.repos)) == []
