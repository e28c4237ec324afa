package io.github.weighbridge.cli;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * When two arrays are the same: {@code |got - expected| <= atol + rtol |expected|} for every
 * element of floating point, anything else exactly; NaN equals NaN, infinities count by sign.
 */
record Tolerance(double atol, double rtol) {

  /** What a comparison found: the largest difference, and in words what is wrong, if anything. */
  record Verdict(double maxAbsDiff, String mismatch) {
    boolean matches() {
      return mismatch.isEmpty();
    }
  }

  Verdict compare(List<Tensor> got, List<Tensor> expected) {
    if (got.size() != expected.size()) {
      return new Verdict(
          Double.POSITIVE_INFINITY, "got " + got.size() + " outputs, expected " + expected.size());
    }
    double max = 0;
    String mismatch = "";
    for (int i = 0; i < got.size(); i++) {
      Verdict verdict = compare("output " + i, got.get(i), expected.get(i));
      max = Math.max(max, verdict.maxAbsDiff());
      mismatch = mismatch.isEmpty() ? verdict.mismatch() : mismatch;
    }
    return new Verdict(max, mismatch);
  }

  private Verdict compare(String name, Tensor got, Tensor expected) {
    if (!Arrays.equals(got.sizes(), expected.sizes())) {
      return new Verdict(
          Double.POSITIVE_INFINITY,
          name
              + " has shape "
              + Shape.of(got.sizes())
              + ", expected "
              + Shape.of(expected.sizes()));
    }
    if (expected.dtype() == DataType.STRING || got.dtype() == DataType.STRING) {
      boolean equal =
          got.dtype() == expected.dtype() && Arrays.equals(got.strings(), expected.strings());
      return new Verdict(equal ? 0 : Double.POSITIVE_INFINITY, equal ? "" : name + " differs");
    }
    boolean exact = !expected.dtype().isFloating();
    double max = 0;
    int wrong = 0;
    int firstWrong = -1;
    for (int i = 0; i < expected.count(); i++) {
      double left = got.getDouble(i);
      double right = expected.getDouble(i);
      double difference = difference(left, right);
      max = Math.max(max, difference);
      double limit = exact ? 0 : atol + rtol * Math.abs(right);
      // The limit beside an infinity or NaN is none: there only a difference of 0 will do.
      boolean near = difference == 0 || (Double.isFinite(difference) && difference <= limit);
      if (!near && wrong++ == 0) {
        firstWrong = i;
      }
    }
    String mismatch =
        wrong == 0
            ? ""
            : name
                + ": "
                + wrong
                + " of "
                + expected.count()
                + " elements differ, the first at "
                + firstWrong
                + ": got "
                + got.getDouble(firstWrong)
                + ", expected "
                + expected.getDouble(firstWrong);
    return new Verdict(max, mismatch);
  }

  private static double difference(double got, double expected) {
    if (Double.compare(got, expected) == 0 || got == expected) {
      return 0;
    }
    double difference = Math.abs(got - expected);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }
}
