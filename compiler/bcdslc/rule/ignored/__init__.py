"""What Pachyderm takes and ignores."""

from __future__ import annotations

from bcdslc.rule.ignored.datum_outlives_job import RULE as DATUM_OUTLIVES_JOB
from bcdslc.rule.ignored.env_beaten_by_secret import RULE as ENV_BEATEN_BY_SECRET
from bcdslc.rule.ignored.impossible_exit_code import RULE as IMPOSSIBLE_EXIT_CODE
from bcdslc.rule.ignored.key_outside_operator import RULE as KEY_OUTSIDE_OPERATOR
from bcdslc.rule.ignored.no_reader import RULE as NO_READER
from bcdslc.rule.ignored.not_for_services import RULE as NOT_FOR_SERVICES
from bcdslc.rule.ignored.own_labels import RULE as OWN_LABELS
from bcdslc.rule.ignored.salt_on_update import RULE as SALT_ON_UPDATE
from bcdslc.rule.ignored.secret_without_target import RULE as SECRET_WITHOUT_TARGET
from bcdslc.rule.ignored.shadowed_set_size import RULE as SHADOWED_SET_SIZE
from bcdslc.rule.ignored.spout_input import RULE as SPOUT_INPUT
from bcdslc.rule.ignored.unread_stdin import RULE as UNREAD_STDIN
from bcdslc.rule.rule import Rule

RULES: tuple[Rule, ...] = (
    NO_READER,
    KEY_OUTSIDE_OPERATOR,
    SHADOWED_SET_SIZE,
    NOT_FOR_SERVICES,
    SECRET_WITHOUT_TARGET,
    UNREAD_STDIN,
    SPOUT_INPUT,
    SALT_ON_UPDATE,
    OWN_LABELS,
    ENV_BEATEN_BY_SECRET,
    DATUM_OUTLIVES_JOB,
    IMPOSSIBLE_EXIT_CODE,
)
