package io.github.weighbridge.runtime.text;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.FeatureCross;
import io.github.weighbridge.core.op.HashBucket;
import io.github.weighbridge.core.op.Lookup;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.StandardizeText;
import io.github.weighbridge.core.op.TextOperation;
import io.github.weighbridge.core.op.Tokenize;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which kernel computes which operation on text. */
public final class TextKernels {

  private static final Map<Class<? extends Operation>, TextKernel<?>> KERNELS =
      Map.ofEntries(
          entry(FeatureCross.class, (op, name) -> features -> Hashes.crossed(op, features)),
          entry(HashBucket.class, (op, name) -> x -> Hashes.buckets(op, x.get(0))),
          entry(Lookup.class, new LookupKernel()),
          entry(Reshape.class, (op, name) -> x -> reshaped(op, x)),
          entry(Squeeze.class, (op, name) -> x -> reshaped(op, x)),
          entry(StandardizeText.class, new StandardizeTextKernel()),
          entry(Tokenize.class, new TokenizeKernel()),
          entry(Unsqueeze.class, (op, name) -> x -> reshaped(op, x)));

  private TextKernels() {}

  /** Pairs an operation with a kernel of that operation; what {@link #prepare} relies on. */
  private static <O extends Operation> Map.Entry<Class<? extends Operation>, TextKernel<?>> entry(
      Class<O> operation, TextKernel<O> kernel) {
    return Map.entry(operation, kernel);
  }

  /** The kernel of an operation's class, if there is one. */
  static Optional<TextKernel<?>> find(Class<?> operation) {
    return Optional.ofNullable(KERNELS.get(operation));
  }

  /** Whether a step is computed here: with a table or with text; other arrays are native. */
  public static boolean takes(Step step) {
    return step.op() instanceof TextOperation
        || step.outputs().stream().anyMatch(TextKernels::isText)
        || step.inputs().stream().anyMatch(TextKernels::isText);
  }

  private static boolean isText(Value value) {
    return value.type().dtype() == DataType.STRING;
  }

  /**
   * The work of a step.
   *
   * @throws ProblemsException if its operation does not take text
   */
  @SuppressWarnings("unchecked") // entry() lets no other kernel in
  public static TextTask prepare(Step step) {
    TextKernel<Operation> kernel =
        (TextKernel<Operation>)
            find(step.op().getClass())
                .orElseThrow(
                    () ->
                        ProblemsException.of(
                            ProblemCode.OPERATION_UNSUPPORTED,
                            Place.UNKNOWN.withLayer(step.name(), step.op().name()),
                            "must be an operation that takes text",
                            step.op().name(),
                            ""));
    return kernel.prepare(step.op(), step.name());
  }

  private static Tensor reshaped(Operation op, List<Tensor> operands) {
    List<TensorType> types = op.outputTypes(operands.stream().map(Tensor::type).toList());
    return operands.get(0).reshaped(types.get(0).shape().sizes());
  }
}
