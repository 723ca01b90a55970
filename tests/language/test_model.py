"""What documents come to mean: values of the model."""

from __future__ import annotations

from decimal import Decimal

from bcdsl.analyze import Options, analyze
from bcdsl.model import Command, CronLeaf, Dag, Hardware, Operator, PfsLeaf, Script, Stage, Writer
from bcdsl.source import SourceFile
from language.test_cases import Folder


def dag_of(text: str, *profiles: str, **params: str) -> Dag:
    """Return the model of a document without errors."""
    found = analyze(
        SourceFile("dir/pipeline.bc.yaml", text),
        Options(params=params, profiles=profiles),
        Folder(),
    )
    assert found.dag is not None, found.problems
    return found.dag


def stage_of(text: str, *profiles: str, **params: str) -> Stage:
    """Return the last stage of a document."""
    return dag_of(text, *profiles, **params).stages[-1]


def hardware_of(text: str, *profiles: str) -> Hardware:
    """Return the hardware of the last stage."""
    hardware = stage_of(text, *profiles).hardware
    assert hardware is not None
    return hardware


def test_the_title_is_the_name_or_the_stem() -> None:
    """Without `dag` the file's stem is shown, and nothing claims to be written."""
    assert dag_of("dag: a\nstages: {}\n").title == "a"
    bare = dag_of("stages: {}\n")
    assert (bare.title, bare.dag) == ("pipeline", None)


CLASSES = """\
hardware:
  default: {cpu: 1, memory: 1G, disk: 5G}
  gpu: {gpu: 1, memory: 4G..8G}
  big: {extends: gpu, gpu: 4, disk: ~}
repos: [r]
defaults: {hardware: {priority: low}}
stages:
  s: {from: r, hardware: HARDWARE}
"""


def test_classes_lie_in_their_order() -> None:
    """`default` < extended class < class < `defaults` < stage; a `~` takes away."""
    found = hardware_of(CLASSES.replace("HARDWARE", "{extends: big, cpu: 2..3, priority: high}"))
    worker = found.worker
    assert worker.cpu.low is not None
    assert worker.cpu.high is not None
    assert (worker.cpu.low.value, worker.cpu.high.value) == (Decimal(2), Decimal(3))
    assert worker.memory.high is not None
    assert worker.memory.high.value == "8G"
    assert worker.disk.low is None
    assert found.gpu is not None
    assert (found.gpu.type.value, found.gpu.count.value) == ("nvidia.com/gpu", 4)
    assert found.priority is not None
    assert found.priority.value == "high"
    assert [name.value for name in found.classes] == ["big", "gpu", "default"]


def test_a_stage_without_hardware_gets_the_default_class() -> None:
    """And nothing, if there is no such class."""
    text = "hardware: {default: {cpu: 500m}}\nrepos: [r]\nstages: {s: {from: r}}\n"
    cpu = hardware_of(text).worker.cpu.low
    assert cpu is not None
    assert cpu.value == Decimal("0.5")
    assert stage_of("repos: [r]\nstages: {s: {from: r}}\n").hardware is None


def test_a_profile_lies_over_the_document() -> None:
    """Profiles apply in the order given, before defaults are laid under; a `~` holds there too."""
    text = """\
repos: [r]
defaults: {image: a, workers: 1, tries: 1}
stages: {s: {from: {D: r}, image: b, cmd: old}}
profiles:
  one: {defaults: {tries: 2}, stages: {s: {image: ~, script: new}}}
  two: {stages: {s: {workers: 3, from: {D: {lazy: true}}}}}
"""
    stage = stage_of(text, "one", "two")
    assert stage.image is None
    assert stage.tries is not None
    assert stage.tries.value == 2
    assert stage.workers is not None
    assert stage.workers.value == 3
    assert isinstance(stage.run, Script)
    assert stage.inputs is not None
    (leaf,) = stage.inputs.items
    assert isinstance(leaf, PfsLeaf)
    assert leaf.lazy is not None
    assert leaf.repo.value == "r"


def test_parameters_are_put_in_after_words_are_split() -> None:
    """A parameter with a blank stays one word; a filled name keeps its place in the pattern."""
    text = """\
params: {site: {default: far north}}
repos: [r]
stages: {s: {from: "r:/<site>/<x>", image: "i:<site>", cmd: go <site> 'a b', env: {A: x<site>}}}
"""
    stage = stage_of(text, site="deep south")
    assert isinstance(stage.run, Command)
    assert [word.value for word in stage.run.words] == ["go", "deep south", "a b"]
    assert stage.image is not None
    assert stage.image.value == "i:deep south"
    assert [(key.value, value.value) for key, value in stage.env] == [("A", "xdeep south")]


