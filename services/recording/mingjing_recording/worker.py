"""The event process of recording."""

from mingjing_shared.messaging.process import run_process

from mingjing_recording.handlers import ALARMS, HANDLERS
from mingjing_recording.settings import SERVICE

if __name__ == "__main__":
    run_process(SERVICE, HANDLERS, ALARMS)
