package io.github.weighbridge.core.pass;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives every image operation its channels where the target wants them.
 *
 * <p>One walk. A value may exist in the order of the source ("plain"), with its channels moved, or
 * in both; each form is made when it is first asked for. Image operations ask for the moved form
 * and make it; operations that work in any order follow their operands; all others ask for the
 * plain form. So transposes stand at real borders only, once per value. At the border from an image
 * to a dense layer the rows of the kernel are reordered instead.
 */
final class AssignLayout implements Pass {

  private final ChannelOrder channels;

  AssignLayout(ChannelOrder channels) {
    this.channels = channels;
  }

  @Override
  public Graph apply(Graph graph) {
    Rewriter rewriter = new Rewriter(graph);
    Layouts layouts = new Layouts(rewriter, channels);
    for (Step step : graph.steps()) {
      Operation image = imageOperation(step);
      if (image != null) {
        layouts.addMoved(step, image, imageOperands(step, layouts));
      } else if (!(follows(step, layouts) && moveAny(step, layouts))
          && !flatten(step, layouts)
          && !dense(step, layouts, rewriter)
          && !onFlat(step, layouts)) {
        layouts.copyPlain(step);
      }
    }
    graph.outputValues().forEach(layouts::plain);
    return rewriter.build();
  }

  /** The operation with its channels moved, if it is one on images that has them elsewhere. */
  private @Nullable Operation imageOperation(Step step) {
    Operation op = step.op();
    int rank = step.operands().isEmpty() ? 0 : step.operand(0).type().rank();
    int wanted = channels == ChannelOrder.FIRST ? 1 : rank - 1;
    if (op instanceof Conv conv && conv.channelAxis() != wanted) {
      return new Conv(conv.window(), conv.groups(), wanted);
    }
    if (op instanceof ConvTranspose conv && conv.channelAxis() != wanted) {
      return new ConvTranspose(conv.window(), conv.outputPadding(), wanted);
    }
    if (op instanceof Pool pool && pool.channelAxis() != wanted) {
      return new Pool(pool.kind(), pool.window(), wanted);
    }
    if (op instanceof Resize resize && resize.channelAxis() != wanted) {
      return new Resize(resize.method(), resize.factors(), resize.sizes(), wanted);
    }
    return null;
  }

  private static List<@Nullable Value> imageOperands(Step step, Layouts layouts) {
    List<@Nullable Value> operands = new ArrayList<>();
    operands.add(layouts.moved(step.operand(0)));
    for (Value operand : step.operands().subList(1, step.operands().size())) {
      operands.add(operand == null ? null : layouts.plain(operand));
    }
    return operands;
  }

  /** Whether an operand exists in moved form only. */
  private static boolean follows(Step step, Layouts layouts) {
    return step.inputs().stream().anyMatch(layouts::onlyMoved);
  }

  /** Adds an operation that works in any order to moved operands, if it is one. */
  private static boolean moveAny(Step step, Layouts layouts) {
    Operation op = step.op();
    int rank = step.outputs().get(0).type().rank();
    if (op instanceof Unary || op instanceof Cast) {
      return layouts.addMoved(step, op, List.of(layouts.moved(step.operand(0))));
    }
    if ((op instanceof Binary || op instanceof Where)
        && step.inputs().stream().allMatch(v -> layouts.canBroadcastMoved(v, rank))) {
      return layouts.addMoved(
          step,
          op,
          step.inputs().stream().<@Nullable Value>map(v -> layouts.movedTo(v, rank)).toList());
    }
    Operation moved = movedAxes(step, layouts);
    if (moved == null) {
      return false;
    }
    List<@Nullable Value> operands = new ArrayList<>();
    boolean all = op instanceof Concat;
    for (Value operand : step.inputs()) {
      boolean image = all || operands.isEmpty();
      operands.add(image ? layouts.moved(operand) : layouts.plain(operand));
    }
    if (op instanceof Reduce reduce && !reduce.keepDims()) {
      return layouts.addPlain(step, moved, operands);
    }
    return layouts.addMoved(step, moved, operands);
  }

  /** The operation with its axes renumbered, null if it cannot be moved. */
  private static @Nullable Operation movedAxes(Step step, Layouts layouts) {
    Operation op = step.op();
    int rank = step.operand(0).type().rank();
    if (op instanceof Concat concat) {
      return new Concat(layouts.movedAxis(concat.axis(), rank));
    }
    if (op instanceof Softmax softmax) {
      return new Softmax(layouts.movedAxis(softmax.axis(), rank), softmax.log());
    }
    if (op instanceof BatchNormalization normalization) {
      return new BatchNormalization(
          normalization.epsilon(), layouts.movedAxis(normalization.axis(), rank));
    }
    if (op instanceof Pad pad) {
      return new Pad(
          layouts.movedList(pad.begin()), layouts.movedList(pad.end()), pad.mode(), pad.value());
    }
    if (op instanceof Slice slice) {
      List<Integer> axes = slice.axes().stream().map(a -> layouts.movedAxis(a, rank)).toList();
      return new Slice(axes, slice.starts(), slice.ends(), slice.steps());
    }
    if (op instanceof Reduce reduce && (reduce.keepDims() || layouts.keepsOrder(reduce, rank))) {
      List<Integer> axes =
          reduce.axes().stream().map(a -> layouts.movedAxis(a, rank)).sorted().toList();
      return new Reduce(reduce.function(), axes, reduce.keepDims());
    }
    return null;
  }

  /** An image that is only there in moved form and becomes a vector: kept so, for a dense layer. */
  private static boolean flatten(Step step, Layouts layouts) {
    if (!(step.op() instanceof Reshape)
        || !layouts.onlyMoved(step.operand(0))
        || step.output().type().rank() != 2
        || !step.operand(0).type().shape().slice(1, step.operand(0).type().rank()).isFixed()
        || !step.output().type().shape().dim(0).equals(step.operand(0).type().shape().dim(0))) {
      return false;
    }
    layouts.putFlat(step);
    return true;
  }

  /** A function of one number on a flattened moved image. */
  private static boolean onFlat(Step step, Layouts layouts) {
    if (!(step.op() instanceof Unary) || !layouts.onlyFlat(step.operand(0))) {
      return false;
    }
    layouts.applyToFlat(step);
    return true;
  }

  /** A dense layer on a flattened moved image: the rows of its kernel are moved instead. */
  private static boolean dense(Step step, Layouts layouts, Rewriter rewriter) {
    if (!(step.op() instanceof MatMul) || !layouts.onlyFlat(step.operand(0))) {
      return false;
    }
    Optional<WeightRef> kernel = rewriter.constant(step.operand(1));
    if (kernel.isEmpty() || kernel.get().type().rank() != 2) {
      return false;
    }
    Layouts.Flat flat = layouts.flat(step.operand(0));
    WeightRef rows = flat.moveRows(kernel.get());
    GraphBuilder builder = rewriter.builder();
    Value constant = builder.constant(step.operand(1).name(), rows);
    return layouts.addPlain(step, step.op(), List.of(flat.value(), constant));
  }

  /** Both orders of a permutation of length {@code rank}, for readers of this package. */
  static List<Integer> permutation(int rank, ChannelOrder order) {
    List<Integer> perm = new ArrayList<>(Collections.nCopies(rank, 0));
    for (int i = 1; i < rank; i++) {
      if (order == ChannelOrder.FIRST) {
        perm.set(i, i == 1 ? rank - 1 : i - 1);
      } else {
        perm.set(i, i == rank - 1 ? 1 : i + 1);
      }
    }
    return perm;
  }
}
