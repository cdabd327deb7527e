"""A loopback Gemini for the length of a test: one that says what it is told to, and one that obeys an attacker."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from evals.public.injection_model import ObedientModel
from ports.chat_model import ChatMessage, ChatRequest, ToolSchema
from providers.google.loopback.answer import Answer, Call
from providers.google.loopback.script import Received, Script
from providers.google.loopback.serve import open_loopback


@asynccontextmanager
async def open_loopback_gemini() -> AsyncIterator[tuple[str, Script]]:
    """Serve a Gemini on a free loopback port: its base URL, and the script that says what it answers."""
    script = Script()
    async with open_loopback(script) as base_url:
        yield base_url, script


class ObedientScript(Script):
    """A Gemini with no will of its own: while the attack stands anywhere in a request, it does the worst."""

    def __init__(self, model: ObedientModel) -> None:
        super().__init__()
        self.model = model

    def answer(self, request: Received) -> Answer:
        """Answer as the model of now does."""
        said = self.model.answer(_asked(request))
        return Answer(
            text=said.text, calls=tuple(Call(name=call.name, args=dict(call.arguments)) for call in said.calls)
        )


@asynccontextmanager
async def open_obedient_gemini(model: ObedientModel) -> AsyncIterator[tuple[str, ObedientScript]]:
    """Serve a Gemini that obeys the attacker: its base URL, and the script, whose model may be replaced."""
    script = ObedientScript(model)
    async with open_loopback(script) as base_url:
        yield base_url, script


def _asked(request: Received) -> ChatRequest:
    """The question as it was put to the adapter."""
    body: Any = request.body
    functions = [function for tool in body.get("tools", ()) for function in tool["functionDeclarations"]]
    tools = (ToolSchema(each["name"], each["description"], each.get("parametersJsonSchema", {})) for each in functions)
    messages = tuple(ChatMessage("user", part["text"]) for part in body["contents"][-1]["parts"])
    system = body["systemInstruction"]["parts"][0]["text"]
    return ChatRequest(request.purpose or "", system, messages, tuple(tools))
