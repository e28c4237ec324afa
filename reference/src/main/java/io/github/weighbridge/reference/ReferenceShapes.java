package io.github.weighbridge.reference;

import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.reference.ReferenceEvaluator.Given;
import org.jspecify.annotations.Nullable;

/** The reference of what moves elements and computes nothing. */
final class ReferenceShapes {

  private ReferenceShapes() {}

  static @Nullable ReferenceArray apply(Operation op, Given given) {
    ReferenceArray x = given.x();
    if (op instanceof Reshape || op instanceof Squeeze || op instanceof Unsqueeze) {
      return x.reshaped(given.type());
    }
    if (op instanceof Expand) {
      return ReferenceArray.compute(given.type(), x::broadcast);
    }
    if (op instanceof Transpose transpose) {
      return transpose(transpose, given);
    }
    if (op instanceof Concat concat) {
      return concat(concat, given);
    }
    if (op instanceof Gather gather) {
      return gather(gather, given);
    }
    if (op instanceof Slice slice) {
      return slice(slice, given);
    }
    if (op instanceof Pad pad) {
      return pad(pad, given);
    }
    return null;
  }

  private static ReferenceArray transpose(Transpose op, Given given) {
    return ReferenceArray.compute(
        given.type(),
        i -> {
          int[] at = new int[i.length];
          for (int axis = 0; axis < i.length; axis++) {
            at[op.perm().get(axis)] = i[axis];
          }
          return given.x().get(at);
        });
  }

  private static ReferenceArray concat(Concat op, Given given) {
    return ReferenceArray.compute(
        given.type(),
        i -> {
          int[] at = i.clone();
          int part = 0;
          while (at[op.axis()] >= given.operand(part).size(op.axis())) {
            at[op.axis()] -= given.operand(part++).size(op.axis());
          }
          return given.operand(part).get(at);
        });
  }

  private static ReferenceArray gather(Gather op, Given given) {
    ReferenceArray data = given.x();
    ReferenceArray indices = given.operand(1);
    int width = indices.rank() - op.batchDims();
    return ReferenceArray.compute(
        given.type(),
        i -> {
          int[] which = new int[indices.rank()];
          System.arraycopy(i, 0, which, 0, op.batchDims());
          System.arraycopy(i, op.axis(), which, op.batchDims(), width);
          int[] at = new int[data.rank()];
          System.arraycopy(i, 0, at, 0, op.axis());
          at[op.axis()] = (int) indices.get(which);
          System.arraycopy(i, op.axis() + width, at, op.axis() + 1, data.rank() - op.axis() - 1);
          return data.get(at);
        });
  }

  private static ReferenceArray slice(Slice op, Given given) {
    return ReferenceArray.compute(
        given.type(),
        i -> {
          int[] at = i.clone();
          for (int cut = 0; cut < op.axes().size(); cut++) {
            int axis = op.axes().get(cut);
            long first = op.first(cut, given.x().size(axis));
            at[axis] = (int) (first + i[axis] * op.steps().get(cut));
          }
          return given.x().get(at);
        });
  }

  private static ReferenceArray pad(Pad op, Given given) {
    return ReferenceArray.compute(
        given.type(),
        i -> {
          int[] at = i.clone();
          for (int axis = 0; axis < i.length; axis++) {
            int size = given.x().size(axis);
            at[axis] = (int) (i[axis] - op.begin().get(axis));
            if (at[axis] >= 0 && at[axis] < size) {
              continue;
            }
            switch (op.mode()) {
              case CONSTANT -> {
                return op.value();
              }
              case EDGE -> at[axis] = at[axis] < 0 ? 0 : size - 1;
              case REFLECT -> at[axis] = at[axis] < 0 ? -at[axis] : 2 * (size - 1) - at[axis];
            }
          }
          return given.x().get(at);
        });
  }
}
