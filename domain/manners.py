"""What an agent says on the telephone whatever its business is: short, and in its own words where it has any."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Manners:
    """Sentences of a call that answer nothing the caller said."""

    greeting: str = "Hello, how can I help you?"
    resumed: str = "One moment, please."
    silence: tuple[str, ...] = ("Are you still there?", "I cannot hear you. Are you still on the line?")
    goodbye: str = "I cannot hear you, so I will end the call now. Please call again. Goodbye."
    not_understood: str = "I am sorry, I did not catch that. Could you say it again?"
    trouble: str = "I am sorry, something went wrong on our side. Could you say that again?"
