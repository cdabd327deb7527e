"""What the desk asks about the patient: the name, and where the confirmation goes; never the same for ever."""

from domain.playbook import Conversation
from playbooks.hospital import asking
from playbooks.hospital.analyst_customer import customer_of, doubtful_email
from playbooks.hospital.asking_tries import has_name, in_vain
from playbooks.hospital.wish_state import Wish


def customer_question(conversation: Conversation, wish: Wish) -> str | None:
    """Ask who the patient is, as far as a booking needs it; None when all of it is known."""
    who = customer_of(conversation.dataset)
    if wish.patient_due or not who.get("name"):
        return name_question(conversation, wish)
    if not has_name(conversation, who):
        return asking.FAMILY
    if address := doubtful_email(conversation):
        return asking.is_address(address)
    if who.get("email"):
        return None
    needed = f"I cannot book without an e-mail address. {asking.COLLEAGUE}"
    return needed if in_vain(conversation, asking.EMAIL) else asking.EMAIL


def name_question(conversation: Conversation, wish: Wish) -> str:
    """Ask for the patient's name: as a whole, then by its letters, and at last offer a colleague."""
    if in_vain(conversation, asking.SPELL):
        return f"I need a name for that. {asking.COLLEAGUE}"
    if in_vain(conversation, asking.NAME, asking.PATIENT):
        return asking.SPELL
    return asking.PATIENT if wish.patient_due else asking.NAME
