"""The event process of disclosure."""

from mingjing_disclosure.handlers import ALARMS, HANDLERS
from mingjing_disclosure.settings import SERVICE
from mingjing_shared.messaging.process import run_process

if __name__ == "__main__":
    run_process(SERVICE, HANDLERS, ALARMS)
