// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.net.IDN;
import java.util.Locale;

/** What makes a rule one of its kind: a list holds at most one rule for each key. */
record RuleKey(MatchKind kind, String value) implements Comparable<RuleKey> {
  private static final int MAX_LABEL_LENGTH = 63;

  /**
   * Reads a value and brings it into canonical form.
   *
   * @throws IllegalArgumentException if the value is not of the kind; the message says why
   */
  static RuleKey parse(MatchKind kind, String text) {
    return switch (kind) {
      case EXACT, SUFFIX -> new RuleKey(kind, name(text));
      case ADDRESS -> new RuleKey(kind, AddressBlock.parseAddress(text).text());
      case PREFIX -> new RuleKey(kind, AddressBlock.parsePrefix(text).text());
    };
  }

  private static String name(String text) {
    if (text.startsWith("*.")) {
      throw new IllegalArgumentException("write a suffix without \"*.\": " + text);
    }
    String name = ascii(text).toLowerCase(Locale.ROOT);
    if (name.length() > NameTable.MAX_NAME_LENGTH) {
      throw new IllegalArgumentException("name longer than 253 letters: " + text);
    }
    for (String label : name.split("\\.", -1)) {
      if (!isLabel(label)) {
        throw new IllegalArgumentException("not a host name: " + text);
      }
    }
    return name;
  }

  private static String ascii(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    try {
      return IDN.toASCII(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a host name: " + text, e);
    }
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && label.length() <= MAX_LABEL_LENGTH
        && label.chars().allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '_');
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(RuleKey other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : value.compareTo(other.value);
  }
}
