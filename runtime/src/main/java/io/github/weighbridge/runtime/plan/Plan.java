package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.kernel.BodyPlanner;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.NativeMemory;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A program made ready for inputs of certain sizes: every value has its place in one block of
 * memory and every step is prepared. One thread at a time.
 */
final class Plan implements BodyPlanner.Body {

  /** A prepared step. */
  record PreparedStep(String name, String operation, Task task) {}

  /** An input or output: the type it has outside, and where it is. */
  record Port(TensorType type, NativeArray array) {}

  private final NativeMemory arena;
  private final List<Port> inputs;
  private final List<Port> outputs;
  private final List<NativeArray> results;
  private final List<PreparedStep> steps;

  Plan(NativeMemory arena, List<Port> inputs, List<Port> outputs, List<PreparedStep> steps) {
    this.arena = arena;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.results = outputs.stream().map(Port::array).toList();
    this.steps = List.copyOf(steps);
  }

  /** The outputs for these inputs, which have the sizes of the plan. */
  List<Tensor> run(List<Tensor> given) {
    for (int i = 0; i < inputs.size(); i++) {
      Port port = inputs.get(i);
      Tensor tensor = given.get(i).cast(port.type().dtype()).cast(port.array().dtype());
      ByteBuffer target = port.array().bytes();
      target.put(0, tensor.bytes(), 0, target.capacity());
    }
    run();
    List<Tensor> tensors = new ArrayList<>();
    for (Port port : outputs) {
      ByteBuffer source = port.array().bytes();
      ByteBuffer copy = ByteBuffer.allocate(source.capacity()).put(0, source, 0, source.capacity());
      tensors.add(
          Tensor.of(port.array().dtype(), copy, port.array().sizes()).cast(port.type().dtype()));
    }
    return tensors;
  }

  /** Computes the outputs from what stands in the inputs' arrays. */
  @Override
  public void run() {
    for (PreparedStep step : steps) {
      run(step);
    }
  }

  @Override
  public List<NativeArray> results() {
    return results;
  }

  private static void run(PreparedStep step) {
    try {
      step.task().run();
    } catch (ProblemsException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "while executing " + step.name() + " (" + step.operation() + "): " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    steps.forEach(s -> s.task().close());
    arena.close();
  }
}
