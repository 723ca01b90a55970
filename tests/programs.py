"""Random documents for the laws: small enough to collide, odd enough to matter.

A document is a JSON-able value (JSON is YAML). Names, values and path elements come from small
alphabets, so that inputs are tied, keys meet and patterns match the files of `paths`.
"""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any, TypeAlias

from hypothesis import strategies as st

Json: TypeAlias = Any

REPOS = ("a", "b", "c", "d")
ELEMENTS = ("a", "b", "L", "a-b", "b-a-L")

PATTERNS = (
    "",
    "/",
    "/*",
    "/a",
    "/**",
    "/<x>",
    "/<y>",
    "/<x>/*",
    "/<x>/<y>",
    "/<y>/<x>",
    "/<x>/<z>",
    "/<y>/<z>",
    "/<x>/<y>/<z>",
    "/<z>/<x>/<y>",
    "/<x>-<y>",
    "/<x>-*",
    "/a/<x>",
    "/*/<x>",
    "/<x>/a",
    "/<x:a|b>",
    "/<x:a*>/<y>",
    "/<x:**>",
    "/<x:**>/<y>",
    "/<x:*/*>",
    "/<x:*/*>/<y>",
    "/<at:<x>/<y>>",
    "/<at:<x>-<y>>",
    "/<at:<x>/(a|b)>",
    "/<y>/<at:<x>-*>",
    "/(a|b)/<x>",
    "/<x>(a|b)",
    "/<x>/!(a)",
    "/{a,b}/<x>",
    "/[ab]<x>",
    "/<exam>",
    "/<exam>/<view>",
    "/<view>/<exam>",
    "/<exam>/<view>/*",
    "/<s>",
    "/<s>/<x>",
    "/<x>/<s>",
    "/<s>/*",
    "/<s>/<x>/<y>",
    "/<x>-<s>",
)
"""What leaves match; `<s>` is a parameter, `<view>` may be narrowed."""

KEYS = ("", "<x>", "<x>/<y>", "<y>+<x>", "$1", "$2-$1", "<x>1", "$0", "<s>/<x>", "<s>", "k")

NAMES = ("x", "y", "z", "at", "exam", "view", "s")


def patterns() -> st.SearchStrategy[str]:
    """Return patterns, the plain ones more often."""
    return st.one_of(st.sampled_from(PATTERNS), st.sampled_from(PATTERNS[5:12]))


@st.composite
def leaves(draw: st.DrawFn, *, keyed: tuple[str, ...] = ()) -> Json:
    """Draw a leaf in its long form that mostly writes the keys in `keyed`."""
    leaf: dict[str, Json] = {"of": draw(st.sampled_from(REPOS))}
    pattern = draw(patterns())
    if pattern:
        leaf["of"] += f":{pattern}"
    if draw(st.integers(0, 5)) == 0:
        leaf["keep"] = True
    if draw(st.integers(0, 9)) == 0:
        leaf[draw(st.sampled_from(("empty_files", "lazy", "reference")))] = True
    for option in keyed:
        if draw(st.integers(0, 9)):
            leaf[option] = draw(st.one_of(_keys(pattern), st.sampled_from(KEYS)))
    return leaf


def _keys(pattern: str) -> st.SearchStrategy[str]:
    """Return keys of what a pattern names, in any order, or of one of its names alone."""
    found = [f"<{name}>" for name in re.findall(r"<(\w+)", pattern)] or [""]
    separators = st.sampled_from(("/", "+", ""))
    ordered = st.tuples(separators, st.permutations(found)).map(lambda key: key[0].join(key[1]))
    return st.one_of(st.sampled_from(found), ordered)


@st.composite
def operators(draw: st.DrawFn, depth: int = 2, keyed: tuple[str, ...] = ()) -> Json:
    """Draw a written operator, up to so many levels of them."""
    kind = draw(st.sampled_from(("join", "cross", "union", "group")))
    key = {"join": "join_on", "group": "group_by"}.get(kind)
    if key is not None and key not in keyed and draw(st.integers(0, 3)) == 0:
        keyed = (*keyed, key)
    items = draw(st.lists(_items(depth - 1, keyed), min_size=1, max_size=3))
    operator: dict[str, Json] = {kind: items}
    if kind == "group" and draw(st.booleans()):
        operator["each"] = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
    return operator


def _items(depth: int, keyed: tuple[str, ...] = ()) -> st.SearchStrategy[Json]:
    if depth <= 0:
        return leaves(keyed=keyed)
    return st.one_of(leaves(keyed=keyed), leaves(keyed=keyed), operators(depth, keyed))


