"""Each sentence of the language about inputs that says refused, error or warned."""

from __future__ import annotations

import pytest

from bcdsl.diagnostic import Diagnostic
from compiling import brief, compiled, errors, specs_of


def document(reads: str, head: str = "") -> str:
    """Return a document whose stage `s` reads as given."""
    return (
        f"{head}repos: [a, b, c, d, m]\nstages:\n  s:\n    image: tools:1.0\n    cmd: work\n"
        + "".join(f"    {line}\n" for line in reads.splitlines())
    )


def found(reads: str, code: str, head: str = "") -> Diagnostic:
    """Return the one problem of a code, after seeing that there is one."""
    (problem,) = [
        problem for problem in compiled(document(reads, head)).problems if problem.code == code
    ]
    return problem


S = "params: {s: v}\n"

REFUSED = {
    "pairs share different names": (
        'from: ["a:/<x>/<y>", "b:/<x>", "c:/<y>"]',
        "BC450",
        "<x>",
        "write `*` for `<x>` in `b`",
        "",
    ),
    "a name that some of three share": (
        'from: ["a:/<x>/<y>", "b:/<x>/<y>", "c:/<x>"]',
        "BC450",
        "<y>",
        "write `*` for `<y>` in `b`, so that `<x>` alone ties them; or `group`",
        "",
    ),
    "kept beside parts": (
        'from: [{of: "a:/<s>/<x>", keep: true}, "b:/<s>/<x>", "c:/<s>"]',
        "BC451",
        "true",
        "drop `keep`",
        S,
    ),
    "each of a name that one has": (
        'from: ["a:/<x>/<y>", "b:/<x>"]\neach: y',
        "BC452",
        "y",
        "leave `y` out of `each`",
        "",
    ),
    "each of a name that a parameter does not tie": (
        'from: ["a:/<s>/<x>", "b:/<s>"]\neach: x',
        "BC452",
        "x",
        "leave `x` out",
        S,
    ),
    "each of a name that not all alternatives have": (
        'from: {union: ["a:/<x>/<y>", "b:/<x>"]}\neach: y',
        "BC452",
        "y",
        "in every alternative",
        "",
    ),
    "each of no name": ('from: "a:/<exam>"\neach: exams', "BC453", "exams", "`exam`", ""),
    "each over a join": (
        'from: {join: ["a:/<x>", "b:/<x>"]}\neach: x',
        "BC454",
        "x",
        "plain list",
        "",
    ),
    "each beside a group": (
        'from: [{group: ["a:/<x>"]}, "b:/<y>"]\neach: y',
        "BC455",
        "y",
        "its own `each`",
        "",
    ),
    "each over a group": ('from: {group: ["a:/<x>"]}\neach: []', "BC455", "[]", "`each`", ""),
    "kept, tied to nothing": (
        'from: [{of: "a:/<x>", keep: true}, m]',
        "BC456",
        "true",
        "drop `keep`",
        "",
    ),
    "kept under a cross": (
        'from: {cross: [{of: "a:/<x>", keep: true}, m]}',
        "BC456",
        "true",
        "drop `keep`",
        "",
    ),
    "kept in a part of a union": (
        'from: [{union: [{D: {of: "a:/<x>", keep: true}}, {D: "b:/<x>"}]}, "c:/<x>"]',
        "BC457",
        "true",
        "all alternatives",
        "",
    ),
    "a name inside an operator and beside it": (
        'from: [{join: ["a:/<x>", "b:/<x>"]}, "c:/<x>"]',
        "BC458",
        "<x>",
        "plain list",
        "",
    ),
    "a name inside two operators": (
        'from: [{join: ["a:/<x>", "b:/<x>"]}, {join: ["c:/<x>", "d:/<x>"]}]',
        "BC458",
        "<x>",
        "another name",
        "",
    ),
    "a name of one alternative and beside the union": (
        'from: [{union: [{D: "a:/<x>/<y>"}, {D: "b:/<x>"}]}, "c:/<x>/<y>"]',
        "BC458",
        "<y>",
        "`*`",
        "",
    ),
    "some of a join share a name": (
        'from: {join: ["a:/<x>/<y>", "b:/<x>/<y>", "c:/<x>"]}',
        "BC459",
        "<y>",
        "`join_on` on every input",
        "",
    ),
    "a join of nothing in common": (
        'from: {join: ["a:/<x>", "b:/<y>"]}',
        "BC460",
        None,
        "`cross` combines",
        "",
    ),
    "a group of nothing in common": (
        'from: {group: ["a:/<x>", "b:/<y>"]}',
        "BC460",
        None,
        "`each: []`",
        "",
    ),
    "a join with a clock": (
        'from: {join: ["a:/<x>", {t: {cron: daily}}]}',
        "BC460",
        None,
        "take `t` out",
        "",
    ),
    "some write a key": (
        'from: {join: [{of: "a:/<x>", join_on: <x>}, "b:/<x>"]}',
        "BC461",
        None,
        '`join_on: ""`',
        "",
    ),
    "a key of an unknown name": (
        'from: {group: [{of: "a:/<exam>", group_by: <exams>}]}',
        "BC462",
        "<exams>",
        "`<exam>`",
        "",
    ),
    "a key of an unknown bracket": (
        'from: {group: [{of: "a:/<x>/(*)", group_by: $3}]}',
        "BC463",
        "$3",
        "count the brackets",
        "",
    ),
    "a group's each of a name that one has": (
        'from: {group: ["a:/<x>/<y>", "b:/<x>"], each: y}',
        "BC464",
        "y",
        "every input",
        "",
    ),
    "each and a written key": (
        'from: {group: [{of: "a:/<x>", group_by: <x>}], each: x}',
        "BC470",
        "<x>",
        "drop `each`",
        "",
    ),
    "each of the stage and a written grouping key": (
        'from: {join: [{of: "a:/<x>", group_by: <x>}, "b:/<x>"]}\neach: []',
        "BC473",
        "<x>",
        "drop one",
        "",
    ),
}


