// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** A bounded set of reused objects, known by index, made when first needed. */
final class Pool<T> {
  private final int max;
  private final Supplier<T> maker;
  private final List<T> objects = new ArrayList<>();
  private int[] free = new int[16];
  private int freeCount;

  Pool(int max, Supplier<T> maker) {
    this.max = max;
    this.maker = maker;
  }

  /** Index of an object that nobody has, or -1 when the bound is reached. */
  int take() {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    if (objects.size() == max) {
      return -1;
    }
    objects.add(maker.get());
    return objects.size() - 1;
  }

  T get(int index) {
    return objects.get(index);
  }

  void give(int index) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, freeCount * 2);
    }
    free[freeCount++] = index;
  }
}
