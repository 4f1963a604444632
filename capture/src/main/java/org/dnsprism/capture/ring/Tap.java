// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.dnsprism.capture.CapturePermissionException;
import org.dnsprism.capture.FrameHandler;
import org.dnsprism.capture.SourceLedger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's ring on one interface over its life: when the interface goes down the ring waits,
 * when it vanishes the ring is closed, and opened anew when an interface of that name is back.
 */
final class Tap {
  private static final Logger LOG = LoggerFactory.getLogger(Tap.class);
  private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;

  private final String name;
  private final RingSettings settings;
  private final FanoutGroup group;
  private LinkDevice device;
  private @Nullable PacketRing ring;
  private SourceLedger past = SourceLedger.NOTHING;
  private boolean troubled;
  private long nextLook;

  Tap(String name, RingSettings settings, FanoutGroup group) throws IOException {
    this.name = name;
    this.settings = settings;
    this.group = group;
    device = LinkDevice.of(name);
    ring = open();
  }

  private PacketRing open() throws IOException {
    PacketSocket socket = PacketSocket.open(device, settings);
    try {
      PacketRing opened = new PacketRing(device, socket, settings);
      socket.bind();
      group.join(socket);
      return opened;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  int poll(FrameHandler handler, int limit) {
    PacketRing open = ring;
    return open == null ? 0 : open.poll(handler, limit);
  }

  /** The socket for poll(2), or -1 while the interface is not there. */
  int file() {
    PacketRing open = ring;
    return open == null ? -1 : open.file();
  }

  /** The socket reported an error: most often the interface went down. */
  void fail(long nowNanos) {
    PacketRing open = ring;
    if (open != null && open.takeError() != 0 && !troubled) {
      troubled = true;
      nextLook = nowNanos + LOOK_AGAIN_NANOS; // by then its last block has been read
      past = past.plus(new SourceLedger(0, 0, 0, 0, 1));
      LOG.warn("interface {} is down; waiting for it", name);
    }
  }

  /**
   * Looks after an interface that was in trouble, once a second.
   *
   * @throws CapturePermissionException when it is there and may not be captured from any more
   */
  void heal(long nowNanos) throws CapturePermissionException {
    if ((!troubled && ring != null) || nowNanos - nextLook < 0) {
      return;
    }
    nextLook = nowNanos + LOOK_AGAIN_NANOS;
    try {
      LinkDevice present = LinkDevice.of(name);
      if (ring == null || present.index() != device.index()) {
        closeRing();
        device = present;
        ring = open();
        LOG.warn("interface {} is back", name);
      }
      troubled = false;
    } catch (CapturePermissionException e) {
      throw e; // waiting does not bring the privilege back
    } catch (NoSuchFileException e) {
      closeRing();
      LOG.debug("interface {} is not there", name, e);
    } catch (IOException e) {
      closeRing();
      LOG.warn("interface {} cannot be opened again yet: {}", name, e.getMessage());
    }
  }

  /** The kernel takes no further frames. */
  void shut() {
    PacketRing open = ring;
    if (open != null) {
      open.shut();
    }
  }

  double fill() {
    PacketRing open = ring;
    return open == null ? 0 : open.fill();
  }

  SourceLedger ledger() {
    PacketRing open = ring;
    return open == null ? past : past.plus(open.ledger());
  }

  private void closeRing() {
    PacketRing open = ring;
    if (open != null) {
      past = ledger();
      past = past.plus(new SourceLedger(0, 0, past.waiting(), 0, 0)); // they go with the ring
      ring = null;
      open.close();
    }
  }

  void close() {
    closeRing();
  }
}