@pytest.mark.parametrize(("reads", "code", "place", "help_", "head"), REFUSED.values(), ids=REFUSED)
def test_refused(reads: str, code: str, place: str | None, help_: str, head: str) -> None:
    """What Pachyderm cannot say is refused at the smallest place, with the smallest change."""
    problem = found(reads, code, head)
    assert problem.span is not None
    if place is not None:
        assert problem.span.text == place
    assert problem.help is not None
    assert help_ in problem.help
    assert errors([problem])


DIFFERING = {
    "an option": ('{of: "a:/*", lazy: true}', '"a:/*"'),
    "an option, on patterns that overlap": ('{of: "a:/*x", empty_files: true}', '"a:/x*"'),
    "a project": ('"p/a:/*"', '"a:/*"'),
    "bindings": ('"a:/<x>/*"', '"a:/*/<x>"'),
    "written keys": (
        '{join: [{of: "a:/<x>", join_on: <x>}]}',
        '{join: [{of: "a:/<x>", join_on: k<x>}]}',
    ),
}


def alternative(written: str) -> str:
    """Return an alternative with the name D, also inside a join."""
    if written.startswith("{join: ["):
        inner = written[len("{join: [") : -2]
        return f"{{join: [{{D: {inner}}}]}}"
    return f"{{D: {written}}}"


@pytest.mark.parametrize(("first", "second"), DIFFERING.values(), ids=DIFFERING)
def test_alternatives_that_differ(first: str, second: str) -> None:
    """Alternatives that can be one file, but differ, are refused: the server drops the second."""
    problem = found(f"from: {{union: [{alternative(first)}, {alternative(second)}]}}", "BC467")
    assert errors([problem])


ALIKE = {
    "no path in common": ('{of: "a:/x*", lazy: true}', '"a:/y*"'),
    "different repos": ('{of: "a:/*", lazy: true}', '"b:/*"'),
    "the same in everything": ('"a:/*x"', '"a:/x*"'),
    "the same part of the path": ('"a:/<x>/a*"', '"a:/<x>/*b"'),
}


