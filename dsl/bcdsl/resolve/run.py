"""What a stage runs: `cmd` or `script`, and what runs after a failing try."""

from __future__ import annotations

from posixpath import normpath

from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.finding import error
from bcdsl.model import Command, OnError, Run, Script
from bcdsl.place import part, spanned
from bcdsl.read.wrong import NEEDED
from bcdsl.resolve.insert import Captures, insert, insert_text
from bcdsl.resolve.scope import FileProblem, Scope
from bcdsl.source import Span, Spanned
from bcdsl.syntax import Fields, Listed
from bcdsl.values.words import NO_WORDS, split_words
from bcdsl.yaml_tree import Mapping, Scalar

TOO_LONG = "BC133"
NO_FILE = "BC134"
OUTSIDE = "BC135"
SHELL_ALONE = "BC138"

LONGEST = (
    131_071  # bytes: MAX_ARG_STRLEN of Linux less the final zero, include/uapi/linux/binfmts.h
)
_FILE = "the path is relative to the document, and the file stands in its folder or below"
_SHELL = ("/bin/bash", "-euo", "pipefail", "-c")


def resolve_run(fields: Fields, shell: Fields, captured: Captures, scope: Scope) -> Run | None:
    """Return what `cmd` or `script` of a record says, the shell as another record says it."""
    cmd = fields.listed("cmd")
    if cmd is not None:
        words = resolve_words(cmd, captured, scope, _repair(fields))
        if words is None:
            return None
        return Command(words=words, span=cmd.node.span, split=isinstance(cmd.node, Scalar))
    script = fields.values.get("script")
    if isinstance(script, Scalar):
        text: Spanned[str] | None = spanned(script)
        span = script.span
    elif isinstance(script, Fields):
        text = _file(script, scope)
        span = script.node.span
    else:
        return None
    listed = shell.listed("shell")
    before = (
        tuple(Spanned(word, span) for word in _SHELL)
        if listed is None
        else resolve_words(
            listed, captured, scope, "name the shell's program and its options alone"
        )
    )
    if text is None or before is None or not _fits(text, span, scope):
        return None
    return Script(shell=before, text=text, span=span)


def _repair(fields: Fields) -> str:
    """Return how a shell is asked for: the short form of `on_error` has no key to replace."""
    short = isinstance(fields.node, Mapping) and any(
        key.text == "cmd" and key.start == key.end for key, _ in fields.node.entries
    )
    return "write `{script: …}`" if short else "write `script:` in place of `cmd:`"


def resolve_words(
    listed: Listed, captured: Captures, scope: Scope, repair: str
) -> tuple[Spanned[str], ...] | None:
    """Return the words of a command: a text is split first, parameters are put in after."""
    node = listed.node
    if isinstance(node, Scalar):
        words = split_words(node, repair)
        if isinstance(words, Diagnostic):
            scope.problems.append(words)
            return None
        found = [
            None
            if (text := insert_text(word.text, node, word.start, scope, captured)) is None
            else Spanned(text, part(node, word.start, word.end))
            for word in words
        ]
    else:
        found = [insert(item, scope, captured) for item in listed.items if isinstance(item, Scalar)]
        if not found:
            scope.problems.append(
                error(
                    NO_WORDS,
                    "a command has at least one word",
                    node.span,
                    "write the program's name",
                )
            )
            return None
    whole = tuple(word for word in found if word is not None)
    return whole if len(whole) == len(found) else None


def _file(script: Fields, scope: Scope) -> Spanned[str] | None:
    path = script.text("file")
    if path is None:
        return None
    clean = normpath(path.text.replace("\\", "/"))
    if clean.startswith(("../", "/")) or clean == ".." or ":" in clean.partition("/")[0]:
        scope.problems.append(
            error(
                OUTSIDE,
                f"`{path.text}` does not stand in the document's folder",
                path.span,
                "write a path relative to the document, to a file in its folder or below",
            )
        )
        return None
    text = scope.files.read(clean)
    if isinstance(text, FileProblem):
        scope.problems.append(error(NO_FILE, text.message, path.span, _FILE))
        return None
    return Spanned(text, path.span)


def _fits(text: Spanned[str], span: Span, scope: Scope) -> bool:
    size = len(text.value.encode("utf-8", "surrogatepass"))
    if size <= LONGEST and "\0" not in text.value:
        return True
    why = (
        f"the script has {size:,} bytes, and Linux takes at most {LONGEST:,} in one argument"
        if size > LONGEST
        else "the script holds a NUL character, which no argument can"
    )
    scope.problems.append(
        error(TOO_LONG, why, _first_line(span), "put it into the image, or into a repo")
    )
    return False


def _first_line(span: Span) -> Span:
    end = span.source.text.find("\n", span.start, span.end)
    return span if end < 0 else Span(span.source, span.start, end)


def resolve_lines(fields: Fields) -> tuple[Spanned[str], ...] | None:
    """Return the lines of `stdin`: a text is split, its final newline dropped."""
    listed = fields.listed("stdin")
    if listed is None:
        return None
    node = listed.node
    if not isinstance(node, Scalar):
        return tuple(spanned(item) for item in listed.items if isinstance(item, Scalar))
    text = node.text.removesuffix("\n")
    return tuple(Spanned(line, node.span) for line in text.split("\n"))


def resolve_on_error(fields: Fields, captured: Captures, scope: Scope) -> OnError | None:
    """Return what runs after a failing try."""
    record = fields.record("on_error")
    if record is None:
        return None
    run = resolve_run(record, fields, captured, scope)
    if run is None:
        if "cmd" not in record.values and "script" not in record.values and record.sound:
            scope.problems.append(
                error(
                    NEEDED,
                    "`on_error` needs `cmd` or `script`",
                    _first_line(record.node.span),
                    "write `cmd: …` or `script: …`",
                )
            )
        return None
    return OnError(run=run, stdin=resolve_lines(record), span=record.node.span)


def shell_alone(fields: Fields, own: bool) -> Diagnostic | None:
    """Say that a stage writes `shell` itself and has no script."""
    shell = fields.listed("shell")
    error_run = fields.record("on_error")
    has_script = "script" in fields.values or (
        error_run is not None and "script" in error_run.values
    )
    if shell is None or has_script or not own or not fields.sound:
        return None
    cmd = fields.listed("cmd")
    return error(
        SHELL_ALONE,
        "`shell` stands before a script, and the stage has none",
        shell.node.span,
        "write `script:`, or take `shell` out",
        labels=(Label(cmd.node.span, "this runs without a shell"),) if cmd is not None else (),
    )
