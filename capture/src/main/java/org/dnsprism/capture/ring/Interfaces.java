// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import java.util.List;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/** The interfaces that can be captured from, as libpcap lists them. */
public final class Interfaces {
  private Interfaces() {}

  /** Their names, the likeliest first; empty when libpcap is not installed. */
  public static List<String> names() {
    try {
      return Pcaps.findAllDevs().stream().map(PcapNetworkInterface::getName).toList();
    } catch (PcapNativeException | LinkageError e) {
      return List.of();
    }
  }
}
