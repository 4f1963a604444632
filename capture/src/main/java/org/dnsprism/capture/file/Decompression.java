// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.tukaani.xz.XZInputStream;

/** Recognises compressed input by its first bytes, whatever its name, and unpacks it. */
final class Decompression {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int GZIP = 0x1f8b0000;
  private static final int GZIP_MASK = 0xffff0000;
  private static final int ZSTD = 0x28b52ffd;
  private static final int LZ4 = 0x04224d18;
  private static final int XZ = 0xfd377a58;

  private Decompression() {}

  /** Whether a file that starts with these bytes is compressed in a known way. */
  static boolean knows(int magic) {
    return (magic & GZIP_MASK) == GZIP || magic == ZSTD || magic == LZ4 || magic == XZ;
  }

  /** The unpacked stream, or the stream itself when it is not compressed. */
  static InputStream unpack(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER_BYTES);
    in.mark(4);
    byte[] first = in.readNBytes(4);
    in.reset();
    return switch (magic(first)) {
      case ZSTD -> new ZstdInputStream(in);
      case LZ4 -> new LZ4FrameInputStream(in);
      case XZ -> new XZInputStream(in);
      default -> (magic(first) & GZIP_MASK) == GZIP ? new GZIPInputStream(in, BUFFER_BYTES) : in;
    };
  }

  /** The first four bytes, big-endian; 0 when there are fewer. */
  static int magic(byte[] first) {
    if (first.length < 4) {
      return 0;
    }
    return (first[0] & 0xff) << 24
        | (first[1] & 0xff) << 16
        | (first[2] & 0xff) << 8
        | (first[3] & 0xff);
  }
}
