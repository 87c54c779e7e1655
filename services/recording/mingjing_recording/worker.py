"""The event process of recording."""

from mingjing_recording.handlers import ALARMS, HANDLERS
from mingjing_recording.settings import SERVICE
from mingjing_shared.messaging.process import run_process

if __name__ == "__main__":
    run_process(SERVICE, HANDLERS, ALARMS)
