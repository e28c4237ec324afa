package io.github.weighbridge.formats.onnx;

import java.util.Arrays;
import java.util.List;

/** A constant of a node: a number, a text, a list of them, or a graph. */
public sealed interface OnnxAttribute {

  /** A whole number. */
  record Int(long value) implements OnnxAttribute {}

  /** A number. */
  record Real(float value) implements OnnxAttribute {}

  /** A text. */
  record Text(String value) implements OnnxAttribute {}

  /** Whole numbers. */
  record Ints(List<Long> values) implements OnnxAttribute {
    /** Copies the list. */
    public Ints {
      values = List.copyOf(values);
    }
  }

  /** Numbers. */
  record Reals(List<Float> values) implements OnnxAttribute {
    /** Copies the list. */
    public Reals {
      values = List.copyOf(values);
    }
  }

  /** Texts. */
  record Texts(List<String> values) implements OnnxAttribute {
    /** Copies the list. */
    public Texts {
      values = List.copyOf(values);
    }
  }

  /** The body of a loop or branch; sees the values of the graph around it. */
  record Body(OnnxGraph graph) implements OnnxAttribute {}

  /** A whole number. */
  static OnnxAttribute of(long value) {
    return new Int(value);
  }

  /** A number, rounded to single precision as the format has it. */
  static OnnxAttribute of(double value) {
    return new Real((float) value);
  }

  /** A text. */
  static OnnxAttribute of(String value) {
    return new Text(value);
  }

  /** Whole numbers. */
  static OnnxAttribute ofInts(List<? extends Number> values) {
    return new Ints(values.stream().map(Number::longValue).toList());
  }

  /** Whole numbers. */
  static OnnxAttribute ofInts(long... values) {
    return new Ints(Arrays.stream(values).boxed().toList());
  }
}
