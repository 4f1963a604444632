// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.wire.Packet;

/** Which end of a flow is the client, judged by ports before the protocol itself has told. */
final class ClientGuess {
  private static final int FIRST_UNPRIVILEGED_PORT = 1024;

  private ClientGuess() {}

  /** Whether the packet's source is likelier to be the client than its destination. */
  static boolean sourceIsClient(Packet packet) {
    int source = rank(packet.sourcePort());
    int destination = rank(packet.destinationPort());
    return source <= destination;
  }

  /** How much a port looks like a server's. */
  private static int rank(int port) {
    return switch (port) {
      case 53, 853 -> 3;
      case 443, 784, 5353, 5355, 8853 -> 2;
      default -> port < FIRST_UNPRIVILEGED_PORT ? 1 : 0;
    };
  }
}
