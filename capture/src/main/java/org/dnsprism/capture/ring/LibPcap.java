// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The filter compiler of libpcap; pcap4j has it too but does not give the program away. */
interface LibPcap extends Library {
  /** pcap_open_dead(3PCAP). */
  Pointer pcap_open_dead(int linkType, int snapLength);

  /** pcap_compile(3PCAP). */
  int pcap_compile(Pointer handle, Pointer program, String filter, int optimize, int netmask);

  /** pcap_geterr(3PCAP). */
  String pcap_geterr(Pointer handle);

  /** pcap_freecode(3PCAP). */
  void pcap_freecode(Pointer program);

  /** pcap_close(3PCAP). */
  void pcap_close(Pointer handle);

  /**
   * Loads the library.
   *
   * @throws UnsatisfiedLinkError when it is not installed
   */
  static LibPcap load() {
    return Native.load("pcap", LibPcap.class);
  }
}
