"""`python -m bcdslc.cli` is `bcdsl`."""

from bcdslc.cli.main import main

main()
