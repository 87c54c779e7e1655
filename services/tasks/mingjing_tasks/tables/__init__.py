"""What tasks keeps."""

from mingjing_tasks.tables.archive import EVENT_ARCHIVE, SEALED_MONTHS, TIMELINE
from mingjing_tasks.tables.base import TASKS
from mingjing_tasks.tables.case import CASES_HERE, DOCUMENT_REFS
from mingjing_tasks.tables.duty import DUTIES, DUTY_COUNTS
from mingjing_tasks.tables.facts import (
    ANNULMENT_FACTS,
    CASEFILE_FACTS,
    DECISION_FACTS,
    GAP_FACTS,
    HANDLING_FACTS,
    PUBLICATION_FACTS,
    REVIEW_FACTS,
)
from mingjing_tasks.tables.staffing import STAFFING_FACTS
from mingjing_tasks.tables.task import MEASUREMENTS, NOTICE_TASKS, NOTICES, TASK_ACTS
from mingjing_tasks.tables.warning import LOG_FACTS, WARNING_ACTS, WARNING_HISTORY, WARNINGS

__all__ = [
    "ANNULMENT_FACTS",
    "CASEFILE_FACTS",
    "CASES_HERE",
    "DECISION_FACTS",
    "DOCUMENT_REFS",
    "DUTIES",
    "DUTY_COUNTS",
    "EVENT_ARCHIVE",
    "GAP_FACTS",
    "HANDLING_FACTS",
    "LOG_FACTS",
    "MEASUREMENTS",
    "NOTICES",
    "NOTICE_TASKS",
    "PUBLICATION_FACTS",
    "REVIEW_FACTS",
    "SEALED_MONTHS",
    "STAFFING_FACTS",
    "TASKS",
    "TASK_ACTS",
    "TIMELINE",
    "WARNINGS",
    "WARNING_ACTS",
    "WARNING_HISTORY",
]
