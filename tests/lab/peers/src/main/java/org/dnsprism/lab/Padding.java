// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import java.util.List;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** EDNS(0) padding (RFC 7830) to the block lengths that RFC 8467, section 4.1 recommends. */
final class Padding {
  private static final int QUERY_BLOCK_BYTES = 128;
  private static final int RESPONSE_BLOCK_BYTES = 468;
  private static final int PAYLOAD_BYTES = 1232;
  private static final int OPT_RECORD_BYTES = 11;
  private static final int OPTION_HEADER_BYTES = 4;

  private Padding() {}

  /** Adds an OPT record that brings a query without one to a multiple of 128 bytes. */
  static void padQuery(Message query) {
    pad(query, QUERY_BLOCK_BYTES);
  }

  /** Adds to a response the OPT record that its query calls for: none, bare or padded. */
  static void padResponse(Message response, Message query) {
    OPTRecord asked = query.getOPT();
    if (asked == null) {
      return;
    }
    if (asked.getOptions(EDNSOption.Code.PADDING).isEmpty()) {
      response.addRecord(new OPTRecord(PAYLOAD_BYTES, 0, 0), Section.ADDITIONAL);
    } else {
      pad(response, RESPONSE_BLOCK_BYTES);
    }
  }

  private static void pad(Message message, int blockBytes) {
    int bare = message.toWire().length + OPT_RECORD_BYTES + OPTION_HEADER_BYTES;
    byte[] zeros = new byte[Math.floorMod(-bare, blockBytes)];
    EDNSOption padding = new GenericEDNSOption(EDNSOption.Code.PADDING, zeros);
    message.addRecord(new OPTRecord(PAYLOAD_BYTES, 0, 0, 0, List.of(padding)), Section.ADDITIONAL);
  }
}
