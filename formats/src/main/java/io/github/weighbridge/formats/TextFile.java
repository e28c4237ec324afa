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
    String text = new String(bytes(path, MAX_BYTES), StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /**
   * The bytes of a file.
   *
   * @throws ProblemsException if there are more than {@code most}
   */
  public static byte[] bytes(Path path, long most) throws IOException {
    long size = Files.size(path);
    if (size > most) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          Place.file(path.toString()),
          "must have at most " + most + " bytes",
          String.valueOf(size),
          "the file is damaged or made to do harm");
    }
    return Files.readAllBytes(path);
  }
}
