// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** The two ends of a flow, and its number. */
final class Ends {
  private final long number;
  private final byte[] client;
  private final int clientPort;
  private final byte[] server;
  private final int serverPort;

  /**
   * @param number number of the flow, from 0 in the order of beginning
   * @param client address of the client, 4 or 16 bytes
   * @param server address of the server, as long
   */
  Ends(long number, byte[] client, int clientPort, byte[] server, int serverPort) {
    this.number = number;
    this.client = client;
    this.clientPort = clientPort;
    this.server = server;
    this.serverPort = serverPort;
  }

  long number() {
    return number;
  }

  byte[] client() {
    return client;
  }

  int clientPort() {
    return clientPort;
  }

  byte[] server() {
    return server;
  }

  int serverPort() {
    return serverPort;
  }
}
