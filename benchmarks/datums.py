"""How long previews of datums take, as ratios to something that ran beside them.

Run it as `python benchmarks/datums.py [example] [join] [snakemake --venv DIR]`, with the Python
of an ordinary installation (not `-e`, which adds an import hook to every start). Each line says
what was measured, the ratio, what it is a ratio to, and the memory where that is of interest.
Times are of the CPU, which on a busy machine say more than those of the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BCDSL = [str(Path(sys.executable).with_name("bcdsl"))]
EXAMS = 33_334
FILES = 1_000_000
JOBS = 10_000


VIEWS = ("L_CC", "L_MLO", "R_CC", "R_MLO")
SNAKEFILE = """\
EXAMS = [f"exam_{number:06d}" for number in range(COUNT)]
VIEWS = ["L_CC", "L_MLO", "R_CC", "R_MLO"]
crop = expand("crop/{{exam}}/cropped_images/{view}.png", view=VIEWS)
heatmaps = expand("generate_heatmaps/{{exam}}/{view}.hdf5", view=VIEWS)

rule all:
    input: expand("classify/{exam}.csv", exam=EXAMS), expand("visualize/{exam}.png", exam=EXAMS)
rule generate_heatmaps:
    input: crop, "extract_centers/{exam}/data.pkl", "models/sample_patch_model.p"
    output: heatmaps
    shell: "touch {output}"
rule classify:
    input: crop, "extract_centers/{exam}/data.pkl", heatmaps, "models/sample_patch_model.p"
    output: "classify/{exam}.csv"
    shell: "touch {output}"
rule visualize:
    input: crop, heatmaps
    output: "visualize/{exam}.png"
    shell: "touch {output}"
"""


def _touch(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()


def timed(command: list[str], cwd: Path, repeat: int = 3) -> tuple[float, float]:
    """Return the least CPU seconds of some runs, and the most memory of one in MB."""
    best, most = float("inf"), 0.0
    for _ in range(repeat):
        process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        best = min(best, used.ru_utime + used.ru_stime)
        most = max(most, used.ru_maxrss / 1024)
        if status:
            sys.exit(f"{' '.join(command)} failed")
    return best, most


def example(folder: Path) -> None:
    """Measure 100,000 datums over the example's three joining stages."""
    exams = [f"exam_{number:06d}" for number in range(EXAMS)]
    repos = {
        "crop": "{}/cropped_images/L_CC.png",
        "extract_centers": "{}/data.pkl",
        "generate_heatmaps": "{}/heatmaps/heatmap_benign/L_CC.hdf5",
    }
    for repo, path in repos.items():
        (folder / f"{repo}.txt").write_text("".join(path.format(e) + "\n" for e in exams))
    (folder / "models.txt").write_text("sample_patch_model.p\n")
    document = ROOT / "examples" / "breast_cancer" / "pipeline.bc.yaml"
    stages = ("generate_heatmaps", "classify", "visualize_heatmaps")
    command = [*BCDSL, "datums", str(document)]
    command += [word for stage in stages for word in ("--stage", stage)]
    command += [word for repo in (*repos, "models") for word in ("--data", f"{repo}={repo}.txt")]
    floor, _ = timed([sys.executable, "-c", "pass"], folder, 10)
    for name, options in (("summary", ["--summary"]), ("table", []), ("json", ["--json"])):
        seconds, memory = timed([*command, *options], folder)
        print(
            f"{EXAMS * 3:,} datums of the example, {name}: {seconds:.2f} s, "
            f"{seconds / floor:.0f} × `python -c pass` ({floor * 1000:.0f} ms), {memory:.0f} MB"
        )


def join(folder: Path) -> None:
    """Measure a join of two repos of a million files with unique keys."""
    for size in (FILES // 4, FILES):
        for repo in ("left", "right"):
            with (folder / f"{repo}.txt").open("w") as file:
                file.writelines(f"sensor_{number:07d}.csv\n" for number in range(size))
        leaves = [
            {"pfs": {"repo": repo, "name": repo, "glob": "/(*).csv", "joinOn": "$1"}}
            for repo in ("left", "right")
        ]
        spec = {"pipeline": {"name": "join"}, "input": {"join": leaves}}
        (folder / "spec.json").write_text(json.dumps(spec))
        start = time.process_time()
        paths = [(folder / f"{repo}.txt").read_text().splitlines() for repo in ("left", "right")]
        floor = time.process_time() - start
        del paths
        command = [*BCDSL, "datums", "--spec", "spec.json"]
        command += ["--data", "left=left.txt", "--data", "right=right.txt"]
        for name, options in (("summary", ["--summary"]), ("table", [])):
            seconds, memory = timed([*command, *options], folder, 2)
            print(
                f"join of two repos of {size:,} files, {name}: {seconds:.2f} s, "
                f"{seconds / floor:.0f} × reading the paths ({floor:.2f} s), {memory:.0f} MB"
            )


def snakemake(folder: Path, venv: Path) -> None:
    """Measure `snakemake -n` on the example's rules at some thousand jobs, and ours beside it."""
    exams = [f"exam_{number:06d}" for number in range(JOBS // 3)]
    for exam in exams:
        _touch(folder, *(f"crop/{exam}/cropped_images/{view}.png" for view in VIEWS))
        _touch(folder, f"extract_centers/{exam}/data.pkl")
    _touch(folder, "models/sample_patch_model.p")
    (folder / "Snakefile").write_text(SNAKEFILE.replace("COUNT", str(len(exams))))
    theirs, _ = timed([str(venv / "bin" / "snakemake"), "-n"], folder, 1)
    for exam in exams:
        _touch(folder, *(f"generate_heatmaps/{exam}/{view}.hdf5" for view in VIEWS))
    document = ROOT / "examples" / "breast_cancer" / "pipeline.bc.yaml"
    command = [*BCDSL, "datums", str(document)]
    for stage in ("generate_heatmaps", "classify", "visualize_heatmaps"):
        command += ["--stage", stage]
    for repo in ("crop", "extract_centers", "generate_heatmaps", "models"):
        command += ["--data", f"{repo}={repo}"]
    ours, _ = timed(command, folder)
    print(
        f"{len(exams) * 3:,} jobs: `snakemake -n` {theirs:.1f} s, "
        f"ours {ours:.2f} s from folders, {theirs / ours:.0f} × faster"
    )


def main() -> None:
    """Run what the command line names, or all that needs nothing installed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="*", default=["example", "join"])
    parser.add_argument("--venv", type=Path, help="where snakemake is installed")
    wanted = parser.parse_args()
    for what in wanted.what:
        with tempfile.TemporaryDirectory() as folder:
            if what == "snakemake":
                snakemake(Path(folder), wanted.venv)
            else:
                {"example": example, "join": join}[what](Path(folder))


if __name__ == "__main__":
    main()
