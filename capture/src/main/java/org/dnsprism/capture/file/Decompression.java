// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
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

  /** Four times what the strongest preset needs; the format would allow 4 GiB. */
  private static final int MAX_XZ_KIBIBYTES = 256 << 10;

  private Decompression() {}

  /** Whether a file that starts with these bytes is compressed in a known way. */
  static boolean knows(int magic) {
    return (magic & GZIP_MASK) == GZIP || magic == ZSTD || magic == LZ4 || magic == XZ;
  }

  /**
   * The unpacked stream, or the stream itself when it is not compressed. From a damaged one it
   * gives all that can be unpacked before it throws.
   */
  static InputStream unpack(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER_BYTES);
    in.mark(4);
    byte[] first = in.readNBytes(4);
    in.reset();
    return switch (magic(first)) {
      case ZSTD -> new ZstdInputStream(in);
      case LZ4 -> new LZ4FrameInputStream(in);
      case XZ -> new StepwiseInput(new XZInputStream(in, MAX_XZ_KIBIBYTES));
      default ->
          (magic(first) & GZIP_MASK) == GZIP
              ? new GZIPInputStream(new PatientInput(in), BUFFER_BYTES)
              : in;
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

  /**
   * Says truly whether it has ended. The reader of gzip takes "nothing available" for the end when
   * it looks for a further member, but a pipe says so whenever its writer is slow.
   */
  private static final class PatientInput extends FilterInputStream {
    PatientInput(BufferedInputStream in) {
      super(in);
    }

    @Override
    public int available() throws IOException {
      int ready = super.available();
      if (ready > 0) {
        return ready;
      }
      mark(1);
      boolean more = read() >= 0;
      reset();
      return more ? 1 : 0;
    }
  }

  /**
   * Asks for no more than stands in the chunk at hand: a read that runs into damage behind it would
   * lose what it had unpacked.
   */
  private static final class StepwiseInput extends FilterInputStream {
    StepwiseInput(XZInputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return super.read(into, offset, Math.min(length, Math.max(1, available())));
    }
  }
}
