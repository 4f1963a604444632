// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import org.jspecify.annotations.Nullable;

/** TCP without TLS: pages in the clear, or a shell after its banners. */
final class PlainTcpFlow extends TcpFlow {
  private final Transfer transfer;
  private final boolean http;
  private final String name;
  private int step;

  PlainTcpFlow(Kind kind, Ends ends, Dice dice, String name, long packets) {
    super(kind, ends, dice);
    transfer = new Transfer(dice, packets);
    http = kind == Kind.HTTP;
    this.name = name;
  }

  @Override
  @Nullable Turn nextTurn() {
    int number = step++;
    if (!http && number < 2) {
      boolean client = number == 1;
      return Turn.of(client, new Bytes(32).text("SSH-2.0-OpenSSH_9.2p1\r\n"), reaction());
    }
    boolean client = number % 2 == 0;
    if (client && transfer.isDone()) {
      return null;
    }
    if (!http) {
      return Turn.opaque(
          client, client ? 36 + dice.below(400) : transfer.response(), transfer.pause());
    }
    return client ? request() : page();
  }

  private Turn request() {
    String head = "GET /" + Names.of(dice.below(Names.COUNT)).replace('.', '/') + " HTTP/1.1\r\n";
    String rest = "Host: " + name + "\r\nAccept: */*\r\nUser-Agent: maker/1.0\r\n\r\n";
    return Turn.of(true, new Bytes(256).text(head).text(rest), transfer.pause());
  }

  private Turn page() {
    int size = (int) Math.min(60_000, transfer.response());
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: "
            + size
            + "\r\n\r\n";
    Bytes bytes = new Bytes(size + 128).text(head).opaque(size, dice);
    return Turn.of(false, bytes, rtt() + dice.exponential(20 * MILLISECOND));
  }
}
