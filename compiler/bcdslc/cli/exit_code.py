"""What every command's exit code means (docs/commands.md shows the same table)."""

FINE = 0
PROBLEMS = 1
CHANGES = 2  # of `plan --detailed-exitcode` and `status`
SERVER = 3  # the cluster could not be reached or refused
USAGE = 64
INTERNAL = 70  # a mistake in bcdsl itself
INTERRUPTED = 130
