"""WAV files to order, right ones and wrong ones."""

import struct

PCM, FLOAT, A_LAW, MU_LAW, EXTENSIBLE = 1, 3, 6, 7, 0xFFFE


def fmt(tag: int, channels: int, rate_hz: int, bits: int, extension: bytes = b"") -> bytes:
    """A format chunk's content."""
    block = channels * -(-bits // 8)
    return struct.pack("<HHIIHH", tag, channels, rate_hz, rate_hz * block, block, bits) + extension


def extensible(tag: int, channels: int, rate_hz: int, bits: int, valid_bits: int) -> bytes:
    """A WAVE_FORMAT_EXTENSIBLE chunk's content: valid bits, speaker mask, and the tag at the head of a GUID."""
    guid = struct.pack("<H", tag) + bytes.fromhex("000000001000800000aa00389b71")
    return fmt(EXTENSIBLE, channels, rate_hz, bits, struct.pack("<HHI", 22, valid_bits, 0) + guid)


def chunk(name: bytes, content: bytes, size: int | None = None) -> bytes:
    """A chunk, padded to even length; `size` is what it claims, if that is not the truth."""
    return name + struct.pack("<I", len(content) if size is None else size) + content + b"\0" * (len(content) % 2)


def riff(*chunks: bytes, size: int | None = None, magic: bytes = b"RIFF") -> bytes:
    """A file of chunks."""
    body = b"WAVE" + b"".join(chunks)
    return magic + struct.pack("<I", len(body) if size is None else size) + body


def wav(sound: bytes, tag: int = PCM, channels: int = 1, rate_hz: int = 8_000, bits: int = 16) -> bytes:
    """A plain file."""
    return riff(chunk(b"fmt ", fmt(tag, channels, rate_hz, bits)), chunk(b"data", sound))
