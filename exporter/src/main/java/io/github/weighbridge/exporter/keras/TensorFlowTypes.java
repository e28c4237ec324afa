package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.layer.TypePromotion;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Functions that TensorFlow has as well, for operands of one type, for floating-point numbers or
 * for booleans: {@code keras.ops} brings others to that, here a cast does.
 */
final class TensorFlowTypes {

  private TensorFlowTypes() {}

  static void addTo(ComposedCalls table) {
    for (String function :
        List.of(
            "Add",
            "Divide",
            "DivideNoNan",
            "FloorDivide",
            "Maximum",
            "Minimum",
            "Mod",
            "Multiply",
            "Power",
            "Subtract",
            "TrueDivide")) {
      table.when(
          function,
          call -> areMixed(call, call.result().dtype()),
          call -> of(call, function, call.result().dtype()));
    }
    for (String function :
        List.of("Equal", "Greater", "GreaterEqual", "Less", "LessEqual", "NotEqual")) {
      table.when(
          function, call -> areMixed(call, common(call)), call -> of(call, function, common(call)));
    }
    for (String function : List.of("LogicalAnd", "LogicalOr", "LogicalXor")) {
      table.when(
          function,
          call -> !isTold(call.arg("x1")) || !isTold(call.arg("x2")),
          call -> call.add(function, told(call, "x1"), told(call, "x2")));
    }
    table.when(
        "LogicalNot",
        call -> !isTold(call.arg("x")),
        call -> call.add("LogicalNot", told(call, "x")));
    for (String function : List.of("All", "Any")) {
      table.when(
          function,
          call -> !isTold(call.arg("x")),
          call -> reduced(call, function, told(call, "x")));
    }
    for (String function :
        List.of(
            "Arccos",
            "Arccosh",
            "Arcsin",
            "Arcsinh",
            "Arctan",
            "Arctanh",
            "Ceil",
            "Cos",
            "Cosh",
            "Erf",
            "Exp",
            "Expm1",
            "Floor",
            "Log",
            "Log1p",
            "Reciprocal",
            "Rsqrt",
            "Sigmoid",
            "Silu",
            "Sin",
            "Sinh",
            "Softplus",
            "Softsign",
            "Sqrt",
            "Tan",
            "Tanh")) {
      Predicate<ComposedCall> whole = call -> !call.type("x").dtype().isFloating();
      table.when(
          function,
          whole,
          call -> call.add(function, call.cast(call.arg("x"), call.result().dtype())));
    }
    for (String function : List.of("Mean", "Prod", "Std", "Sum", "Var")) {
      table.when(
          function,
          call -> call.type("x").dtype() != call.result().dtype(),
          call -> reduced(call, function, call.cast(call.arg("x"), call.result().dtype())));
    }
    table.when("Max", TensorFlowTypes::isLimited, call -> extreme(call, "Max", "Any"));
    table.when("Min", TensorFlowTypes::isLimited, call -> extreme(call, "Min", "All"));
    table.add(
        "Clip",
        call ->
            call.add(
                "tf.clip_by_value",
                List.of(call.cast(call.arg("x"), call.result().dtype())),
                "clip_value_min",
                call.arg("x_min"),
                "clip_value_max",
                call.arg("x_max")));
    table.when("Argmax", TensorFlowTypes::isOther, call -> place(call, "Argmax"));
    table.when("Argmin", TensorFlowTypes::isOther, call -> place(call, "Argmin"));
    table.when(
        "OneHot",
        call -> call.result().dtype() == DataType.BOOL,
        call -> {
          Argument classes = call.arg("num_classes");
          Argument axis = call.arg("axis");
          Argument ones =
              call.add(
                  "OneHot",
                  List.of(call.arg("x")),
                  "num_classes",
                  classes,
                  "axis",
                  axis,
                  "dtype",
                  "int32");
          return call.add("Equal", ones, Literals.of(1));
        });
    table.when(
        "Where",
        call ->
            !call.isNone("x1")
                && (areMixed(call, call.result().dtype()) || !isTold(call.arg("condition"))),
        call ->
            call.add(
                "Where",
                told(call, "condition"),
                typed(call, call.arg("x1"), call.result().dtype()),
                typed(call, call.arg("x2"), call.result().dtype())));
  }

