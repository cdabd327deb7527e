"""Answers that say no, in a sentence that can be said to a patient."""

from typing import Any

from domain.errors import ToolRefused
from domain.tool_call import ErrorType


def invalid(sentence: str, **more: Any) -> ToolRefused:
    """What was asked for cannot be: the caller has to say something else."""
    return ToolRefused(sentence, {"error_type": ErrorType.VALIDATION.value, "available": False, **more})
