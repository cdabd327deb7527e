"""The question that a held call waits for names its details in the order of the tool, however they were stored."""

import pytest

from domain.playbook import HeldCall
from domain.tool_call import ConsentMode
from nodes.replying_consent import question_for, unasked
from playbooks.hospital.asking import phrases
from playbooks.hospital.asking.next import read_back
from playbooks.hospital.playbook import PLAYBOOK
from tests.unit.playbooks.hospital.at_the_desk import BOOKING

HELD = HeldCall("book_appointment", dict(sorted(BOOKING.items())), ConsentMode.READ_BACK)


def test_the_details_are_said_in_the_order_of_the_tool() -> None:
    assert question_for(PLAYBOOK, HELD) == (
        "That is: Asha Pillai, asha@example.com, Thursday 19 November 2026, 11:00 am, Dr. Priya Sharma, Dermatology."
        f" {phrases.BOOK}"
    )


@pytest.mark.parametrize("says", [question_for(PLAYBOOK, HELD), read_back(HELD.name, HELD.arguments)])
def test_a_yes_to_it_is_a_consent(says: str) -> None:
    assert unasked(PLAYBOOK, [HELD], says) is None