  private static Argument reduced(ComposedCall call, String function, Argument x) {
    boolean keepDims = call.flag("keepdims");
    return call.add(function, List.of(x), "axis", call.arg("axis"), "keepdims", keepDims);
  }

  private static boolean isLimited(ComposedCall call) {
    return !call.isNone("initial") || call.result().dtype() == DataType.BOOL;
  }

  /** Of booleans whether any is true, or all are. */
  private static Argument extreme(ComposedCall call, String function, String told) {
    boolean booleans = call.result().dtype() == DataType.BOOL;
    Argument extreme = reduced(call, booleans ? told : function, call.arg("x"));
    return call.isNone("initial")
        ? extreme
        : call.add(function + "imum", extreme, call.arg("initial"));
  }

  private static boolean isOther(ComposedCall call) {
    return call.isNone("axis") || call.flag("keepdims");
  }

  /** Of all elements in a line where no axis is named; the axis of it stays where asked for. */
  private static Argument place(ComposedCall call, String function) {
    boolean all = call.isNone("axis");
    Argument x = all ? call.add("Ravel", call.arg("x")) : call.arg("x");
    Argument place = call.add(function, List.of(x), "axis", all ? 0 : call.arg("axis"));
    if (!call.flag("keepdims")) {
      return place;
    }
    return all
        ? call.add(
            "Reshape", List.of(place), "newshape", Collections.nCopies(call.result().rank(), 1))
        : call.add("ExpandDims", List.of(place), "axis", call.arg("axis"));
  }

  private static Argument of(ComposedCall call, String function, DataType dtype) {
    return call.add(
        function, typed(call, call.arg("x1"), dtype), typed(call, call.arg("x2"), dtype));
  }

  /** A tensor in a type; a number as the constant that is of that type beside one. */
  private static Argument typed(ComposedCall call, Argument operand, DataType dtype) {
    if (operand instanceof Argument.Of) {
      return call.cast(operand, dtype);
    }
    boolean fraction =
        operand instanceof Argument.Literal literal
            && literal.value().asDouble().isPresent()
            && dtype.isFloating();
    return fraction
        ? Literals.of(((Argument.Literal) operand).value().asDouble().orElseThrow())
        : operand;
  }

  /** Whether an operand is not of the type that the function computes in. */
  private static boolean areMixed(ComposedCall call, DataType dtype) {
    return tensors(call).stream().anyMatch(x -> call.type(x).dtype() != dtype)
        || (!tensors(call).isEmpty() && !dtype.isInteger() && isWhole(call));
  }

  private static boolean isWhole(ComposedCall call) {
    return call.arg("x1") instanceof Argument.Literal literal
        && Literals.isWhole(literal.value())
        && !literal.value().isArray();
  }

  private static List<Argument> tensors(ComposedCall call) {
    List<Argument> tensors = new ArrayList<>();
    for (String name : List.of("x1", "x2")) {
      if (call.arg(name) instanceof Argument.Of) {
        tensors.add(call.arg(name));
      }
    }
    return tensors;
  }

  /** The type that two operands are compared in. */
  private static DataType common(ComposedCall call) {
    TypePromotion promotion = new TypePromotion();
    tensors(call).forEach(x -> promotion.with(call.type(x).dtype()));
    for (String name : List.of("x1", "x2")) {
      if (call.arg(name) instanceof Argument.Literal literal
          && literal.value().asDouble().isPresent()
          && literal.value().asLong().isEmpty()) {
        promotion.withFloat();
      }
    }
    return promotion.result();
  }

  private static boolean isTold(Argument x) {
    return x instanceof Argument.Of of
        ? of.value().type().dtype() == DataType.BOOL
        : !(x instanceof Argument.Literal literal) || literal.value().asBoolean().isPresent();
  }

  private static Argument told(ComposedCall call, String name) {
    Argument x = call.arg(name);
    return isTold(x) ? x : call.add("NotEqual", call.tensor(x), Literals.of(0));
  }
}
