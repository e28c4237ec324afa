package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A loop that is being lowered. States, sequences and what is seen of the outside are declared
 * first; then {@link #context} adds the operations of one step, and {@link #run} the loop.
 * Constants that a step uses come from outside.
 */
final class ScanBody {

  private final LoweringContext outer;
  private final GraphBuilder builder = new GraphBuilder("step");
  private final List<Value> operands = new ArrayList<>();
  private final List<Value> inputs = new ArrayList<>();
  private int states;
  private int sequences;

  /** An empty body of a loop in this call. */
  ScanBody(LoweringContext outer) {
    this.outer = outer;
  }

  /** A state that is carried from step to step; before sequences. */
  Value state(String name, Value first) {
    states++;
    return input(first, builder.input(name, first.type()));
  }

  /** The current step of a sequence; before what is seen of the outside. */
  Value stepOf(String name, Value sequence) {
    sequences++;
    return input(sequence, builder.input(name, Scan.stepOf(sequence.type())));
  }

  /** A value from outside. */
  Value seen(String name, Value value) {
    return input(value, builder.input(name, value.type()));
  }

  private Value input(Value operand, Value inside) {
    operands.add(operand);
    inputs.add(inside);
    return inside;
  }

  /** The call, adding to the body. */
  LoweringContext context() {
    return outer.inBody(builder);
  }

  /**
   * Adds the loop.
   *
   * @param results the next states, then the outputs of a step
   * @return the last states, then the outputs of all steps
   */
  List<Value> run(List<Value> results) {
    Argument.Items none = new Argument.Items(List.of());
    Graph made = builder.build(none, none);
    for (Map.Entry<Value, WeightRef> constant : made.constants().entrySet()) {
      Value inside = constant.getKey();
      operands.add(outer.constant(inside.name(), constant.getValue()));
      inputs.add(inside);
    }
    Argument.Items ends =
        new Argument.Items(results.stream().<Argument>map(Argument.Of::new).toList());
    Graph body =
        new Graph(
            made.name(),
            new Argument.Items(inputs.stream().<Argument>map(Argument.Of::new).toList()),
            Map.of(),
            made.nodes(),
            ends,
            IntStream.range(0, results.size()).mapToObj(i -> "result_" + i).toList());
    return outer.addAll("scan", new Scan(body, states, sequences), operands.toArray(Value[]::new));
  }
}
