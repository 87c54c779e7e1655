"""The event process of tasks."""

from mingjing_shared.messaging.process import run_process
from mingjing_tasks.handlers import ALARMS, HANDLERS
from mingjing_tasks.settings import SERVICE

if __name__ == "__main__":
    run_process(SERVICE, HANDLERS, ALARMS)
