"""The address of a Deepgram stream: what it will carry and what is wanted of it.

Parameters after https://developers.deepgram.com/reference/speech-to-text/listen-streaming.
"""

from urllib.parse import urlencode

from ports.speech_to_text import RecognitionHint
from providers.deepgram.hear_sound import WireSound
from providers.hearing.hints import choose_phrases

DEEPGRAM_URL = "wss://api.deepgram.com"

_PATH = "/v1/listen"

_MOST_PHRASES, _MOST_CHARACTERS = 100, 1_000
"""Deepgram takes 500 tokens of key terms; a name can cost a token for every two characters.

Over its limit it refuses the stream, or falls silent."""

_TAKES_KEYTERMS = "nova-3"


def build_url(
    base_url: str, model: str, sound: WireSound, hint: RecognitionHint, *, language: str | None, live: bool
) -> str:
    """Write the address of one stream.

    A live stream tells interim words and ends stretches at pauses; an utterance is one stretch, as far as Deepgram
    can keep it, and only its final words are of interest. The hint's language goes before the configured one.
    """
    options = [
        ("model", model),
        ("encoding", sound.encoding),
        ("sample_rate", str(sound.rate_hz)),
        ("channels", "1"),
        ("punctuate", "true"),
        ("interim_results", "true" if live else "false"),
    ]
    if not live:
        options.append(("endpointing", "false"))
    if spoken := (hint.language or language):
        options.append(("language", spoken.replace("_", "-")))
    if model.startswith(_TAKES_KEYTERMS):
        options += [("keyterm", phrase) for phrase in choose_phrases(hint.phrases, _MOST_CHARACTERS, _MOST_PHRASES)]
    return f"{_socket_url(base_url)}{_PATH}?{urlencode(options)}"


def _socket_url(base_url: str) -> str:
    """Read a base address of either kind: the same one may be configured for what goes over HTTP."""
    scheme, separator, rest = base_url.rstrip("/").partition("://")
    return scheme.replace("http", "ws") + separator + rest
