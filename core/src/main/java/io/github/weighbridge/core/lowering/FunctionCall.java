package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Axes;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.layer.TypePromotion;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A call of a function of {@code keras.ops}: its arguments by name, and where its operations go.
 * Arguments that do not fit are an {@link IllegalArgumentException}.
 */
final class FunctionCall extends OperationScope {

  private final Map<String, Argument> arguments;

  /**
   * A call.
   *
   * @param arguments what {@link Signature#bind} gives
   */
  FunctionCall(GraphBuilder builder, String scope, Map<String, Argument> arguments) {
    super(builder, scope);
    this.arguments = arguments;
  }

  /** What an argument is: a tensor, something written into the file, or a list of such. */
  Argument argument(String name) {
    Argument argument = arguments.get(name);
    if (argument == null) {
      throw new IllegalStateException("the signature has no parameter " + name);
    }
    return argument;
  }

  // Tensors.

  /** The tensor of an argument; what is written into the file is a constant. */
  Value tensor(String name) {
    return tensor(name, argument(name));
  }

  /** The tensors of a list, or the only one. */
  List<Value> tensors(String name) {
    return elements(name).stream().map(element -> tensor(name, element)).toList();
  }

  /** Whether an argument is none. */
  boolean isNone(String name) {
    return argument(name).isNone();
  }

  /** Whether an argument is a tensor that is computed, no literal. */
  boolean isComputed(String name) {
    return !argument(name).values().isEmpty();
  }

  private List<Argument> elements(String name) {
    Argument argument = argument(name);
    if (argument instanceof Argument.Items items) {
      return items.elements();
    }
    if (argument instanceof Argument.Literal literal && literal.value().isArray()) {
      return literal.value().items().stream().<Argument>map(Argument.Literal::new).toList();
    }
    return List.of(argument);
  }

  private Value tensor(String name, Argument argument) {
    if (argument instanceof Argument.Of of) {
      return of.value();
    }
    if (argument instanceof Argument.Items items) {
      return stacked(name, items);
    }
    LiteralArray array = array(name, argument);
    return constant(name, array.tensor(array.dtype()));
  }

  /** A list of tensors in place of one is the tensor of all of them. */
  private Value stacked(String name, Argument.Items items) {
    List<Value> rows = new ArrayList<>();
    for (Value element : brought(name, items.elements(), promotion(name, items.elements()))) {
      rows.add(add("row", new Unsqueeze(List.of(0)), element));
    }
    return add(name, new Concat(0), rows.toArray(Value[]::new));
  }

  private static LiteralArray array(String name, Argument argument) {
    if (argument instanceof Argument.Literal literal) {
      Optional<LiteralArray> array = LiteralArray.of(literal.value());
      if (array.isPresent()) {
        return array.get();
      }
    }
    throw new IllegalArgumentException("'" + name + "' must be a tensor, is " + argument);
  }

  // Tensors of one type.

  /** The tensors of some arguments in the type that Keras promotes them to. */
  List<Value> promoted(String... names) {
    List<Argument> own = Arrays.stream(names).map(this::argument).toList();
    return brought(names[0], own, promotion(names[0], own));
  }

  /** As {@link #promoted}, by functions for which numbers of Python have types of their own. */
  List<Value> converted(String... names) {
    TypePromotion promotion = new TypePromotion();
    List<Argument> own = Arrays.stream(names).map(this::argument).toList();
    for (Argument argument : own) {
      if (argument instanceof Argument.Literal) {
        promotion.with(array(names[0], argument).dtype());
      } else {
        take(promotion, names[0], argument);
      }
    }
    return brought(names[0], own, promotion);
  }

  /** The tensors of some arguments in the floating-point type that Keras promotes them to. */
  List<Value> floating(String... names) {
    List<Argument> own = Arrays.stream(names).map(this::argument).toList();
    return brought(names[0], own, promotion(names[0], own).withFloat());
  }

  /** The tensor of an argument; whole numbers become floating-point ones. */
  Value floating(String name) {
    return floating(new String[] {name}).get(0);
  }

  /**
   * The tensors of some arguments in one floating-point type, by functions that take whole numbers
   * of 64 bits for float64.
   */
  List<Value> wide(String... names) {
    List<Value> values = converted(names);
    DataType dtype = values.get(0).type().dtype();
    DataType wide =
        dtype.isFloating() ? dtype : dtype == DataType.INT64 ? DataType.FLOAT64 : DataType.FLOAT32;
    return values.stream().map(value -> toType(value, wide)).toList();
  }

  /** The tensors of a list in the type that Keras promotes them to. */
  List<Value> promotedList(String name) {
    return brought(name, elements(name), promotion(name, elements(name)));
  }

  /** The tensors of some arguments in a type. */
  List<Value> as(DataType dtype, String... names) {
    List<Value> values = new ArrayList<>();
    for (String name : names) {
      values.add(brought(name, argument(name), dtype));
    }
    return values;
  }

  /** One tensor in a type. */
  Value as(DataType dtype, Argument argument) {
    return brought("value", argument, dtype);
  }

