"""The help of a finding is a repair: what is to be written, in the author's words."""

from __future__ import annotations

import pytest

from compiling import compiled

TOP = 'repos: [r, s]\nhardware: {big: {memory: 4G}}\ndefaults: {image: "i:1", cmd: w}\nstages:\n'

# a stage | the code | what the help says
HELPS = [
    ("from: ram", "BC301", "declare it under `repos`, or write its project: `project/ram`"),
    ("from: r/*.png", "BC160", "write `r:/*.png`"),
    ("from: 'r:x'", "BC400", "write `/x`"),
    ("from: 'r:/<x>/<x>'", "BC409", "give the second another name"),
    ("from: 'r:/[!a]'", "BC424", "write `[!/a]`"),
    ("from: {cron: daily}", "BC164", "write `tick: {cron: …}`"),
    ("from: {A: {of: r, name: B}}", "BC162", "keep `A:` or `name: B`, not both"),
    ("from: {A: r, lazy: true}", "BC161", "`{of: ref, lazy: true}`"),
    ("from: [r, 'r:/x']", "BC167", "`{r2: …}`"),
    ("from: {out: r}", "BC163", "`/pfs/out` and `/pfs/.env` are Pachyderm's own"),
    ("from: ['r:/<x>/<y>', 's:/<x>', 'p/t:/<y>']", "BC450", "`<"),
    ("from: {join: ['r:/<x>', 's:/<y>']}", "BC460", "`join_on` on each"),
    ("from: {group: [r, s]}", "BC460", "`each: []` groups everything"),
    ("from: [{of: 'r:/<x>', join_on: <x>}, 's:/<x>']", "BC166", "share a name are joined"),
    ("from: {of: r, trigger: {}}", "BC169", "`size`, `commits`, `cron` or `rate_limit`"),
    ("{from: r, cmd: 'w | v'}", "BC120", "write `script:` in place of `cmd:`"),
    ("{from: r, on_error: 'w | v'}", "BC120", "write `{script: …}`"),
    ("{from: r, secrets: {PW: s}}", "BC132", "write `s/KEY`"),
    ("{from: r, hardware: {memory: 1GB}}", "BC124", "write `1G`"),
    ("{from: r, hardware: {memory: 1K}}", "BC124", "or a larger unit"),
    ("{from: r, hardware: {cpu: ..0.5}}", "BC332", "`0.5..0.5`"),
    ("{from: r, hardware: {cpu: 2..1}}", "BC715", "raise `b` in `cpu: a..b`"),
    ("{from: r, hardware: bgi}", "BC330", "use `big`"),
    ("{from: r, datum_timeout: 90}", "BC123", "write the unit: `90s`, `90m` or `90h`"),
    ("{from: r, workers: '2'}", "BC103", "write `2`"),
    ("{from: r, comand: w}", "BC100", "write `cmd`"),
    ("{from: r, gpu: 1}", "BC100", "it stands in `hardware`"),
    ("{from: r, spec: {pipeline: {}}}", "BC340", "`project` stands at the top"),
    ("{from: 'r:/<x>', each: z}", "BC453", "the inputs have `x`"),
    ("{from: 'r:/<x>', each: <x>}", "BC453", "write `x`: names stand without `<` and `>`"),
    ("{from: {pfs: {repo: r, glob: /}}}", "BC102", "write its ref: `of: repo@branch:/pattern`"),
    ("{from: {of: 'r:/x', s3: true}}", "BC629", "write the repo alone, without a pattern"),
    ("{from: ['r:/<x>/<y>', 's:/<x>'], each: y}", "BC452", "leave `y` out of `each`"),
    ("{from: {join: ['r:/<x>', 's:/<x>']}, each: x}", "BC454", "as a plain list"),
    ("{from: [{of: 'r:/<x>', keep: true}, s]}", "BC456", "drop `keep`"),
]


@pytest.mark.parametrize(("stage", "code", "wanted"), HELPS, ids=[each[0] for each in HELPS])
def test_the_help_is_a_repair(stage: str, code: str, wanted: str) -> None:
    """One finding of the code, and its help says what to do."""
    body = stage if stage.startswith("{") else f"{{{stage}}}"
    (found,) = [each for each in compiled(f"{TOP}  a: {body}\n").problems if each.code == code]

    assert wanted in (found.help or "")


@pytest.mark.parametrize(
    ("stage", "variables"),
    [
        ("{from: 'r:/<x>', cmd: w <x>}", ["`$r`"]),
        ("{from: {A: 'r:/<x>'}, image: 'i:<x>'}", ["`$A`"]),
        ("{from: {of: 'r:/<x>', name: B}, env: {V: <x>}}", ["`$B`"]),
        ("{from: ['r:/<x>', 's:/<x>'], cmd: [w, <x>]}", ["`$r`", "`$PACH_DATUM_r_JOIN_ON`"]),
        ("{from: {A: 'r_<x>:/<x>'}}", ["`$A`"]),
        ("{from: 'r_<x>:/<x>'}", ["`$NAME`"]),
    ],
)
def test_a_captured_name_is_a_variable(stage: str, variables: list[str]) -> None:
    """Where a parameter would stand, a captured name's value is in a variable of the program."""
    (found,) = compiled(f"{TOP}  a: {stage}\n").problems

    assert found.code == "BC311"
    assert all(variable in (found.help or "") for variable in variables)


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        ("{from: 'r:/<bad>'}", "BC312"),
        ("{from: 'r:/<bad:x>'}", "BC322"),
        ("{from: r, script: w, env: {bad: x}, cmd: ~}", "BC318"),
    ],
)
def test_the_value_of_a_parameter_is_shown(stage: str, code: str) -> None:
    """A label points at the value that does not fit where it lands."""
    (found,) = compiled(f"params: {{bad: a*}}\n{TOP}  a: {stage}\n").problems

    assert found.code == code
    assert "a*" in [label.span.text for label in found.labels]
