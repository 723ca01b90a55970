"""The rules about the document as meant, in the order in which they are asked."""

from collections.abc import Callable, Iterable

from bcdsl.check.inputs import inputs
from bcdsl.diagnostic import Diagnostic
from bcdsl.model import Dag

CHECKS: tuple[Callable[[Dag], Iterable[Diagnostic]], ...] = (inputs,)
