"""Files and an input on one line of JSON, the datums of both on another: for programs.

A line is `{"repos": {"repo@branch": {path: content}}, "input": {…}}`; the answer is
`{"datums": [{"id", "files": [{"repo", "path", "hash", "size"}]}]}` or `{"error": text}`, as the
server answers when it is asked to list the datums of an input. That call does not check what
creating a pipeline checks: names may repeat, and an absent glob acts as `/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from bcdslc.datum.identity import datum_id
from bcdslc.datum.listing import listing
from bcdslc.datum.prepare import Repos, prepare
from bcdslc.datum.source import Datum, Source
from bcdslc.input_tree import InputTree
from bcdslc.spec.decode import decode
from bcdslc.spec.tree import tree_of
from bcdslc.tree.file_tree import FileTree
from bcdslc.tree.from_mapping import from_mapping


def answers(lines: Iterable[bytes]) -> Iterator[str]:
    """Yield one line of JSON for each line, in order."""
    for line in lines:
        yield json.dumps(_answer(line), separators=(",", ":"))


def _answer(line: bytes) -> Mapping[str, object]:
    try:
        question = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as why:
        return {"error": f"not a line of JSON: {why}"}
    if not isinstance(question, dict) or not {"repos", "input"} <= question.keys():
        return {"error": "a line is an object with `repos` and `input`"}
    tree = _tree(question["input"])
    if isinstance(tree, str):
        return {"error": tree}
    repos = _repos(question["repos"])
    if isinstance(repos, str):
        return {"error": repos}
    prepared = prepare(tree, repos)
    if prepared.node is None:
        return {"error": "; ".join(map(str, prepared.obstacles))}
    return {"datums": [_shown(datum) for datum in listing(prepared.node)]}


def _tree(value: object) -> InputTree | str:
    spec, problems = decode({"input": value})
    if problems or spec is None:
        return problems[0].message if problems else "`input` is no input"
    tree = tree_of(spec.request.input)
    return tree if tree is not None else "an input is exactly one of pfs, cross, join, group, union"


def _repos(value: object) -> Repos | str:
    if not isinstance(value, dict):
        return "`repos` is no object"
    found: dict[tuple[str | None, str, str], FileTree] = {}
    for name, files in value.items():
        if not isinstance(files, dict) or not all(isinstance(t, str) for t in files.values()):
            return f"`{name}` is no mapping of paths to texts"
        repo, _, branch = name.partition("@")
        found[None, repo, branch or "master"] = from_mapping(files, name)
    return found


def _shown(datum: Datum) -> Mapping[str, object]:
    return {"id": datum_id(datum), "files": [_file(*entry[:2]) for entry in datum.entries]}


def _file(source: Source, path: str) -> Mapping[str, object]:
    digest = source.files.digest(path)
    known = digest is not None and digest.servers
    return {
        "repo": source.repo,
        "path": path,
        "hash": digest.value.hex() if digest is not None and known else None,
        "size": source.files.size(path),
    }
