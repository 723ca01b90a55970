"""Files and an input on one line of JSON, the datums of both on another: for programs.

A line is `{"repos": {"repo@branch": {path: content}}, "input": {…}}`; the answer is
`{"datums": [{"id", "files": [{"repo", "path", "hash", "size"}]}]}` or `{"error": text}`, as the
server answers when it is asked to list the datums of an input. That call does not check what
creating a pipeline checks: names may repeat, and an absent glob acts as `/`. Files that no
commit can hold are an error, since the server would not have taken them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from bcdsl.frozen import fields
from bcdslc.datum.identity import datum_id
from bcdslc.datum.listing import listing
from bcdslc.datum.prepare import Repos, prepare
from bcdslc.datum.source import Datum, Source
from bcdslc.input_tree import InputTree
from bcdslc.spec.decode import decode
from bcdslc.spec.message import Input
from bcdslc.spec.tree import tree_of
from bcdslc.tree.file_tree import FileTree
from bcdslc.tree.from_mapping import from_mapping
from bcdslc.tree.problem import TWO_SPELLINGS

_NAMELESS = "a pipeline without name: "  # what problems without a place start with


def answer(line: bytes) -> str:
    """Return the answer to one line, itself one line without its end."""
    return json.dumps(_answer(line), separators=(",", ":"))


def _answer(line: bytes) -> Mapping[str, object]:
    try:
        question = json.loads(line.decode("utf-8-sig"))
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
        return problems[0].message.removeprefix(_NAMELESS) if problems else "`input` is no input"
    tree = tree_of(spec.request.input)
    return tree if tree is not None else _malformed(spec.request.input or Input())


def _malformed(message: Input) -> str:
    """Return why a message that is no tree is none."""
    kinds = [each.name for each in fields(message) if getattr(message, each.name)]
    if len(kinds) != 1:
        found = " and ".join(kinds) or "nothing"
        return f"an input is one of pfs, join, group, cross, union; one here is {found}"
    if message.pfs is not None and not message.pfs.repo:
        return "a pfs input names no repo"
    if message.cron is not None:
        return "a cron input's ticks are not known before they happen"
    return next(_malformed(part) for part in _parts(message) if tree_of(part) is None)


def _parts(message: Input) -> tuple[Input, ...]:
    return message.join or message.group or message.cross or message.union or ()


def _repos(value: object) -> Repos | str:
    if not isinstance(value, dict):
        return "`repos` is no object"
    found: dict[tuple[str | None, str, str], FileTree] = {}
    for name, files in value.items():
        if not isinstance(files, dict) or not all(isinstance(t, str) for t in files.values()):
            return f"`{name}` is no mapping of paths to texts"
        repo, _, branch = name.partition("@")
        tree = from_mapping(files, name)
        for problem in tree.problems:
            if problem.code != TWO_SPELLINGS:  # there the second text replaces the first
                return f"no commit holds these files: {problem.message}"
        for project in (None, "default"):
            found[project, repo, branch or "master"] = tree
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
