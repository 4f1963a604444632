// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.dnsprism.capture.LinkType;

/**
 * A network interface as sysfs shows it.
 *
 * @param name such as eth0
 * @param index the kernel's number of it
 * @param linkType what its frames begin with, see {@link LinkType}
 */
record LinkDevice(String name, int index, int linkType) {
  private static final Path ALL = Path.of("/sys/class/net");
  private static final Pattern NAME = Pattern.compile("[^/\\s.][^/\\s]{0,14}");

  /** ARPHRD_ numbers of linux/if_arp.h. */
  private static final int ETHERNET = 1;

  private static final int PPP = 512;
  private static final int LOOPBACK = 772;
  private static final int NONE = 65534;

  /**
   * Looks an interface up.
   *
   * @throws NoSuchFileException when there is none of that name
   * @throws IOException when its frames are of a kind that rings do not give
   */
  static LinkDevice of(String name) throws IOException {
    if (!NAME.matcher(name).matches() || !Files.isDirectory(ALL.resolve(name))) {
      throw new NoSuchFileException(name, null, "no such network interface");
    }
    return new LinkDevice(name, number(name, "ifindex"), linkType(name, number(name, "type")));
  }

  private static int number(String name, String file) throws IOException {
    return Integer.parseInt(Files.readString(ALL.resolve(name).resolve(file)).strip());
  }

  private static int linkType(String name, int hardware) throws IOException {
    return switch (hardware) {
      case ETHERNET, LOOPBACK -> LinkType.ETHERNET;
      case PPP, NONE -> LinkType.RAW;
      default ->
          throw new IOException(
              "interface %s has frames of type %d, which cannot be read live"
                  .formatted(name, hardware));
    };
  }
}
