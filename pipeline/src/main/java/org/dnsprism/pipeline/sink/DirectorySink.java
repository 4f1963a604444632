// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.sink;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.JsonCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one file of JSON lines for each kind of record. A file has its name only once it is whole
 * and on the disk; before that it ends in {@code .part}.
 */
public final class DirectorySink implements RecordSink {
  private static final Logger LOG = LoggerFactory.getLogger(DirectorySink.class);
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path directory;
  private final Map<Body.Kind, Part> parts = new EnumMap<>(Body.Kind.class);

  /** A file that is being written. */
  private record Part(Path path, FileChannel channel, OutputStream out) {}

  /**
   * Writes into a folder, which is made if it is absent.
   *
   * @throws SinkException when it cannot be made or written to
   */
  public DirectorySink(Path directory) throws SinkException {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      for (Body.Kind kind : Body.Kind.values()) {
        if (kind != Body.Kind.AGENT) { // a replay has none
          parts.put(kind, open(kind));
        }
      }
    } catch (IOException e) {
      close();
      throw failed(e);
    }
  }

  private Part open(Body.Kind kind) throws IOException {
    Path path = directory.resolve(kind.label() + ".ndjson.part");
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    return new Part(path, channel, out);
  }

  @Override
  public void accept(Envelope record) throws SinkException {
    Body.Kind kind = record.body().kind();
    try {
      Part part = parts.get(kind);
      if (part == null) {
        part = open(kind);
        parts.put(kind, part);
      }
      part.out().write(JsonCodec.encode(record));
      part.out().write('\n');
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void finish() throws SinkException {
    try {
      for (Map.Entry<Body.Kind, Part> entry : parts.entrySet()) {
        Part part = entry.getValue();
        part.out().flush();
        part.channel().force(true);
        part.channel().close();
        Files.move(
            part.path(),
            directory.resolve(entry.getKey().label() + ".ndjson"),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private SinkException failed(IOException e) {
    return new SinkException(
        SinkException.Cause.OUTPUT, directory + " cannot be written: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    for (Part part : parts.values()) {
      try {
        part.out().flush();
        part.channel().close();
      } catch (IOException e) {
        LOG.debug("{} stays as far as it could be written", part.path(), e);
      }
    }
  }
}