@pytest.mark.parametrize(("first", "second"), ALIKE.values(), ids=ALIKE)
def test_alternatives_that_do_not(first: str, second: str) -> None:
    """Alternatives that are never one file, or that lose nothing, are fine."""
    assert specs_of(document(f"from: {{union: [{alternative(first)}, {alternative(second)}]}}"))


def test_combined_alternatives() -> None:
    """Combined alternatives are compared entry by entry: one entry apart keeps them apart."""
    clash = 'from: {union: [{cross: [{A: {of: "a:/*", lazy: true}}, {B: "b:/*"}]}, %s]}'
    found(clash % '{cross: [{A: "a:/*"}, {B: "b:/*"}]}', "BC467")
    assert specs_of(document(clash % '{cross: [{A: "a:/*"}, {C: "b:/*"}]}'))
    assert specs_of(document(clash % '{cross: [{A: "a:/*"}, {B: "c:/*"}]}'))


WARNED = {
    "a name within a cross": ('from: {cross: ["a:/<x>", "b:/<x>"]}', "BC468"),
    "a grouped join of many": ('from: ["a:/<x>/*", "b:/<x>/*"]\neach: x', "BC469"),
    "a grouped written join of many": (
        'from: {group: [{join: ["a:/<x>/*", "b:/<x>/*"]}]}',
        "BC469",
    ),
    "a key in which parts run together": (
        'from: {group: [{of: "a:/<x>/<y>", group_by: <x><y>}]}',
        "BC471",
    ),
    "a key of unknown depth": (
        'from: {group: [{of: "a:/<x:**>/<y>", group_by: <x>/<y>}]}',
        "BC471",
    ),
}


@pytest.mark.parametrize(("reads", "code"), WARNED.values(), ids=WARNED)
def test_warned(reads: str, code: str) -> None:
    """What means something, but likely not what was meant, is warned about and emitted."""
    assert not errors([found(reads, code)])
    assert compiled(document(reads)).specs


QUIET = {
    "a grouped join of one with many": 'from: ["a:/<x>", "b:/<x>/*"]\neach: x',
    "kept files, which are grouped without a join": (
        'from: [{of: "a:/<x>/*", keep: true}, {of: "b:/<x>/*", keep: true}]\neach: x'
    ),
    "a key with a plus": 'from: {group: [{of: "a:/<x:**>/<y>", group_by: <x>+<y>}]}',
    "a key of level parts": 'from: {group: [{of: "a:/<x>/<y>", group_by: <x>/<y>}]}',
}


@pytest.mark.parametrize("reads", QUIET.values(), ids=QUIET)
def test_not_warned(reads: str) -> None:
    """The nearest programs that mean what they say give no warning."""
    assert not compiled(document(reads)).problems


