// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.dnsprism.classifier.endpoint.Endpoint;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.classifier.endpoint.EndpointSource;

/** Resolves the names of the endpoint list anew and writes what comes out into the overlay. */
public final class OverlayUpdate implements AutoCloseable {
  private final EndpointList base;
  private final LocalDate today;
  private final ListedNames names;
  private final List<Endpoint> old;
  private final OverlayFile file;

  /**
   * Gets ready, and finds out what stands in the way before anything is asked.
   *
   * @param base the list without the overlay
   * @param overlay file to write; what stands in it is kept where names cannot be resolved
   * @param today day in UTC
   * @throws EndpointListException if the old overlay is broken
   * @throws IOException if the overlay cannot be written, or the old one not read
   */
  public OverlayUpdate(EndpointList base, Path overlay, LocalDate today)
      throws EndpointListException, IOException {
    this.base = base;
    this.today = today;
    names = new ListedNames(base, today);
    old = Files.exists(overlay) ? rules(overlay.toString(), Files.readString(overlay)) : List.of();
    file = new OverlayFile(overlay);
  }

  private static List<Endpoint> rules(String name, String text) throws EndpointListException {
    EndpointList list =
        EndpointList.parse(List.of(new EndpointSource(name, new StringReader(text))));
    List<Endpoint> rules = new ArrayList<>();
    for (int i = 0; i < list.entries(); i++) {
      rules.add(list.endpoint(i));
    }
    return rules;
  }

  /** How many questions there are: two for each name. */
  public int questions() {
    return 2 * names.all().size();
  }

  /**
   * Asks, and replaces the overlay.
   *
   * @param resolvers recursive resolvers, at least one
   * @param perSecond most questions a second
   * @param progress told how many questions are done
   * @throws UnavailableException if no resolver answers, or no name has addresses by their word;
   *     the overlay stays as it was
   * @throws IOException if the overlay cannot be written; it stays as it was
   */
  public OverlayReport run(List<InetSocketAddress> resolvers, int perSecond, IntConsumer progress)
      throws UnavailableException, IOException {
    List<AddressAnswer> answers =
        new AddressQuestions(resolvers, perSecond, progress).ask(names.all());
    if (!OverlayRules.anyAddresses(answers)) {
      throw new UnavailableException("no listed name has addresses by the word of the resolver");
    }
    OverlayRules made = new OverlayRules(base, names, today);
    String text = OverlayText.of(made.of(answers, old), today);
    try {
      rules("overlay", text);
    } catch (EndpointListException e) {
      throw new IllegalStateException("the new overlay is broken", e);
    }
    file.replace(text);
    return made.report();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
