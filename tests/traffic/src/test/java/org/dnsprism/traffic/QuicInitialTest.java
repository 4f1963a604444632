// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The client's Initial of RFC 9001, appendix A.2. */
class QuicInitialTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] CONNECTION_ID = HEX.parseHex("8394c8f03e515708");
  private static final int PAYLOAD = 1162;

  private static final String CRYPTO_FRAME =
      "060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e868"
          + "04fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578"
          + "616d706c652e636f6dff01000100000a00080006001d00170018001000070005"
          + "04616c706e000500050100000000003300260024001d00209370b2c9caa47fba"
          + "baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b000302030400"
          + "0d0010000e0403050306030203080408050806002d00020101001c0002400100"
          + "3900320408ffffffffffffffff05048000ffff07048000ffff08011001048000"
          + "75300901100f088394c8f03e51570806048000ffff";

  @Test
  void protectsAsTheStandardDoes() {
    QuicInitial crypto = new QuicInitial();
    byte[] frames = Arrays.copyOf(HEX.parseHex(CRYPTO_FRAME), PAYLOAD);
    Bytes head = new Bytes(64).u8(0xc3).u32(1).u8(8).raw(CONNECTION_ID).u8(0).u8(0);
    byte[] packet = new byte[1200];
    int size = crypto.write(crypto.keys(CONNECTION_ID, true), head, 2, frames, packet, 0);
    assertEquals(1200, size);
    assertEquals(
        "c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11",
        HEX.formatHex(packet, 0, 32));
    assertEquals("e221af44860018ab0856972e194cd934", HEX.formatHex(packet, 1184, 1200));
  }
}
