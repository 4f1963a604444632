# SPDX-License-Identifier: Apache-2.0
"""Gives an Ethernet frame of the laboratory its public addresses, with right checksums.

Only addresses and checksums change. Checksums are repaired, not computed anew: a frame that was
damaged stays damaged, and fragments and cut frames need no special treatment.
"""

from labtools.checksum import repaired

_ETHERNET_BYTES = 14
_IPV4, _IPV6 = 0x0800, 0x86DD
_TCP, _UDP, _FRAGMENT = 6, 17, 44
_CHECKSUM_OFFSETS = {_TCP: 16, _UDP: 6}


def rewritten(frame, addresses):
    """The frame with public addresses, or None if it is not TCP or UDP of the laboratory."""
    ether_type = int.from_bytes(frame[12:14], "big")
    if ether_type == _IPV4:
        return _ipv4(bytearray(frame), addresses)
    if ether_type == _IPV6:
        return _ipv6(bytearray(frame), addresses)
    return None


def _ipv4(frame, addresses):
    start = _ETHERNET_BYTES
    protocol = frame[start + 9]
    fragment_offset = int.from_bytes(frame[start + 6 : start + 8], "big") & 0x1FFF
    change = _replace(frame, start + 12, start + 20, addresses)
    if change is None or protocol not in _CHECKSUM_OFFSETS:
        return None
    _repair(frame, start + 10, change)
    if fragment_offset == 0:
        _repair_transport(frame, protocol, start + 4 * (frame[start] & 0x0F), change)
    return bytes(frame)


def _ipv6(frame, addresses):
    protocol, transport = frame[_ETHERNET_BYTES + 6], _ETHERNET_BYTES + 40
    first_fragment = True
    if protocol == _FRAGMENT:
        protocol = frame[transport]
        first_fragment = int.from_bytes(frame[transport + 2 : transport + 4], "big") >> 3 == 0
        transport += 8
    change = _replace(frame, _ETHERNET_BYTES + 8, _ETHERNET_BYTES + 40, addresses)
    if change is None or protocol not in _CHECKSUM_OFFSETS:
        return None
    if first_fragment:
        _repair_transport(frame, protocol, transport, change)
    return bytes(frame)


def _replace(frame, start, end, addresses):
    """Replaces both addresses; returns the bytes before and after, None if one is foreign."""
    middle = (start + end) // 2
    before = bytes(frame[start:end])
    source = addresses.public(before[: middle - start])
    destination = addresses.public(before[middle - start :])
    if source is None or destination is None:
        return None
    frame[start:end] = source + destination
    return before, source + destination


def _repair_transport(frame, protocol, transport, change):
    position = transport + _CHECKSUM_OFFSETS[protocol]
    udp = protocol == _UDP
    if udp and frame[position : position + 2] == b"\0\0":
        return  # sent without a checksum, RFC 768
    _repair(frame, position, change)
    if udp and frame[position : position + 2] == b"\0\0":
        frame[position : position + 2] = b"\xff\xff"


def _repair(frame, position, change):
    checksum = int.from_bytes(frame[position : position + 2], "big")
    frame[position : position + 2] = repaired(checksum, *change).to_bytes(2, "big")
