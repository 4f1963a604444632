// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.00 kB",
    "1234, 1.23 kB",
    "9994, 9.99 kB",
    "9996, 10.0 kB",
    "99949, 99.9 kB",
    "99951, 100 kB",
    "999499, 999 kB",
    "999500, 1.00 MB",
    "1000000000000, 1.00 TB",
    "9223372036854775807, 9.22 EB"
  })
  void bytesHaveThreeFigures(long bytes, String expected) {
    assertEquals(expected, plain(Figures.bytes(bytes)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 %",
    "0.0000001, <0.1 %",
    "0.001, 0.1 %",
    "0.4567, 45.7 %",
    "0.9989, 99.9 %",
    "0.99999, >99.9 %",
    "1, 100.0 %"
  })
  void percentIsNeverRoundedToNothingOrAll(double share, String expected) {
    assertEquals(expected, plain(Figures.percent(share)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 µs",
    "999, 999 µs",
    "1000, 1.00 ms",
    "12345, 12.3 ms",
    "999499, 999 ms",
    "999500, 1.00 s",
    "60000000, 60.0 s"
  })
  void microsecondsHaveThreeFigures(long micros, String expected) {
    assertEquals(expected, plain(Figures.micros(micros, Glyphs.UNICODE)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.00 s",
    "0.25, 0.25 s",
    "59.96, 60.0 s",
    "60, 1 min 0 s",
    "312.9, 5 min 12 s",
    "3600, 1 h 0 min",
    "86399, 23 h 59 min",
    "90000, 1 d 1 h",
    "315360000, '3,650 d 0 h'"
  })
  void durationsHaveTwoUnits(double seconds, String expected) {
    assertEquals(expected, plain(Figures.duration(seconds)));
  }

  @Test
  void countsAreTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals("9,223,372,036,854,775,807", Figures.count(Long.MAX_VALUE));
      assertEquals("-1,234", Figures.count(-1234));
      assertEquals("1 flow", plain(Figures.count(1, "flow", "flows")));
      assertEquals("0 flows", plain(Figures.count(0, "flow", "flows")));
      assertEquals("3,124", Figures.hhi(0.31241));
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String plain(String text) {
    return text.replace('\u00a0', ' ');
  }
}
