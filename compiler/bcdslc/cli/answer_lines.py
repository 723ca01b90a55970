"""Line modes: a program asks many questions of one process, a line each."""

import json
import sys
from collections.abc import Callable


def answer_lines(answer: Callable[[bytes], str]) -> None:
    """Write one line for each line of standard input, in order, each at once.

    A mistake of ours costs the one answer: the lines behind it are answered as usual.
    """
    for line in sys.stdin.buffer:
        try:
            answered = answer(line)
        except Exception as bug:  # who asks must get a line for every line
            answered = json.dumps({"error": f"bcdsl failed at this line: {bug!r}"})
        sys.stdout.write(answered + "\n")
        sys.stdout.flush()
