package io.github.weighbridge.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of threads: 0 or more. */
final class ThreadCount implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String text) {
    int threads;
    try {
      threads = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw refused(text);
    }
    if (threads >= 0) {
      return threads;
    }
    throw refused(text);
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException("'" + text + "' is no number of threads: 0 or more");
  }
}
