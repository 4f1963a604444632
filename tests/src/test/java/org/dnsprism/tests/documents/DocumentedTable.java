// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dnsprism.tests.LabCaptures;

/**
 * A table of Markdown that stands in a document between two comments and is made from the code.
 *
 * @param document name of the file in {@code docs}
 * @param name first word of the comment above the table
 */
record DocumentedTable(String document, String name) {
  private static final String END = "<!-- end -->";

  /** Set to true, the tests write the tables anew where they would fail. */
  private static final String REWRITE = "dnsprism.docs.rewrite";

  /** Fails when the document has other rows, or writes them if the property says so. */
  void assertRows(List<String> rows) throws IOException {
    Path path = LabCaptures.root().resolve("docs").resolve(document);
    String text = Files.readString(path);
    String comment = "<!-- " + name + ": made by DocumentedTablesTest -->\n";
    int begin = text.indexOf(comment) + comment.length();
    int end = text.indexOf(END, begin);
    assertTrue(text.contains(comment) && end > 0, document + " has no place for " + name);
    String expected = String.join("\n", rows) + "\n";
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(path, text.substring(0, begin) + expected + text.substring(end));
      return;
    }
    assertEquals(
        expected,
        text.substring(begin, end),
        document + " is behind the code; the tests write it anew with -D" + REWRITE + "=true");
  }
}
