package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.TextFile;
import io.github.weighbridge.formats.archive.Archive;
import io.github.weighbridge.formats.archive.ArchiveEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What layers that learnt a vocabulary keep in {@code assets/<object>/vocabulary.txt}: one term a
 * line.
 */
final class Vocabularies {

  private static final String ASSETS = "assets/";
  private static final String FILE = "/vocabulary.txt";

  /** Some hundred times what a language has words. */
  private static final long MAX_BYTES = 512L << 20;

  private Vocabularies() {}

  static Map<String, List<String>> of(Archive archive) {
    Map<String, List<String>> vocabularies = new TreeMap<>();
    for (ArchiveEntry entry : archive.entries()) {
      if (isVocabulary(entry.name())) {
        vocabularies.put(
            object(entry.name()), terms(archive.read(entry, MAX_BYTES), archive.place(entry)));
      }
    }
    return vocabularies;
  }

  static Map<String, List<String>> of(Path folder) throws IOException {
    Map<String, List<String>> vocabularies = new TreeMap<>();
    Path assets = folder.resolve(ASSETS);
    if (!Files.isDirectory(assets)) {
      return vocabularies;
    }
    try (Stream<Path> files = Files.walk(assets)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (isVocabulary(name)) {
          vocabularies.put(
              object(name), terms(TextFile.bytes(file, MAX_BYTES), Place.file(file.toString())));
        }
      }
    }
    return vocabularies;
  }

  /**
   * The entries of an archive that these are, by name.
   *
   * @param file what people are told the archive is called
   * @param problems where terms of more than a line are told, and paths that lead elsewhere
   */
  static Map<String, byte[]> entries(
      Map<String, List<String>> vocabularies, String file, Problems problems) {
    Map<String, byte[]> entries = new TreeMap<>();
    vocabularies.forEach(
        (object, terms) -> {
          String name = ASSETS + object + FILE;
          if (!ArchiveEntry.isName(name)) {
            problems.error(
                ProblemCode.TARGET_LIMIT,
                Place.file(file).withKey(name),
                "must have a path that stays in its folder",
                "'" + object + "'",
                "give the object another name");
          }
          for (String term : terms) {
            if (term.indexOf('\n') >= 0 || term.indexOf('\r') >= 0) {
              problems.error(
                  ProblemCode.TARGET_LIMIT,
                  Place.file(file).withKey(name),
                  "must have terms of one line, because the file has one a line",
                  "'" + term.replace("\n", "\\n").replace("\r", "\\r") + "'",
                  "leave the term out");
            }
          }
          entries.put(name, String.join("\n", terms).getBytes(StandardCharsets.UTF_8));
        });
    return entries;
  }

  private static boolean isVocabulary(String name) {
    return name.startsWith(ASSETS)
        && name.endsWith(FILE)
        && name.length() > ASSETS.length() + FILE.length();
  }

  private static String object(String name) {
    return name.substring(ASSETS.length(), name.length() - FILE.length());
  }

  /** Empty lines at the end are none; Windows writes two characters between lines. */
  private static List<String> terms(byte[] text, Place place) {
    String lines;
    try {
      lines = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place,
          "must hold text in UTF-8",
          "other bytes",
          "save the model again",
          e);
    }
    List<String> terms = new ArrayList<>(Arrays.asList(lines.split("\\r?\\n", -1)));
    while (!terms.isEmpty() && terms.get(terms.size() - 1).isEmpty()) {
      terms.remove(terms.size() - 1);
    }
    return terms;
  }
}
