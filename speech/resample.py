"""Change of sample rate: streaming for live sound, in one piece for a whole utterance.

The streaming filter is a polyphase FIR (a Kaiser-windowed sinc) that keeps the end of its input between pushes, so
that any split of a stream gives the same samples, to the bit.
"""

from math import gcd

import numpy as np
import soxr
from numpy.typing import NDArray

Signal = NDArray[np.float32]
"""Mono samples, full scale -1..1."""

_HALF_WIDTH = 15.5
"""Reach of the filter to each side, in samples of the slower rate: 1.94 ms at 8 kHz."""

_KAISER_BETA = 7.857
"""Kaiser's shape for 80 dB: 0.1102 * (80 - 8.7) (J. F. Kaiser, 1974)."""

_ROOM = 4_096
"""Samples that are taken in before those that the filter still sees are moved to the front again."""

_ZERO = 1e-12
"""A tap this small only stands for the rounding of a zero of the sinc."""

_FEW_PHASES = 8
"""Up to here a loop over the phases is faster than gathering every window."""


def design_filter(up: int, down: int) -> NDArray[np.float64]:
    """Design the low-pass that runs at `up` times the input rate, cutting at half the slower rate, with gain `up`.

    Returns:
        A symmetric impulse response of odd length.
    """
    slower = max(up, down)
    reach = int(_HALF_WIDTH * slower)
    positions = np.arange(-reach, reach + 1)
    taps = np.sinc(positions / slower) * np.kaiser(len(positions), _KAISER_BETA)
    return np.asarray(taps * (up / taps.sum()))


class Resampler:
    """One stream's change of rate: push chunks of any size, in order.

    After n samples in, ceil(n * to_hz / from_hz) have come out (320 for 160 from 8 to 16 kHz). They lag the input by
    `delay` seconds. Equal rates pass samples through untouched.
    """

    def __init__(self, from_hz: int, to_hz: int) -> None:
        """Prepare the filter for one pair of rates.

        Raises:
            ValueError: a rate is not positive.
        """
        if from_hz <= 0 or to_hz <= 0:
            raise ValueError(f"sample rates are positive, not {from_hz} and {to_hz} Hz")
        divisor = gcd(from_hz, to_hz)
        self._up, self._down = to_hz // divisor, from_hz // divisor
        taps = np.ones(1) if from_hz == to_hz else design_filter(self._up, self._down)
        self._phases = _split_phases(taps, self._up)
        self._lone = [_lone_tap(phase) for phase in self._phases]
        self._reach = self._phases.shape[1]
        self._line = np.empty(self._reach - 1 + _ROOM, np.float32)
        self._windows = _windows(self._line, self._reach)
        self.delay = len(taps) // 2 / (self._up * from_hz)
        self.reset()

    def reset(self) -> None:
        """Forget the stream so far; the next chunk begins a new one."""
        self._line[: self._reach - 1] = 0
        self._at = 0
        self._next = 0

    def push(self, chunk: Signal) -> Signal:
        """Filter the next chunk; returns the samples it completes, at the new rate."""
        if self._reach == 1:
            return chunk
        if len(chunk) > _ROOM:
            return np.concatenate([self.push(chunk[at : at + _ROOM]) for at in range(0, len(chunk), _ROOM)])
        start, stop = self._hold(chunk)
        end = len(chunk) * self._up
        first, count = self._next, max(0, -(-(end - self._next) // self._down))
        self._next += count * self._down - end
        # One dot product per output sample: its order of summation does not depend on where a chunk begins.
        pick = self._by_phase if self._up <= _FEW_PHASES else self._by_sample
        return pick(start, stop, first, count)

    def _hold(self, chunk: Signal) -> tuple[int, int]:
        """Put a chunk behind what the filter still sees of those before; returns where its windows start and stop."""
        past, size = self._reach - 1, len(chunk)
        if self._at + past + size > len(self._line):
            self._line[:past] = self._line[self._at : self._at + past]
            self._at = 0
        start = self._at
        self._at += size
        self._line[start + past : self._at + past] = chunk
        return start, self._at

    def _by_phase(self, start: int, stop: int, first: int, count: int) -> Signal:
        """Filter all outputs of one phase at once: every `down`-th window, without copying them."""
        filtered = np.empty(count, np.float32)
        for turn in range(min(self._up, count)):
            sample, phase = divmod(first + turn * self._down, self._up)
            into, lone, begin = filtered[turn :: self._up], self._lone[phase], start + sample
            if lone is None:
                np.vecdot(self._windows[begin : stop : self._down], self._phases[phase], out=into)
            else:
                np.multiply(self._line[begin + lone : stop + lone : self._down], self._phases[phase, lone], out=into)
        return filtered

    def _by_sample(self, start: int, stop: int, first: int, count: int) -> Signal:
        """Filter each output with its own phase's taps."""
        sample, phase = divmod(first + self._down * np.arange(count), self._up)
        filtered: Signal = np.vecdot(self._windows[start:stop][sample], self._phases[phase])
        return filtered

    def flush(self) -> Signal:
        """End the stream: return what the filter still holds, and begin anew."""
        tail = self.push(np.zeros(self._reach - 1, np.float32))
        self.reset()
        return tail


def _split_phases(taps: NDArray[np.float64], up: int) -> Signal:
    """Deal the taps out to `up` filters, newest input last: row p serves outputs p/up of a sample after an input."""
    padded = np.zeros(-(-len(taps) // up) * up)
    padded[: len(taps)] = taps
    return np.ascontiguousarray(padded.reshape(-1, up).T[:, ::-1], dtype=np.float32)


def _lone_tap(phase: Signal) -> int | None:
    """Find the tap of a phase that has one only: it falls on the input's own samples (half of all when doubling)."""
    (taps,) = np.nonzero(np.abs(phase) > _ZERO)
    return int(taps[0]) if len(taps) == 1 else None


def _windows(line: Signal, width: int) -> Signal:
    """View a line as its overlapping windows, one a sample (a fifth of the cost of `sliding_window_view`)."""
    return np.ndarray((len(line) - width + 1, width), np.float32, line, 0, (line.itemsize, line.itemsize))


def resample_whole(samples: Signal, from_hz: int, to_hz: int) -> Signal:
    """Change the rate of a finished utterance at high quality, without delay; not for live chunks."""
    if from_hz == to_hz or not len(samples):
        return samples
    resampled: Signal = soxr.resample(samples, from_hz, to_hz)
    return resampled
