"""The event process of recording; after a start it derives what an older version did not keep."""

from mingjing_recording.acts.filling import keep_filling_in
from mingjing_recording.handlers import ALARMS, HANDLERS
from mingjing_recording.settings import SERVICE
from mingjing_shared.event_process import run_process

if __name__ == "__main__":
    run_process(SERVICE, HANDLERS, ALARMS, extra=[keep_filling_in])
