"""The event process of review."""

from mingjing_review.handlers import ALARMS, HANDLERS
from mingjing_review.handlers.staffing import keep_staffing_clock
from mingjing_review.settings import SERVICE
from mingjing_shared.event_process import run_process

if __name__ == "__main__":
    run_process(SERVICE, HANDLERS, ALARMS, extra=[keep_staffing_clock])
