package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Einstein's summation in other operations: ND4J has none of its own, and ONNX Runtime's is slower
 * than its {@code MatMul}.
 *
 * <p>Diagonals first, then two operands at a time from the left: axes of one operand alone that
 * nothing needs any more are summed, the rest is one {@code MatMul} of {@code [common..., left,
 * summed]} and {@code [common..., summed, right]}, or a product of elements where nothing is
 * summed. Sizes may be known at run time only.
 */
final class Einsum {

  private final OperationScope scope;

  /** An array and the names of its axes. */
  private record Term(Value value, String axes) {

    Dim dim(char axis) {
      return value.type().shape().dim(axes.indexOf(axis));
    }

    boolean has(int axis) {
      return axes.indexOf(axis) >= 0;
    }
  }

  private Einsum(OperationScope scope) {
    this.scope = scope;
  }

  /**
   * Adds the operations of an equation.
   *
   * @param operands of one type, with as many axes as the equation names
   * @throws IllegalArgumentException if they do not fit the equation or each other
   */
  static Value add(OperationScope scope, EinsumEquation equation, List<Value> operands) {
    equation.resultShape(operands.stream().map(value -> value.type().shape()).toList());
    EinsumEquation expanded =
        equation.expanded(operands.stream().map(value -> value.type().rank()).toList());
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      terms.add(new Term(operands.get(i), expanded.operands().get(i)));
    }
    return new Einsum(scope).add(terms, expanded.result());
  }

  private Value add(List<Term> terms, String result) {
    List<Term> distinct = withoutOnes(terms).stream().map(this::diagonal).toList();
    Term product = distinct.get(0);
    for (int i = 1; i < distinct.size(); i++) {
      String needed =
          result
              + distinct.subList(i + 1, distinct.size()).stream()
                  .map(Term::axes)
                  .collect(Collectors.joining());
      Term next = distinct.get(i);
      product =
          product(
              summed(product, next.axes() + needed), summed(next, product.axes() + needed), needed);
    }
    return ordered(summed(product, result), result).value();
  }

  /** Unnamed axes of size 1 go where another operand has more, so that only equal sizes meet. */
  private List<Term> withoutOnes(List<Term> terms) {
    List<Term> result = new ArrayList<>();
    for (Term term : terms) {
      IntPredicate isRepeated =
          axis ->
              EinsumEquation.isUnnamed((char) axis)
                  && term.dim((char) axis).equals(Dim.of(1))
                  && terms.stream()
                      .anyMatch(o -> o.has(axis) && !o.dim((char) axis).equals(Dim.of(1)));
      result.add(
          without(term, isRepeated, axes -> scope.add("ones", new Squeeze(axes), term.value())));
    }
    return result;
  }

  private Term summed(Term term, String needed) {
    return without(
        term,
        axis -> needed.indexOf(axis) < 0,
        axes -> scope.add("sum", new Reduce(Reduce.Function.SUM, axes, false), term.value()));
  }

  /** Makes a value without some axes. */
  private interface Removal {
    Value of(List<Integer> axes);
  }

  private static Term without(Term term, IntPredicate isRemoved, Removal removal) {
    List<Integer> removed =
        IntStream.range(0, term.axes().length())
            .filter(axis -> isRemoved.test(term.axes().charAt(axis)))
            .boxed()
            .toList();
    return removed.isEmpty()
        ? term
        : new Term(removal.of(removed), filtered(term.axes(), isRemoved.negate()));
  }

  /** Axes of the same name become one: the elements at equal places. */
  private Term diagonal(Term term) {
    String axes = term.axes();
    for (int second = 1; second < axes.length(); second++) {
      int first = axes.indexOf(axes.charAt(second));
      if (first < second) {
        Value x = term.value();
        int last = axes.length() - 1;
        Value equal =
            scope.add(
                "equal",
                new Binary(BinaryFunction.EQUAL),
                Positions.along(scope, x, first, last - first),
                Positions.along(scope, x, second, last - second));
        Value zero = scope.scalar("zero", x.type().dtype(), 0);
        Value kept = scope.add("kept", new Where(), equal, x, zero);
        Value sum =
            scope.add("diagonal", new Reduce(Reduce.Function.SUM, List.of(second), false), kept);
        return diagonal(new Term(sum, axes.substring(0, second) + axes.substring(second + 1)));
      }
    }
    return term;
  }

  private Term product(Term a, Term b, String needed) {
    String shared = filtered(a.axes(), b::has);
    String common = inOrderOf(needed, filtered(shared, axis -> needed.indexOf(axis) >= 0));
    String sum = filtered(shared, axis -> needed.indexOf(axis) < 0);
    String left = filtered(a.axes(), axis -> !b.has(axis));
    String right = filtered(b.axes(), axis -> !a.has(axis));
    boolean turned =
        !left.isEmpty()
            && !right.isEmpty()
            && needed.indexOf(right.charAt(0)) < needed.indexOf(left.charAt(0));
    if (!common.isEmpty()) {
      left = inOrderOf(needed, left);
      right = inOrderOf(needed, right);
    }
    if (turned) {
      return product(b, a, common, sum, right, left);
    }
    return product(a, b, common, sum, left, right);
  }

  /** An order of names in which they need not be moved afterwards. */
  private static String inOrderOf(String order, String axes) {
    return filtered(order, axis -> axes.indexOf(axis) >= 0)
        .chars()
        .distinct()
        .mapToObj(axis -> String.valueOf((char) axis))
        .collect(Collectors.joining());
  }

  private Term product(Term a, Term b, String common, String sum, String left, String right) {
    if (sum.isEmpty()) {
      Value x = spread(ordered(a, common + left).value(), common.length() + left.length(), right);
      Value y = spread(ordered(b, common + right).value(), common.length(), left);
      Value product = scope.add("product", new Binary(BinaryFunction.MULTIPLY), x, y);
      return new Term(product, common + left + right);
    }
    Term rows = ordered(a, common + left + sum);
    Term columns = ordered(b, common + sum + right);
    // The rows of a single matrix need not be one axis.
    boolean apart = common.isEmpty() && !left.isEmpty();
    List<Integer> rowCounts = ones(common.length() + (apart ? left.length() : 0));
    if (!apart) {
      rowCounts.add(left.length());
    }
    rowCounts.add(sum.length());
    List<Integer> columnCounts = ones(common.length());
    columnCounts.addAll(List.of(sum.length(), right.length()));
    Value product =
        scope.add(
            "matmul",
            new MatMul(),
            grouped(rows.value(), rowCounts),
            grouped(columns.value(), columnCounts));
    if ((apart || left.length() == 1) && right.length() == 1) {
      return new Term(product, common + left + right);
    }
    return ungrouped(product, rows, columns, common + (apart ? left : ""), left, right);
  }

  private static List<Integer> ones(int count) {
    return new ArrayList<>(Collections.nCopies(count, 1));
  }

  /** Axes of size 1 from an axis on, in place of those that the other factor has. */
  private Value spread(Value x, int from, String missing) {
    return missing.isEmpty()
        ? x
        : scope.add(
            "spread",
            new Unsqueeze(IntStream.range(from, from + missing.length()).boxed().toList()),
            x);
  }

  /**
   * Neighbouring axes as one.
   *
   * @param counts how many become each axis of the result; 0 makes one of size 1
   */
  private Value grouped(Value x, List<Integer> counts) {
    if (counts.stream().allMatch(count -> count == 1)) {
      return x;
    }
    List<DimSource> dims = new ArrayList<>();
    int rests = 0;
    int axis = 0;
    for (int count : counts) {
      DimSource dim = joined(x, axis, count);
      rests += dim instanceof DimSource.Rest ? 1 : 0;
      dims.add(dim);
      axis += count;
    }
    if (rests > 1) {
      // A reshape has one rest: the last group first, then those before it.
      int last = counts.get(counts.size() - 1);
      List<Integer> only = ones(axis - last);
      only.add(last);
      List<Integer> others = new ArrayList<>(counts);
      others.set(counts.size() - 1, 1);
      return grouped(grouped(x, only), others);
    }
    return scope.add("matrix", new Reshape(dims), x);
  }

  private static DimSource joined(Value x, int axis, int count) {
    if (count == 1) {
      return DimSource.of(x.type().shape().dim(axis), 0, axis);
    }
    List<Dim> dims = x.type().shape().slice(axis, axis + count).dims();
    return dims.stream().allMatch(Dim::isFixed)
        ? new DimSource.Fixed(dims.stream().mapToLong(Dim::size).reduce(1, Math::multiplyExact))
        : new DimSource.Rest();
  }

  /** The rows and columns of matrices as the axes that they were made of. */
  private Term ungrouped(
      Value product, Term rows, Term columns, String own, String left, String right) {
    List<DimSource> dims = new ArrayList<>();
    for (int axis = 0; axis < own.length(); axis++) {
      dims.add(DimSource.of(product.type().shape().dim(axis), 0, axis));
    }
    List<Value> operands = new ArrayList<>(List.of(product));
    String apart = filtered(left, axis -> own.indexOf(axis) < 0);
    addDims(dims, operands, rows, apart);
    addDims(dims, operands, columns, right);
    Value value = scope.add("axes", new Reshape(dims), operands.toArray(Value[]::new));
    return new Term(value, own + apart + right);
  }

  private static void addDims(List<DimSource> dims, List<Value> operands, Term term, String axes) {
    for (int i = 0; i < axes.length(); i++) {
      char axis = axes.charAt(i);
      dims.add(DimSource.of(term.dim(axis), operands.size(), term.axes().indexOf(axis)));
    }
    if (axes.chars().anyMatch(axis -> !term.dim((char) axis).isFixed())) {
      operands.add(term.value());
    }
  }

  private Term ordered(Term term, String order) {
    if (term.axes().equals(order)) {
      return term;
    }
    List<Integer> perm = order.chars().mapToObj(term.axes()::indexOf).toList();
    return new Term(scope.add("order", new Transpose(perm), term.value()), order);
  }

  private static String filtered(String axes, IntPredicate isKept) {
    return axes.chars()
        .filter(isKept)
        .mapToObj(axis -> String.valueOf((char) axis))
        .collect(Collectors.joining());
  }
}
