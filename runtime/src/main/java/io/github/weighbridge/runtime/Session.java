package io.github.weighbridge.runtime;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.lowering.LoweringOptions;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.pass.ChannelOrder;
import io.github.weighbridge.core.pass.Passes;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.problem.Severity;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.NativeLibrary;
import io.github.weighbridge.runtime.plan.Execution;
import io.github.weighbridge.runtime.plan.Program;
import io.github.weighbridge.runtime.plan.SizedPrograms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a graph of operations on ND4J's native library.
 *
 * <p>Inputs are cast to the types of the graph's; unknown sizes (the batch, the length of a
 * sequence) may differ from run to run. The first run loads the native library and the weights; the
 * first run of each combination of sizes plans it, and lowers the model for it where operations
 * depend on sizes.
 *
 * <p>Thread-safe: runs at the same time work in memory of their own and share the weights. Weights
 * and work space lie outside the heap until {@link #close}; the graph's source must stay open as
 * long.
 */
public final class Session implements AutoCloseable {

  private final List<Value> inputs;
  private final List<Value> outputs;
  private final List<String> outputNames;
  private final SessionOptions options;
  private final Execution execution;

  /** A session of a graph, or of what it is before it is lowered. */
  private Session(Graph graph, Execution execution, SessionOptions options) {
    this.inputs = graph.inputValues();
    this.outputs = graph.outputValues();
    this.outputNames = graph.outputNames();
    this.options = options;
    this.execution = execution;
  }

  /**
   * A session of a model, which must stay open as long.
   *
   * @throws ProblemsException with everything of the model that cannot run
   */
  public static Session of(Model model) {
    return of(model, SessionOptions.DEFAULTS);
  }

  /** A session of a model with options; see {@link #of(Model)}. */
  public static Session of(Model model, SessionOptions options) {
    try {
      return of(lowered(model, LoweringOptions.DEFAULTS), options);
    } catch (ProblemsException e) {
      boolean sizesOnly =
          e.problems().stream()
              .filter(problem -> problem.severity() == Severity.ERROR)
              .allMatch(problem -> problem.code() == ProblemCode.SIZE_UNKNOWN);
      if (!sizesOnly) {
        throw e;
      }
      Graph graph = model.network().graph();
      return new Session(
          graph, new SizedPrograms(shapes -> lowered(model, sized(graph, shapes))), options);
    }
  }

  private static Graph lowered(Model model, LoweringOptions options) {
    return Passes.fit(ModelLowering.lower(model, options), ChannelOrder.LAST);
  }

  private static LoweringOptions sized(Graph graph, List<Shape> shapes) {
    Map<String, Shape> byName = new LinkedHashMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      byName.put(graph.inputValues().get(i).name(), shapes.get(i));
    }
    return LoweringOptions.DEFAULTS.withInputShapes(byName);
  }

  /** A session of a graph that holds only operations. */
  public static Session of(Graph operations, SessionOptions options) {
    return new Session(operations, new Program(operations), options);
  }

  /**
   * Runs the graph.
   *
   * @param tensors in the order of the graph's inputs
   * @return in the order of the graph's outputs
   * @throws ProblemsException if arrays do not fit the inputs, or hold an index that its table does
   *     not have
   * @throws IllegalStateException if the session is closed, or a step fails
   */
  public List<Tensor> run(List<Tensor> tensors) {
    check(tensors);
    if (options.threads() > 0) {
      NativeLibrary.get().setThreads(options.threads());
    }
    return execution.run(tensors);
  }

  /**
   * Runs a graph of one input and one output; see {@link #run(List)}.
   *
   * @throws IllegalArgumentException if the graph has several outputs
   */
  public Tensor run(Tensor tensor) {
    if (outputs.size() != 1) {
      throw new IllegalArgumentException("the graph has " + outputs.size() + " outputs, not one");
    }
    return run(List.of(tensor)).get(0);
  }

  /** Runs the graph with inputs by name and gives outputs by name; see {@link #run(List)}. */
  public Map<String, Tensor> run(Map<String, Tensor> tensors) {
    Problems problems = new Problems();
    List<Tensor> inOrder = new ArrayList<>();
    for (Value input : inputs) {
      Tensor tensor = tensors.get(input.name());
      if (tensor == null) {
        mismatch(problems, input.name(), "must be given", "only " + tensors.keySet());
      } else {
        inOrder.add(tensor);
      }
    }
    List<String> names = inputs.stream().map(Value::name).toList();
    for (String name : tensors.keySet()) {
      if (!names.contains(name)) {
        mismatch(problems, name, "must be one of the inputs " + names, "'" + name + "'");
      }
    }
    problems.throwIfErrors();
    List<Tensor> results = run(inOrder);
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      named.put(outputNames.get(i), results.get(i));
    }
    return named;
  }

  /** The inputs' names and types, in order. */
  public Map<String, TensorType> inputs() {
    return ports(inputs.stream().map(Value::name).toList(), inputs);
  }

  /** The outputs' names and types, in order. */
  public Map<String, TensorType> outputs() {
    return ports(outputNames, outputs);
  }

  private static Map<String, TensorType> ports(List<String> names, List<Value> values) {
    Map<String, TensorType> ports = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      ports.put(names.get(i), values.get(i).type());
    }
    return ports;
  }

  private void check(List<Tensor> tensors) {
    if (tensors.size() != inputs.size()) {
      throw ProblemsException.of(
          ProblemCode.ARRAY_MISMATCH,
          Place.UNKNOWN,
          "must have an array for each of the inputs " + inputs,
          tensors.size() + (tensors.size() == 1 ? " array" : " arrays"),
          "give one for each, in this order");
    }
    Problems problems = new Problems();
    for (int i = 0; i < inputs.size(); i++) {
      Value input = inputs.get(i);
      Tensor tensor = tensors.get(i);
      if (!fits(input.type().shape(), tensor.sizes())) {
        mismatch(
            problems,
            input.name(),
            "must have shape " + input.type().shape(),
            Shape.of(tensor.sizes()).toString());
      } else if (isText(tensor.dtype()) != isText(input.type().dtype())) {
        mismatch(
            problems,
            input.name(),
            isText(tensor.dtype()) ? "must hold numbers" : "must hold strings",
            isText(tensor.dtype()) ? "strings" : tensor.dtype().toString());
      }
    }
    problems.throwIfErrors();
  }

  private static boolean isText(DataType dtype) {
    return dtype == DataType.STRING;
  }

  private static boolean fits(Shape shape, long... sizes) {
    if (shape.rank() != sizes.length) {
      return false;
    }
    for (int i = 0; i < sizes.length; i++) {
      Dim dim = shape.dim(i);
      if (dim.isFixed() && dim.size() != sizes[i]) {
        return false;
      }
    }
    return true;
  }

  private static void mismatch(Problems problems, String input, String rule, String found) {
    problems.error(
        ProblemCode.ARRAY_MISMATCH,
        Place.UNKNOWN.withKey("input '" + input + "'"),
        rule,
        found,
        "give an array that fits the model's input");
  }

  /** Frees all memory outside the heap; waits for runs in progress. */
  @Override
  public void close() {
    execution.close();
  }
}
