# SPDX-License-Identifier: Apache-2.0
import unittest
from ipaddress import ip_address

from labtools.addresses import AddressMap
from labtools.checksum import ones_sum, repaired
from labtools.rewrite import rewritten

LAB, PUBLIC = ip_address("10.53.0.10").packed, ip_address("8.8.8.8").packed
LAB6, PUBLIC6 = ip_address("fd53::10").packed, ip_address("2001:4860:4860::8888").packed
CLIENT, CLIENT6 = ip_address("10.53.3.4").packed, ip_address("fd53::3:4").packed
ADDRESSES = AddressMap({LAB: PUBLIC, LAB6: PUBLIC6})


def udp_over_ipv4(source, destination, payload, checksum=True):
    length = (8 + len(payload)).to_bytes(2, "big")
    udp = bytes.fromhex("14e90035") + length
    pseudo = source + destination + bytes([0, 17]) + length
    value = (~ones_sum(pseudo + udp + payload) & 0xFFFF or 0xFFFF) if checksum else 0
    header = b"\x45\0" + (28 + len(payload)).to_bytes(2, "big")
    header += bytes.fromhex("0001000040110000") + source + destination
    header = header[:10] + (~ones_sum(header) & 0xFFFF).to_bytes(2, "big") + header[12:]
    return bytes(12) + b"\x08\0" + header + udp + value.to_bytes(2, "big") + payload


def tcp_over_ipv6(source, destination, payload):
    length = (20 + len(payload)).to_bytes(4, "big")
    tcp = bytes.fromhex("c0000355 00000001 00000002 5018 ffff 0000 0000".replace(" ", "")) + payload
    value = ~ones_sum(source + destination + length + bytes([0, 0, 0, 6]) + tcp) & 0xFFFF
    tcp = tcp[:16] + value.to_bytes(2, "big") + tcp[18:]
    header = b"\x60\0\0\0" + length[2:] + b"\x06\x40" + source + destination
    return bytes(12) + b"\x86\xdd" + header + tcp


class ChecksumTest(unittest.TestCase):
    def test_sum_of_the_example_in_rfc_1071_section_3(self):
        self.assertEqual(0xDDF2, ones_sum(bytes.fromhex("0001f203f4f5f6f7")))

    def test_repair_of_the_example_in_rfc_1624_section_4(self):
        self.assertEqual(0x0000, repaired(0xDD2F, b"\x55\x55", b"\x32\x85"))


class RewriteTest(unittest.TestCase):
    def test_both_addresses_and_both_checksums_of_ipv4_change(self):
        public_client = ip_address("100.64.3.4").packed
        self.assertEqual(
            udp_over_ipv4(public_client, PUBLIC, b"odd"),
            rewritten(udp_over_ipv4(CLIENT, LAB, b"odd"), ADDRESSES),
        )

    def test_absent_udp_checksum_stays_absent(self):
        public_client = ip_address("100.64.3.4").packed
        self.assertEqual(
            udp_over_ipv4(public_client, PUBLIC, b"even", checksum=False),
            rewritten(udp_over_ipv4(CLIENT, LAB, b"even", checksum=False), ADDRESSES),
        )

    def test_every_payload_of_two_bytes_gets_the_checksum_of_a_fresh_packet(self):
        public_client = ip_address("100.64.3.4").packed
        for value in range(0, 0x10000, 7):
            payload = value.to_bytes(2, "big")
            self.assertEqual(
                udp_over_ipv4(PUBLIC, public_client, payload),
                rewritten(udp_over_ipv4(LAB, CLIENT, payload), ADDRESSES),
            )

    def test_addresses_and_tcp_checksum_of_ipv6_change(self):
        public_client = ip_address("2001:db8:64::3:4").packed
        self.assertEqual(
            tcp_over_ipv6(public_client, PUBLIC6, b"payload"),
            rewritten(tcp_over_ipv6(CLIENT6, LAB6, b"payload"), ADDRESSES),
        )

    def test_later_fragments_keep_their_payload(self):
        frame = bytearray(udp_over_ipv4(CLIENT, LAB, b"payload of a later fragment"))
        frame[20:22] = b"\x00\x10"
        self.assertEqual(frame[34:], rewritten(bytes(frame), ADDRESSES)[34:])

    def test_frames_from_elsewhere_and_arp_are_left_out(self):
        elsewhere = ip_address("192.0.2.1").packed
        self.assertIsNone(rewritten(udp_over_ipv4(elsewhere, LAB, b""), ADDRESSES))
        self.assertIsNone(rewritten(bytes(12) + b"\x08\x06" + bytes(28), ADDRESSES))


if __name__ == "__main__":
    unittest.main()
