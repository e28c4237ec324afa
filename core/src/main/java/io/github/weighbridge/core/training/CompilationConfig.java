package io.github.weighbridge.core.training;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compilations in canonical form: Keras 3's {@code compile_config} with everything written out.
 * Objects of Keras stand there as {@code {"class_name", "config"}}, what is not known as {@code
 * {"custom": ...}} with what the file has.
 */
public final class CompilationConfig {

  private CompilationConfig() {}

  /**
   * The compilation that a configuration in canonical form describes.
   *
   * @param place of the configuration
   * @return nothing if a problem was found, which then stands among {@code problems}
   */
  public static Optional<Compilation> read(Tree.Obj config, Place place, Problems problems) {
    Tree written = config.get("optimizer").orElse(Tree.none());
    Optional<Optimizer> optimizer =
        written.asObject().flatMap(own -> TrainingCatalog.optimizer(own, place, problems));
    if (optimizer.isEmpty() && written.asObject().isPresent()) {
      return Optional.empty();
    }
    if (optimizer.isEmpty() && !written.isNull()) {
      return invalid(
          place.withKey("optimizer"), "an optimizer's object or null", written, problems);
    }
    PerOutput<Double> weights;
    try {
      weights = perOutput(config.get("loss_weights"), CompilationConfig::number, tree -> false);
    } catch (IllegalArgumentException e) {
      Tree found = config.get("loss_weights").orElse(Tree.none());
      return invalid(place.withKey("loss_weights"), "numbers", found, problems);
    }
    return Optional.of(
        new Compilation(
            optimizer.orElse(null),
            perOutput(config.get("loss"), CompilationConfig::loss, CompilationConfig::isLeaf),
            weights,
            metrics(config.get("metrics")),
            metrics(config.get("weighted_metrics")),
            config.get("run_eagerly").flatMap(Tree::asBoolean).orElse(false),
            config.get("steps_per_execution").flatMap(Tree::asLong).orElse(1L).intValue(),
            config.get("jit_compile").flatMap(Tree::asBoolean).orElse(null)));
  }

  private static Optional<Compilation> invalid(
      Place place, String expected, Tree found, Problems problems) {
    problems.error(
        ProblemCode.CONFIG_VALUE_INVALID, place, "must be " + expected, found.toString(), "");
    return Optional.empty();
  }

  private static PerOutput<Metric> metrics(Optional<Tree> written) {
    return perOutput(written, CompilationConfig::metric, CompilationConfig::isLeaf);
  }

  private static <T> PerOutput<T> perOutput(
      Optional<Tree> written, Function<Tree, T> leaf, Predicate<Tree.Obj> isLeaf) {
    Tree tree = written.orElse(Tree.none());
    if (tree.isNull()) {
      return new PerOutput.None<>();
    }
    if (tree.isArray()) {
      return new PerOutput.Items<>(
          tree.items().stream().map(item -> perOutput(Optional.of(item), leaf, isLeaf)).toList());
    }
    if (tree instanceof Tree.Obj object && !isLeaf.test(object)) {
      Map<String, PerOutput<T>> members = new LinkedHashMap<>();
      object
          .members()
          .forEach((key, value) -> members.put(key, perOutput(Optional.of(value), leaf, isLeaf)));
      return new PerOutput.Entries<>(members);
    }
    return new PerOutput.Of<>(leaf.apply(tree));
  }

  private static boolean isLeaf(Tree.Obj object) {
    return object.has("class_name") || object.has(KerasObject.CUSTOM);
  }

  private static Double number(Tree tree) {
    return tree.asDouble().orElseThrow(() -> new IllegalArgumentException("not a number"));
  }

  private static Loss loss(Tree tree) {
    return function(tree, Loss::new);
  }

  private static Metric metric(Tree tree) {
    return function(tree, Metric::new);
  }

  private interface Constructor<T> {
    T of(FunctionKind kind, String name, Tree config);
  }

  private static <T> T function(Tree tree, Constructor<T> constructor) {
    if (tree.asText().isPresent()) {
      return constructor.of(FunctionKind.SHORTCUT, tree.asText().get(), Tree.object());
    }
    Tree.Obj object = tree.asObject().orElse(Tree.object());
    Optional<Tree> custom = object.get(KerasObject.CUSTOM);
    return custom.isPresent()
        ? constructor.of(FunctionKind.CUSTOM, KerasObject.name(custom.get()), custom.get())
        : constructor.of(
            FunctionKind.CLASS,
            object.text("class_name").orElse(""),
            object.object("config").orElse(Tree.object()));
  }

  /** The configuration that {@link #read} reads. */
  public static Tree.Obj write(Compilation compilation) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    Optimizer optimizer = compilation.optimizer();
    members.put("optimizer", optimizer == null ? null : TrainingCatalog.tree(optimizer));
    members.put(
        "loss", tree(compilation.loss(), own -> tree(own.kind(), own.name(), own.config())));
    members.put("loss_weights", tree(compilation.lossWeights(), Tree::of));
    members.put("metrics", metrics(compilation.metrics()));
    members.put("weighted_metrics", metrics(compilation.weightedMetrics()));
    members.put("run_eagerly", compilation.runEagerly());
    members.put("steps_per_execution", compilation.stepsPerExecution());
    Boolean jit = compilation.jitCompile();
    members.put("jit_compile", jit == null ? "auto" : jit);
    return (Tree.Obj) Tree.of(members);
  }

  private static Tree metrics(PerOutput<Metric> metrics) {
    return tree(metrics, own -> tree(own.kind(), own.name(), own.config()));
  }

  private static Tree tree(FunctionKind kind, String name, Tree config) {
    return switch (kind) {
      case SHORTCUT -> Tree.of(name);
      case CLASS -> KerasObject.write(name, (Tree.Obj) config);
      case CUSTOM -> Tree.object().with(KerasObject.CUSTOM, config);
    };
  }

  private static <T> Tree tree(PerOutput<T> from, Function<T, Tree> leaf) {
    if (from instanceof PerOutput.Of<T> of) {
      return leaf.apply(of.value());
    }
    if (from instanceof PerOutput.Items<T> items) {
      List<Tree> elements = items.elements().stream().map(item -> tree(item, leaf)).toList();
      return Tree.of(elements);
    }
    if (from instanceof PerOutput.Entries<T> entries) {
      Map<String, Tree> members = new LinkedHashMap<>();
      entries.members().forEach((key, value) -> members.put(key, tree(value, leaf)));
      return Tree.of(members);
    }
    return Tree.none();
  }
}
