// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.dnsprism.capture.FrameSource;

/**
 * Capture files, standard input and pipes as one stream of frames in time order that several
 * threads can walk at once: each source that {@link #open} gives delivers every frame. Plain files
 * are read by each thread itself; all else is read and unpacked once, on a thread of its own, and
 * shared.
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
   * @throws IOException when a file cannot be looked at, or standard input is named twice
   */
  public static CaptureInput of(List<String> names, InputStream standardInput) throws IOException {
    if (Collections.frequency(names, STANDARD_INPUT) > 1) {
      throw new IOException("standard input can be read only once");
    }
    long total = 0;
    for (String name : names) {
      if (!name.equals(STANDARD_INPUT)) {
        Path path = Path.of(name);
        if (!Files.exists(path) || Files.isDirectory(path)) {
          throw new NoSuchFileException(name);
        }
      }
      total = total < 0 || streamed(name) ? -1 : total + Files.size(Path.of(name));
    }
    return new CaptureInput(List.copyOf(names), standardInput, total);
  }

  /** Whether the bytes come only once: standard input, a named pipe, a process substitution. */
  private static boolean streamed(String name) {
    return name.equals(STANDARD_INPUT) || !Files.isRegularFile(Path.of(name));
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
      sources.add(files.size() == 1 ? files.get(0).reading().open() : new MergedFiles(files));
    }
    return sources;
  }

  private void addFile(String name, List<List<MergedFiles.Opener>> openers) throws IOException {
    if (streamed(name) || compressed(Path.of(name))) {
      addShared(name, openers);
      return;
    }
    for (int consumer = 0; consumer < openers.size(); consumer++) {
      boolean counts = consumer == 0;
      MergedFiles.Opening reading = () -> plain(name, counts);
      openers
          .get(consumer)
          .add(new MergedFiles.Opener(reading, () -> plain(name, false), () -> {}));
    }
  }

  private void addShared(String name, List<List<MergedFiles.Opener>> openers) {
    SharedBytes shared = new SharedBytes(name, () -> unpacked(name, true), openers.size());
    MergedFiles.Opening look =
        () -> opened(name, new SharedBytes(name, () -> unpacked(name, false), 1).reader(0));
    for (int consumer = 0; consumer < openers.size(); consumer++) {
      SharedBytes.Reader bytes = shared.reader(consumer);
      openers
          .get(consumer)
          .add(
              new MergedFiles.Opener(
                  () -> opened(name, bytes), streamed(name) ? null : look, bytes::close));
    }
  }

  private static CaptureFile opened(String name, ReadableByteChannel bytes) {
    return new CaptureFile(name, new Chunk(bytes));
  }

  private static boolean compressed(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Decompression.knows(Decompression.magic(in.readNBytes(4)));
    }
  }

  private InputStream unpacked(String name, boolean counts) throws IOException {
    // Unlike a channel's, this stream can say of a pipe how much there is.
    InputStream raw = name.equals(STANDARD_INPUT) ? standardInput : new FileInputStream(name);
    try {
      return Decompression.unpack(counts ? new Counting(raw) : raw);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private CaptureFile plain(String name, boolean counts) throws IOException {
    ReadableByteChannel channel = Files.newByteChannel(Path.of(name));
    return opened(name, counts ? new CountingChannel(channel) : channel);
  }

  /** Bytes read from the files so far, packed as they are; for a progress display. */
  public long bytesRead() {
    return bytesRead.get();
  }

  /** Bytes in all files, packed as they are; -1 when standard input or a pipe is among them. */
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
