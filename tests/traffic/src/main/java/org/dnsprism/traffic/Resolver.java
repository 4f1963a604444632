// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** A service of an operator that clients ask. */
final class Resolver {
  static final List<Resolver> DO53 =
      List.of(
          Resolver.of("", "192.0.2.53", "2001:db8:53::53", 420),
          Resolver.of("", "198.51.100.53", "2001:db8:53:1::53", 190),
          Resolver.of("", "8.8.8.8", "2001:4860:4860::8888", 150),
          Resolver.of("", "1.1.1.1", "2606:4700:4700::1111", 70),
          Resolver.of("", "8.8.4.4", "2001:4860:4860::8844", 50),
          Resolver.of("", "9.9.9.9", "2620:fe::fe", 20),
          Resolver.of("", "208.67.222.222", "2620:119:35::35", 20));

  static final List<Resolver> DOH =
      List.of(
          Resolver.of("dns.google", "8.8.8.8", "2001:4860:4860::8888", 300),
          Resolver.of("chrome.cloudflare-dns.com", "162.159.61.3", "2803:f800:53::3", 250),
          Resolver.of("mozilla.cloudflare-dns.com", "162.159.61.4", "2803:f800:53::4", 250),
          Resolver.of("dns.quad9.net", "9.9.9.9", "2620:fe::fe", 60),
          Resolver.of("doh.opendns.com", "146.112.41.2", "2620:119:fc::2", 60),
          Resolver.of("dns.nextdns.io", "45.90.28.0", "2a07:a8c0::", 50),
          Resolver.of("doh.mullvad.net", "194.242.2.2", "2a07:e340::2", 30));

  static final List<Resolver> DOT =
      List.of(
          Resolver.of("dns.google", "8.8.8.8", "2001:4860:4860::8888", 450),
          Resolver.of("one.one.one.one", "1.1.1.1", "2606:4700:4700::1111", 300),
          Resolver.of("dns.quad9.net", "9.9.9.9", "2620:fe::fe", 100),
          Resolver.of("dns.adguard-dns.com", "94.140.14.14", "2a10:50c0::ad1:ff", 150));

  static final List<Resolver> DOQ =
      List.of(
          Resolver.of("dns.adguard-dns.com", "94.140.14.14", "2a10:50c0::ad1:ff", 700),
          Resolver.of("dns.nextdns.io", "45.90.28.0", "2a07:a8c0::", 300));

  static final List<Resolver> DNSCRYPT =
      List.of(
          Resolver.of("", "9.9.9.9", "2620:fe::fe", 600),
          Resolver.of("", "94.140.14.14", "2a10:50c0::ad1:ff", 400));

  private final String name;
  private final byte[] v4;
  private final byte[] v6;
  private final int weight;

  private Resolver(String name, byte[] v4, byte[] v6, int weight) {
    this.name = name;
    this.v4 = v4;
    this.v6 = v6;
    this.weight = weight;
  }

  /** The weight is the share of its clients, in relation to the others of a list. */
  private static Resolver of(String name, String v4, String v6, int weight) {
    return new Resolver(name, parse(v4), parse(v6), weight);
  }

  private static byte[] parse(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  /** One of a list, drawn by weight. */
  static Resolver pick(List<Resolver> resolvers, Dice dice) {
    int all = resolvers.stream().mapToInt(resolver -> resolver.weight).sum();
    int left = dice.below(all);
    for (Resolver resolver : resolvers) {
      left -= resolver.weight;
      if (left < 0) {
        return resolver;
      }
    }
    throw new IllegalStateException("weights");
  }

  /** The name in hellos; empty for services that have none. */
  String name() {
    return name;
  }

  byte[] address(boolean wantedV6) {
    return wantedV6 ? v6 : v4;
  }
}
