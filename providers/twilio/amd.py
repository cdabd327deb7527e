"""Who picked up, in Twilio's words (https://www.twilio.com/docs/voice/answering-machine-detection)."""

from dataclasses import dataclass

from ports.telephony import AnsweredBy

_BY = {
    "human": AnsweredBy.HUMAN,
    "machine_start": AnsweredBy.MACHINE,
    "machine_end_beep": AnsweredBy.MACHINE,
    "machine_end_silence": AnsweredBy.MACHINE,
    "machine_end_other": AnsweredBy.MACHINE,
    "fax": AnsweredBy.FAX,
}
_GREETING_OVER = "machine_end_"


@dataclass(frozen=True)
class Verdict:
    """What detection says. `greeting_over`: a machine's greeting has ended, so a message may be left now."""

    by: AnsweredBy
    greeting_over: bool = False

    @property
    def may_hang_up(self) -> bool:
        """True only when it is certainly nobody: a person whom detection did not recognise is never hung up on."""
        return self.by in (AnsweredBy.MACHINE, AnsweredBy.FAX)


def read_verdict(answered_by: str) -> Verdict:
    """Read `AnsweredBy`; a word that is not known is as good as `unknown`."""
    by = _BY.get(answered_by, AnsweredBy.UNKNOWN)
    return Verdict(by, by is AnsweredBy.MACHINE and answered_by.startswith(_GREETING_OVER))
