"""What every test of the face may use."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs


@pytest.fixture
def quiet_log() -> Iterator[None]:
    """Keep what is logged out of the test's own output, where drawing a stack trace takes seconds."""
    with capture_logs():
        yield