SAID = {
    "a pattern of only a parameter": ('from: "a:/<s>"', "a /v"),
    "a parameter ties a cross": ('from: ["a:/<s>/*", "b:/<s>/*"]', "cross(a /v/*, b /v/*)"),
    "kept, where only a parameter ties": (
        'from: [{of: "a:/<s>/*", keep: true}, "b:/<s>/*"]',
        "join(a /v/* outer, b /v/*)",
    ),
    "parts that a parameter ties": (
        'from: ["a:/<s>/<x>", "b:/<s>/<x>", "c:/<s>"]',
        'cross(join(a /v/(*) "$1", b /v/(*) "$1"), c /v)',
    ),
    "each of a parameter": (
        'from: ["a:/<s>/*", "b:/<s>/*"]\neach: s',
        "cross(group(a /v/*), group(b /v/*))",
    ),
    "a join by a parameter": (
        'from: {join: ["a:/<s>/*", "b:/<s>/*"]}',
        "join(a /v/*, b /v/*)",
    ),
    "a written key of a parameter": (
        'from: {join: [{of: "a:/<s>/*", join_on: <s>}, {of: "b:/<s>/*", join_on: <s>}]}',
        "join(a /v/*, b /v/*)",
    ),
    "a parameter in front of a key": (
        'from: {join: [{of: "a:/<s>/<x>", join_on: <s>-<x>}, '
        '{of: "b:/<s>/<x>", join_on: <s>-<x>}]}',
        'join(a /v/(*) "-$1", b /v/(*) "-$1")',
    ),
    "a parameter that meets its text": (
        'from: {join: [{of: "a:/<s>/<x>", join_on: <s><x>}, {of: "b:/<x>", join_on: v<x>}]}',
        'join(a /v/(*) "v$1", b /(*) "v$1")',
    ),
    "a digit after a name": (
        'from: {group: [{of: "a:/<x>", group_by: <x>1}]}',
        'group(a /(*) by "${1}1")',
    ),
    "a dollar in a key": (
        'from: {group: [{of: "a:/<x>", group_by: "$$<x>"}]}',
        'group(a /(*) by "$$$1")',
    ),
    "numbers are counted anew": (
        'from: {group: [{of: "a:/<x>/(*)/<y>/(*)", group_by: "$4$2"}]}',
        'group(a /*/(*)/*/(*) by "$2$1")',
    ),
    "a number of a name": (
        'from: {group: [{of: "a:/<x>/<y>", group_by: $2}]}',
        'group(a /*/(*) by "$1")',
    ),
    "a name inside another": (
        'from: ["a:/<at:<day:*/*>/(A|B)>", "b:/<at:<day:*/*>/(A|B)>"]',
        'join(a /(*/*/(A|B)) "$1", b /(*/*/(A|B)) "$1")',
    ),
    "a name inside another in one place only": (
        'from: ["a:/<at:<x>-*>", "b:/<at:*-<x>>"]',
        'join(a /((*)-*) "$1/$2", b /(*-(*)) "$1/$2")',
    ),
    "values of unknown depth": (
        'from: ["a:/<x:**>/<y>", "b:/<y>/<x:**>"]',
        'join(a /(**)/(*) "$1+$2", b /(*)/(**) "$2+$1")',
    ),
    "one separator for both keys": (
        'from: ["a:/<x>/<y>/<z:**>", "b:/<x>/<y>/<z:**>"]\neach: [x, y]',
        'group(join(a /(*)/(*)/(**) "$1+$2+$3" by "$1+$2", b /(*)/(*)/(**) "$1+$2+$3" by "$1+$2"))',
    ),
    "a union tied by its names": (
        'from: [{union: [{D: "a:/<x>/*"}, {D: "b:/<x>"}]}, "c:/<x>"]',
        'join(union(D=a /(*)/* "$1", D=b /(*) "$1"), c /(*) "$1")',
    ),
    "each over a union": (
        'from: {union: [{D: "a:/<x>/*"}, {D: "b:/<x>"}]}\neach: x',
        'group(union(D=a /(*)/* by "$1", D=b /(*) by "$1"))',
    ),
    "each of nothing over a join": (
        'from: {join: ["a:/<x>", "b:/<x>"]}\neach: []',
        'group(join(a /(*) "$1", b /(*) "$1"))',
    ),
    "a group of everything": (
        'from: {group: ["a:/<x>", "b:/<y>"], each: []}',
        "group(a /*, b /*)",
    ),
    "a written empty key": (
        'from: {join: [{of: "a:/<x>", join_on: ""}, {of: "b:/<y>", join_on: ""}]}',
        "join(a /*, b /*)",
    ),
    "nameless inputs stand first, as written": (
        'from: [{of: "d:/*", unnamed: true}, "a:/*", {t: {cron: never}}, '
        '{of: "c:/*", unnamed: true}]',
        "cross(?=d /*, cron t @never, ?=c /*, a /*)",
    ),
    "clocks stand first, by name": (
        'from: {z: {cron: never}, a: "a:/*", b: {cron: never}}',
        "cross(cron b @never, cron z @never, a /*)",
    ),
    "a written cross stays": (
        'from: [m, {cross: ["a:/*", "b:/*"]}]',
        "cross(cross(a /*, b /*), m /)",
    ),
}


@pytest.mark.parametrize(("reads", "emitted"), SAID.values(), ids=SAID)
def test_said(reads: str, emitted: str) -> None:
    """What Pachyderm can say is said in one way."""
    head = S if "<s>" in reads else ""
    assert brief(specs_of(document(reads, head))["s"]["input"]) == emitted
