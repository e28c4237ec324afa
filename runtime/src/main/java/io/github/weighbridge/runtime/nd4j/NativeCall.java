package io.github.weighbridge.runtime.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BooleanPointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.LongPointer;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.OpaqueContext;

/**
 * A native operation with its arrays and arguments, prepared once and run any number of times
 * without allocating anything in Java. Not thread-safe; freed by {@link #close}.
 */
public final class NativeCall implements Task {

  private final String operation;
  private final NativeOps ops;
  private final long hash;
  private final OpaqueContext context;
  private boolean closed;

  private NativeCall(Builder builder) {
    NativeLibrary library = NativeLibrary.get();
    this.operation = builder.operation;
    this.ops = library.ops();
    this.hash = library.hash(operation);
    this.context = ops.createGraphContext(1);
    for (int i = 0; i < builder.inputs.size(); i++) {
      NativeArray array = builder.inputs.get(i);
      ops.setGraphContextInputArray(
          context, i, array.pointer(), library.shapeInfo(array.dtype(), array.sizes()), null, null);
    }
    for (int i = 0; i < builder.outputs.size(); i++) {
      NativeArray array = builder.outputs.get(i);
      ops.setGraphContextOutputArray(
          context, i, array.pointer(), library.shapeInfo(array.dtype(), array.sizes()), null, null);
    }
    setArguments(builder);
    ops.ctxAllowHelpers(context, builder.helpers);
  }

  private void setArguments(Builder builder) {
    try (LongPointer integers = new LongPointer(builder.integers);
        DoublePointer reals = new DoublePointer(builder.reals);
        BooleanPointer flags = new BooleanPointer(Math.max(1, builder.flags.length))) {
      for (int i = 0; i < builder.flags.length; i++) {
        flags.put(i, builder.flags[i]);
      }
      ops.setGraphContextIArguments(context, integers, builder.integers.length);
      ops.setGraphContextTArguments(context, reals, builder.reals.length);
      ops.setGraphContextBArguments(context, flags, builder.flags.length);
    }
  }

  /** Starts a call of the operation of this name. */
  public static Builder of(String operation) {
    return new Builder(operation);
  }

  /**
   * Runs the operation.
   *
   * @throws IllegalStateException with ND4J's message if it fails
   */
  @Override
  public void run() {
    if (ops.execCustomOp2(null, hash, context) != 0) {
      throw new IllegalStateException(
          "ND4J's '" + operation + "' failed: " + ops.lastErrorMessage());
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ops.deleteGraphContext(context);
    }
  }

  /** Collects what a call needs. */
  public static final class Builder {

    private final String operation;
    private final List<NativeArray> inputs = new ArrayList<>();
    private final List<NativeArray> outputs = new ArrayList<>();
    private long[] integers = {};
    private double[] reals = {};
    private boolean[] flags = {};
    private boolean helpers = true;

    private Builder(String operation) {
      this.operation = operation;
    }

    /** Adds an input. */
    public Builder input(NativeArray array) {
      inputs.add(array);
      return this;
    }

    /** Adds an output; it may be an input too where the operation can work in place. */
    public Builder output(NativeArray array) {
      outputs.add(array);
      return this;
    }

    /** Sets ND4J's "iArgs". */
    public Builder integers(long... values) {
      integers = values.clone();
      return this;
    }

    /** Sets ND4J's "tArgs". */
    public Builder reals(double... values) {
      reals = values.clone();
      return this;
    }

    /** Sets ND4J's "bArgs". */
    public Builder flags(boolean... values) {
      flags = values.clone();
      return this;
    }

    /** Keeps the call away from oneDNN if the condition holds. */
    public Builder withoutOneDnnIf(boolean condition) {
      helpers = !condition;
      return this;
    }

    /** The call. */
    public NativeCall build() {
      return new NativeCall(this);
    }
  }
}
