"""Inputs as meant."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.finding import error
from bcdsl.keys.inputs import NOT_INPUT_NAMES
from bcdsl.model import CronLeaf, Inputs, Item, Key, Operator, OperatorKind, PfsLeaf, Trigger
from bcdsl.place import spanned
from bcdsl.read.inputs import RESERVED
from bcdsl.resolve.insert import Captures, insert
from bcdsl.resolve.key_text import read_key
from bcdsl.resolve.refs import resolve_ref
from bcdsl.resolve.scope import Scope
from bcdsl.source import Span, Spanned
from bcdsl.syntax import Fields, InputsSyntax, ItemSyntax, LeafSyntax, Listed, OperatorSyntax
from bcdsl.values.cron import read_cron
from bcdsl.values.time import read_time
from bcdsl.yaml_tree import Scalar

KEY_OUTSIDE = "BC166"
SAME_NAME = "BC167"
NO_CONDITION = "BC169"
NAMED_UNNAMED = "BC170"


def resolve_inputs(
    syntax: InputsSyntax, each: Listed | None, captured: Captures, scope: Scope
) -> Inputs | None:
    """Return what a stage reads, or None after noting why that cannot be told."""
    items = [_item(item, (), captured, scope) for item in syntax.items]
    whole = tuple(item for item in items if item is not None)
    if len(whole) < len(items) or not syntax.sound:
        return None
    if not _names_differ(whole, scope):
        return None
    return Inputs(
        items=whole,
        each=_each(each),
        each_span=each.node.span if each is not None else None,
        span=syntax.span,
    )


def _each(each: Listed | None) -> tuple[Spanned[str], ...] | None:
    if each is None:
        return None
    return tuple(spanned(name) for name in each.items if isinstance(name, Scalar))


def _item(
    syntax: ItemSyntax, above: tuple[str, ...], captured: Captures, scope: Scope
) -> Item | None:
    if isinstance(syntax, OperatorSyntax):
        return _operator(syntax, above, captured, scope)
    if syntax.cron:
        return _cron(syntax, scope)
    return _pfs(syntax, above, captured, scope)


def _operator(
    syntax: OperatorSyntax, above: tuple[str, ...], captured: Captures, scope: Scope
) -> Operator | None:
    items = [_item(item, (*above, syntax.kind), captured, scope) for item in syntax.items]
    whole = tuple(item for item in items if item is not None)
    if len(whole) < len(items) or not syntax.sound:
        return None
    return Operator(
        kind=OperatorKind(syntax.kind), items=whole, each=_each(syntax.each), span=syntax.span
    )


def _cron(syntax: LeafSyntax, scope: Scope) -> CronLeaf | None:
    fields = syntax.fields
    cron = fields.text("cron")
    if cron is None or syntax.name is None or not fields.sound:
        return None
    spec = _kept(read_cron(cron), scope)
    start = fields.text("start")
    start_time = None if start is None else _kept(read_time(start), scope)
    if spec is None or (start is not None and start_time is None):
        return None
    repo = fields.text("repo")
    name = insert(repo, scope) if repo is not None else None
    return CronLeaf(
        name=spanned(syntax.name),
        spec=spec,
        overwrite=fields.flag("overwrite"),
        start=start_time,
        repo=name,
        span=syntax.span,
    )


def _kept(value: Spanned[str] | Diagnostic, scope: Scope) -> Spanned[str] | None:
    if isinstance(value, Diagnostic):
        scope.problems.append(value)
        return None
    return value


def _pfs(
    syntax: LeafSyntax, above: tuple[str, ...], captured: Captures, scope: Scope
) -> PfsLeaf | None:
    fields = syntax.fields
    of = fields.text("of")
    if of is None:
        return None
    ref = resolve_ref(of, captured, scope)
    trigger = _trigger(fields, scope)
    join_on = _key(fields, "join_on", scope, above)
    group_by = _key(fields, "group_by", scope, above)
    if ref is None or not fields.sound:
        return None
    name = syntax.name
    if name is None and ref.repo.value in NOT_INPUT_NAMES:
        scope.problems.append(_reserved_repo(ref.repo))
        return None
    unnamed = fields.flag("unnamed")
    if name is not None and unnamed is not None and unnamed.value:
        scope.problems.append(
            error(
                NAMED_UNNAMED,
                f"the input `{name.text}` is named and `unnamed`",
                unnamed.span,
                "take one of the two out",
            )
        )
        return None
    return PfsLeaf(
        name=spanned(name) if name is not None else ref.repo,
        named=name is not None,
        project=ref.project,
        repo=ref.repo,
        writer=ref.writer,
        branch=ref.branch,
        pattern=ref.pattern,
        pattern_span=ref.pattern_span,
        keep=fields.flag("keep"),
        empty_files=fields.flag("empty_files"),
        lazy=fields.flag("lazy"),
        s3=fields.flag("s3"),
        reference=fields.flag("reference"),
        propagate=fields.flag("propagate"),
        unnamed=unnamed,
        trigger=trigger,
        join_on=join_on,
        group_by=group_by,
        span=syntax.span,
    )


def _reserved_repo(repo: Spanned[str]) -> Diagnostic:
    return error(
        RESERVED,
        f"an input cannot be named `{repo.value}`",
        repo.span,
        f"give it another name: `{{NAME: {repo.value}}}`",
    )


def _key(fields: Fields, key: str, scope: Scope, above: tuple[str, ...]) -> Key | None:
    scalar = fields.text(key)
    if scalar is None:
        return None
    if "join" not in above and "group" not in above:
        scope.problems.append(
            error(
                KEY_OUTSIDE,
                f"`{key}` stands outside of a written `join` or `group`",
                scalar.span,
                "name the parts of the paths that are equal: inputs that share a name are joined",
            )
        )
        return None
    return read_key(scalar, scope)


def _trigger(fields: Fields, scope: Scope) -> Trigger | None:
    trigger = fields.record("trigger")
    if trigger is None or not trigger.sound:
        return None
    size = trigger.text("size")
    cron, rate = trigger.text("cron"), trigger.text("rate_limit")
    found = Trigger(
        size=spanned(size) if size is not None else None,
        commits=trigger.number("commits"),
        cron=_kept(read_cron(cron), scope) if cron is not None else None,
        rate_limit=_kept(read_cron(rate), scope) if rate is not None else None,
        all=trigger.flag("all"),
        span=trigger.node.span,
    )
    if size is None and found.commits is None and cron is None and rate is None:
        scope.problems.append(
            error(
                NO_CONDITION,
                "a trigger without a condition never fires, or with `all` always",
                trigger.node.span,
                "write `size`, `commits`, `cron` or `rate_limit`",
            )
        )
        return None
    return found


def _names_differ(items: tuple[Item, ...], scope: Scope) -> bool:
    """Note inputs of one name; alternatives of a union may share one."""
    before = len(scope.problems)
    for item in items:
        _inside(item, scope)
    _distinct([names_below(item) for item in items], scope)
    return len(scope.problems) == before


def _inside(item: Item, scope: Scope) -> None:
    if isinstance(item, Operator):
        for below in item.items:
            _inside(below, scope)
        if item.kind is not OperatorKind.UNION:
            _distinct([names_below(below) for below in item.items], scope)


def _distinct(sides: list[dict[str, Span]], scope: Scope) -> None:
    seen: dict[str, Span] = {}
    for side in sides:
        for name, span in side.items():
            if name in seen:
                scope.problems.append(
                    error(
                        SAME_NAME,
                        f"two inputs are named `{name}`",
                        span,
                        f"name one of them: `{{{name}2: …}}`",
                        labels=(Label(seen[name], "the other"),),
                    )
                )
        seen = {**side, **seen}


def names_below(item: Item) -> dict[str, Span]:
    """Return the names of the inputs at or below an item, with a place for each."""
    if not isinstance(item, Operator):
        return {item.name.value: item.name.span}
    names: dict[str, Span] = {}
    for below in item.items:
        for name, span in names_below(below).items():
            names.setdefault(name, span)
    return names
