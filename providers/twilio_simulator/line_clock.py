"""The time of a telephone line, counted in samples, as fast as one likes."""

import asyncio

from speech.framing import RATE_HZ


class LineClock:
    """Counts samples of the line since it was made; `speed` of them pass in the time of one."""

    def __init__(self, speed: float = 1.0) -> None:
        """Begin at sample 0, now.

        Raises:
            ValueError: the speed is not positive.
        """
        if not speed > 0:
            raise ValueError(f"a line runs at a positive speed, not {speed}")
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._samples_a_second = RATE_HZ * speed

    def now(self) -> int:
        """Return the sample that the line is at."""
        return int((self._loop.time() - self._began) * self._samples_a_second)

    async def wait_until(self, sample: int) -> None:
        """Return when the line has come to a sample; at once, but not without a turn for others, when it has."""
        ends = self._began + sample / self._samples_a_second
        await asyncio.sleep(max(0.0, ends - self._loop.time()))


def samples(seconds: float) -> int:
    """Return how many samples last so many seconds."""
    return round(seconds * RATE_HZ)
