"""Documents over data as people have it: mostly in order, with something missing or misspelt."""

from __future__ import annotations

import json

from hypothesis import strategies as st

EXAMS = ("exam_01", "exam_02", "exam_03", "exam-03", "exam_10")
VIEWS = ("L_CC", "L_MLO", "R_CC", "r_cc")
SENSORS = ("wind", "rain", "wind-2")
DAYS = ("2024/01/01", "2024/01/02", "2024/02/01")
DAY_FILES = ("a.csv", "b.csv", "readme.txt")

EXAM_LEAVES = {
    "images": ("/<exam>", "/<exam>/<view>.png", "/<exam>/*", "/<exam>/<view:L_CC|R_CC>.png"),
    "centers": ("/<exam>", "/<exam>/data.pkl", "/<exam>/<view>.png"),
    "labels": ("/<exam>.csv", "/*.csv", "/"),
    "models": ("", "/*", "/<model>.p"),
}
DAY_LEAVES = {
    "raw": (
        "/<sensor>/<day:*/*/*>/*",
        "/<sensor>/<day:*/*/*>",
        "/<sensor>/<y>/<m>/<d>",
        "/<sensor>",
    ),
    "calibration": ("/<sensor>", "/<sensor>/<day:*/*/*>", "/<sensor>/<y>/<m>/<d>/*"),
    "stations": ("/<sensor>.json", "/", "/*"),
    "days": ("/<day:*/*/*>", "/<y>/<m>/<d>", "/<y>/<m>", "/<day:*/*/*>/<sensor>.csv"),
}

# values that a careless key would run together: a, b-c and a-b, c; a, b/c and a/b, c
PARTS = ("a", "b", "c", "a-b", "b-c")
PART_LEAVES = {
    "left": ("/<x>/<y>", "/<x:**>/<y>", "/<x>/<y:**>", "/<y>/<x>"),
    "right": ("/<x>/<y>", "/<x:**>/<y>", "/<x>/<y:**>", "/<y>/<x>"),
}


def _some(of):
    return st.lists(st.sampled_from(of), min_size=1, max_size=3, unique=True)


@st.composite
def _exam_files(draw):
    images = [f"/{e}/{v}.png" for e in draw(_some(EXAMS)) for v in draw(_some(VIEWS))]
    centers = [f"/{e}/data.pkl" for e in draw(_some(EXAMS))]
    if draw(st.booleans()):
        centers += [f"/{e}/{v}.png" for e in draw(_some(EXAMS)) for v in draw(_some(VIEWS))]
    return {
        "images": images,
        "centers": centers,
        "labels": [f"/{e}.csv" for e in draw(_some(EXAMS))],
        "models": [f"/{m}.p" for m in draw(_some(("patch", "image")))],
    }


@st.composite
def _day_files(draw):
    raw = [
        f"/{s}/{d}/{f}"
        for s in draw(_some(SENSORS))
        for d in draw(_some(DAYS))
        for f in draw(_some(DAY_FILES))
    ]
    return {
        "raw": raw,
        "calibration": [f"/{s}/{d}/c" for s in draw(_some(SENSORS)) for d in draw(_some(DAYS))],
        "stations": [f"/{s}.json" for s in draw(_some(SENSORS))],
        "days": [f"/{d}/{s}.csv" for d in draw(_some(DAYS)) for s in draw(_some(SENSORS))],
    }


@st.composite
def _part_files(draw):
    path = st.lists(st.sampled_from(PARTS), min_size=2, max_size=3).map("/".join)
    files = st.lists(path, min_size=2, max_size=8, unique=True)
    return {
        repo: [f"/{p}" for p in found if not any(q.startswith(p + "/") for q in found)]
        for repo, found in (("left", draw(files)), ("right", draw(files)))
    }


@st.composite
def layouts(draw):
    """Draw a document of one stage and the files of its repos."""
    leaves, files, names = draw(
        st.sampled_from(
            (
                (EXAM_LEAVES, _exam_files(), ("exam", "view", "model")),
                (DAY_LEAVES, _day_files(), ("sensor", "day", "y", "m", "d")),
                (PART_LEAVES, _part_files(), ("x", "y")),
            )
        )
    )
    repos = draw(st.lists(st.sampled_from(sorted(leaves)), min_size=1, max_size=3, unique=True))
    inputs = []
    for repo in repos:
        pattern = draw(st.sampled_from(leaves[repo]))
        leaf = {"of": f"{repo}:{pattern}" if pattern else repo}
        if draw(st.integers(0, 3)) == 0:
            leaf["keep"] = True
        inputs.append(leaf)
    stage = {"image": "i:1", "cmd": ["run"], "from": inputs}
    if draw(st.booleans()):
        bound = [name for name in names if f"<{name}" in json.dumps(inputs)]
        stage["each"] = draw(st.lists(st.sampled_from(bound or names), max_size=2, unique=True))
    if draw(st.integers(0, 3)) == 0:
        stage["from"] = [{draw(st.sampled_from(("join", "group", "cross", "union"))): inputs}]
    document = {"repos": sorted(leaves), "stages": {"s": stage}}
    contents = {repo: {path: path for path in found} for repo, found in draw(files).items()}
    return json.dumps(document), contents
