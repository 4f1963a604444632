// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import org.jspecify.annotations.Nullable;

/** A connection with TLS 1.3: hellos that can be read, then records that cannot. */
abstract class TlsFlow extends TcpFlow {
  private static final int FINISHED = 6 + TlsRecords.HEAD + 53;

  private final Hello hello;
  private int turns;

  TlsFlow(Kind kind, Ends ends, Dice dice, Hello hello) {
    super(kind, ends, dice);
    this.hello = hello;
  }

  /** What the application says next, or null when it is done. */
  abstract @Nullable Turn nextAppTurn();

  @Override
  final @Nullable Turn nextTurn() {
    return switch (turns++) {
      case 0 -> Turn.of(true, hello.clientRecord(), reaction());
      case 1 -> Turn.of(false, hello.serverRecord(), rtt());
      // Encrypted extensions, certificate and Finished.
      case 2 -> Turn.records(false, 2_200 + dice.below(2_400), 30 * MICROSECOND);
      case 3 -> Turn.of(true, finished(), reaction());
      default -> nextAppTurn();
    };
  }

  private Bytes finished() {
    Bytes bytes = new Bytes(FINISHED).u8(20).u16(0x0303).u16(1).u8(1);
    return bytes.u8(23).u16(0x0303).u16(53).opaque(53, dice);
  }

  @Override
  final boolean shows() {
    return turns > 1;
  }
}
