# SPDX-License-Identifier: Apache-2.0
"""Captures as tshark reads them: an opinion that owes nothing to the program under test."""

import subprocess
from typing import NamedTuple

_FIELDS = """
    frame.number frame.protocols ip.src ip.dst ipv6.src ipv6.dst
    tcp.srcport tcp.dstport udp.srcport udp.dstport
    ip.checksum.status tcp.checksum.status udp.checksum.status
    dns.flags.response tls.handshake.type tls.handshake.extensions_alpn_str
    udp.payload tcp.payload
""".split()
_CHECKSUM_GOOD = "1"
_CLIENT_HELLO = "1"


class Frame(NamedTuple):
    """One frame; a field that occurs several times is a list."""

    number: int
    protocols: list
    source: tuple
    destination: tuple
    protocol: str
    checksums_good: bool
    dns_responses: list
    client_hello: bool
    alpn: list
    payload: bytes


def read_frames(path, decode_as=()):
    """The frames of a capture; decode_as are rules such as 'udp.port==853,quic'."""
    command = ["tshark", "-n", "-r", str(path), "-T", "fields", "-E", "occurrence=a"]
    for preference in ("ip.check_checksum", "tcp.check_checksum", "udp.check_checksum"):
        command += ["-o", f"{preference}:TRUE"]
    for rule in decode_as:
        command += ["-d", rule]
    for field in _FIELDS:
        command += ["-e", field]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [_frame(line) for line in output.splitlines()]


def _frame(line):
    field = dict(zip(_FIELDS, line.split("\t")))
    protocol = "tcp" if field["tcp.srcport"] else "udp" if field["udp.srcport"] else "none"
    port = {side: field.get(f"{protocol}.{side}port", "") for side in ("src", "dst")}
    return Frame(
        number=int(field["frame.number"]),
        protocols=field["frame.protocols"].split(":"),
        source=(field["ip.src"] or field["ipv6.src"], port["src"]),
        destination=(field["ip.dst"] or field["ipv6.dst"], port["dst"]),
        protocol=protocol,
        checksums_good=_checksums_good(field, protocol),
        dns_responses=_split(field["dns.flags.response"]),
        client_hello=_CLIENT_HELLO in _split(field["tls.handshake.type"]),
        alpn=_split(field["tls.handshake.extensions_alpn_str"]),
        payload=bytes.fromhex(field.get(f"{protocol}.payload", "")),
    )


def _checksums_good(field, protocol):
    network = [field["ip.checksum.status"]] if field["ip.src"] else []
    transport = field.get(f"{protocol}.checksum.status", "")
    return all(status == _CHECKSUM_GOOD for status in [*network, transport])


def _split(value):
    return value.split(",") if value else []
