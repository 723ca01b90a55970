"""`from`: leaves, lists, names and operators, told apart by their keys."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error, replace_with
from bcdsl.form import Boolean
from bcdsl.input_kind import InputKind, input_kind
from bcdsl.keys.inputs import CRON, GROUP_EACH, LEAF, NOT_INPUT_NAMES, OPERATORS
from bcdsl.place import inner
from bcdsl.read import wrong
from bcdsl.read.reader import Reader
from bcdsl.source import Span
from bcdsl.syntax import InputsSyntax, ItemSyntax, LeafSyntax, Listed, OperatorSyntax
from bcdsl.widen import under_key
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence

ONE_INPUT = "BC161"
NAME_TWICE = "BC162"
RESERVED = "BC163"
CRON_WITHOUT_NAME = "BC164"

_OPTIONS = frozenset(LEAF.keys) | frozenset(CRON.keys)
_FLAGS = frozenset(name for name, key in LEAF.keys.items() if isinstance(key.form, Boolean))


def read_inputs(reader: Reader, node: Node, label: str) -> InputsSyntax:
    """Return what stands under `from`."""
    return _InputReader(reader).read(node, label)


class _InputReader:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.sound = True

    def read(self, node: Node, label: str) -> InputsSyntax:
        items = self._inputs(node, label)
        return InputsSyntax(items, self.sound, node.span)

    def _wrong(self, problem: Diagnostic) -> None:
        self.reader.wrong(problem)
        self.sound = False

    def _inputs(self, node: Node, label: str) -> tuple[ItemSyntax, ...]:
        """Read a list, names, or (at the top) one input by itself."""
        kind = input_kind(node)
        if kind is InputKind.NOTHING:
            assert isinstance(node, Scalar)
            if node.missing:
                self._wrong(wrong.missing_item(node, label))
            else:
                self._wrong(wrong.null(node, label))
            return ()
        if isinstance(node, Sequence):
            if not node.items:
                self._wrong(wrong.empty_list(node, label, "inputs"))
            found = [self._item(item, label) for item in node.items]
            return tuple(item for item in found if item is not None)
        if kind is InputKind.NAMES:
            assert isinstance(node, Mapping)
            leaves = [self._named(key, value) for key, value in node.entries]
            named = tuple(leaf for leaf in leaves if leaf is not None)
            if not named and self.sound and not self.reader.partial:
                self._wrong(wrong.empty_list(node, label, "inputs"))
            return named
        one = self._one(node, label, None)
        return () if one is None else (one,)

    def _item(self, node: Node, label: str) -> ItemSyntax | None:
        """Read one item of a list."""
        kind = input_kind(node)
        if isinstance(node, Sequence):
            self._wrong(
                error(
                    ONE_INPUT,
                    f"an item of {label} is one input, and this is a list",
                    wrong.head(node),
                    help="take the inner brackets out, or combine the inputs: `cross: […]`",
                )
            )
            return None
        if kind is InputKind.NOTHING:
            assert isinstance(node, Scalar)
            problem = wrong.missing_item if node.missing else wrong.null
            self._wrong(problem(node, f"an item of {label}"))
            return None
        if kind is not InputKind.NAMES:
            return self._one(node, label, None)
        assert isinstance(node, Mapping)
        if len(node.entries) != 1:
            self._wrong(_not_one(node, label))
            return None
        ((key, value),) = node.entries
        return self._named(key, value)

    def _named(self, key: Scalar, node: Node) -> LeafSyntax | None:
        """Read `NAME: leaf`."""
        kind = input_kind(node)
        label = f"`{key.text}`"
        if kind is InputKind.NOTHING:
            assert isinstance(node, Scalar)
            if node.missing:
                self._wrong(wrong.missing(key))
            return None
        if key.text in NOT_INPUT_NAMES or not key.text:
            self._wrong(reserved(key))
            return None
        if "<" in key.text and ">" not in key.text.rpartition("<")[2]:
            self._wrong(_cut_name(key, node))
            return None
        if key.text in _FLAGS and (word := _bare(node)).lower() in ("true", "false"):
            self._wrong(_option(key, word))
            return None
        if kind in (InputKind.REF, InputKind.LEAF):
            one = self._one(node, label, key)
            assert one is None or isinstance(one, LeafSyntax)
            return one
        if kind is InputKind.NAMES:
            assert isinstance(node, Mapping)
            if all(option.text in _OPTIONS for option, _ in node.entries):
                if not self.reader.partial:
                    self._wrong(wrong.needed(wrong.head(node), f"the input {label}", "of", "repo"))
                elif self.reader.record(node, LEAF, label) is None:
                    self.sound = False
                return None
        self._wrong(
            error(
                wrong.WRONG_KIND,
                f"{label} names one input, not {_combination(node, kind)}",
                wrong.head(node),
                help=LEAF.elsewhere.get(key.text)
                or "names stand inside: `{union: [{NAME: repo}, …]}`; an operator has no name",
            )
        )
        return None

    def _one(self, node: Node, label: str, name: Scalar | None) -> ItemSyntax | None:
        """Read a ref, a leaf or an operator."""
        if isinstance(node, Scalar):
            node = under_key("of", node)
        assert isinstance(node, Mapping)
        if input_kind(node) is InputKind.LEAF:
            return self._leaf(node, name)
        return self._operator(node, label)

    def _leaf(self, node: Mapping, name: Scalar | None) -> LeafSyntax | None:
        cron = node.get("cron") is not None and node.get("of") is None
        what = "a cron input" if cron else "an input"
        fields = self.reader.record(node, CRON if cron else LEAF, what)
        assert fields is not None
        if not cron and node.get("cron") is not None:
            self._two_kinds(node)
        self.sound = self.sound and fields.sound
        inside = fields.text("name")
        if name is not None and inside is not None:
            self._wrong(
                error(
                    NAME_TWICE,
                    f"the input `{name.text}` is named again by `name:`",
                    inside.span,
                    help=f"keep `{name.text}:` or `name: {inside.text}`, not both",
                )
            )
        if inside is not None and (inside.text in NOT_INPUT_NAMES or not inside.text):
            self._wrong(reserved(inside))
        if cron and name is None and inside is None:
            self._wrong(
                error(
                    CRON_WITHOUT_NAME,
                    "a cron input needs a name",
                    wrong.head(node),
                    help="write `tick: {cron: …}`",
                )
            )
        return LeafSyntax(fields, name if name is not None else inside, cron, wrong.head(node))

    def _two_kinds(self, node: Mapping) -> None:
        keys = [key for key, _ in node.entries if key.text in ("of", "cron")]
        self._wrong(wrong.two_kinds(keys[0], keys[1], "an input"))

    def _operator(self, node: Mapping, label: str) -> OperatorSyntax | None:
        """Read a mapping that holds an operator: it stands alone, but for the `each` of `group`."""
        (key, value) = next(entry for entry in node.entries if entry[0].text in OPERATORS)
        each = None
        for other, other_value in node.entries:
            if other is key:
                continue
            if other.text == "each" and key.text == "group":
                if isinstance(other_value, Scalar) and other_value.null:
                    continue
                if isinstance(other_value, Scalar) and other_value.missing:
                    self._wrong(wrong.missing(other))
                    continue
                found = self.reader.read(other_value, GROUP_EACH.form, "`each`")
                each = found if isinstance(found, Listed) else None
                self.sound = self.sound and each is not None
            elif not other.text.startswith("x-"):
                self._wrong(_beside_operator(other, key))
        if isinstance(value, Scalar) and value.missing:
            self._wrong(wrong.missing(key))
            return None
        before = self.sound
        items = self._inputs(value, f"`{key.text}`")
        sound = before and self.sound
        return OperatorSyntax(key.text, items, each, sound, key.span)


def reserved(name: Scalar) -> Diagnostic:
    """Say that an input cannot have this name."""
    if not name.text:
        advice = "write a name, or take `name` out: without one it is the repo's"
        return error(RESERVED, "an input cannot have an empty name", name.span, help=advice)
    return error(
        RESERVED,
        f"an input cannot be named `{name.text}`",
        inner(name),
        help="choose another name; `/pfs/out` and `/pfs/.env` are Pachyderm's own"
        if name.text in ("out", ".env")
        else "choose another name; this word has a meaning in `from`",
    )


def _bare(node: Node) -> str:
    """Return a ref as it was written alone and without quotes, before it was widened."""
    if isinstance(node, Mapping) and len(node.entries) == 1:
        ((key, value),) = node.entries
        node = value if key.text == "of" and key.start == key.end else node
    return node.text if isinstance(node, Scalar) and not node.style else ""


def _cut_name(key: Scalar, node: Node) -> Diagnostic:
    """Say that a blank behind a colon has cut a pattern: `a:/<x: b>` is a mapping to YAML."""
    colon = Span(key.source, key.end, node.start)
    return error(
        ONE_INPUT,
        f"the blank behind `{key.text}:` makes a mapping of this pattern",
        key.span,
        help=f"write `{key.text}:{_bare(node)}`",
        fix=replace_with(colon, ":") if not key.style and colon.text.strip() == ":" else None,
    )


def _option(key: Scalar, word: str) -> Diagnostic:
    """Say that an option stands where inputs are named."""
    return error(
        ONE_INPUT,
        f"`{key.text}` stands where inputs are named, and `{word}` is no ref",
        key.span,
        help=f"an input with options is written `{{of: ref, {key.text}: {word}}}`",
    )


def _combination(node: Node, kind: InputKind) -> str:
    if kind is InputKind.LIST:
        return "a list"
    return "several" if kind is InputKind.NAMES else f"a `{kind.value}`"


def _not_one(node: Mapping, label: str) -> Diagnostic:
    if not node.entries:
        return wrong.empty_list(node, f"an item of {label}", "one input")
    keys = [key.text for key, _ in node.entries]
    names = ", ".join(f"`{name}`" for name in keys)
    options = any(name in LEAF.keys for name in keys)
    return error(
        ONE_INPUT,
        f"an item of {label} holds one input, and this has {names}",
        wrong.head(node),
        help="a ref with options is written `{of: ref, …}`"
        if options
        else "give each its own item, or write one mapping instead of the list",
    )


def _beside_operator(other: Scalar, key: Scalar) -> Diagnostic:
    helps = (
        "`each` of a `group` stands beside it; of a stage, beside `from`"
        if other.text == "each"
        else f"give `{other.text}` an item of its own: `[{{{key.text}: …}}, {{{other.text}: …}}]`"
    )
    return error(ONE_INPUT, f"`{other.text}` stands beside `{key.text}`", other.span, help=helps)
