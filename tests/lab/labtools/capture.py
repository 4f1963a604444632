# SPDX-License-Identifier: Apache-2.0
"""Capture files: reads the classic pcap that tcpdump writes here, writes pcapng."""

import struct

_PCAP_MICROSECONDS = 0xA1B2C3D4
_ETHERNET = 1


def read_pcap(stream):
    """Yields (microseconds since 1970, bytes on the wire, captured bytes); little-endian only."""
    magic, _, _, _, _, _, link_type = struct.unpack("<IHHiIII", stream.read(24))
    if magic != _PCAP_MICROSECONDS or link_type != _ETHERNET:
        raise ValueError("not a little-endian pcap of Ethernet frames with microseconds")
    while header := stream.read(16):
        seconds, micros, captured, wire = struct.unpack("<IIII", header)
        yield seconds * 1_000_000 + micros, wire, stream.read(captured)


class PcapngWriter:
    """Writes one section with one Ethernet interface and times in microseconds, the default."""

    _SECTION, _INTERFACE, _PACKET = 0x0A0D0D0A, 1, 6
    _COMMENT, _APPLICATION = 1, 4

    def __init__(self, stream, comment):
        self._stream = stream
        options = self._option(self._COMMENT, comment) + self._option(
            self._APPLICATION, "dnsprism tests/lab/make-captures"
        )
        section = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
        self._block(self._SECTION, section + options + bytes(4))
        self._block(self._INTERFACE, struct.pack("<HHI", _ETHERNET, 0, 262144))

    def write(self, micros, wire, captured):
        header = struct.pack("<IIIII", 0, micros >> 32, micros & 0xFFFFFFFF, len(captured), wire)
        self._block(self._PACKET, header + _padded(captured))

    def _block(self, kind, body):
        length = len(body) + 12
        self._stream.write(struct.pack("<II", kind, length) + body + struct.pack("<I", length))

    @staticmethod
    def _option(code, text):
        value = text.encode()
        return struct.pack("<HH", code, len(value)) + _padded(value)


def _padded(data):
    return data + bytes(-len(data) % 4)
