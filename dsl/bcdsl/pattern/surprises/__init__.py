"""Where Pachyderm's globs do something else than they seem to say: one file a surprise.

`bcdsl.pattern.surprises.find` asks them all.
"""

from bcdsl.pattern.surprises.class_mark import class_mark
from bcdsl.pattern.surprises.class_takes_slash import class_takes_slash
from bcdsl.pattern.surprises.double_brackets import double_brackets
from bcdsl.pattern.surprises.empty_class import empty_class
from bcdsl.pattern.surprises.escape_before_wildcard import escape_before_wildcard
from bcdsl.pattern.surprises.explosive import explosive
from bcdsl.pattern.surprises.final_slash import final_slash
from bcdsl.pattern.surprises.folders_and_files import folders_and_files
from bcdsl.pattern.surprises.forbidden_character import forbidden_character
from bcdsl.pattern.surprises.group_in_braces import group_in_braces
from bcdsl.pattern.surprises.negation_end import negation_end
from bcdsl.pattern.surprises.negation_pair import negation_pair
from bcdsl.pattern.surprises.negation_prefix import negation_prefix
from bcdsl.pattern.surprises.shared_colon import shared_colon
from bcdsl.pattern.surprises.split import split
from bcdsl.pattern.surprises.unclosed import unclosed
from bcdsl.pattern.surprises.vanishing import vanishing
from bcdsl.pattern.surprises.zero_levels import zero_levels

SURPRISES = (
    group_in_braces,
    unclosed,
    negation_prefix,
    negation_end,
    negation_pair,
    class_takes_slash,
    double_brackets,
    class_mark,
    shared_colon,
    forbidden_character,
    zero_levels,
    folders_and_files,
    final_slash,
    explosive,
    vanishing,
    split,
)

RAW_SURPRISES = (empty_class, escape_before_wildcard)  # what writing a pattern out repairs
