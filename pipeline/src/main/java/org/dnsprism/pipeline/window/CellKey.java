// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.Comparator;
import org.dnsprism.classifier.endpoint.AddressBlock;
import org.dnsprism.classifier.flow.Role;
import org.dnsprism.classifier.verdict.Transport;

/**
 * What a cell counts.
 *
 * @param transport label
 * @param operator index in the endpoint list
 * @param serverHigh upper half of the server's address; 0 with {@code anyServer}
 * @param serverLow lower half of the server's address; 0 with {@code anyServer}
 * @param serverBits length of the server's network, where its addresses tell customers; else 128
 * @param anyServer whether the cell holds all servers that have none of their own
 * @param role side of the resolver
 * @param ownResolver whether the server is one of the operator's own resolvers
 */
public record CellKey(
    Transport transport,
    int operator,
    long serverHigh,
    long serverLow,
    int serverBits,
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
          .thenComparingInt(CellKey::serverBits)
          .thenComparing(CellKey::role)
          .thenComparing(CellKey::ownResolver);

  /** The cell that takes this one in when there are too many. */
  CellKey withAnyServer() {
    return new CellKey(
        transport, operator, 0, 0, AddressBlock.ADDRESS_BITS, true, role, ownResolver);
  }

  /** The cell of all servers in a network. */
  CellKey withServers(AddressBlock network) {
    return new CellKey(
        transport,
        operator,
        network.high(),
        network.low(),
        network.length(),
        false,
        role,
        ownResolver);
  }

  /** The server's address, its network, or {@code other}. */
  String server() {
    return anyServer ? "other" : new AddressBlock(serverHigh, serverLow, serverBits).text();
  }

  @Override
  public int compareTo(CellKey other) {
    return ORDER.compare(this, other);
  }
}
