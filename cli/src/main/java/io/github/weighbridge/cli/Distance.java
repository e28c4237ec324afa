package io.github.weighbridge.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a tolerance: 0 or more, and finite. */
final class Distance implements ITypeConverter<Double> {

  @Override
  public Double convert(String text) {
    double distance;
    try {
      distance = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw refused(text);
    }
    if (distance >= 0 && Double.isFinite(distance)) {
      return distance;
    }
    throw refused(text);
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException("'" + text + "' is no tolerance: a number, 0 or more");
  }
}
