// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes such as 65536, 64k, 500m or 20g, in powers of 1,024. */
final class SizeConverter implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([kmg]?)");
  private static final int SHIFT = 10;

  /** Made by picocli. */
  SizeConverter() {}

  @Override
  public Long convert(String text) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + text + "' is no size; write 65536, 64k, 500m or 20g");
    }
    int power = " kmg".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
    return Long.parseLong(matcher.group(1)) << (SHIFT * power);
  }
}
