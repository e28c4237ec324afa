package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The same elements, in row-major order, under another shape. Operands: {@code x}, then any others
 * whose sizes are referred to.
 *
 * @param dims where the sizes come from; one of them may be the rest
 */
public record Reshape(List<DimSource> dims) implements Operation {

  /** Copies the sources. */
  public Reshape {
    dims = List.copyOf(dims);
    Operands.require(
        dims.stream().filter(DimSource.Rest.class::isInstance).count() <= 1,
        "one axis at most can be the rest");
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    boolean hasRest = dims.stream().anyMatch(DimSource.Rest.class::isInstance);
    if (!hasRest) {
      Shape shape = new Shape(dims.stream().map(d -> d.resolve(operands)).toList());
      if (x.shape().isFixed() && shape.isFixed()) {
        // Counted, because an axis of no elements says nothing about the others.
        Operands.require(
            x.shape().elementCount() == shape.elementCount(),
            "cannot reshape " + x.shape() + " to " + shape);
        return List.of(x.withShape(shape));
      }
    }
    List<Dim> left = new ArrayList<>(x.shape().dims());
    List<Dim> known = new ArrayList<>();
    for (DimSource source : dims) {
      if (!(source instanceof DimSource.Rest)) {
        Dim dim = source.resolve(operands);
        if (!left.remove(dim)) {
          known.add(dim);
        }
      }
    }
    Dim rest = divide(left, known, x.shape());
    Operands.require(
        hasRest || !rest.isFixed() || rest.size() == 1,
        "cannot reshape " + x.shape() + " to " + dims);
    List<Dim> result = new ArrayList<>();
    for (DimSource source : dims) {
      result.add(source instanceof DimSource.Rest ? rest : source.resolve(operands));
    }
    return List.of(x.withShape(new Shape(result)));
  }

  /** The product of some dimensions divided by that of others. */
  private static Dim divide(List<Dim> dividend, List<Dim> divisor, Shape shape) {
    List<Dim> symbols = dividend.stream().filter(d -> !d.isFixed()).toList();
    List<Dim> below = divisor.stream().filter(d -> !d.isFixed()).toList();
    long numerator =
        dividend.stream().filter(Dim::isFixed).mapToLong(Dim::size).reduce(1, Math::multiplyExact);
    long denominator =
        divisor.stream().filter(Dim::isFixed).mapToLong(Dim::size).reduce(1, Math::multiplyExact);
    if (symbols.isEmpty() && below.isEmpty()) {
      if (denominator == 0) {
        return Dim.of(numerator == 0 ? 1 : 0);
      }
      Operands.require(
          numerator % denominator == 0, "cannot divide " + shape + " evenly by " + divisor);
      return Dim.of(numerator / denominator);
    }
    Dim product = Dim.of(1);
    for (Dim symbol : symbols) {
      product = symbol.times(product);
    }
    if (below.isEmpty() && denominator != 0 && numerator % denominator == 0) {
      return product.times(numerator / denominator);
    }
    String divisorText = divisor.stream().map(Dim::toString).collect(Collectors.joining("*"));
    return Dim.symbolic("(" + product.times(numerator) + ")/(" + divisorText + ")");
  }
}