  /** The tensors of several lists, or of single arguments, in one type; a list for each. */
  List<List<Value>> promotedLists(String... names) {
    TypePromotion promotion = new TypePromotion();
    for (String name : names) {
      elements(name).forEach(element -> take(promotion, name, element));
    }
    List<List<Value>> lists = new ArrayList<>();
    for (String name : names) {
      lists.add(brought(name, elements(name), promotion));
    }
    return lists;
  }

  private List<Value> brought(String name, List<Argument> own, TypePromotion promotion) {
    DataType common = promotion.result();
    return own.stream().map(argument -> brought(name, argument, common)).toList();
  }

  private Value brought(String name, Argument argument, DataType dtype) {
    return argument instanceof Argument.Literal
        ? constant(name, array(name, argument).tensor(dtype))
        : toType(tensor(name, argument), dtype);
  }

  /** The same numbers in another type; all but zero is true. */
  Value toType(Value x, DataType dtype) {
    if (dtype == DataType.BOOL && x.type().dtype() != DataType.BOOL) {
      return binary(BinaryFunction.NOT_EQUAL, x, 0);
    }
    return cast(x, dtype);
  }

  /** A number, in the type and shape of {@code x}. */
  Value filledLike(Value x, double number) {
    return filledLike(x, scalar("value", x.type().dtype(), number));
  }

  /** A number, in the shape of {@code x}. */
  Value filledLike(Value x, Value number) {
    List<DimSource> dims = new ArrayList<>();
    for (int axis = 0; axis < x.type().rank(); axis++) {
      dims.add(DimSource.of(x.type().shape().dim(axis), 1, axis));
    }
    return add("filled", new Expand(dims), number, x);
  }

  private TypePromotion promotion(String name, List<Argument> own) {
    TypePromotion promotion = new TypePromotion();
    for (Argument argument : own) {
      take(promotion, name, argument);
    }
    return promotion;
  }

  private void take(TypePromotion promotion, String name, Argument argument) {
    if (argument instanceof Argument.Of of) {
      promotion.with(of.value().type().dtype());
    } else if (argument instanceof Argument.Items items) {
      items.elements().forEach(element -> take(promotion, name, element));
    } else {
      LiteralArray array = array(name, argument);
      if (!array.weak()) {
        promotion.with(array.dtype());
      } else if (array.dtype().isFloating()) {
        promotion.withFloat();
      } else {
        promotion.withInt();
      }
    }
  }

  // Literals.

  /** What is written into the file; of an array of numpy, its numbers. */
  Tree literal(String name) {
    if (argument(name) instanceof Argument.Literal literal) {
      return LiteralArray.numbers(literal.value());
    }
    throw unsupported("'" + name + "' must be written into the model", "a tensor");
  }

  /** An array that is written into the file, in its own type. */
  Tensor literalArray(String name) {
    LiteralArray array = array(name, argument(name));
    return array.tensor(array.dtype());
  }

  /** A boolean. */
  boolean flag(String name) {
    return literal(name).asBoolean().orElseThrow(() -> wrong(name, "true or false"));
  }

  /** A number. */
  double number(String name) {
    return literal(name).asDouble().orElseThrow(() -> wrong(name, "a number"));
  }

  /** Numbers, or the only one. */
  List<Double> numbers(String name) {
    Tree own = literal(name);
    return (own.isArray() ? own.items() : List.of(own))
        .stream().map(item -> item.asDouble().orElseThrow(() -> wrong(name, "numbers"))).toList();
  }

  /** Whether what is written into the file is a whole number, as {@code 2} and not {@code 2.0}. */
  boolean isWhole(String name) {
    return literal(name) instanceof Tree.Leaf leaf && leaf.value() instanceof Long;
  }

  /** A text. */
  String text(String name) {
    return literal(name).asText().orElseThrow(() -> wrong(name, "a text"));
  }

  /** A whole number. */
  int whole(String name) {
    return whole(name, literal(name));
  }

  /** Whole numbers, or the only one. */
  List<Integer> wholes(String name) {
    Tree own = literal(name);
    return (own.isArray() ? own.items() : List.of(own))
        .stream().map(size -> whole(name, size)).toList();
  }

  private int whole(String name, Tree tree) {
    return tree.asLong()
        .filter(number -> number == number.intValue())
        .map(Long::intValue)
        .orElseThrow(() -> wrong(name, "a whole number"));
  }

  /** An axis of {@code x}, counted from 0. */
  int axis(String name, Value x) {
    return Rules.axis(whole(name), x.type().rank());
  }

  /** The axes counted from 0, ascending; every one where none are given. */
  List<Integer> axes(String name, Value x) {
    int rank = x.type().rank();
    Tree own = literal(name);
    if (own.isNull()) {
      return IntStream.range(0, rank).boxed().toList();
    }
    return own.isArray() && own.items().isEmpty()
        ? List.of()
        : Axes.CONFIG_TYPE.reader().apply(own).counted(rank);
  }

  /** A data type; nothing where none is given. */
  Optional<DataType> dtype(String name) {
    Tree own = literal(name);
    return own.isNull()
        ? Optional.empty()
        : Optional.of(
            own.asText()
                .flatMap(DataType::ofKerasName)
                .orElseThrow(() -> wrong(name, "a data type")));
  }

  private IllegalArgumentException wrong(String name, String rule) {
    return new IllegalArgumentException("'" + name + "' must be " + rule + ", is " + literal(name));
  }
}
