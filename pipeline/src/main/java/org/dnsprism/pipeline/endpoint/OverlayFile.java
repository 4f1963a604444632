// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The overlay on its way to the disk: it takes its place whole, or leaves what was there before. It
 * is opened before there is anything to write, so that a folder without room or permission is found
 * out at once.
 */
final class OverlayFile implements AutoCloseable {
  private final Path path;
  private final Path part;
  private final FileChannel channel;

  /**
   * Opens a file beside the overlay; its folder is made if it is absent.
   *
   * @throws IOException if that cannot be done
   */
  OverlayFile(Path overlay) throws IOException {
    path = Files.exists(overlay) ? overlay.toRealPath() : overlay.toAbsolutePath();
    Path folder = path.resolveSibling("");
    Files.createDirectories(folder);
    part = path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    part.toFile().deleteOnExit();
  }

  /**
   * Writes the overlay and puts it into its place.
   *
   * @throws IOException if that cannot be done; the old overlay is then still there
   */
  void replace(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
    channel.close();
    Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(path.resolveSibling(""), StandardOpenOption.READ)) {
      folder.force(true); // the new name is on the disk too
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
