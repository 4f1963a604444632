// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.dnsprism.capture.FrameSource;

/**
 * Capture files, or standard input, as one stream of frames in time order that several threads can
 * walk at once: each source that {@link #open} gives delivers every frame. Plain files are read by
 * each thread itself; compressed ones and standard input are unpacked once, on a thread of their
 * own, and shared.
 */
public final class CaptureInput {
  /** The name that stands for standard input. */
  public static final String STANDARD_INPUT = "-";

  private final List<String> names;
  private final InputStream standardInput;
  private final AtomicLong bytesRead = new AtomicLong();
  private final long bytesTotal;

  private CaptureInput(List<String> names, InputStream standardInput, long bytesTotal) {
    this.names = names;
    this.standardInput = standardInput;
    this.bytesTotal = bytesTotal;
  }

  /**
   * Names the input; nothing is opened yet.
   *
   * @param names paths, or {@link #STANDARD_INPUT} once
   * @param standardInput read for {@link #STANDARD_INPUT}
   * @throws NoSuchFileException when a path does not exist or is a directory
   * @throws IOException when a file cannot be looked at
   */
  public static CaptureInput of(List<String> names, InputStream standardInput) throws IOException {
    long total = 0;
    for (String name : names) {
      if (name.equals(STANDARD_INPUT)) {
        total = -1;
      } else {
        Path path = Path.of(name);
        if (!Files.exists(path) || Files.isDirectory(path)) {
          throw new NoSuchFileException(name);
        }
        total = total < 0 ? total : total + Files.size(path);
      }
    }
    return new CaptureInput(List.copyOf(names), standardInput, total);
  }

  /**
   * Opens the input.
   *
   * @param consumers how many sources to give, 1 or more; each must be read to its end or closed
   * @return sources that each deliver all frames in the same order
   */
  public List<FrameSource> open(int consumers) throws IOException {
    List<List<MergedFiles.Opener>> openers = new ArrayList<>();
    for (int consumer = 0; consumer < consumers; consumer++) {
      openers.add(new ArrayList<>());
    }
    for (String name : names) {
      addFile(name, openers);
    }
    List<FrameSource> sources = new ArrayList<>();
    for (List<MergedFiles.Opener> files : openers) {
      sources.add(files.size() == 1 ? files.get(0).open() : new MergedFiles(files));
    }
    return sources;
  }

  private void addFile(String name, List<List<MergedFiles.Opener>> openers) throws IOException {
    boolean plain = !name.equals(STANDARD_INPUT) && !compressed(Path.of(name));
    if (plain) {
      for (int consumer = 0; consumer < openers.size(); consumer++) {
        boolean counts = consumer == 0;
        openers.get(consumer).add(() -> new CaptureFile(name, new Chunk(plain(name, counts))));
      }
      return;
    }
    // A merge looks at the first frame before it reads, so each opening is a stream of its own.
    boolean once = names.size() == 1;
    SharedBytes shared = new SharedBytes(name, () -> unpacked(name), openers.size());
    for (int consumer = 0; consumer < openers.size(); consumer++) {
      int index = consumer;
      openers
          .get(consumer)
          .add(
              () -> {
                SharedBytes bytes = once ? shared : new SharedBytes(name, () -> unpacked(name), 1);
                return new CaptureFile(name, new Chunk(bytes.reader(once ? index : 0)));
              });
    }
  }

  private static boolean compressed(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Decompression.knows(Decompression.magic(in.readNBytes(4)));
    }
  }

  private InputStream unpacked(String name) throws IOException {
    InputStream raw =
        name.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(Path.of(name));
    return Decompression.unpack(new Counting(raw));
  }

  private ReadableByteChannel plain(String name, boolean counts) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(Path.of(name));
    return counts ? new CountingChannel(channel) : channel;
  }

  /** Bytes read from the files so far, packed as they are; for a progress display. */
  public long bytesRead() {
    return bytesRead.get();
  }

  /** Bytes in all files, packed as they are; -1 when standard input is among them. */
  public long bytesTotal() {
    return bytesTotal;
  }

  private final class CountingChannel implements ReadableByteChannel {
    private final ReadableByteChannel channel;

    CountingChannel(ReadableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      int count = channel.read(into);
      bytesRead.addAndGet(Math.max(0, count));
      return count;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private final class Counting extends FilterInputStream {
    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      bytesRead.addAndGet(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      bytesRead.addAndGet(Math.max(0, count));
      return count;
    }
  }
}
