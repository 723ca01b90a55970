"""Tree to text: the glob that Pachyderm gets for a pattern.

A name without a key loses its bracket, since every bracket left is a number to count. It stays
where `|` needs it, and where the bare text would join its neighbour to `**`, `*(` or `?(`.
What is written reads back as the same tree, and Pachyderm's cleaning leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bcdsl.frozen import dataclass, field, replace
from bcdsl.pattern.canonical import canonical
from bcdsl.pattern.tree import (
    AnyChar,
    Braces,
    CharClass,
    DoubleStar,
    Fixed,
    Group,
    Node,
    Pattern,
    Star,
    Text,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A glob as emitted.

    `numbers` gives a kept name its bracket; `raw` gives a bracket as written (names included)
    its number as emitted, and lacks those that are gone.
    """

    glob: str
    numbers: Mapping[str, int]
    raw: Mapping[int, int]


def write_glob(pattern: Pattern, keep: Collection[str]) -> Written:
    """Return the canonical glob of a pattern, with brackets for the names in `keep`."""
    nodes = _unbracketed(pattern.nodes, frozenset(keep))
    writer = _Writer()
    writer.sequence(nodes)
    glob = "".join(writer.out)
    if not glob.startswith("/") or canonical(glob) != glob:
        glob = _guarded(writer.out)
    return Written(glob=glob, numbers=writer.numbers, raw=writer.raw)


# --- which brackets go ---


def _unbracketed(nodes: Sequence[Node], keep: frozenset[str]) -> tuple[Node, ...]:
    """Return the nodes with the brackets taken away that may go, from left to right."""
    kept: list[Node] = []
    nodes = [node for node in nodes if not isinstance(node, Text | Fixed) or node.text]
    for index, node in enumerate(nodes):
        if not isinstance(node, Group | Braces):
            kept.append(node)
            continue
        group = replace(
            node, alternatives=tuple(_unbracketed(each, keep) for each in node.alternatives)
        )
        before = kept[-1] if kept else None
        after = nodes[index + 1] if index + 1 < len(nodes) else None
        if _may_go(group, keep, before, after):
            kept.extend(group.alternatives[0])
        else:
            kept.append(group)
    return tuple(kept)


def _may_go(
    group: Group | Braces, keep: frozenset[str], before: Node | None, after: Node | None
) -> bool:
    if not isinstance(group, Group) or group.name is None or group.name in keep:
        return False
    if len(group.alternatives) > 1:
        return False
    inner = group.alternatives[0]
    last = inner[-1] if inner else before
    first = inner[0] if inner else None
    return not _joins(before, first) and not _joins(last, after)


def _joins(before: Node | None, after: Node | None) -> bool:
    """Say whether a wildcard and the text after it would read as another token."""
    if before is None or after is None:
        return False
    return _ends(before) + _begins(after) in ("**", "*(", "?(")


def _ends(node: Node) -> str:
    return {Star: "*", DoubleStar: "*", AnyChar: "?"}.get(type(node), "")


def _begins(node: Node) -> str:
    if isinstance(node, Group):
        return "(" if node.operator == "@" else node.operator if node.operator == "*" else ""
    return "*" if isinstance(node, Star | DoubleStar) else ""


# --- the text ---


@dataclass(slots=True)
class _Writer:
    """The glob's characters so far, each with its backslash if it has one.

    `braces` and `brackets` are the reader's counters: they decide what text must escape, and
    which of `}` and `)` the reader will take as the end of the innermost group.
    """

    out: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    raw: dict[int, int] = field(default_factory=dict)
    count: int = 0
    braces: int = 0
    brackets: int = 0
    after_text: bool = False

    def sequence(self, nodes: Sequence[Node]) -> None:
        for before, node in zip((None, *nodes), nodes, strict=False):
            if isinstance(before, Star) and isinstance(node, Star | DoubleStar):
                self._put("{}")  # a parameter filled with nothing stood between two stars
            match node:
                case Text(text=text) | Fixed(text=text):
                    self._text(text)
                case AnyChar():
                    self._put("?")
                case Star():
                    self._put("*")
                case DoubleStar():
                    self._put("**")
                case CharClass():
                    self._char_class(node)
                case Braces():
                    self.braces += 1
                    self._put("{")
                    self._alternatives(node, ",", "}")
                case Group():
                    self._group(node)

    def _put(self, token: str) -> None:
        self.out.extend(token)
        self.after_text = False

    def _text(self, text: str) -> None:
        special = "\\?*[{(@!^+"
        if self.braces:
            special += "},"
        if self.brackets:
            special += ")|"
        self._escaped(text, special)
        self.after_text = self.after_text or bool(text)

    def _escaped(self, text: str, special: str) -> None:
        self.out.extend("\\" + char if char in special else char for char in text)

    def _char_class(self, node: CharClass) -> None:
        self._put("[!" if node.negated else "[")
        self._escaped(node.members, "\\[]!^")
        self._put("]")

    def _group(self, node: Group) -> None:
        self.count += 1
        self.brackets += 1
        if node.number:
            self.raw[node.number] = self.count
        if node.name is not None:
            self.numbers[node.name] = self.count
        plain = node.operator == "@" and (not self.out or self.out[-1] not in ("*", "?"))
        self._put("(" if plain else node.operator + "(")
        self._alternatives(node, "|", ")")

    def _alternatives(self, node: Braces | Group, separator: str, closer: str) -> None:
        for index, alternative in enumerate(node.alternatives):
            if index:
                self._put(separator if self._taken_as(separator) else _OTHER[separator])
            self.sequence(alternative)
        if not self._taken_as(closer):
            closer = _OTHER[closer]
        self._put(closer)
        if closer == "}":
            self.braces -= 1
        else:
            self.brackets -= 1

    def _taken_as(self, mark: str) -> bool:
        """Say whether the reader takes `}`, `,`, `)` or `|` here as more than text."""
        if mark in "},":
            return self.braces > 0
        return self.brackets > 0 and not (self.braces and self.after_text)


_OTHER = {"}": ")", ")": "}", ",": "|", "|": ","}


def _guarded(out: Sequence[str]) -> str:
    """Return the glob with a backslash wherever cleaning would take something away.

    Such a glob has an empty, `.` or `..` element and so matches no path; it goes on doing so.
    """
    kept: list[str] = [] if out and out[0] == "/" else ["/"]
    for char in out:
        before = kept[-1] if kept else ""
        kept.append("\\" + char if char in ("/", ".") and before.endswith("/") else char)
    if len(kept) > 1 and kept[-1] == "/":
        kept[-1] = "{/}"  # cleaning takes a final slash away, escaped or not
    return "".join(kept)
