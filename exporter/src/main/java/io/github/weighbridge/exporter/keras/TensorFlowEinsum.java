package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Sums of products by letters, of two tensors: tf.keras does not keep the operands of TensorFlow's
 * einsum. Where no letter stands for a batch it is a product along axes, else one of matrices.
 */
final class TensorFlowEinsum {

  private final ComposedCall call;
  private final String first;
  private final String second;
  private final String result;

  private TensorFlowEinsum(ComposedCall call, String first, String second, String result) {
    this.call = call;
    this.first = first;
    this.second = second;
    this.result = result;
  }

  static Argument of(ComposedCall call) {
    String equation = call.text("subscripts").replace(" ", "");
    boolean simple = equation.matches("[A-Za-z]+,[A-Za-z]+->[A-Za-z]+");
    boolean two =
        call.arg("operands") instanceof Argument.Items items && items.elements().size() == 2;
    String[] parts = equation.split(",|->", -1);
    if (!simple || !two || repeats(parts)) {
      throw refused(equation);
    }
    List<Argument> operands = ((Argument.Items) call.arg("operands")).elements();
    TensorFlowEinsum einsum = new TensorFlowEinsum(call, parts[0], parts[1], parts[2]);
    Argument x = call.cast(call.tensor(operands.get(0)), call.result().dtype());
    Argument y = call.cast(call.tensor(operands.get(1)), call.result().dtype());
    return einsum.product(x, y, equation);
  }

  private static Inexpressible refused(String equation) {
    return new Inexpressible(
        "must be a product of two tensors along axes, or of their matrices: tf.keras 2 does not save"
            + " the operands of an einsum",
        equation);
  }

  private static boolean repeats(String[] parts) {
    for (String part : parts) {
      if (part.chars().distinct().count() != part.length()) {
        return true;
      }
    }
    return false;
  }

  private Argument product(Argument x, Argument y, String equation) {
    String batch = letters(first, c -> in(second, c) && in(result, c));
    String summed = letters(first, c -> in(second, c) && !in(result, c));
    String left = letters(first, c -> !in(second, c));
    String right = letters(second, c -> !in(first, c));
    boolean kept = (left + right).chars().allMatch(c -> in(result, c));
    if (!kept || result.length() != (batch + left + right).length()) {
      throw refused(equation);
    }
    if (batch.isEmpty()) {
      List<List<Integer>> axes = List.of(places(summed, first), places(summed, second));
      return arranged(call.add("Tensordot", List.of(x, y), "axes", axes), left + right, result);
    }
    if (left.length() != 1 || right.length() != 1 || summed.length() != 1) {
      throw refused(equation);
    }
    Argument a = arranged(x, first, batch + left + summed);
    Argument b = arranged(y, second, batch + summed + right);
    return arranged(call.add("Matmul", a, b), batch + left + right, result);
  }

  private static boolean in(String letters, int letter) {
    return letters.indexOf(letter) >= 0;
  }

  private static String letters(String all, IntPredicate which) {
    StringBuilder letters = new StringBuilder();
    all.chars().filter(which).forEach(letters::appendCodePoint);
    return letters.toString();
  }

  private static List<Integer> places(String letters, String all) {
    List<Integer> places = new ArrayList<>();
    letters.chars().forEach(letter -> places.add(all.indexOf(letter)));
    return places;
  }

  /** A tensor with its axes in another order. */
  private Argument arranged(Argument x, String own, String wanted) {
    return own.equals(wanted) ? x : call.add("Transpose", List.of(x), "axes", places(wanted, own));
  }
}
