// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;

/**
 * A certificate of a DNSCrypt resolver as its TXT record holds it (DNSCrypt version 2, section
 * "Certificates"): one character string with the fields below. Reused; read without allocation.
 *
 * <pre>
 * magic "DNSC" 4, encryption system 2, minor version 2, signature 64, resolver key 32,
 * client magic 8, serial 4, begin 4, end 4 (seconds since 1970), extensions
 * </pre>
 */
public final class DnsCryptCertificate {
  private static final int MAGIC = 0x444e5343;
  private static final int MIN_BYTES = 124;
  private static final int CLIENT_MAGIC_OFFSET = 104;
  private static final int BEGIN_OFFSET = 116;
  private static final int END_OFFSET = 120;
  private static final int LAST_SYSTEM = 2;

  private long clientMagic;
  private long beginSeconds;
  private long endSeconds;

  /** Makes one that holds nothing yet. */
  public DnsCryptCertificate() {}

  /**
   * Reads the data of a TXT record.
   *
   * @return whether they are a certificate of a known encryption system
   */
  public boolean read(ByteBuf buffer, int offset, int length) {
    if (length < 1 + MIN_BYTES || buffer.getUnsignedByte(offset) < MIN_BYTES) {
      return false;
    }
    int at = offset + 1;
    int system = buffer.getUnsignedShort(at + 4);
    if (buffer.getInt(at) != MAGIC || system < 1 || system > LAST_SYSTEM) {
      return false;
    }
    clientMagic = buffer.getLong(at + CLIENT_MAGIC_OFFSET);
    beginSeconds = buffer.getUnsignedInt(at + BEGIN_OFFSET);
    endSeconds = buffer.getUnsignedInt(at + END_OFFSET);
    return beginSeconds < endSeconds;
  }

  /**
   * The eight bytes that encrypted queries begin with; 0 where others could begin with them too.
   */
  public long clientMagic() {
    return clientMagic >>> Byte.SIZE == 0 ? 0 : clientMagic;
  }

  /** First second of its validity, since 1970. */
  public long beginSeconds() {
    return beginSeconds;
  }

  /** Last second of its validity, since 1970. */
  public long endSeconds() {
    return endSeconds;
  }
}
