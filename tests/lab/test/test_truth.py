# SPDX-License-Identifier: Apache-2.0
import unittest

from labtools.truth import HEADER, read_rows, require_one_transport, summed, text

FIRST = "demo\t10.53.1.2\t10.53.0.10\t853\ttcp\tdot\t1\t3\t3"


class TruthTest(unittest.TestCase):
    def test_rows_of_one_key_are_summed(self):
        rows = summed(read_rows([FIRST, FIRST.replace("\t1\t3\t3", "\t2\t5\t4")]))
        self.assertEqual([FIRST.replace("\t1\t3\t3", "\t3\t8\t7")], [text(row) for row in rows])

    def test_a_sum_with_an_unknown_part_is_unknown(self):
        (row,) = summed(read_rows([FIRST, FIRST.replace("\t1\t3\t3", "\t-\t5\t4")]))
        self.assertIsNone(row.flows)
        self.assertEqual(8, row.queries)

    def test_header_and_blank_lines_are_no_rows(self):
        self.assertEqual(1, len(list(read_rows(["\t".join(HEADER) + "\n", FIRST + "\n", "\n"]))))

    def test_a_line_with_a_missing_field_is_refused(self):
        with self.assertRaises(ValueError):
            list(read_rows([FIRST.rsplit("\t", 1)[0]]))

    def test_two_transports_of_one_client_to_one_port_are_refused(self):
        with self.assertRaises(ValueError):
            require_one_transport(summed(read_rows([FIRST, FIRST.replace("dot", "other")])))


if __name__ == "__main__":
    unittest.main()
