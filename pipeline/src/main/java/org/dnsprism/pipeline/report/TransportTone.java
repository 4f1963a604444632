// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.terminal.Tone;

/** The colour of each transport: warm where everybody can read, cold where it is encrypted. */
final class TransportTone {
  private static final Tone DO53_UDP = Tone.hue(203);
  private static final Tone DO53_TCP = Tone.hue(208);
  private static final Tone DOT = Tone.hue(35);
  private static final Tone DOH = Tone.hue(33);
  private static final Tone DOH3 = Tone.hue(99);
  private static final Tone DOQ = Tone.hue(37);
  private static final Tone DNSCRYPT = Tone.hue(170);
  private static final Tone DOH_PLAIN = Tone.hue(167);
  private static final Tone SUSPECTED = Tone.hue(178);

  private TransportTone() {}

  static Tone of(Transport transport) {
    return switch (transport) {
      case DO53_UDP -> DO53_UDP;
      case DO53_TCP -> DO53_TCP;
      case DOT -> DOT;
      case DOH -> DOH;
      case DOH3 -> DOH3;
      case DOQ -> DOQ;
      case DNSCRYPT -> DNSCRYPT;
      case DOH_PLAIN -> DOH_PLAIN;
      case SUSPECTED -> SUSPECTED;
      case MDNS, LLMNR, OTHER -> Tone.FAINT;
    };
  }
}
