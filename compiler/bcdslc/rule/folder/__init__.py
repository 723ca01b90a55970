"""What shows only when the specs of a folder are seen together."""

from __future__ import annotations

from bcdslc.rule.folder.branch_not_written import FOLDER_RULE as BRANCH_NOT_WRITTEN
from bcdslc.rule.folder.cycle import FOLDER_RULE as CYCLE
from bcdslc.rule.folder.duplicate_pipeline import FOLDER_RULE as DUPLICATE_PIPELINE
from bcdslc.rule.folder.missing_repo import FOLDER_RULE as MISSING_REPO
from bcdslc.rule.folder.order_in_file import FOLDER_RULE as ORDER_IN_FILE
from bcdslc.rule.folder.same_kubernetes_name import FOLDER_RULE as SAME_KUBERNETES_NAME
from bcdslc.rule.folder.shared_tick_repo import FOLDER_RULE as SHARED_TICK_REPO
from bcdslc.rule.folder.taken_repo_name import FOLDER_RULE as TAKEN_REPO_NAME
from bcdslc.rule.folder.trigger_on_output import FOLDER_RULE as TRIGGER_ON_OUTPUT
from bcdslc.rule.folder.two_branches import FOLDER_RULE as TWO_BRANCHES
from bcdslc.rule.rule import FolderRule

FOLDER_RULES: tuple[FolderRule, ...] = (
    CYCLE,
    MISSING_REPO,
    TWO_BRANCHES,
    SAME_KUBERNETES_NAME,
    TAKEN_REPO_NAME,
    BRANCH_NOT_WRITTEN,
    TRIGGER_ON_OUTPUT,
    SHARED_TICK_REPO,
    DUPLICATE_PIPELINE,
    ORDER_IN_FILE,
)
