package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the operations of one call go: into a graph, named after the call and what they compute.
 */
class OperationScope {

  private final GraphBuilder builder;
  private final String scope;

  OperationScope(GraphBuilder builder, String scope) {
    this.builder = builder;
    this.scope = scope;
  }

  /** The graph that the operations go into. */
  final GraphBuilder builder() {
    return builder;
  }

  /** Adds an operation with one output, under the name of what it computes. */
  public final Value add(String what, Operation op, @Nullable Value... operands) {
    return builder.add(scope + "/" + what, op, operands);
  }

  /** Adds an operation with several outputs. */
  public final List<Value> addAll(String what, Operation op, @Nullable Value... operands) {
    return builder.addAll(scope + "/" + what, op, Arrays.asList(operands));
  }

  /** A constant. */
  public final Value constant(String what, WeightRef weight) {
    return builder.constant(scope + "/" + what, weight);
  }

  /** A constant that is in memory. */
  final Value constant(String what, Tensor tensor) {
    return constant(what, WeightRef.of(tensor));
  }

  /** The constant behind a value, if it is one. */
  final Optional<WeightRef> constantOf(Value value) {
    return builder.constantOf(value);
  }

  /** A constant number. */
  public final Value scalar(String what, DataType dtype, double value) {
    return constant(what, Tensor.filled(dtype, value));
  }

  /** A function of a number, on every element. */
  public final Value unary(UnaryFunction function, Value x) {
    return add(function.name(), Unary.of(function), x);
  }

  /** A function of two numbers, element by element. */
  public final Value binary(BinaryFunction function, Value x, Value y) {
    return add(function.name(), new Binary(function), x, y);
  }

  /** A function of an array and a number. */
  public final Value binary(BinaryFunction function, Value x, double y) {
    return binary(function, x, scalar("value", x.type().dtype(), y));
  }

  /** Einstein's summation of arrays of one type. */
  final Value einsum(EinsumEquation equation, Value... operands) {
    return Einsum.add(this, equation, List.of(operands));
  }

  /** The same numbers in another type; nothing where they have it already. */
  public final Value cast(Value value, DataType dtype) {
    return value.type().dtype() == dtype ? value : add("cast", new Cast(dtype), value);
  }

  /** The size of an axis that the operations depend on, which must be known. */
  public final long knownSize(Value x, int axis) {
    Dim dim = x.type().shape().dim(axis);
    if (!dim.isFixed()) {
      throw unknownSize(
          "the size of axis " + axis + " must be known", "the shape " + x.type().shape());
    }
    return dim.size();
  }

  /** What to throw when the layer, or an option of it, has no operations. */
  public final Refusal unsupported(String rule, String found) {
    return new Refusal(ProblemCode.LAYER_UNSUPPORTED, rule, found, "");
  }

  /** What to throw when the operations depend on a size that is known at run time only. */
  final Refusal unknownSize(String rule, String found) {
    return new Refusal(
        ProblemCode.SIZE_UNKNOWN, rule, found, "build the model with inputs of known size");
  }

  /** What to throw when a function is not known. */
  final Refusal unknownFunction(String found, String known) {
    return new Refusal(
        ProblemCode.FUNCTION_UNKNOWN,
        "must be a known activation",
        "'" + found + "'",
        "known are " + known);
  }
}
