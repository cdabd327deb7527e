"""What a tool's receipt proves, read off its name: `book_appointment` proves that something is booked."""

from domain.tool_call import Effect
from language.said_done.claims import ClaimKind
from language.tokens import word_set

_BY_VERB = (
    (word_set("book schedule reserve appointment"), {ClaimKind.BOOKED, ClaimKind.CONFIRMED}),
    (word_set("reschedule move postpone rebook"), {ClaimKind.MOVED, ClaimKind.BOOKED, ClaimKind.CONFIRMED}),
    (word_set("cancel remove delete unsubscribe"), {ClaimKind.CANCELLED, ClaimKind.CONFIRMED}),
    (word_set("send resend email mail sms text"), {ClaimKind.SENT}),
    (word_set("transfer connect escalate"), {ClaimKind.TRANSFERRED}),
    (word_set("notify tell message alert inform callback"), {ClaimKind.TOLD}),
    (word_set("update change correct edit set"), {ClaimKind.NOTED, ClaimKind.CHANGED}),
    (word_set("log record note save add register"), {ClaimKind.NOTED}),
    (word_set("pay charge refund bill"), {ClaimKind.PAID, ClaimKind.CONFIRMED}),
    (word_set("create generate initiate order submit open request place"), {ClaimKind.CREATED, ClaimKind.CONFIRMED}),
)
_NOTING = word_set("log record note")
"""A tool that only keeps what was said has done nothing that the caller asked for."""

_NOUNS_AFTER_VERBS = {"appointment", "email", "mail", "text", "message", "order", "note", "bill", "record", "callback"}
"""Words that say what is done only where no other verb stands before them: `send_email` is no `email_list`."""


def backed_by_name(name: str, effect: Effect) -> frozenset[str]:
    """Read the claims off a tool's name; what leaves nothing behind proves nothing."""
    if effect is Effect.READ:
        return frozenset()
    first, *others = name.casefold().split("_")
    words = {first, *(word for word in others if word not in _NOUNS_AFTER_VERBS)}
    if first in _NOTING:
        return frozenset({ClaimKind.NOTED.value})
    proven = {kind.value for verbs, kinds in _BY_VERB if words & verbs for kind in kinds}
    return frozenset({ClaimKind.DONE.value} | proven)
