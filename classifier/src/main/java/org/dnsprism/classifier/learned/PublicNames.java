// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An immutable, bounded set of names of ECH configurations; look-ups allocate nothing. */
final class PublicNames {
  /** Names that are kept. */
  static final int CAPACITY = 1024;

  static final PublicNames NONE = new PublicNames(List.of());

  private static final int EMPTY = -1;

  private final List<EchPublicName> names;
  private final byte[][] bytes;
  private final int[] slots;

  private PublicNames(List<EchPublicName> names) {
    this.names = names;
    bytes = new byte[names.size()][];
    slots = new int[Integer.highestOneBit(names.size() * 2 + 1) * 2];
    Arrays.fill(slots, EMPTY);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = names.get(i).name().getBytes(StandardCharsets.ISO_8859_1);
      int slot = slot(bytes[i], bytes[i].length);
      while (slots[slot] != EMPTY) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i;
    }
  }

  private int slot(byte[] name, int length) {
    return (int) (Mix.of(0, name, length) >>> 40) & (slots.length - 1);
  }

  /** The names that live at a time; known ones stay rather than make room for new ones. */
  PublicNames with(List<EchPublicName> news, long nowNanos) {
    List<EchPublicName> living =
        names.stream().filter(name -> name.expiryNanos() > nowNanos).toList();
    if (news.isEmpty() && living.size() == names.size()) {
      return this;
    }
    List<EchPublicName> all = new ArrayList<>(living);
    all.addAll(news);
    all.sort(EchPublicName.ORDER);
    List<EchPublicName> kept = new ArrayList<>();
    for (EchPublicName name : all) {
      boolean repeated = !kept.isEmpty() && kept.get(kept.size() - 1).name().equals(name.name());
      if (!repeated) {
        kept.add(name);
      }
    }
    return new PublicNames(List.copyOf(bounded(kept)));
  }

  private List<EchPublicName> bounded(List<EchPublicName> kept) {
    if (kept.size() <= CAPACITY) {
      return kept;
    }
    int room = CAPACITY - (int) kept.stream().filter(this::knows).count();
    List<EchPublicName> chosen = new ArrayList<>();
    for (EchPublicName name : kept) {
      if (knows(name) || room-- > 0) {
        chosen.add(name);
      }
    }
    return chosen;
  }

  private boolean knows(EchPublicName name) {
    byte[] text = name.name().getBytes(StandardCharsets.ISO_8859_1);
    return contain(text, text.length);
  }

  boolean contain(byte[] name, int length) {
    if (bytes.length == 0 || length == 0) {
      return false;
    }
    int slot = slot(name, length);
    while (slots[slot] != EMPTY) {
      byte[] found = bytes[slots[slot]];
      if (Arrays.equals(found, 0, found.length, name, 0, length)) {
        return true;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return false;
  }

  int size() {
    return bytes.length;
  }
}
