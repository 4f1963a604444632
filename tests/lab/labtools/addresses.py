# SPDX-License-Identifier: Apache-2.0
"""Addresses on the laboratory's wire and the ones that stand for them in the written captures.

Servers have a well-known address each, listed in etc/addresses.tsv. Clients keep their host part:
the laboratory's 10.53.0.0/16 becomes 100.64.0.0/16 of the shared address space (RFC 6598),
fd53::/64 becomes 2001:db8:64::/64 of the documentation prefix (RFC 3849).
"""

from ipaddress import ip_address, ip_network

_CLIENT_NETWORKS = {
    4: (ip_network("10.53.0.0/16"), ip_network("100.64.0.0/16")),
    6: (ip_network("fd53::/64"), ip_network("2001:db8:64::/64")),
}


class AddressMap:
    """Maps packed addresses of the laboratory to packed public ones."""

    def __init__(self, servers):
        """servers: packed address of the laboratory to packed public one."""
        self._known = dict(servers)

    @classmethod
    def read(cls, path):
        """Reads the first four columns of etc/addresses.tsv: lab4, lab6, public4, public6."""
        servers = {}
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("#"):
                    continue
                lab4, lab6, public4, public6 = line.split("\t")[:4]
                servers[ip_address(lab4).packed] = ip_address(public4).packed
                servers[ip_address(lab6).packed] = ip_address(public6).packed
        return cls(servers)

    def public(self, packed):
        """The address that stands for this one, or None if it is not one of the laboratory's."""
        if packed not in self._known:
            self._known[packed] = _client(packed)
        return self._known[packed]

    def public_text(self, text):
        """As public(), for the textual form; ValueError for an address of somewhere else."""
        public = self.public(ip_address(text).packed)
        if public is None:
            raise ValueError(f"{text} is not an address of the laboratory")
        return str(ip_address(public))


def is_private(text):
    """Whether the textual address is one that must not be left in a capture."""
    address = ip_address(text)
    return address in _CLIENT_NETWORKS[address.version][0]


def _client(packed):
    address = ip_address(packed)
    inside, outside = _CLIENT_NETWORKS[address.version]
    if address not in inside:
        return None
    host = int(address) & int(inside.hostmask)
    return ip_address(int(outside.network_address) | host).packed
