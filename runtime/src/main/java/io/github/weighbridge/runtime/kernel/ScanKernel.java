package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Loops: the body is planned once and run for each step. The last states' arrays hold the states
 * meanwhile; a step of a sequence is copied to where the body reads it.
 */
final class ScanKernel implements Kernel<Scan> {

  /** One step of each sequence, then room for the states that are to come. */
  @Override
  public List<TensorType> scratch(Scan op, StepTypes types) {
    List<TensorType> scratch = new ArrayList<>();
    for (int i = 0; i < op.sequences(); i++) {
      scratch.add(Scan.stepOf(types.input(op.states() + i)));
    }
    scratch.addAll(types.outputs().subList(0, op.states()));
    return scratch;
  }

  @Override
  public Task prepare(Scan op, StepArrays arrays) {
    int first = op.states() + op.sequences();
    List<NativeArray> inputs = new ArrayList<>(arrays.outputs().subList(0, op.states()));
    inputs.addAll(arrays.scratch().subList(0, op.sequences()));
    for (int i = first; i < arrays.inputs().size(); i++) {
      inputs.add(arrays.input(i));
    }
    return new Loop(op, arrays, arrays.bodies().plan(op.body(), inputs));
  }

  private record Loop(Scan op, StepArrays arrays, BodyPlanner.Body body) implements Task {

    @Override
    public void run() {
      for (int i = 0; i < op.states(); i++) {
        copy(arrays.input(i), arrays.output(i));
      }
      int steps = Math.toIntExact(arrays.input(op.states()).size(1));
      for (int step = 0; step < steps; step++) {
        for (int i = 0; i < op.sequences(); i++) {
          copyStepOf(arrays.input(op.states() + i), step, arrays.scratch(i));
        }
        body.run();
        for (int i = op.states(); i < body.results().size(); i++) {
          copyStepInto(arrays.output(i), step, body.results().get(i));
        }
        keepStates();
      }
    }

    /** A result may be another state's array, so all are put aside before any is overwritten. */
    private void keepStates() {
      for (int i = 0; i < op.states(); i++) {
        copy(body.results().get(i), arrays.scratch(op.sequences() + i));
      }
      for (int i = 0; i < op.states(); i++) {
        copy(arrays.scratch(op.sequences() + i), arrays.output(i));
      }
    }

    private static void copy(NativeArray from, NativeArray to) {
      ByteBuffer source = from.bytes();
      to.bytes().put(0, source, 0, source.capacity());
    }

    private static void copyStepOf(NativeArray sequence, int step, NativeArray to) {
      int bytes = bytesOfRow(sequence);
      for (int row = 0; row < sequence.size(0); row++) {
        to.bytes().put(row * bytes, sequence.bytes(), at(sequence, row, step, bytes), bytes);
      }
    }

    private static void copyStepInto(NativeArray sequence, int step, NativeArray from) {
      int bytes = bytesOfRow(sequence);
      for (int row = 0; row < sequence.size(0); row++) {
        sequence.bytes().put(at(sequence, row, step, bytes), from.bytes(), row * bytes, bytes);
      }
    }

    /** How many bytes one step of one row of {@code [batch, time, ...]} has. */
    private static int bytesOfRow(NativeArray sequence) {
      long rows = Math.max(1, sequence.size(0) * sequence.size(1));
      return Math.toIntExact(sequence.byteCount() / rows);
    }

    private static int at(NativeArray sequence, int row, int step, int bytes) {
      return Math.toIntExact((row * sequence.size(1) + step) * bytes);
    }

    @Override
    public void close() {
      body.close();
    }
  }
}
