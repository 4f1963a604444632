// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in network order that grow as they are written. */
final class Bytes {
  /** Bytes that look encrypted; read from any place of the first half on. */
  private static final byte[] OPAQUE = opaque();

  private static final int OPAQUE_PLACES = 1 << 19;

  private byte[] array;
  private int length;

  Bytes(int capacity) {
    array = new byte[capacity];
  }

  private static byte[] opaque() {
    byte[] bytes = new byte[1 << 20];
    Dice dice = new Dice(0x6f7061717565L);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) dice.next();
    }
    return bytes;
  }

  /** Fills a part of an array with bytes that look encrypted. */
  static void opaque(byte[] to, int at, int length, long place) {
    int from = (int) (Dice.mixed(place) & (OPAQUE_PLACES - 1));
    System.arraycopy(OPAQUE, from, to, at, length);
  }

  static void u16(byte[] to, int at, int value) {
    to[at] = (byte) (value >>> 8);
    to[at + 1] = (byte) value;
  }

  static void u32(byte[] to, int at, int value) {
    u16(to, at, value >>> 16);
    u16(to, at + 2, value);
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(array, length);
  }

  void copyTo(byte[] to, int at) {
    System.arraycopy(array, 0, to, at, length);
  }

  private int grow(int by) {
    if (length + by > array.length) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + by));
    }
    int at = length;
    length += by;
    return at;
  }

  Bytes u8(int value) {
    int at = grow(1);
    array[at] = (byte) value;
    return this;
  }

  Bytes u16(int value) {
    int at = grow(2);
    u16(array, at, value);
    return this;
  }

  Bytes u24(int value) {
    return u8(value >>> 16).u16(value);
  }

  Bytes u32(int value) {
    return u16(value >>> 16).u16(value);
  }

  Bytes raw(byte... bytes) {
    int at = grow(bytes.length);
    System.arraycopy(bytes, 0, array, at, bytes.length);
    return this;
  }

  Bytes text(String text) {
    return raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  Bytes zeros(int count) {
    grow(count);
    return this;
  }

  /** Bytes that look encrypted. */
  Bytes opaque(int count, Dice dice) {
    int at = grow(count);
    opaque(array, at, count, dice.next());
    return this;
  }

  /** Writes the number of bytes since a place into the two bytes before it. */
  void close16(int place) {
    u16(array, place - 2, length - place);
  }

  /** Writes the number of bytes since a place into the three bytes before it. */
  void close24(int place) {
    array[place - 3] = (byte) ((length - place) >>> 16);
    close16(place);
  }

  /** A DNS name without compression (RFC 1035, section 3.1). */
  Bytes name(String dotted) {
    for (int from = 0; from < dotted.length(); ) {
      int dot = dotted.indexOf('.', from);
      int to = dot < 0 ? dotted.length() : dot;
      u8(to - from).text(dotted.substring(from, to));
      from = to + 1;
    }
    return u8(0);
  }
}
