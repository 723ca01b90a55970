"""What Pachyderm takes and does otherwise than it says."""

from __future__ import annotations

from bcdslc.rule.misleads.all_by_reference import RULE as ALL_BY_REFERENCE
from bcdslc.rule.misleads.constant_key import RULE as CONSTANT_KEY
from bcdslc.rule.misleads.cron_in_cross import RULE as CRON_IN_CROSS
from bcdslc.rule.misleads.cron_in_join import RULE as CRON_IN_JOIN
from bcdslc.rule.misleads.cron_in_the_past import RULE as CRON_IN_THE_PAST
from bcdslc.rule.misleads.cron_project import RULE as CRON_PROJECT
from bcdslc.rule.misleads.dropped_quantity import RULE as DROPPED_QUANTITY
from bcdslc.rule.misleads.dry_run_in_file import RULE as DRY_RUN_IN_FILE
from bcdslc.rule.misleads.empty_image import RULE as EMPTY_IMAGE
from bcdslc.rule.misleads.empty_s3_folder import RULE as EMPTY_S3_FOLDER
from bcdslc.rule.misleads.idle_shell import RULE as IDLE_SHELL
from bcdslc.rule.misleads.idle_spout_workers import RULE as IDLE_SPOUT_WORKERS
from bcdslc.rule.misleads.input_takes_variable import RULE as INPUT_TAKES_VARIABLE
from bcdslc.rule.misleads.key_beyond_captures import RULE as KEY_BEYOND_CAPTURES
from bcdslc.rule.misleads.lazy_and_empty import RULE as LAZY_AND_EMPTY
from bcdslc.rule.misleads.nested_in_join import RULE as NESTED_IN_JOIN
from bcdslc.rule.misleads.never_started import RULE as NEVER_STARTED
from bcdslc.rule.misleads.no_key import RULE as NO_KEY
from bcdslc.rule.misleads.numbers_below_one import RULE as NUMBERS_BELOW_ONE
from bcdslc.rule.misleads.numeric_user import RULE as NUMERIC_USER
from bcdslc.rule.misleads.outer_join_of_three import RULE as OUTER_JOIN_OF_THREE
from bcdslc.rule.misleads.shell_words import RULE as SHELL_WORDS
from bcdslc.rule.misleads.surprising_glob import RULE as SURPRISING_GLOB
from bcdslc.rule.misleads.thousandths_of_bytes import RULE as THOUSANDTHS_OF_BYTES
from bcdslc.rule.misleads.trigger_without_condition import RULE as TRIGGER_WITHOUT_CONDITION
from bcdslc.rule.misleads.two_egress_targets import RULE as TWO_EGRESS_TARGETS
from bcdslc.rule.misleads.unreadable_variable import RULE as UNREADABLE_VARIABLE
from bcdslc.rule.misleads.variable_in_variable import RULE as VARIABLE_IN_VARIABLE
from bcdslc.rule.misleads.variable_set_by_pachyderm import RULE as VARIABLE_SET_BY_PACHYDERM
from bcdslc.rule.rule import Rule

RULES: tuple[Rule, ...] = (
    DROPPED_QUANTITY,
    THOUSANDTHS_OF_BYTES,
    INPUT_TAKES_VARIABLE,
    VARIABLE_SET_BY_PACHYDERM,
    UNREADABLE_VARIABLE,
    LAZY_AND_EMPTY,
    NO_KEY,
    KEY_BEYOND_CAPTURES,
    CONSTANT_KEY,
    CRON_IN_JOIN,
    NESTED_IN_JOIN,
    OUTER_JOIN_OF_THREE,
    CRON_IN_THE_PAST,
    CRON_PROJECT,
    TRIGGER_WITHOUT_CONDITION,
    DRY_RUN_IN_FILE,
    TWO_EGRESS_TARGETS,
    NUMBERS_BELOW_ONE,
    SHELL_WORDS,
    IDLE_SHELL,
    NEVER_STARTED,
    CRON_IN_CROSS,
    NUMERIC_USER,
    IDLE_SPOUT_WORKERS,
    EMPTY_IMAGE,
    SURPRISING_GLOB,
    EMPTY_S3_FOLDER,
    VARIABLE_IN_VARIABLE,
    ALL_BY_REFERENCE,
)
