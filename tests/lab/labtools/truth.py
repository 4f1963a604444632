# SPDX-License-Identifier: Apache-2.0
"""The truth about captures: who asked how many questions where, over which transport."""

from typing import NamedTuple, Optional

HEADER = (
    "capture client server server_port protocol transport flows queries answers".split()
)

# The system draws a port for each socket: among so many, two equal ones are unlikely (below 1 %).
CERTAIN_UDP_FLOWS = 20


class Key(NamedTuple):
    """What one row is about; all its flows carry the same transport."""

    capture: str
    client: str
    server: str
    server_port: int
    protocol: str
    transport: str


class Row(NamedTuple):
    """A key with its counts; None is a count that whoever asked cannot know."""

    key: Key
    flows: Optional[int]
    queries: Optional[int]
    answers: Optional[int]


def read_rows(lines):
    """The rows of a file of notes or of truth, past blank lines, comments and the header."""
    for line in lines:
        fields = line.rstrip("\n").split("\t")
        if line.startswith("#") or fields == HEADER or fields == [""]:
            continue
        if len(fields) != len(HEADER):
            raise ValueError(f"not {len(HEADER)} fields: {line!r}")
        capture, client, server, port, protocol, transport = fields[:6]
        key = Key(capture, client, server, int(port), protocol, transport)
        yield Row(key, *(_count(field) for field in fields[6:]))


def summed(rows):
    """One row for each key, in order of the keys; a sum with an unknown part is unknown."""
    sums = {}
    for row in rows:
        counts = row[1:]
        if row.key in sums:
            counts = tuple(map(_plus, sums[row.key], counts))
        sums[row.key] = counts
    return [Row(key, *sums[key]) for key in sorted(sums)]


def without_uncertain_flows(rows):
    """The rows, with unknown flows where two of many UDP sockets may have had one port."""
    for row in rows:
        many = row.flows is not None and row.flows > CERTAIN_UDP_FLOWS
        yield row._replace(flows=None) if many and row.key.protocol == "udp" else row


def require_one_transport(rows):
    """Raises ValueError if a client used two transports to one port: who could tell its flows?"""
    seen = set()
    for row in rows:
        endpoint = row.key[:-1]
        if endpoint in seen:
            raise ValueError(f"two transports for {endpoint}")
        seen.add(endpoint)


def text(row):
    """The row as a line of TRUTH.tsv."""
    counts = ("-" if count is None else count for count in row[1:])
    return "\t".join(map(str, (*row.key, *counts)))


def _count(field):
    return None if field == "-" else int(field)


def _plus(one, other):
    return None if one is None or other is None else one + other
