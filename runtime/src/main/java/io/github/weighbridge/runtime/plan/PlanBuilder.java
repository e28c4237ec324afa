package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.problem.Severity;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.kernel.Kernel;
import io.github.weighbridge.runtime.kernel.Kernels;
import io.github.weighbridge.runtime.kernel.StepArrays;
import io.github.weighbridge.runtime.kernel.StepTypes;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.NativeMemory;
import io.github.weighbridge.runtime.nd4j.Task;
import io.github.weighbridge.runtime.plan.ArenaLayout.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan: infers the type of every value from those of the inputs, finds how long each is
 * needed, lets views and steps that work in place share memory, lays out the arena and has every
 * kernel prepare its step. Used once.
 */
final class PlanBuilder {

  private final Graph graph;
  private final Weights weights;
  private final List<Step> steps;

  /** The inputs of a body, which stand in memory of the graph around it. */
  private final Map<Value, NativeArray> given = new HashMap<>();

  private final Map<Value, TensorType> types = new HashMap<>();

  /** Where views lead: the value whose memory they show. */
  private final Map<Value, Value> owners = new HashMap<>();

  /** The steps that need no work, because their output shows their first operand's memory. */
  private final Set<Step> views = new HashSet<>();

  private final Map<Value, Block> blocks = new HashMap<>();
  private final List<Block> arenaBlocks = new ArrayList<>();
  private final List<List<Block>> scratchBlocks = new ArrayList<>();

  PlanBuilder(Graph graph, Weights weights, List<TensorType> inputs) {
    this.graph = graph;
    this.weights = weights;
    this.steps = usedSteps(graph);
    graph.constants().forEach((value, weight) -> types.put(value, weight.type()));
    for (int i = 0; i < inputs.size(); i++) {
      types.put(graph.inputValues().get(i), inputs.get(i));
    }
  }

