package io.github.weighbridge.formats.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.Unreadable;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Python's {@code json} module writes and reads it: with {@code NaN}, {@code Infinity} and
 * {@code -Infinity}, whole numbers of any size, and whole numbers told from fractions ({@code 1} is
 * not {@code 1.0}).
 */
public final class Json {

  /** Nested models three deep have some 30 levels. */
  static final int MAX_DEPTH = 500;

  /** The largest published architectures have 5 MB; vocabularies of a million words some 20. */
  static final int MAX_CHARS = 64 << 20;

  /** A number of more digits is none of Keras's. */
  private static final int MAX_NUMBER_CHARS = 1000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          // Keys differ from file to file: a table of them for the whole process would only grow.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxDocumentLength(MAX_CHARS)
                  .maxStringLength(MAX_CHARS)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .build())
          .build();

  private Json() {}

  /**
   * Parses a document.
   *
   * @param fileName what people are told the document is called
   * @throws ProblemsException {@link ProblemCode#CONFIG_MALFORMED} if it is no JSON or has a key
   *     twice, {@link ProblemCode#LIMIT_EXCEEDED} if it is deeper or longer than configurations are
   */
  public static Tree parse(String text, String fileName) {
    return parse(new StringReader(text), fileName);
  }

  /** Parses a document; as {@link #parse(String, String)}. Closes the reader. */
  public static Tree parse(Reader text, String fileName) {
    Place place = Place.file(fileName);
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw malformed(place, "an empty text", null);
      }
      Tree tree = value(parser, "", place);
      if (parser.nextToken() != null) {
        throw malformed(
            place, "more text behind the end, at " + at(parser.currentTokenLocation()), null);
      }
      return tree;
    } catch (StreamConstraintsException e) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          place,
          "must be a configuration of at most "
              + MAX_DEPTH
              + " levels, "
              + MAX_CHARS
              + " characters and "
              + MAX_NUMBER_CHARS
              + " digits a number",
          "more",
          "the file is damaged or made to do harm",
          e);
    } catch (JsonProcessingException e) {
      String found = isEarlyEnd(e) ? "the end of the text too early, at " : "something else at ";
      throw malformed(place, found + at(e.getLocation()), e);
    } catch (IOException e) {
      throw Unreadable.because(place, e);
    }
  }

  /** One line, with Python's separators: a comma or colon and a space. */
  public static String write(Tree tree) {
    return new JsonText(0).write(tree);
  }

  /** One member a line, indented by two spaces. */
  public static String writePretty(Tree tree) {
    return new JsonText(2).write(tree);
  }

  private static Tree value(JsonParser parser, String pointer, Place place) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser, pointer, place);
      case START_ARRAY -> array(parser, pointer, place);
      case VALUE_STRING -> new Tree.Leaf(pointer, parser.getText());
      case VALUE_NUMBER_INT -> new Tree.Leaf(pointer, integer(parser.getBigIntegerValue()));
      case VALUE_NUMBER_FLOAT -> new Tree.Leaf(pointer, parser.getDoubleValue());
      case VALUE_TRUE -> new Tree.Leaf(pointer, true);
      case VALUE_FALSE -> new Tree.Leaf(pointer, false);
      case VALUE_NULL -> new Tree.Leaf(pointer, null);
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("Jackson gave " + token + " for a value");
    };
  }

  private static Tree object(JsonParser parser, String pointer, Place place) throws IOException {
    Map<String, Tree> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (members.containsKey(key)) {
        throw malformed(
            place, "the key '" + key + "' twice, at " + at(parser.currentTokenLocation()), null);
      }
      parser.nextToken();
      members.put(key, value(parser, pointer + "/" + Pointer.escape(key), place));
    }
    return new Tree.Obj(pointer, members);
  }

  private static Tree array(JsonParser parser, String pointer, Place place) throws IOException {
    List<Tree> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser, pointer + "/" + elements.size(), place));
    }
    return new Tree.Arr(pointer, elements);
  }

  /** A long if it fits, as {@link Tree.Leaf} has it. */
  static Object integer(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private static ProblemsException malformed(Place place, String found, @Nullable Throwable cause) {
    return ProblemsException.of(
        ProblemCode.CONFIG_MALFORMED,
        place,
        "must be JSON",
        found,
        "the file is truncated or damaged; copy or save it again",
        cause);
  }

  /** Jackson throws either class for a text that is cut. */
  private static boolean isEarlyEnd(JsonProcessingException e) {
    return e instanceof JsonEOFException
        || String.valueOf(e.getOriginalMessage()).startsWith("Unexpected end-of-input");
  }

  private static String at(@Nullable JsonLocation location) {
    return location == null
        ? "an unknown place"
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
