package io.github.weighbridge.formats.keras.dialect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Keras, as far as rules depend on it; {@code 2.2.4-tf} counts as {@code 2.2.4}. */
record KerasVersion(int major, int minor, int patch) {

  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?.*");

  /** The version that a text begins with. */
  static Optional<KerasVersion> of(String text) {
    Matcher matcher = NUMBERS.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new KerasVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  boolean isBefore(int otherMajor, int otherMinor, int otherPatch) {
    if (major != otherMajor) {
      return major < otherMajor;
    }
    return minor != otherMinor ? minor < otherMinor : patch < otherPatch;
  }
}
