// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.classifier.endpoint.EndpointSource;
import org.jspecify.annotations.Nullable;

/**
 * The files on top of the bundled list.
 *
 * @param overlay what {@code endpoints update} wrote, or null for none; it may be absent
 * @param lists lists of the user, each on top of those before it
 */
public record EndpointFiles(@Nullable Path overlay, List<Path> lists) {
  private static final String FOLDER = "dnsprism";
  private static final String FILE = "overlay.tsv";

  /** Copies the lists, so that they cannot change. */
  public EndpointFiles {
    lists = List.copyOf(lists);
  }

  /**
   * Where the overlay of this user lies if nothing else is said: in the folder for data of the XDG
   * Base Directory Specification.
   */
  public static Path usualOverlay() {
    String data = System.getenv("XDG_DATA_HOME");
    Path folder =
        data != null && Path.of(data).isAbsolute()
            ? Path.of(data)
            : Path.of(System.getProperty("user.home"), ".local", "share");
    return folder.resolve(FOLDER).resolve(FILE);
  }

  /**
   * Reads all files, the bundled list under them.
   *
   * @throws IOException if a file cannot be read; an absent overlay is none
   * @throws EndpointListException if a list is broken
   */
  public EndpointList read() throws IOException, EndpointListException {
    List<EndpointSource> sources = new ArrayList<>();
    for (Path list : lists) {
      sources.add(source(list));
    }
    Path present = overlay != null && Files.exists(overlay) ? overlay : null;
    if (present == null && sources.isEmpty()) {
      return EndpointList.bundled();
    }
    return EndpointList.bundledWith(present == null ? null : source(present), sources);
  }

  private static EndpointSource source(Path file) throws IOException {
    // Bytes that are not UTF-8 become marks that the reader of the list finds, with their line.
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return new EndpointSource(file.toString(), new StringReader(text));
  }

  /** Whether no file can ever change the list. */
  public boolean isEmpty() {
    return overlay == null && lists.isEmpty();
  }

  /** A text that changes when a file does: time of change and size of each. */
  String state() {
    List<Path> all = new ArrayList<>(lists);
    if (overlay != null) {
      all.add(overlay);
    }
    StringBuilder state = new StringBuilder();
    for (Path file : all) {
      state.append(state(file)).append('\n');
    }
    return state.toString();
  }

  private static String state(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (IOException e) {
      return "absent";
    }
  }
}
