// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.dnsprism.capture.DamagedCaptureException;
import org.dnsprism.capture.FrameHandler;
import org.dnsprism.capture.FrameSource;
import org.jspecify.annotations.Nullable;

/**
 * Several captures as one stream in time order: always the earliest of their next frames, the
 * earlier file first when times are equal. A file is open only while its frames are due; what can
 * be opened only once is open from the start.
 */
final class MergedFiles implements FrameSource {
  private final PriorityQueue<Member> members =
      new PriorityQueue<>(Comparator.comparing(Member::time).thenComparing(Member::index));
  private final List<Member> unsure = new ArrayList<>();
  private @Nullable DamagedCaptureException damage;

  /** Opens a file at its start. */
  @FunctionalInterface
  interface Opening {
    /** Opens it. */
    CaptureFile open() throws IOException;
  }

  /**
   * The ways to open a file.
   *
   * @param reading to read all of it
   * @param look to see its first frame before; null when it can be opened only once
   * @param forgo called when it will not be read, as others may wait for this reader
   */
  record Opener(Opening reading, @Nullable Opening look, Runnable forgo) {}

  private static final class Member {
    private final int index;
    private final Opener opener;
    private @Nullable CaptureFile file;
    private long time;

    Member(int index, Opener opener) {
      this.index = index;
      this.opener = opener;
    }

    long time() {
      return time;
    }

    int index() {
      return index;
    }
  }

  /** Looks at the first frame of each file; a damaged one is told of at the end. */
  MergedFiles(List<Opener> openers) throws IOException {
    for (int i = 0; i < openers.size(); i++) {
      Member member = new Member(i, openers.get(i));
      Opening look = member.opener.look();
      if (look == null) {
        member.file = member.opener.reading().open();
        settle(member);
      } else {
        try (CaptureFile file = look.open()) {
          enqueue(member, file);
        } catch (DamagedCaptureException e) {
          remember(e);
        }
      }
    }
  }

  private boolean enqueue(Member member, CaptureFile file) throws IOException {
    if (!file.advance(true)) {
      return false;
    }
    member.time = file.timeNanos();
    members.add(member);
    return true;
  }

  @Override
  public int poll(FrameHandler handler, int limit) throws IOException {
    for (Member member : unsure) {
      settle(member);
    }
    unsure.clear();
    int delivered = 0;
    while (delivered < limit && unsure.isEmpty()) {
      Member next = members.poll();
      if (next == null) {
        return delivered > 0 ? delivered : end();
      }
      CaptureFile file = opened(next, delivered == 0);
      if (file == null) {
        members.add(next);
        return delivered;
      }
      file.deliver(handler);
      delivered++;
      if (file.advance(false)) {
        next.time = file.timeNanos();
        members.add(next);
      } else {
        unsure.add(next);
      }
    }
    return delivered;
  }

  private static @Nullable CaptureFile opened(Member member, boolean mayMove) throws IOException {
    CaptureFile file = member.file;
    if (file == null && mayMove) {
      file = member.opener.reading().open();
      member.file = file;
      file.advance(true);
    }
    return file;
  }

  /** Finds the next frame of a file, which may make the frames handed out before invalid. */
  private void settle(Member member) throws IOException {
    CaptureFile file = member.file;
    if (file == null) {
      return;
    }
    try {
      if (enqueue(member, file)) {
        return;
      }
    } catch (DamagedCaptureException e) {
      remember(e);
    }
    file.close();
    member.file = null;
  }

  private void remember(DamagedCaptureException e) {
    damage =
        damage == null
            ? e
            : new DamagedCaptureException(damage.getMessage() + "; " + e.getMessage());
  }

  private int end() throws DamagedCaptureException {
    DamagedCaptureException first = damage;
    if (first != null) {
      damage = null;
      throw first;
    }
    return END;
  }

  @Override
  public void close() throws IOException {
    unsure.addAll(members);
    members.clear();
    for (Member member : unsure) {
      if (member.file != null) {
        member.file.close();
      } else {
        member.opener.forgo().run();
      }
    }
    unsure.clear();
  }
}
