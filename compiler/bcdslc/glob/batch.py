"""Questions about globs as JSON lines, for programs that ask many.

A question is `{"glob", "path", "replace"}`, taken as it is written (nothing is cleaned); the
answer is `{"error", "match", "captures", "replaced"}`. An error starts with `compile: ` or
`replace panic: `; after the second, match and captures still count. A line that is no question
is answered by `{"error"}` alone.
"""

from __future__ import annotations

import json
from functools import lru_cache

from bcdslc.glob.error import GlobError
from bcdslc.glob.matcher import Matcher, compile_glob
from bcdslc.glob.template import TemplateError, expand


def answer(line: bytes | str) -> str:
    """Return the answer to one line, itself one line without its end."""
    try:
        question = json.loads(line)
    except (ValueError, RecursionError) as why:  # bad UTF-8 is a ValueError, too
        return json.dumps({"error": f"this line is not JSON: {why}"})
    if not isinstance(question, dict):
        return json.dumps({"error": "this line is not a JSON object"})
    glob, path = question.get("glob"), question.get("path")
    template = question.get("replace", "")
    if not (isinstance(glob, str) and isinstance(path, str) and isinstance(template, str)):
        return json.dumps({"error": "`glob`, `path` and `replace` must be texts"})
    return json.dumps(_answer(glob, path, template))


def _answer(glob: str, path: str, template: str) -> dict[str, object]:
    matcher = _compiled(glob)
    if isinstance(matcher, str):
        return {"error": f"compile: {matcher}", "match": False, "captures": [], "replaced": ""}
    captures = matcher.match(path) or None  # the library itself knows no match by decree
    error, replaced = None, ""
    try:
        replaced = expand(template, captures or ())
    except TemplateError as why:
        error = f"replace panic: {why}"
    return {
        "error": error,
        "match": captures is not None,
        "captures": list(captures or ()),
        "replaced": replaced,
    }


@lru_cache(maxsize=4096)
def _compiled(glob: str) -> Matcher | str:
    try:
        return compile_glob(glob)
    except GlobError as why:
        return str(why)
