"""What the desk asks about the patient: the name, and where the confirmation goes; never the same for ever."""

from domain.playbook import Conversation
from playbooks.hospital.analyst.customer import customer_of, doubtful_email
from playbooks.hospital.asking import phrases
from playbooks.hospital.asking.tries import has_name, in_vain
from playbooks.hospital.wish.state import Wish


def customer_question(conversation: Conversation, wish: Wish) -> str | None:
    """Ask who the patient is, as far as a booking needs it; None when all of it is known."""
    who = customer_of(conversation.dataset)
    if wish.patient_due or not who.get("name"):
        return name_question(conversation, wish)
    if not has_name(conversation, who):
        return phrases.FAMILY
    if address := doubtful_email(conversation):
        return phrases.is_address(address)
    if who.get("email"):
        return None
    needed = f"I cannot book without an e-mail address. {phrases.COLLEAGUE}"
    return needed if in_vain(conversation, phrases.EMAIL) else phrases.EMAIL


def name_question(conversation: Conversation, wish: Wish) -> str:
    """Ask for the patient's name: as a whole, then by its letters, and at last offer a colleague."""
    if in_vain(conversation, phrases.SPELL):
        return f"I need a name for that. {phrases.COLLEAGUE}"
    if in_vain(conversation, phrases.NAME, phrases.PATIENT):
        return phrases.SPELL
    return phrases.PATIENT if wish.patient_due else phrases.NAME
