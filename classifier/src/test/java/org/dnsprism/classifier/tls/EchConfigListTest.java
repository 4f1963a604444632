// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lists laid out after RFC 9849, section 4. */
class EchConfigListTest {
  private final EchConfigList list = new EchConfigList();

  private static ByteBuf config(int version, String name) {
    ByteBuf contents = Unpooled.buffer();
    contents.writeByte(1).writeShort(0x20).writeShort(32).writeZero(32);
    contents.writeShort(4).writeShort(1).writeShort(1).writeByte(64);
    contents.writeByte(name.length()).writeCharSequence(name, StandardCharsets.US_ASCII);
    contents.writeShort(0);
    ByteBuf config = Unpooled.buffer().writeShort(version).writeShort(contents.readableBytes());
    return config.writeBytes(contents);
  }

  private static ByteBuf list(ByteBuf... configs) {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf each : configs) {
      all.writeBytes(each);
    }
    return Unpooled.buffer().writeShort(all.readableBytes()).writeBytes(all);
  }

  private String name(ByteBuf from) {
    return from.toString(list.nameOffset(), list.nameLength(), StandardCharsets.US_ASCII);
  }

  @Test
  void namesOfKnownVersionsAreRead() {
    ByteBuf wire =
        list(config(0xfe0d, "a.test"), config(0xfe0a, "old.test"), config(0xfe0d, "b.test"));
    list.begin(wire, 0, wire.readableBytes());
    assertTrue(list.next());
    assertEquals("a.test", name(wire));
    assertTrue(list.next());
    assertEquals("b.test", name(wire));
    assertFalse(list.next());
  }

  @Test
  void cutListHasNoNames() {
    ByteBuf wire = list(config(0xfe0d, "a.test"));
    for (int length = 0; length < wire.readableBytes(); length++) {
      list.begin(wire.copy(0, length), 0, length);
      assertFalse(list.next());
    }
  }

  /** The buffer ends where the list does: a read outside of it would throw. */
  @Test
  void changedBytesNeverLeadOutside() {
    Random random = new Random(5);
    for (int round = 0; round < 50_000; round++) {
      ByteBuf wire = list(config(0xfe0d, "a.test"), config(0xfe0d, "front.test"));
      for (int i = random.nextInt(6); i >= 0; i--) {
        wire.setByte(random.nextInt(wire.readableBytes()), random.nextInt(256));
      }
      int length =
          random.nextInt(4) == 0 ? random.nextInt(wire.readableBytes()) : wire.readableBytes();
      ByteBuf exact = wire.copy(0, length);
      list.begin(exact, 0, length);
      for (int steps = 0; list.next(); steps++) {
        assertTrue(steps < 2 && list.nameLength() > 0);
        assertTrue(list.nameOffset() >= 0 && list.nameOffset() + list.nameLength() <= length);
      }
    }
  }
}
