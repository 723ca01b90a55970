"""Rules that look at the server they are for, and help that depends on the text."""

from __future__ import annotations

import pytest

from bcdslc.rule.fails_later import RULES as FAILS_LATER
from bcdslc.rule.misleads import RULES as MISLEADS
from bcdslc.rule.rule import Finding, Rule, World
from bcdslc.rule.style.idle_gpu import RULE as IDLE_GPU
from bcdslc.rule.style.unnamed_parts import RULE as UNNAMED_PARTS
from bcdslc.spec.decode import decode
from rule.spec_of import FINE, fine_but, laid_over

RULES: dict[str, Rule] = {rule.code: rule for rule in (*FAILS_LATER, *MISLEADS)}


def _found(code: str, change: object, world: World | None = None) -> list[Finding]:
    return list(RULES[code].check(fine_but(change), world or World()))


def test_snowflake_was_a_target_once() -> None:
    """Snowflake is no error for the versions that had it, and the help says which they were."""
    url = {"egress": {"sqlDatabase": {"url": "snowflake://u@h/d", "fileFormat": {"type": "CSV"}}}}

    assert _found("BC709", url, World(target=6)) == []
    (found,) = _found("BC709", url, World(target=7))
    assert found.help is not None
    assert "2.2 to 2.6" in found.help


def test_a_limit_alone_is_fine_before_defaults() -> None:
    """Until 2.7 no defaults are laid under a spec, so a small limit alone is fine."""
    change = {"resourceLimits": {"cpu": 0.5, "memory": "128Mi", "disk": "1M"}}

    assert len(_found("BC715", change, World(target=8))) == 3
    assert _found("BC715", change, World(target=7)) == []


def test_the_init_container_asks_for_memory() -> None:
    """Without any request the init container still asks for 64M, which a limit must hold."""
    change = {"resourceLimits": {"memory": "32M"}}
    (found,) = _found("BC715", change, World(target=7))

    assert "`64M`" in found.message


def test_a_null_takes_the_default_away() -> None:
    """A null for the requests removes the stock request of cpu and disk, not the init memory."""
    value = laid_over(FINE, {"resourceLimits": {"cpu": 0.5, "memory": "32M", "disk": "1M"}})
    spec, _ = decode({**value, "resourceRequests": None})
    assert spec is not None

    paths = [it.path[-1] for it in RULES["BC715"].check(spec, World())]
    assert paths == ["memory"]


def test_a_null_for_one_field_takes_its_default_away() -> None:
    """A null for one field removes the stock request of that field only."""
    value = laid_over(FINE, {"resourceLimits": {"cpu": 0.5, "disk": "1M"}})
    spec, _ = decode({**value, "resourceRequests": {"cpu": None}})
    assert spec is not None

    paths = [it.path[-1] for it in RULES["BC715"].check(spec, World())]
    assert paths == ["disk"]


def test_a_trigger_of_an_old_server_has_no_schedule() -> None:
    """Before 2.6 `cronSpec` is the rate limit, which goes with a size."""
    change = {"input": {"pfs": {"trigger": {"size": "1G", "cronSpec": "@daily"}}}}

    assert _found("BC755", change, World(target=5)) == []
    assert len(_found("BC755", change, World(target=6))) == 1


@pytest.mark.parametrize(
    ("command", "splits"), [("python3 /run.py", True), ("ls | wc", False), ("echo $A", False)]
)
def test_a_command_line_is_split_where_that_is_all(command: str, splits: bool) -> None:
    """A plain command line is repaired to its words; one that needs a shell is not."""
    (found,) = _found("BC722", {"transform": {"cmd": [command]}})

    assert (found.repair is not None) == splits
    if found.repair is not None:
        assert found.repair.value == command.split()


@pytest.mark.parametrize(
    ("glob", "key", "says"),
    [
        ("/*", "$1", "write the glob `/(*)`"),
        ("/(*)", "$10", "write `${1}0`"),
        ("/*/*", "$1", "in brackets"),
        ("/(*)", "$2", "in brackets"),
    ],
)
def test_a_key_beyond_the_captures_is_repaired(glob: str, key: str, says: str) -> None:
    """The help writes the glob or the key that was probably meant."""
    leaf = {"pfs": {"repo": "a", "glob": glob, "groupBy": key}}
    (found,) = _found("BC747", {"input": {"pfs": None, "group": [leaf]}})

    assert found.help is not None
    assert says in found.help


@pytest.mark.parametrize(
    ("repos", "says"),
    [(("a", "b"), "nothing is processed again"), (("b", "a"), "processes all its data again")],
)
def test_naming_inputs_costs_what_their_order_says(repos: tuple[str, ...], says: str) -> None:
    """Names change datum IDs only where they change the order of the inputs."""
    parts = [{"pfs": {"repo": repo, "glob": "/"}} for repo in repos]
    (found,) = UNNAMED_PARTS.check(fine_but({"input": {"pfs": None, "cross": parts}}), World())

    assert found.help is not None
    assert says in found.help


def test_an_unread_input_may_be_the_folder() -> None:
    """Where an input could not be read, a folder that the command names may be its."""
    value = laid_over(FINE, {"transform": {"cmd": ["ls", "/pfs/code"]}})
    value["input"] = {"cross": [{"pfs": {"repo": "a", "glob": "/"}}, {"git": {"name": "code"}}]}
    spec, problems = decode(value)

    assert spec is not None
    assert problems
    assert list(RULES["BC727"].check(spec, World())) == []


def test_the_code_of_an_old_build_is_no_input() -> None:
    """Where `transform.build` of 1.x was written, `/pfs/build` is what it mounted."""
    change = {"transform": {"cmd": ["sh", "/pfs/build/run.sh", "/pfs/x"], "build": {}}}
    spec, _ = decode(laid_over(FINE, change))
    assert spec is not None

    assert [it.path[-1] for it in RULES["BC727"].check(spec, World())] == [2]


def test_an_old_standby_may_say_that_workers_go() -> None:
    """Where the old name of `autoscaling` was written, nothing is said of devices held idle."""
    gpu = {"resourceLimits": {"gpu": {"type": "nvidia.com/gpu", "number": 1}}}
    spec, _ = decode(laid_over(FINE, {**gpu, "standby": True}))
    assert spec is not None

    assert list(IDLE_GPU.check(spec, World())) == []
    assert len(list(IDLE_GPU.check(fine_but(gpu), World()))) == 1


def test_fix_does_not_decide_when_workers_stop() -> None:
    """Devices that are held are told of, and `--fix` leaves the choice to the author."""
    gpu = {"resourceLimits": {"gpu": {"type": "nvidia.com/gpu", "number": 1}}}
    (found,) = IDLE_GPU.check(fine_but(gpu), World())

    assert found.repair is None
