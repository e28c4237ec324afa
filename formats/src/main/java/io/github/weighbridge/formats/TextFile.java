package io.github.weighbridge.formats;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Architectures and configurations as text. */
public final class TextFile {

  /** The largest published architectures have 5 MB; vocabularies of a million words some 20. */
  public static final long MAX_BYTES = 64L << 20;

  private TextFile() {}

  /**
   * The text of a file in UTF-8, without a byte order mark.
   *
   * @throws ProblemsException if it is longer than any architecture
   */
  public static String read(Path path) throws IOException {
    if (Files.size(path) > MAX_BYTES) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          Place.file(path.toString()),
          "must have at most " + MAX_BYTES + " bytes",
          String.valueOf(Files.size(path)),
          "the file is damaged or made to do harm");
    }
    String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
