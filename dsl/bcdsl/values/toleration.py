"""Tolerations in one word: `key[=value][:Effect][@seconds]`."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error, replace_with
from bcdsl.grammar.parse import parse
from bcdsl.grammar.tree import Unexpected
from bcdsl.keys.hardware import EFFECTS, RAW_EFFECTS
from bcdsl.model import Toleration
from bcdsl.place import part
from bcdsl.source import Spanned
from bcdsl.suggest import nearest
from bcdsl.yaml_tree import Scalar

CODE = "BC126"
SECONDS = "BC137"

_EXPECTED = {
    "KEY": "a key",
    "VALUE": "a value",
    "EFFECT": "an effect",
    "SECONDS": "a number of seconds",
    "EQUAL": "`=`",
    "COLON": "`:`",
    "AT": "`@`",
}


def read_toleration(scalar: Scalar) -> Toleration | Diagnostic:
    """Return a toleration, or why a text is none."""
    tree = parse("toleration", scalar.text)
    if isinstance(tree, Unexpected):
        wanted = " or ".join(_EXPECTED[kind] for kind in tree.expected) or "nothing"
        at = tree.at
        return error(
            CODE,
            f"`{scalar.text}` is no toleration: {wanted} should stand "
            + ("at its end" if at == len(scalar.text) else f"before `{scalar.text[at:]}`"),
            part(scalar, at if at < len(scalar.text) else 0, len(scalar.text)),
            "write `key[=value][:Effect][@seconds]`, as `gpu=yes:NoSchedule`",
        )
    found: dict[str, Spanned[str]] = {}
    for rule in ("key", "value", "effect", "seconds"):
        token = tree.token(rule)
        if token is not None:
            found[rule] = Spanned(token.text, part(scalar, token.start, token.end))
    effect = found.get("effect")
    if effect is not None:
        spelt = spell_effect(effect)
        if isinstance(spelt, Diagnostic):
            return spelt
        effect = spelt
    seconds = found.get("seconds")
    if seconds is not None and len(seconds.value) > 18:
        return error(CODE, "these are too many seconds", seconds.span)
    value = found.get("value")
    toleration = Toleration(
        key=found["key"],
        operator=Spanned("EQUAL" if value else "EXISTS", (value or found["key"]).span),
        value=value,
        effect=effect,
        seconds=Spanned(int(seconds.value), seconds.span) if seconds else None,
        span=scalar.span,
    )
    return check_seconds(toleration)


def spell_effect(effect: Spanned[str]) -> Spanned[str] | Diagnostic:
    """Return an effect in the spelling of Pachyderm's enum."""
    if effect.value in RAW_EFFECTS:
        return effect
    if effect.value in EFFECTS:
        return Spanned(RAW_EFFECTS[EFFECTS.index(effect.value)], effect.span)
    guess = nearest(effect.value, EFFECTS)
    return error(
        CODE,
        f"no effect is called `{effect.value}`",
        effect.span,
        f"write `{guess}`" if guess else "the effects are " + ", ".join(EFFECTS),
        replace_with(effect.span, guess) if guess else None,
    )


def check_seconds(toleration: Toleration) -> Toleration | Diagnostic:
    """Return the toleration, unless it has seconds that Kubernetes refuses."""
    effect = toleration.effect.value if toleration.effect else None
    if toleration.seconds is None or effect == "NO_EXECUTE":
        return toleration
    return error(
        SECONDS,
        "seconds go with the effect `NoExecute` only",
        toleration.seconds.span,
        "add `:NoExecute`, or take the seconds out",
    )
