"""What people do, by name: each act opens the page that offers it and sends its form."""

from mingjing_deploy.demo.acts import (
    catalogue,
    citizen,
    disclosure,
    dispute,
    front,
    hearing,
    letters,
    people,
    recording,
    review,
    tasks,
)
from mingjing_deploy.demo.acts.scene import Do

ACTS: dict[str, Do] = {
    **review.ACTS,
    **people.ACTS,
    **dispute.ACTS,
    **hearing.ACTS,
    **catalogue.ACTS,
    **recording.ACTS,
    **disclosure.ACTS,
    **tasks.ACTS,
    **front.ACTS,
    **citizen.ACTS,
    **letters.ACTS,
}