@st.composite
def stages(draw: st.DrawFn, *, crons: bool = True) -> Json:
    """Draw what a stage reads: a mapping with `from` and maybe `each`."""
    items = draw(st.lists(_items(2), min_size=1, max_size=4))
    if crons and draw(st.integers(0, 4)) == 0:
        items.append({"cron": "never", "overwrite": draw(st.booleans())})
    _name(items, draw(st.booleans()))
    stage: dict[str, Json] = {"from": items if len(items) > 1 else items[:1]}
    if draw(st.integers(0, 2)) == 0:
        used = [name for name in NAMES if re.search(rf"<{name}[:>]", json.dumps(items))]
        names = st.sampled_from(used if used and draw(st.integers(0, 5)) else NAMES)
        stage["each"] = draw(st.lists(names, max_size=2, unique=True))
    return stage


def _name(items: list[Json], apart: bool) -> None:
    """Give leaves names that differ, but for alternatives of a union, which may share one."""
    count = 0

    def name(item: Json, shared: str | None) -> Json:
        nonlocal count
        for kind in ("join", "cross", "union", "group"):
            if kind in item:
                count += 1
                one = f"u{count}" if kind == "union" and not apart else None
                return {**item, kind: [name(part, one or shared) for part in item[kind]]}
        count += 1
        return {shared or f"i{count}": item}

    items[:] = [name(item, None) for item in items]


@st.composite
def documents(draw: st.DrawFn, *, crons: bool = True, stage_count: int = 2) -> Json:
    """Draw a whole document whose parameter `s` is filled, with up to so many stages."""
    found = draw(st.lists(stages(crons=crons), min_size=1, max_size=stage_count))
    document: dict[str, Json] = {
        "repos": list(REPOS),
        "params": {"s": draw(st.sampled_from(("a", "b", "a-b")))},
        "stages": {
            f"s{index}": {"image": "i:1", "cmd": ["run"], **stage}
            for index, stage in enumerate(found)
        },
    }
    if "<view>" in json.dumps(found) and draw(st.booleans()):
        document["names"] = {"view": draw(st.sampled_from(("a|b", "*", "a*", "L|a-b")))}
    if draw(st.integers(0, 4)) == 0:
        document["project"] = "p"
    return document


@st.composite
def keyed_documents(draw: st.DrawFn) -> Json:
    """Draw a document that joins or groups by written keys, some of names, some of parameters."""
    kind, option = draw(st.sampled_from((("join", "join_on"), ("group", "group_by"))))
    patterns = ("/<s>/<x>", "/<x>/<y>", "/<y>/<s>", "/<x>", "/<s>", "/<s>/*", "/<x>-<s>")
    items = []
    for pattern in draw(st.lists(st.sampled_from(patterns), min_size=2, max_size=3)):
        leaf = f"{draw(st.sampled_from(REPOS))}:{pattern}"
        items.append({f"i{len(items)}": {"of": leaf, option: draw(_keys(pattern))}})
    return {
        "repos": list(REPOS),
        "params": {"s": draw(st.sampled_from(("a", "b")))},
        "stages": {"s0": {"image": "i:1", "cmd": ["run"], "from": {kind: items}}},
    }


def text_of(document: Json) -> str:
    """Return a document as text."""
    return json.dumps(document, indent=1)


def reordered(document: Json, random: Random) -> Json:
    """Return a document with its repos, stages and inputs in another order."""
    repos = list(document["repos"])
    random.shuffle(repos)
    stages = list(document["stages"].items())
    random.shuffle(stages)
    return {
        **document,
        "repos": repos,
        "stages": {
            name: {**stage, "from": _shuffled(stage["from"], random)} for name, stage in stages
        },
    }


def _shuffled(items: Json, random: Random) -> Json:
    found = []
    for item in items:
        kind = next((kind for kind in ("join", "cross", "union", "group") if kind in item), None)
        found.append({**item, kind: _shuffled(item[kind], random)} if kind else item)
    random.shuffle(found)
    return found


def paths() -> st.SearchStrategy[dict[str, str]]:
    """Return files (path: content) of one commit that the patterns match often."""
    path = st.lists(st.sampled_from(ELEMENTS), min_size=1, max_size=3).map(lambda e: "/".join(e))
    return st.lists(path, max_size=6, unique=True).map(_without_clashes)


def _without_clashes(found: list[str]) -> dict[str, str]:
    """Return the paths that can be files together: a file is no folder of another."""
    return {
        f"/{path}": path
        for path in found
        if not any(other.startswith(f"{path}/") for other in found)
    }
