package io.github.weighbridge.formats.config;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which tags are data, and what a scalar of each is; YAML 1.1, as PyYAML resolves it. */
final class YamlTag {

  private static final String YAML = "tag:yaml.org,2002:";
  private static final String PYTHON = YAML + "python/";

  private static final String APPLY = PYTHON + "object/apply:";

  /** The call whose result is a number of numpy. */
  static final String NUMPY_SCALAR = APPLY + "numpy.core.multiarray.scalar";

  /** What stands in that call; nowhere else are these data. */
  private static final Set<String> IN_NUMPY_SCALAR = Set.of(APPLY + "numpy.dtype", YAML + "binary");

  /** What bytes begin with, in the call of a number. */
  static final String BASE64 = "base64,";

  /** The list in which TensorFlow 2.0 to 2.2 keep lists that are attributes of layers. */
  static final String WRAPPED_LIST =
      APPLY + "tensorflow.python.training.tracking.data_structures.ListWrapper";

  private static final Set<String> COLLECTIONS =
      Set.of(YAML + "seq", YAML + "map", PYTHON + "tuple", PYTHON + "list", PYTHON + "dict");

  private static final Set<String> TEXTS =
      Set.of(YAML + "str", PYTHON + "str", PYTHON + "unicode", "!");

  private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9_]*)");
  private static final Pattern HEX = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
  private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");

  /** PyYAML wants a point: {@code 1e-07} is text to it, but Keras wrote its epsilon so. */
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?([0-9][0-9_]*)?\\.?[0-9_]*([eE][-+]?[0-9]+)?");

  private static final Pattern INFINITY = Pattern.compile("[-+]?\\.(inf|Inf|INF)");
  private static final Set<String> NANS = Set.of(".nan", ".NaN", ".NAN");
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private static final Set<String> TRUES =
      Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON");

  private static final Set<String> FALSES =
      Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF");

  private YamlTag() {}

  /**
   * Refuses collections whose tag is no data.
   *
   * @param inNumpyScalar whether it is an argument of the call of a number of numpy
   */
  static void requireData(@Nullable String tag, boolean inNumpyScalar, Place place) {
    boolean data = tag == null || tag.equals("!") || COLLECTIONS.contains(tag);
    if (!data && !(inNumpyScalar && IN_NUMPY_SCALAR.contains(tag))) {
      throw refused(String.valueOf(tag), place);
    }
  }

  /**
   * The value of a scalar.
   *
   * @param plain whether it stands without quotes and may be anything
   */
  static @Nullable Object value(@Nullable String tag, boolean plain, String text, Place place) {
    if (tag == null) {
      return plain ? resolved(text) : text;
    }
    if (TEXTS.contains(tag)) {
      return text;
    }
    Object value = resolved(text);
    boolean fits =
        switch (tag) {
          case YAML + "null", PYTHON + "none" -> value == null;
          case YAML + "bool", PYTHON + "bool" -> value instanceof Boolean;
          case YAML + "int", PYTHON + "int", PYTHON + "long" ->
              value instanceof Long || value instanceof BigInteger;
          case YAML + "float", PYTHON + "float" -> value instanceof Number;
          default -> throw refused(tag, place);
        };
    if (!fits) {
      throw ProblemsException.of(
          ProblemCode.CONFIG_MALFORMED, place, "must be what its tag says", text, "");
    }
    return value instanceof Number number && tag.endsWith("float")
        ? (Object) number.doubleValue()
        : value;
  }

  /** Whether a scalar is the bytes of a number of numpy, being an argument of its call. */
  static boolean isBytes(@Nullable String tag) {
    return (YAML + "binary").equals(tag);
  }

  private static @Nullable Object resolved(String text) {
    if (NULLS.contains(text)) {
      return null;
    }
    if (TRUES.contains(text)) {
      return true;
    }
    if (FALSES.contains(text)) {
      return false;
    }
    Object number = number(text);
    return number == null ? text : number;
  }

  private static @Nullable Object number(String text) {
    String digits = text.replace("_", "");
    if (INTEGER.matcher(text).matches()) {
      return Json.integer(new BigInteger(digits));
    }
    if (HEX.matcher(text).matches()) {
      return Json.integer(new BigInteger(digits.replace("0x", ""), 16));
    }
    if (OCTAL.matcher(text).matches()) {
      return Json.integer(new BigInteger(digits, 8));
    }
    if (NANS.contains(text)) {
      return Double.NaN;
    }
    if (INFINITY.matcher(text).matches()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    boolean hasDigit = text.chars().anyMatch(c -> c >= '0' && c <= '9');
    boolean startsWell = !text.startsWith("e") && !text.startsWith("E");
    if (hasDigit && startsWell && FLOAT.matcher(text).matches()) {
      try {
        return Double.parseDouble(digits);
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return null;
  }

  private static ProblemsException refused(String tag, Place place) {
    String shown = tag.startsWith(YAML) ? "!!" + tag.substring(YAML.length()) : tag;
    return ProblemsException.of(
        ProblemCode.CODE_REFUSED,
        place,
        "must be data",
        "the tag " + shown + ", which asks for Python to be run",
        "save the architecture as JSON with the Keras that wrote it");
  }
}
