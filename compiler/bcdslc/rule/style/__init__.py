"""What works and could be said better."""

from __future__ import annotations

from bcdslc.rule.rule import Rule
from bcdslc.rule.style.command_in_file import RULE as COMMAND_IN_FILE
from bcdslc.rule.style.cron_choices import RULE as CRON_CHOICES
from bcdslc.rule.style.deprecated_pod_spec import RULE as DEPRECATED_POD_SPEC
from bcdslc.rule.style.idle_gpu import RULE as IDLE_GPU
from bcdslc.rule.style.unfit_input_name import RULE as UNFIT_INPUT_NAME
from bcdslc.rule.style.unnamed_parts import RULE as UNNAMED_PARTS
from bcdslc.rule.style.untagged_image import RULE as UNTAGGED_IMAGE

RULES: tuple[Rule, ...] = (
    UNTAGGED_IMAGE,
    UNNAMED_PARTS,
    COMMAND_IN_FILE,
    IDLE_GPU,
    CRON_CHOICES,
    DEPRECATED_POD_SPEC,
    UNFIT_INPUT_NAME,
)
