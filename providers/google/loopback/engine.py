"""What the loopback answers when no rule matches: deterministic, plausible, cheap.

With functions declared it calls none; of sound it hears nothing. Otherwise it repeats the newest user text, cut off at
the output limit; of a JSON object, as Parley's prompts send one, it repeats `newest_turn`.
"""

import json
import math

from providers.google.loopback.answer import Answer, TokenCount
from providers.google.loopback.request import Content, GenerateRequest

_CHARACTERS_PER_TOKEN = 4
_NOTHING_HEARD = '{"text": "", "language": null, "confidence": 0}'


def invent(request: GenerateRequest) -> Answer:
    """Answer a request by the fixed rules."""
    if request.functions:
        return Answer(text="Nothing to do.")
    if _holds_sound(request):
        return Answer(text=_NOTHING_HEARD)
    return _limited(_newest_words(request), request.generation_config.max_output_tokens)


def count_tokens(text: str) -> int:
    """Estimate the tokens of a text at four characters each."""
    return math.ceil(len(text) / _CHARACTERS_PER_TOKEN)


def prompt_tokens(request: GenerateRequest) -> int:
    """Estimate the tokens of system instruction and messages."""
    system = [request.system_instruction] if request.system_instruction else []
    return sum(count_tokens(_text(content)) for content in [*system, *request.contents])


def usage_of(answer: Answer, request: GenerateRequest) -> TokenCount:
    """Take the scripted usage, or estimate it."""
    if answer.usage is not None:
        return answer.usage
    calls = sum(count_tokens(call.model_dump_json()) for call in answer.calls)
    return TokenCount(prompt=prompt_tokens(request), output=count_tokens(answer.text) + calls)


def _holds_sound(request: GenerateRequest) -> bool:
    """Tell whether the newest message holds sound."""
    data = (part.inline_data for part in request.contents[-1].parts)
    return any(datum is not None and datum.mime_type.startswith("audio/") for datum in data)


def _newest_words(request: GenerateRequest) -> str:
    newest = next((_text(content) for content in reversed(request.contents) if content.role == "user"), "")
    try:
        data = json.loads(newest)
    except ValueError:
        return newest.strip()
    return str(data["newest_turn"]).strip() if isinstance(data, dict) and "newest_turn" in data else newest.strip()


def _limited(text: str, limit: int | None) -> Answer:
    if limit is None or count_tokens(text) <= limit:
        return Answer(text=text)
    return Answer(text=text[: limit * _CHARACTERS_PER_TOKEN], finish="MAX_TOKENS")


def _text(content: Content) -> str:
    return "".join(part.text or "" for part in content.parts)
