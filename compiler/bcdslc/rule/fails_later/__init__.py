"""What Pachyderm takes and what then fails."""

from __future__ import annotations

from bcdslc.rule.fails_later.command_in_one_word import RULE as COMMAND_IN_ONE_WORD
from bcdslc.rule.fails_later.egress_to_nowhere import RULE as EGRESS_TO_NOWHERE
from bcdslc.rule.fails_later.empty_datum_set import RULE as EMPTY_DATUM_SET
from bcdslc.rule.fails_later.env_name import RULE as ENV_NAME
from bcdslc.rule.fails_later.fixed_output_path import RULE as FIXED_OUTPUT_PATH
from bcdslc.rule.fails_later.glob_that_does_not_compile import RULE as GLOB_THAT_DOES_NOT_COMPILE
from bcdslc.rule.fails_later.gpu_that_is_refused import RULE as GPU_THAT_IS_REFUSED
from bcdslc.rule.fails_later.image_reference import RULE as IMAGE_REFERENCE
from bcdslc.rule.fails_later.input_name_no_folder import RULE as INPUT_NAME_NO_FOLDER
from bcdslc.rule.fails_later.key_that_crashes import RULE as KEY_THAT_CRASHES
from bcdslc.rule.fails_later.label_grammar import RULE as LABEL_GRAMMAR
from bcdslc.rule.fails_later.name_no_kubernetes_name import RULE as NAME_NO_KUBERNETES_NAME
from bcdslc.rule.fails_later.no_cmd import RULE as NO_CMD
from bcdslc.rule.fails_later.no_input import RULE as NO_INPUT
from bcdslc.rule.fails_later.no_output_folder import RULE as NO_OUTPUT_FOLDER
from bcdslc.rule.fails_later.no_such_folder import RULE as NO_SUCH_FOLDER
from bcdslc.rule.fails_later.no_time_for_jobs import RULE as NO_TIME_FOR_JOBS
from bcdslc.rule.fails_later.pod_patch_operations import RULE as POD_PATCH_OPERATIONS
from bcdslc.rule.fails_later.pod_spec_object import RULE as POD_SPEC_OBJECT
from bcdslc.rule.fails_later.request_above_limit import RULE as REQUEST_ABOVE_LIMIT
from bcdslc.rule.fails_later.root_user import RULE as ROOT_USER
from bcdslc.rule.fails_later.secret_volumes import RULE as SECRET_VOLUMES
from bcdslc.rule.fails_later.service_and_spout import RULE as SERVICE_AND_SPOUT
from bcdslc.rule.fails_later.service_ports import RULE as SERVICE_PORTS
from bcdslc.rule.fails_later.service_without_single_datum import (
    RULE as SERVICE_WITHOUT_SINGLE_DATUM,
)
from bcdslc.rule.fails_later.sql_egress_without_format import RULE as SQL_EGRESS_WITHOUT_FORMAT
from bcdslc.rule.fails_later.toleration_parts import RULE as TOLERATION_PARTS
from bcdslc.rule.fails_later.uptime_without_autoscaling import RULE as UPTIME_WITHOUT_AUTOSCALING
from bcdslc.rule.rule import Rule

RULES: tuple[Rule, ...] = (
    NO_CMD,
    NO_INPUT,
    EMPTY_DATUM_SET,
    SERVICE_AND_SPOUT,
    UPTIME_WITHOUT_AUTOSCALING,
    NO_TIME_FOR_JOBS,
    GLOB_THAT_DOES_NOT_COMPILE,
    KEY_THAT_CRASHES,
    SERVICE_WITHOUT_SINGLE_DATUM,
    EGRESS_TO_NOWHERE,
    SQL_EGRESS_WITHOUT_FORMAT,
    INPUT_NAME_NO_FOLDER,
    NAME_NO_KUBERNETES_NAME,
    SERVICE_PORTS,
    GPU_THAT_IS_REFUSED,
    REQUEST_ABOVE_LIMIT,
    SECRET_VOLUMES,
    ENV_NAME,
    LABEL_GRAMMAR,
    TOLERATION_PARTS,
    ROOT_USER,
    IMAGE_REFERENCE,
    COMMAND_IN_ONE_WORD,
    FIXED_OUTPUT_PATH,
    POD_PATCH_OPERATIONS,
    POD_SPEC_OBJECT,
    NO_OUTPUT_FOLDER,
    NO_SUCH_FOLDER,
)
