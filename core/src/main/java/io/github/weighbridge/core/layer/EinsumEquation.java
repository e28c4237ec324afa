package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An equation of Einstein's summation: what each axis of each operand is called, and which axes the
 * result has. Axes of one name run together; those that the result lacks are summed.
 *
 * <p>One character names an axis, {@link #ELLIPSIS} all axes that have no name: these are counted
 * from the last and broadcast by numpy's rule. Named axes of one name have one size.
 *
 * @param operands the axes of each operand; a name may stand twice, for the diagonal
 * @param result the axes of the result, each once
 */
public record EinsumEquation(List<String> operands, String result) {

  /** Stands for {@code ...} among the names of axes. */
  public static final char ELLIPSIS = '\u2026';

  /** Names that {@link #expanded} gives to the axes of an ellipsis, the last one's first. */
  private static final String ELLIPSIS_AXES = "0123456789";

  private static final Pattern AXES = Pattern.compile("[a-zA-Z]*\u2026?[a-zA-Z]*");

  static final ConfigType<EinsumEquation> CONFIG_TYPE =
      new ConfigType<>(
          EinsumEquation.class,
          "an equation of Einstein's summation",
          tree ->
              parse(
                  tree.asText()
                      .orElseThrow(() -> new IllegalArgumentException("it must be a string"))),
          equation -> Tree.of(equation.toString()));

  /** Copies the operands. */
  public EinsumEquation {
    operands = List.copyOf(operands);
  }

  /**
   * Reads an equation as {@code numpy.einsum} does: {@code "...ij,jk->...ik"}. Without an arrow the
   * result has the unnamed axes, then those that are named once, in alphabetical order.
   *
   * @throws IllegalArgumentException if the text is no equation, saying why
   */
  public static EinsumEquation parse(String text) {
    String plain = text.replace(" ", "").replace("...", String.valueOf(ELLIPSIS));
    int arrow = plain.indexOf("->");
    List<String> operands = List.of((arrow < 0 ? plain : plain.substring(0, arrow)).split(",", -1));
    String result = arrow < 0 ? namedOnce(operands) : plain.substring(arrow + 2);
    operands.forEach(operand -> requireAxes(operand, text));
    requireAxes(result, text);
    String named = String.join("", operands);
    Rules.require(
        result.chars().distinct().count() == result.length()
            && result.chars().allMatch(axis -> axis == ELLIPSIS || named.indexOf(axis) >= 0),
        "the result must have axes of the operands, each once, got '" + text + "'");
    return new EinsumEquation(operands, result);
  }

  private static void requireAxes(String axes, String text) {
    Rules.require(
        AXES.matcher(axes).matches(),
        "axes must be letters and one ellipsis at most, got '" + text + "'");
  }

  private static String namedOnce(List<String> operands) {
    TreeMap<Character, Integer> counts = new TreeMap<>();
    for (char axis : String.join("", operands).toCharArray()) {
      counts.merge(axis, 1, Integer::sum);
    }
    String ellipsis = counts.remove(ELLIPSIS) == null ? "" : String.valueOf(ELLIPSIS);
    return counts.entrySet().stream()
        .filter(axis -> axis.getValue() == 1)
        .map(axis -> axis.getKey().toString())
        .collect(Collectors.joining("", ellipsis, ""));
  }

  /**
   * The same equation for operands of these ranks, with a digit for each unnamed axis.
   *
   * @throws IllegalArgumentException if the operands do not fit the equation
   */
  public EinsumEquation expanded(List<Integer> ranks) {
    Rules.require(
        ranks.size() == operands.size(),
        operands.size() + " operands are needed by '" + this + "', got " + ranks.size());
    List<String> expanded = new ArrayList<>();
    int most = 0;
    for (int i = 0; i < operands.size(); i++) {
      String axes = operands.get(i);
      boolean open = axes.indexOf(ELLIPSIS) >= 0;
      int unnamed = ranks.get(i) - axes.length() + (open ? 1 : 0);
      Rules.require(
          open ? unnamed >= 0 : unnamed == 0,
          "operand " + i + " of '" + this + "' has rank " + ranks.get(i));
      expanded.add(expanded(axes, unnamed));
      most = Math.max(most, unnamed);
    }
    Rules.require(
        most == 0 || result.indexOf(ELLIPSIS) >= 0,
        "the result of '" + this + "' must have an ellipsis for the unnamed axes");
    return new EinsumEquation(expanded, expanded(result, most));
  }

  private static String expanded(String axes, int unnamed) {
    Rules.require(unnamed <= ELLIPSIS_AXES.length(), unnamed + " axes in an ellipsis are too many");
    String digits = new StringBuilder(ELLIPSIS_AXES.substring(0, unnamed)).reverse().toString();
    return axes.replace(String.valueOf(ELLIPSIS), digits);
  }

  /** Whether an axis of an expanded equation is one that an ellipsis stood for. */
  public static boolean isUnnamed(char axis) {
    return ELLIPSIS_AXES.indexOf(axis) >= 0;
  }

  /**
   * The shape of the result.
   *
   * @throws IllegalArgumentException if the operands do not fit the equation or each other
   */
  public Shape resultShape(List<Shape> shapes) {
    EinsumEquation expanded = expanded(shapes.stream().map(Shape::rank).toList());
    TreeMap<Character, Dim> sizes = new TreeMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      String axes = expanded.operands.get(i);
      for (int axis = 0; axis < axes.length(); axis++) {
        char name = axes.charAt(axis);
        sizes.merge(name, shapes.get(i).dim(axis), (one, other) -> common(name, one, other));
      }
    }
    return new Shape(
        expanded.result.chars().mapToObj(axis -> required(sizes, (char) axis)).toList());
  }

  private static Dim required(TreeMap<Character, Dim> sizes, char axis) {
    Dim dim = sizes.get(axis);
    if (dim == null) {
      throw new IllegalStateException("no operand has the axis '" + axis + "'");
    }
    return dim;
  }

  /** The size of an axis that two operands have; one of them may be known at run time only. */
  private Dim common(char axis, Dim one, Dim other) {
    if (isUnnamed(axis) && (one.equals(Dim.of(1)) || other.equals(Dim.of(1)))) {
      return one.equals(Dim.of(1)) ? other : one;
    }
    Rules.require(
        one.equals(other) || !one.isFixed() || !other.isFixed(),
        "an axis of '" + this + "' has the sizes " + one + " and " + other);
    return one.isFixed() ? one : other;
  }

  /** The equation as Keras writes it. */
  @Override
  public String toString() {
    String text = String.join(",", operands) + "->" + result;
    return text.replace(String.valueOf(ELLIPSIS), "...");
  }
}
