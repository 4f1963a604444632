// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** Host names below {@code example} (RFC 2606), one for each rank of popularity. */
final class Names {
  static final int COUNT = 2_000_000;

  private static final double EXPONENT = 0.95;
  private static final String CONSONANTS = "bcdfghklmnprstvz";
  private static final String VOWELS = "aeiou";
  private static final String[] HOSTS = {"www", "api", "cdn", "img", "static", "mail", "m", "edge"};

  private Names() {}

  /** A name by its popularity. */
  static String random(Dice dice) {
    return of(dice.zipf(COUNT, EXPONENT));
  }

  static String of(int rank) {
    long bits = Dice.mixed(rank + 0x6e616d65L);
    StringBuilder name = new StringBuilder(48);
    if ((bits & 1) != 0) {
      name.append(HOSTS[(int) ((bits >>> 1) & 7)]).append('.');
    }
    if ((bits & 0x70) == 0) {
      syllables(name, bits >>> 8, 5);
      name.append(rank % 97).append('.');
    }
    syllables(name, Dice.mixed(rank), 2 + (int) ((bits >>> 56) & 3));
    return name.append(Integer.toString(rank, 36)).append(".example").toString();
  }

  private static void syllables(StringBuilder name, long bits, int count) {
    long left = bits;
    for (int i = 0; i < count; i++) {
      name.append(CONSONANTS.charAt((int) (left & 15)))
          .append(VOWELS.charAt((int) (((left >>> 4) & 63) % 5)));
      left >>>= 10;
    }
  }

  /** The name of an address in the tree for reverse look-ups. */
  static String reverse(Dice dice) {
    return dice.below(256)
        + "."
        + dice.below(256)
        + "."
        + (18 + dice.below(2))
        + ".198.in-addr.arpa";
  }
}
