package io.github.weighbridge.cli;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Lookup;
import io.github.weighbridge.core.op.Lookup.Labels;
import io.github.weighbridge.core.op.Lookup.Numbers;
import io.github.weighbridge.core.op.Lookup.Words;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Seeded inputs that a model can take: indices within the tables that they go to, terms of its
 * vocabularies, numbers of moderate size elsewhere; the last steps of long axes are zero, so that
 * masks have something to leave out.
 */
final class RandomInputs {

  private static final int BATCH = 3;
  private static final int OPEN_SIZE = 12;
  private static final int DEFAULT_INDICES = 8;
  private static final List<String> SOME_WORDS =
      List.of("Weights, and measures!", "a scale that a lorry drives over", "", "goods");

  private final Graph operations;
  private final Random random;
  private final Map<Value, Long> tableSizes = new HashMap<>();

  /** What is looked up as it is given. */
  private final Map<Value, Labels> labels = new HashMap<>();

  RandomInputs(Graph operations, long seed) {
    this.operations = operations;
    this.random = new Random(seed);
    Map<Value, Value> castFrom = new HashMap<>();
    for (Step step : operations.steps()) {
      if (step.op() instanceof Cast) {
        castFrom.put(step.output(), step.operand(0));
      }
      if (step.op() instanceof Lookup lookup) {
        Value terms = step.operand(0);
        while (castFrom.containsKey(terms)) {
          terms = castFrom.get(terms);
        }
        labels.put(terms, lookup.keys());
      }
      if (step.op() instanceof Gather gather && gather.batchDims() == 0) {
        Value indices = step.operand(1);
        while (castFrom.containsKey(indices)) {
          indices = castFrom.get(indices);
        }
        Dim rows = step.operand(0).type().shape().dim(gather.axis());
        if (rows.isFixed()) {
          tableSizes.merge(indices, rows.size(), Math::min);
        }
      }
    }
  }

  /** An array for every input, in order. */
  List<Tensor> draw() {
    List<Tensor> inputs = new ArrayList<>();
    for (Value input : operations.inputValues()) {
      inputs.add(draw(input));
    }
    return inputs;
  }

  private Tensor draw(Value input) {
    TensorType type = input.type();
    long[] sizes = new long[type.rank()];
    for (int i = 0; i < sizes.length; i++) {
      Dim dim = type.shape().dim(i);
      sizes[i] = dim.isFixed() ? dim.size() : i == 0 ? BATCH : OPEN_SIZE;
    }
    int count = Math.toIntExact(Shape.elementCount(sizes));
    Labels known = labels.get(input);
    if (type.dtype() == DataType.STRING) {
      return text(known, count, sizes);
    }
    double[] values = new double[count];
    boolean whole = tableSizes.containsKey(input) || !type.dtype().isFloating();
    int limit =
        type.dtype() == DataType.BOOL
            ? 2
            : (int) Math.min(tableSizes.getOrDefault(input, (long) DEFAULT_INDICES), 1 << 30);
    for (int i = 0; i < count; i++) {
      values[i] =
          known instanceof Numbers numbers
              ? numbers.numbers().get(random.nextInt(numbers.size()))
              : whole ? random.nextInt(limit) : random.nextGaussian();
    }
    if (known == null) {
      blankLastSteps(values, sizes);
    }
    return Tensor.of(values, sizes).cast(type.dtype());
  }

  /** Terms that the model knows; where it takes text apart, that is text as well. */
  private Tensor text(@Nullable Labels known, int count, long... sizes) {
    List<String> words = known instanceof Words own ? own.words() : SOME_WORDS;
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = words.get(random.nextInt(words.size()));
    }
    return Tensor.of(texts, sizes);
  }

  /** Zeros in the last quarter of axis 1 of every second sample. */
  private static void blankLastSteps(double[] values, long[] sizes) {
    if (sizes.length < 2 || sizes[1] < 4) {
      return;
    }
    int perSample = (int) (values.length / Math.max(1, sizes[0]));
    int kept = (int) (perSample - perSample / sizes[1] * (sizes[1] / 4));
    for (int sample = 0; sample < sizes[0]; sample += 2) {
      Arrays.fill(values, sample * perSample + kept, (sample + 1) * perSample, 0);
    }
  }
}
