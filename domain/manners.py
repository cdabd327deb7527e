"""What an agent says on the telephone whatever its business is: short, and in its own words where it has any."""

from dataclasses import dataclass
from enum import StrEnum


class OnMachine(StrEnum):
    """What is done when a machine takes a call of ours."""

    LEAVE_MESSAGE = "leave_message"
    HANG_UP = "hang_up"


@dataclass(frozen=True)
class Manners:
    """Sentences of a call that answer nothing the caller said."""

    greeting: str = "Hello, how can I help you?"
    greeting_of: str = "Hello, this is {business}. How can I help you?"
    """Said where the call context names a business."""
    calling: str = "Hello, this is an automated assistant. Is this a good time to talk?"
    calling_of: str = "Hello, this is the automated assistant of {business}. Is this a good time to talk?"
    """Said to those whom we have called."""
    screened: str = "This is an automated assistant. {purpose}"
    screened_of: str = "This is the automated assistant of {business}. {purpose}"
    """Said to a machine that asks, before it puts us through, who is calling and why."""
    purpose: str = "I am calling with a few questions."
    on_machine: OnMachine = OnMachine.LEAVE_MESSAGE
    message: str = "Hello, this is an automated assistant. I am sorry to have missed you. Goodbye."
    message_of: str = "Hello, this is the automated assistant of {business}. I am sorry to have missed you. Goodbye."
    """Left on an answering machine."""
    resumed: str = "One moment, please."
    fillers: tuple[str, ...] = ("One moment, please.", "Let me see.")
    """Said, in turn, where an answer is late."""
    silence: tuple[str, ...] = ("Are you still there?", "I cannot hear you. Are you still on the line?")
    goodbye: str = "I cannot hear you, so I will end the call now. Please call again. Goodbye."
    closed: str = "This call has been ended on our side. Goodbye."
    """Said when the session was closed or erased while the call went on."""
    not_understood: str = "I am sorry, I did not catch that. Could you say it again?"
    trouble: str = "I am sorry, something went wrong on our side. Could you say that again?"

    record_tool: str = "record_call"
    """The tool whose success has the call recorded; only one that asks for consent does."""
    not_recorded: str = "I am sorry, this call is not being recorded."
    transfer_tools: tuple[str, ...] = ("transfer_call", "transfer_to_human", "request_human")
    """Tools whose success hands the call to a person."""
    transfer_to: str = ""
    """That person's number, unless the tool's answer has `phone`; E.164."""
    briefing: str = "A caller is being put through to you. They said: {summary}"
    """Said to that person before they hear the caller."""
    not_transferred: str = "I am sorry, I cannot put you through right now. What else can I do for you?"

    def brief(self, summary: str) -> str:
        """Tell a person what the call is about that they take over."""
        return self.briefing.format(summary=summary)

    def call(self, business: str) -> str:
        """Say who is calling, to somebody who has picked up."""
        return self.calling_of.format(business=business) if business else self.calling

    def introduce(self, business: str) -> str:
        """Say who is calling and why, to a machine that screens calls."""
        words = self.screened_of if business else self.screened
        return words.format(business=business, purpose=self.purpose)

    def leave(self, business: str) -> str:
        """Words for an answering machine."""
        return self.message_of.format(business=business) if business else self.message

    def greet(self, business: str) -> str:
        """Greet a caller in the name of a business, if it has one."""
        return self.greeting_of.format(business=business) if business else self.greeting

    @property
    def phrases(self) -> tuple[str, ...]:
        """All that is said the same in every call."""
        return (
            self.greeting,
            self.resumed,
            *self.silence,
            *self.fillers,
            self.goodbye,
            self.closed,
            self.not_understood,
            self.trouble,
        )
