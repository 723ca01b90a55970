"""`join_on` and `group_by`: text with `<name>` and `$n`."""

from __future__ import annotations

from bcdsl.finding import error
from bcdsl.grammar.parse import parse
from bcdsl.grammar.tree import Branch, Token, Unexpected
from bcdsl.model import Key, KeyPart
from bcdsl.place import part
from bcdsl.resolve.scope import Scope
from bcdsl.yaml_tree import Scalar

CODE = "BC165"


def read_key(scalar: Scalar, scope: Scope) -> Key | None:
    """Return a written key, or None after noting why it is none."""
    tree = parse("key", scalar.text)
    if isinstance(tree, Unexpected):
        at, text = tree.at, scalar.text
        dollar = text[at : at + 1] == "$"
        scope.problems.append(
            error(
                CODE,
                f"`{text[at]}` starts no {'number of a bracket' if dollar else 'name'}",
                part(scalar, at, at + 1),
                "write `$1`, `${1}`, or `$$` for the character"
                if dollar
                else "write `<name>`; a key holds no other `<`",
            )
        )
        return None
    parts = tuple(_part(child) for child in tree.children if isinstance(child, Branch))
    return Key(parts=parts, span=part(scalar, 0, len(scalar.text)))


def _part(branch: Branch) -> KeyPart:
    token = branch.children[0]
    assert isinstance(token, Token)
    match branch.rule:
        case "name":
            return KeyPart(name=token.text[1:-1])
        case "number":
            return KeyPart(number=int(token.text.strip("${}")))
        case "dollar":
            return KeyPart(text="$")
        case _:
            return KeyPart(text=token.text)
