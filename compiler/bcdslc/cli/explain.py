"""`bcdsl explain`: the page of a code, or the list of all."""

from typing import Annotated

from bcdslc.cli import exit_code
from bcdslc.cli.declare import Argument, Option, WrongUsageError


def command(
    code: Annotated[str | None, Argument(metavar="CODE", help="E.g. BC301.")] = None,
    everything: Annotated[bool, Option("--list", help="List all codes by kind.")] = False,
) -> int:
    """Explain a code: what is wrong, why it matters, a wrong and a right example."""
    from bcdsl.explain.index import load
    from bcdslc.view.pages import listing, page

    if everything and code is None:
        print(listing(load()))
        return exit_code.FINE
    if code is None or everything:
        raise WrongUsageError("give a code such as BC301, or `--list`", param_hint="CODE")
    known = load()
    wanted = code.upper().strip("[]:")
    wanted = f"BC{wanted}" if wanted.isdigit() else wanted
    if wanted not in known:
        from bcdsl.suggest import nearest

        guess = nearest(wanted, known)
        hint = f"did you mean `{guess}`?" if guess else "`bcdsl explain --list` shows all"
        raise WrongUsageError(f"there is no code `{code}`; {hint}", param_hint="CODE")
    print(page(known[wanted]))
    return exit_code.FINE