def test_scripts_and_lines() -> None:
    """A script has its shell before it; a text of `stdin` is split into lines."""
    text = """\
repos: [r]
stages:
  s:
    from: r
    script: {file: run.sh}
    on_error: {script: "echo no", stdin: [a, b]}
    stdin: |
      one
      two
"""
    stage = stage_of(text)
    assert isinstance(stage.run, Script)
    assert stage.run.text.value == "echo hello\n"
    assert [word.value for word in stage.run.shell] == ["/bin/bash", "-euo", "pipefail", "-c"]
    assert stage.stdin is not None
    assert [line.value for line in stage.stdin] == ["one", "two"]
    assert stage.on_error is not None
    assert isinstance(stage.on_error.run, Script)
    assert stage.on_error.stdin is not None
    assert len(stage.on_error.stdin) == 2


def test_refs_know_who_writes() -> None:
    """Repos, stages, ticks and other projects; a stage's own branch is read."""
    text = """\
project: p
repos: [r]
stages:
  a: {from: {t: {cron: daily, overwrite: true}}, output_branch: out}
  b: {from: {R: p/r@dev, A: "a:/<x>", T: a_t, E: q/r}}
"""
    stage = stage_of(text)
    assert stage.inputs is not None
    found = [
        (leaf.writer, leaf.branch.value, leaf.project.value if leaf.project else None)
        for leaf in stage.inputs.items
        if isinstance(leaf, PfsLeaf)
    ]
    assert found == [
        (Writer.REPO, "dev", None),
        (Writer.STAGE, "out", None),
        (Writer.TICK, "master", None),
        (Writer.ELSEWHERE, "master", "q"),
    ]


def test_operators_and_crons() -> None:
    """What is written as a tree stays one; words of cron get their `@`."""
    text = """\
repos: [a, b]
stages:
  s:
    from:
      - {group: [{A: "a:/<x>"}, {join: {B: "b:/<x>", C: "a:/<x>"}}], each: x}
      - t: {cron: never}
"""
    inputs = stage_of(text).inputs
    assert inputs is not None
    group, cron = inputs.items
    assert isinstance(group, Operator)
    assert [name.value for name in group.each or ()] == ["x"]
    assert isinstance(group.items[1], Operator)
    assert [item.name.value for item in group.items[1].items if isinstance(item, PfsLeaf)] == [
        "B",
        "C",
    ]
    assert isinstance(cron, CronLeaf)
    assert cron.spec.value == "@never"


def test_settings() -> None:
    """Durations, sizes, secrets, tolerations and egress come out as Pachyderm takes them."""
    text = """\
repos: [r]
hardware: {h: {tolerations: [a, "b=c:NoExecute@30"], shm: true}}
stages:
  s:
    from: r
    hardware: h
    datum_timeout: 1h30m
    job_timeout: 1.5s
    datums_per_set: {size: 1.5Gi}
    secrets: {PW: s/key, /var/db: s}
    egress: {sql: u, format: CSV, columns: [a], secret: n/k}
    accept_codes: [-1, 3]
    workers: 2
"""
    stage = stage_of(text)
    assert stage.datum_timeout is not None
    assert stage.job_timeout is not None
    assert (stage.datum_timeout.value, stage.job_timeout.value) == ("5400s", "1.5s")
    assert stage.datums_per_set is not None
    assert stage.datums_per_set.size_bytes is not None
    assert stage.datums_per_set.size_bytes.value == 1_610_612_736
    variable, folder = stage.secrets or ()
    assert variable.key is not None
    assert (variable.name.value, variable.key.value) == ("s", "key")
    assert folder.mount_path is not None
    assert folder.mount_path.value == "/var/db"
    assert [code.value for code in stage.accept_codes or ()] == [-1, 3]
    assert stage.hardware is not None
    bare, full = stage.hardware.tolerations or ()
    assert (bare.operator.value, bare.effect) == ("EXISTS", None)
    assert full.effect is not None
    assert full.seconds is not None
    assert (full.operator.value, full.effect.value, full.seconds.value) == (
        "EQUAL",
        "NO_EXECUTE",
        30,
    )
    assert stage.hardware.shm is not None
    assert stage.hardware.shm.value is True