  /** The plan of a graph without constants that finds its inputs in arrays of another plan. */
  private static Plan body(Graph graph, List<NativeArray> inputs) {
    List<Value> values = graph.inputValues();
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      types.add(TensorType.of(values.get(i).type().dtype(), inputs.get(i).sizes()));
    }
    PlanBuilder builder = new PlanBuilder(graph, new Weights(Map.of()), types);
    for (int i = 0; i < inputs.size(); i++) {
      builder.given.put(values.get(i), inputs.get(i));
    }
    return builder.build();
  }

  /** The steps without those whose results nobody needs. */
  private static List<Step> usedSteps(Graph graph) {
    Set<Value> needed = new HashSet<>(graph.outputValues());
    List<Step> used = new ArrayList<>();
    List<Step> all = graph.steps();
    for (int i = all.size() - 1; i >= 0; i--) {
      Step step = all.get(i);
      if (step.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(step.inputs());
        used.add(0, step);
      }
    }
    return used;
  }

  Plan build() {
    steps.forEach(this::inferTypes);
    Map<Value, Integer> lastUses = lastUses();
    graph.inputValues().stream()
        .filter(v -> !given.containsKey(v))
        .forEach(v -> blocks.put(v, newBlock(v, -1, lastUses)));
    for (int i = 0; i < steps.size(); i++) {
      place(i, lastUses);
    }
    NativeMemory arena = new NativeMemory(ArenaLayout.arrange(arenaBlocks));
    List<Plan.PreparedStep> prepared = new ArrayList<>();
    try {
      for (int i = 0; i < steps.size(); i++) {
        prepare(i, arena).ifPresent(prepared::add);
      }
      return new Plan(
          arena, ports(graph.inputValues(), arena), ports(graph.outputValues(), arena), prepared);
    } catch (RuntimeException e) {
      prepared.forEach(s -> s.task().close());
      arena.close();
      throw e;
    }
  }

  private void inferTypes(Step step) {
    List<@Nullable TensorType> operands = new ArrayList<>();
    for (Value operand : step.operands()) {
      operands.add(operand == null ? null : type(operand));
    }
    List<TensorType> outputs;
    try {
      outputs = step.op().outputTypes(operands);
    } catch (IllegalArgumentException e) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  Severity.ERROR,
                  ProblemCode.SHAPE_MISMATCH,
                  Place.UNKNOWN.withLayer(step.name(), step.op().name()),
                  "must fit together for the inputs given",
                  String.valueOf(e.getMessage()),
                  "give inputs whose sizes go together")),
          e);
    }
    for (int i = 0; i < outputs.size(); i++) {
      types.put(step.outputs().get(i), outputs.get(i));
    }
  }

  private TensorType type(Value value) {
    return Objects.requireNonNull(types.get(value), value::name);
  }

  private TensorType stored(Value value) {
    return Storage.of(type(value), value.name());
  }

  private StepTypes storedTypes(Step step) {
    List<@Nullable TensorType> inputs = new ArrayList<>();
    for (Value operand : step.operands()) {
      inputs.add(operand == null ? null : stored(operand));
    }
    return new StepTypes(inputs, step.outputs().stream().map(this::stored).toList());
  }

  /** Rounding a view would change what it shows. */
  private boolean isView(Step step) {
    return isView(Kernels.of(step.op()), step.op(), step)
        && (type(step.operand(0)).dtype() == type(step.output()).dtype()
            || !Storage.isRounded(type(step.output()).dtype()));
  }

  private <O extends Operation> boolean isView(Kernel<O> kernel, O op, Step step) {
    return kernel.isView(op, storedTypes(step));
  }

  private Value owner(Value value) {
    return owners.getOrDefault(value, value);
  }

  /** The last step that reads each owner of memory; the number of steps for outputs. */
  private Map<Value, Integer> lastUses() {
    Map<Value, Integer> lastUses = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      for (Value input : step.inputs()) {
        lastUses.put(owner(input), i);
      }
      if (isView(step)) {
        views.add(step);
        owners.put(step.output(), owner(step.operand(0)));
      }
    }
    graph.outputValues().forEach(v -> lastUses.put(owner(v), steps.size()));
    return lastUses;
  }

  private Block newBlock(Value value, int step, Map<Value, Integer> lastUses) {
    Block block = new Block(byteCount(stored(value)), step);
    block.keepUntil(lastUses.getOrDefault(value, step));
    arenaBlocks.add(block);
    return block;
  }

  /** Finds memory for what a step makes and for its work space. */
  private void place(int index, Map<Value, Integer> lastUses) {
    Step step = steps.get(index);
    List<Block> scratch = new ArrayList<>();
    if (!views.contains(step)) {
      Block reused = reusable(Kernels.of(step.op()), step, index);
      for (Value output : step.outputs()) {
        if (reused != null && output == step.output()) {
          reused.keepUntil(lastUses.getOrDefault(output, index));
          blocks.put(output, reused);
        } else {
          blocks.put(output, newBlock(output, index, lastUses));
        }
      }
      for (TensorType type : scratchTypes(Kernels.of(step.op()), step)) {
        Block block = new Block(byteCount(type), index);
        arenaBlocks.add(block);
        scratch.add(block);
      }
    }
    scratchBlocks.add(scratch);
  }

  private List<TensorType> scratchTypes(Kernel<Operation> kernel, Step step) {
    return kernel.scratch(step.op(), storedTypes(step));
  }

  /** The memory of an operand that dies in this step and may become the output's. */
  private @Nullable Block reusable(Kernel<Operation> kernel, Step step, int index) {
    StepTypes stepTypes = storedTypes(step);
    for (int i = 0; i < step.operands().size(); i++) {
      Value operand = step.operandOrNull(i);
      Block block = operand == null ? null : blocks.get(owner(operand));
      if (block != null
          && block.last() == index
          && block.holds(byteCount(stored(step.output())))
          && everyUseOverwritable(kernel, step, stepTypes, block)) {
        return block;
      }
    }
    return null;
  }

  private static long byteCount(TensorType type) {
    return type.shape().elementCount() * type.dtype().byteSize();
  }

  private boolean everyUseOverwritable(
      Kernel<Operation> kernel, Step step, StepTypes stepTypes, Block block) {
    for (int i = 0; i < step.operands().size(); i++) {
      Value operand = step.operandOrNull(i);
      if (operand != null
          && blocks.get(owner(operand)) == block
          && !kernel.canOverwrite(step.op(), stepTypes, i)) {
        return false;
      }
    }
    return true;
  }

  private Optional<Plan.PreparedStep> prepare(int index, NativeMemory arena) {
    Step step = steps.get(index);
    if (views.contains(step)) {
      return Optional.empty();
    }
    StepArrays arrays = arrays(index, arena);
    Task task;
    try {
      task = Kernels.of(step.op()).prepare(step.op(), arrays);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "while preparing " + step.name() + " (" + step.op().name() + "): " + e.getMessage(), e);
    }
    return Optional.of(
        new Plan.PreparedStep(
            step.name(), step.op().name(), rounded(step, task, arrays.outputs())));
  }

  private StepArrays arrays(int index, NativeMemory arena) {
    Step step = steps.get(index);
    List<@Nullable NativeArray> inputs = new ArrayList<>();
    for (Value operand : step.operands()) {
      inputs.add(operand == null ? null : array(operand, arena));
    }
    List<NativeArray> outputs = step.outputs().stream().map(v -> array(v, arena)).toList();
    List<NativeArray> scratch = new ArrayList<>();
    List<TensorType> scratchTypes = scratchTypes(Kernels.of(step.op()), step);
    for (int i = 0; i < scratchTypes.size(); i++) {
      TensorType type = scratchTypes.get(i);
      Block block = scratchBlocks.get(index).get(i);
      scratch.add(arena.array(block.offset(), type.dtype(), type.shape().sizes()));
    }
    return new StepArrays(step.name(), inputs, outputs, scratch, PlanBuilder::body);
  }

  private Task rounded(Step step, Task task, List<NativeArray> outputs) {
    List<Task> tasks = new ArrayList<>(List.of(task));
    for (int i = 0; i < outputs.size(); i++) {
      DataType dtype = type(step.outputs().get(i)).dtype();
      if (Storage.isRounded(dtype)) {
        tasks.add(new Rounding(outputs.get(i), dtype));
      }
    }
    return tasks.size() == 1 ? task : Task.sequence(tasks.toArray(Task[]::new));
  }

  private NativeArray array(Value value, NativeMemory arena) {
    TensorType type = stored(value);
    Value owner = owner(value);
    if (graph.constants().containsKey(owner)) {
      return weights.array(owner).reshaped(type.shape().sizes());
    }
    NativeArray input = given.get(owner);
    if (input != null) {
      return input.reshaped(type.shape().sizes());
    }
    Block block = Objects.requireNonNull(blocks.get(owner));
    return arena.array(block.offset(), type.dtype(), type.shape().sizes());
  }

  private List<Plan.Port> ports(List<Value> values, NativeMemory arena) {
    return values.stream().map(v -> new Plan.Port(type(v), array(v, arena))).toList();
  }
}
