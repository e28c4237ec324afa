package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a custom layer that is being lowered: what it is given, and where its operations go.
 * Shapes may be symbolic: the batch is, and lengths can be. Valid during {@link CustomLayer#lower}.
 */
public interface LoweringCall {

  /**
   * The values of the first argument, floating-point ones in the type that the layer computes in.
   */
  List<Value> inputs();

  /** The first input. */
  Value input();

  /**
   * Which steps of the first input count (booleans {@code [batch, time]}), null where all do; an
   * explicit {@code mask} argument wins over one that came along.
   */
  @Nullable Value mask();

  /**
   * The values of a keyword argument, or else of the positional argument at {@code position} (0 is
   * the first argument of {@code call}); empty if it is absent.
   */
  List<Value> values(String keyword, int position);

  /** The type that the layer computes in. */
  DataType computeType();

  /** A weight, as a constant of the type that the layer computes in. */
  Value weight(String name);

  /** A weight under another shape of as many elements. */
  Value weight(String name, long... sizes);

  /**
   * Adds an operation with one output.
   *
   * @param what names it, for people
   * @throws IllegalArgumentException if the operands do not fit the operation
   */
  Value add(String what, Operation op, @Nullable Value... operands);

  /** Adds an operation with several outputs; as {@link #add}. */
  List<Value> addAll(String what, Operation op, @Nullable Value... operands);

  /** Adds a function of a number, on every element. */
  Value unary(UnaryFunction function, Value x);

  /** Adds a function of two numbers, element by element, shapes broadcast as numpy does. */
  Value binary(BinaryFunction function, Value x, Value y);

  /** Adds a function of an array and a number. */
  Value binary(BinaryFunction function, Value x, double y);

  /** The same numbers in another type; nothing is added where they have it already. */
  Value cast(Value value, DataType dtype);

  /** A constant. */
  Value constant(String what, WeightRef weight);

  /** A constant number. */
  Value scalar(String what, DataType dtype, double value);

  /**
   * The size of an axis that the operations depend on.
   *
   * @throws IllegalArgumentException if it is not known
   */
  long knownSize(Value x, int axis);

  /**
   * What to throw when the layer, or an option of it, cannot be said in operations.
   *
   * @param rule what must hold instead, as "must ..."
   * @param found what stands there
   */
  RuntimeException unsupported(String rule, String found);
}
