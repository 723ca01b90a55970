"""One stage as meant."""

from __future__ import annotations

import re
from functools import partial

from bcdsl.diagnostic import Label
from bcdsl.finding import error
from bcdsl.input_names import leaves_of
from bcdsl.model import Hardware, Inputs, Script, Stage
from bcdsl.pattern.tree import Pattern
from bcdsl.resolve.inputs import resolve_inputs
from bcdsl.resolve.insert import Captured, Captures, insert
from bcdsl.resolve.patterns import resolve_pattern
from bcdsl.resolve.run import resolve_lines, resolve_on_error, resolve_run, shell_alone
from bcdsl.resolve.scope import Scope
from bcdsl.resolve.secrets import resolve_secrets
from bcdsl.resolve.settings import (
    datums_per_set,
    duration,
    egress,
    pairs,
    raw_spec,
    service,
    spout,
    text,
    texts,
)
from bcdsl.source import Spanned
from bcdsl.syntax import Fields, InputsSyntax, leaves_below
from bcdsl.yaml_tree import Scalar

PARAMETER_TWICE = "BC318"

_NAME = re.compile(r"<([A-Za-z_][A-Za-z0-9_]*)[:>]", re.ASCII)

Env = tuple[tuple[Spanned[str], Spanned[str]], ...]


def resolve_stage(
    key: Scalar, fields: Fields, own: frozenset[str], hardware: Hardware | None, scope: Scope
) -> Stage:
    """Return a stage; `own` are the keys that it writes itself. Problems go to the scope."""
    written = fields.inputs("from")
    captured = partial(_captured, written)
    each = fields.listed("each")
    inputs = None if written is None else resolve_inputs(written, each, captured, scope)
    run = resolve_run(fields, fields, captured, scope)
    on_error = resolve_on_error(fields, captured, scope)
    env = _env(fields, captured, scope)
    if isinstance(run, Script) or (on_error is not None and isinstance(on_error.run, Script)):
        _parameters_apart(env, inputs, scope)
    problem = shell_alone(fields, "shell" in own)
    if problem is not None:
        scope.problems.append(problem)
    image = fields.text("image")
    local = fields.record("local")
    metadata = fields.record("metadata")
    return Stage(
        name=Spanned(key.text, key.span),
        about=text(fields, "about"),
        image=None if image is None else insert(image, scope, captured),
        run=run,
        stdin=resolve_lines(fields),
        inputs=inputs,
        writes=_patterns(fields, "writes", scope),
        env=env,
        secrets=resolve_secrets(fields, scope),
        pull_secrets=texts(fields, "pull_secrets"),
        hardware=hardware,
        workers=fields.number("workers"),
        autoscale=fields.flag("autoscale"),
        datums_per_set=datums_per_set(fields, scope),
        batch=fields.flag("batch"),
        workdir=text(fields, "workdir"),
        user=text(fields, "user"),
        tries=fields.number("tries"),
        datum_timeout=duration(fields, "datum_timeout", scope),
        job_timeout=duration(fields, "job_timeout", scope),
        accept_codes=fields.numbers("accept_codes"),
        on_error=on_error,
        output_branch=text(fields, "output_branch"),
        egress=egress(fields, scope),
        s3_out=fields.flag("s3_out"),
        service=service(fields.record("service")),
        spout=spout(fields),
        reprocess_when=text(fields, "reprocess_when"),
        labels=pairs(metadata, "labels"),
        annotations=pairs(metadata, "annotations"),
        local_pfs=None if local is None else text(local, "pfs"),
        spec=raw_spec(fields, scope),
        span=key.span,
    )


def _patterns(fields: Fields, key: str, scope: Scope) -> tuple[Spanned[Pattern], ...]:
    found = (resolve_pattern(scalar, 0, scope) for scalar in fields.texts(key) or ())
    return tuple(Spanned(*pattern) for pattern in found if pattern is not None)


def resolve_files(fields: Fields, scope: Scope) -> tuple[Spanned[Pattern], ...]:
    """Return what a repo holds."""
    return _patterns(fields, "files", scope)


def _captured(inputs: InputsSyntax | None) -> dict[str, Captured]:
    """Return the names that inputs capture, each with the first input that does.

    They are taken from what is written, so that they are known where a ref means nothing.
    """
    found: dict[str, Captured] = {}
    for leaf in leaves_below(inputs):
        of = leaf.fields.text("of")
        if of is None:
            continue
        repo, _, pattern = of.text.partition(":")
        folder = leaf.name.text if leaf.name is not None else repo.split("@")[0].split("/")[-1]
        for name in _NAME.findall(pattern):
            known = found.get(name)
            found[name] = Captured(known.leaf if known else folder, known is not None)
    return found


def _env(fields: Fields, captured: Captures, scope: Scope) -> Env:
    found = []
    for key, value in fields.pairs("env") or ():
        inserted = insert(value, scope, captured)
        if inserted is not None:
            found.append((Spanned(key.text, key.span), inserted))
    return tuple(found)


def _parameters_apart(env: Env, inputs: Inputs | None, scope: Scope) -> None:
    """Note variables and inputs with the name of a parameter, which a script gets as a variable."""
    scope.used.update(scope.filled)
    if not scope.filled:
        return
    taken = [(key.value, key.span, "variable") for key, _ in env]
    for item in inputs.items if inputs is not None else ():
        taken.extend((leaf.name.value, leaf.name.span, "input") for leaf in leaves_of(item))
    for name, span, what in taken:
        value = scope.filled.get(name)
        if value is not None:
            scope.problems.append(
                error(
                    PARAMETER_TWICE,
                    f"the {what} `{name}` has the name of a parameter, which a script gets as a"
                    " variable",
                    span,
                    f"take it out, and use `${name}`" if what == "variable" else "rename one",
                    labels=(Label(value.span, "the parameter"),),
                )
            )
