# SPDX-License-Identifier: Apache-2.0
"""The Internet checksum (RFC 1071) and its repair after covered bytes changed (RFC 1624)."""


def ones_sum(data):
    """The folded one's complement sum of 16-bit words; an odd last byte is padded by zero."""
    if len(data) % 2:
        data += b"\0"
    total = sum(int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2))
    return _fold(total)


def repaired(checksum, before, after):
    """The checksum once `before` has become `after` (same even length), RFC 1624 equation 3."""
    return ~_fold((~checksum & 0xFFFF) + (~ones_sum(before) & 0xFFFF) + ones_sum(after)) & 0xFFFF


def _fold(total):
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total
