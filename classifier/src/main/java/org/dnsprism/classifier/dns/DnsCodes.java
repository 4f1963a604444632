// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

/** Which types and classes a question can have (IANA, Domain Name System Parameters). */
final class DnsCodes {
  private static final int LAST_DATA_TYPE = 68;
  private static final int SPF = 99;
  private static final int FIRST_ADDRESS_TYPE = 104;
  private static final int LAST_ADDRESS_TYPE = 109;
  private static final int FIRST_QUESTION_TYPE = 249;
  private static final int LAST_QUESTION_TYPE = 262;
  private static final int TRUST_ANCHOR = 32768;
  private static final int LOOKASIDE = 32769;

  private DnsCodes() {}

  /** Internet, Chaos, Hesiod, none or any. */
  static boolean ordinaryClass(int qclass) {
    return qclass == 1 || qclass == 3 || qclass == 4 || qclass == 254 || qclass == 255;
  }

  /** A type that has been assigned. */
  static boolean knownType(int type) {
    return (type >= 1 && type <= LAST_DATA_TYPE)
        || type == SPF
        || (type >= FIRST_ADDRESS_TYPE && type <= LAST_ADDRESS_TYPE)
        || (type >= FIRST_QUESTION_TYPE && type <= LAST_QUESTION_TYPE)
        || type == TRUST_ANCHOR
        || type == LOOKASIDE;
  }
}
