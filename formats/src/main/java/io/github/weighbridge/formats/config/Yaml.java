package io.github.weighbridge.formats.config;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.io.Reader;
import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML as PyYAML wrote Keras's configurations, as data only: nothing is ever constructed from a
 * tag.
 *
 * <p>Tags of Python's plain types (tuple, unicode, str, long...) stand for their data; tags that
 * name code to run (object, name, module, apply) are refused.
 */
public final class Yaml {

  private Yaml() {}

  /**
   * Parses a document.
   *
   * @param fileName what people are told the document is called
   * @throws ProblemsException {@link ProblemCode#CODE_REFUSED} if it asks for code to be run,
   *     {@link ProblemCode#CONFIG_MALFORMED} if it is no YAML, {@link ProblemCode#LIMIT_EXCEEDED}
   *     if it is deeper or longer than configurations are
   */
  public static Tree parse(String text, String fileName) {
    return parse(new StringReader(text), fileName);
  }

  /** Parses a document; as {@link #parse(String, String)}. Does not close the reader. */
  public static Tree parse(Reader text, String fileName) {
    Place place = Place.file(fileName);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Json.MAX_CHARS);
    try {
      return new YamlEvents(new ParserImpl(new StreamReader(text), options), place).document();
    } catch (MarkedYAMLException e) {
      throw malformed(place, "something else" + position(e), e);
    } catch (YAMLException e) {
      throw malformed(place, "something else", e);
    }
  }

  /** Block style, as PyYAML's {@code dump} with sorted keys off; tuples are not told from lists. */
  public static String write(Tree tree) {
    return new YamlText().write(tree);
  }

  private static String position(MarkedYAMLException e) {
    var mark = e.getProblemMark();
    return mark == null
        ? ""
        : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
  }

  private static ProblemsException malformed(Place place, String found, Throwable cause) {
    return ProblemsException.of(
        ProblemCode.CONFIG_MALFORMED,
        place,
        "must be YAML",
        found,
        "the file is truncated or damaged; copy or save it again",
        cause);
  }
}
