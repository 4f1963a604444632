// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.Comparator;
import org.dnsprism.classifier.flow.Role;
import org.dnsprism.classifier.verdict.Transport;

/**
 * What a cell counts.
 *
 * @param transport label
 * @param operator index in the endpoint list
 * @param serverHigh upper half of the server's address; 0 with {@code anyServer}
 * @param serverLow lower half of the server's address; 0 with {@code anyServer}
 * @param anyServer whether the cell holds all servers that have none of their own
 * @param role side of the resolver
 * @param ownResolver whether the server is one of the operator's own resolvers
 */
public record CellKey(
    Transport transport,
    int operator,
    long serverHigh,
    long serverLow,
    boolean anyServer,
    Role role,
    boolean ownResolver)
    implements Comparable<CellKey> {
  private static final Comparator<CellKey> ORDER =
      Comparator.comparing(CellKey::transport)
          .thenComparingInt(CellKey::operator)
          .thenComparing(CellKey::anyServer)
          .thenComparing(CellKey::serverHigh, Long::compareUnsigned)
          .thenComparing(CellKey::serverLow, Long::compareUnsigned)
          .thenComparing(CellKey::role)
          .thenComparing(CellKey::ownResolver);

  /** The cell that takes this one in when there are too many. */
  CellKey withAnyServer() {
    return new CellKey(transport, operator, 0, 0, true, role, ownResolver);
  }

  @Override
  public int compareTo(CellKey other) {
    return ORDER.compare(this, other);
  }
}
