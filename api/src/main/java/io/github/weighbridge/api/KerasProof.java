package io.github.weighbridge.api;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.GroupQueryAttention;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.MultiHeadAttention;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.problem.Severity;
import io.github.weighbridge.exporter.keras.KerasExportOptions;
import io.github.weighbridge.exporter.keras.KerasExporter;
import io.github.weighbridge.formats.keras.KerasFile;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.importer.keras.KerasImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proof that a model means the same in the words of another generation: it is read back from
 * them, as that generation's files are read, and the operations of both must be the same.
 */
final class KerasProof {

  private static final String ZERO_MASKED = "zero_masked";

  /** Keys whose values make a difference at the edge of what is computed, with what that is. */
  private static final Map<String, String> EDGES =
      Map.of(
          "casts_input",
          "must round to half precision at the same place",
          "shortest",
          "must normalise vectors that are almost zero alike",
          ZERO_MASKED,
          "must give the same where a mask hides everything");

  /** Keys of no effect on predictions. */
  private static final String TRAINING = ".*_(initializer|regularizer|constraint)|seed|options";

  private final KerasExporter export;
  private final Model again;
  private final Problems problems = new Problems();

  private KerasProof(KerasExporter export, Model again) {
    this.export = export;
    this.again = again;
  }

  /**
   * What a model becomes: in the words of its own file wherever those compute the same today, to
   * the last key.
   */
  static KerasExporter export(Model model, KerasExportOptions options) {
    return KerasExporter.inEarlierWords(model, options)
        .filter(kept -> proved(kept).stream().noneMatch(p -> p.severity() == Severity.ERROR))
        .orElseGet(() -> KerasExporter.of(model, options));
  }

  /** What the target cannot express, drops or changes, and where it would compute otherwise. */
  static List<Problem> problems(KerasExporter export) {
    List<Problem> all = new ArrayList<>(export.problems());
    boolean refused = all.stream().anyMatch(p -> p.severity() == Severity.ERROR);
    if (!refused && export.isRespelled()) {
      all.addAll(proved(export));
    }
    return all;
  }

  private static List<Problem> proved(KerasExporter export) {
    Path name = Path.of(export.fitted().provenance().file());
    KerasFile file =
        KerasFile.unwritten(
            name,
            export.form(),
            export.generation(),
            export.architecture(),
            export.weights(),
            export.vocabularies());
    try (Model again = KerasImporter.read(file, KerasImportOptions.DEFAULTS)) {
      KerasProof proof = new KerasProof(export, again);
      proof.compare();
      return proof.problems.all();
    } catch (ProblemsException unreadable) {
      return unreadable.problems();
    }
  }

  private void compare() {
    if (same(export.fitted())) {
      return;
    }
    Map<LayerId, LayerInstance> tolerant = new LinkedHashMap<>();
    List<Problem> marginal = new ArrayList<>();
    for (Pair pair : pairs(export.fitted())) {
      pair.differences()
          .forEach(
              (key, values) -> {
                if (EDGES.containsKey(key)) {
                  tolerant.merge(
                      pair.own().id(),
                      with(pair.own(), key, pair.its()),
                      (layer, other) -> with(layer, key, pair.its()));
                  if (matters(pair, key)) {
                    marginal.add(marginal(pair.own(), key, values));
                  }
                }
              });
    }
    if (same(with(tolerant))) {
      marginal.forEach(problems::add);
    } else {
      tellDifferences();
    }
  }

  /**
   * Whether a difference by itself changes what is computed. What an attention does with masked
   * elements is none where no mask reaches it: then the generations only scale before or after the
   * product, which is the same to the last place.
   */
  private boolean matters(Pair pair, String key) {
    LayerInstance own = pair.own();
    boolean attends =
        key.equals(ZERO_MASKED)
            && (own.layer() instanceof MultiHeadAttention
                || own.layer() instanceof GroupQueryAttention);
    try {
      Model as = attends ? scaledFirst(own, false) : export.fitted();
      Model other =
          attends ? scaledFirst(own, true) : with(Map.of(own.id(), with(own, key, pair.its())));
      return !ModelComparison.computeTheSame(as, other);
    } catch (ProblemsException notRun) {
      return true;
    }
  }

  /** The model with other layers in some places. */
  private Model with(Map<LayerId, LayerInstance> others) {
    return export
        .fitted()
        .withLayers(
            export.fitted().layers().stream()
                .map(layer -> others.getOrDefault(layer.id(), layer))
                .toList());
  }

  /** The model with an attention that scales its queries, as those with dropout do. */
  private Model scaledFirst(LayerInstance layer, boolean zeroMasked) {
    LayerInstance dropping = with(layer, "dropout", Tree.of(0.5));
    return with(Map.of(layer.id(), with(dropping, ZERO_MASKED, Tree.of(zeroMasked))));
  }

  /** Without operations, layers must be the same themselves. */
  private boolean same(Model model) {
    try {
      return ModelComparison.computeTheSame(model, again);
    } catch (ProblemsException notRun) {
      return pairs(model).stream().allMatch(pair -> pair.differences().isEmpty());
    }
  }

  private void tellDifferences() {
    tellDifferences(true);
    if (!problems.hasErrors()) {
      // Together they may make one.
      tellDifferences(false);
    }
    if (!problems.hasErrors()) {
      problems.error(
          ProblemCode.LAYER_UNSUPPORTED,
          Place.file(export.fitted().provenance().file()),
          "must compute the same in the target",
          parting(),
          "choose another target");
    }
  }

  /** Where the operations part. */
  private String parting() {
    return ModelComparison.compare(export.fitted(), again).partings().stream()
        .findFirst()
        .map(parting -> parting.a() + " here, " + parting.b() + " there")
        .orElse("other numbers in the configuration");
  }

  private void tellDifferences(boolean mattering) {
    for (Pair pair : pairs(export.fitted())) {
      pair.differences()
          .forEach(
              (key, values) -> {
                if (!mattering || matters(pair, key)) {
                  problems.add(told(pair.own(), key, values));
                }
              });
    }
  }

  private Problem marginal(LayerInstance layer, String key, String values) {
    boolean accepted = export.options().acceptsDifferences();
    return new Problem(
        accepted ? Severity.WARNING : Severity.ERROR,
        accepted ? ProblemCode.TARGET_DROPS : ProblemCode.LAYER_UNSUPPORTED,
        place(layer, key),
        EDGES.getOrDefault(key, ""),
        values,
        accepted ? "" : "if that never happens in your data, accept the difference");
  }

  private Problem told(LayerInstance layer, String key, String values) {
    return new Problem(
        Severity.ERROR,
        ProblemCode.LAYER_UNSUPPORTED,
        place(layer, key),
        "must mean the same in the target",
        values,
        "choose another target");
  }

  private Place place(LayerInstance layer, String key) {
    return Place.file(export.fitted().provenance().file())
        .withLayer(layer.name(), layer.className())
        .withKey(key);
  }

  /** A layer, and what stands in its place when the model is read back. */
  private record Pair(LayerInstance own, LayerInstance its) {

    /** The keys under which the two have other values. */
    Map<String, String> differences() {
      Map<String, String> differences = new LinkedHashMap<>();
      if (!LayerCatalog.has(own.layer()) || !LayerCatalog.has(its.layer())) {
        return differences;
      }
      if (own.layer().getClass() != its.layer().getClass()) {
        differences.put("class_name", own.className() + " here, " + its.className() + " there");
        return differences;
      }
      Tree.Obj there = LayerCatalog.binder().write((Record) its.layer());
      LayerCatalog.binder()
          .write((Record) own.layer())
          .members()
          .forEach(
              (key, value) -> {
                boolean training = key.matches(TRAINING);
                Optional<Tree> other = there.get(key);
                if (!training && other.isPresent() && !other.get().equals(value)) {
                  differences.put(key, value + " here, " + other.get() + " there");
                }
              });
      return differences;
    }
  }

  /** The layers of a model that have the same path of names when it is read back. */
  private List<Pair> pairs(Model model) {
    Map<String, LayerInstance> others = byPath(again);
    List<Pair> pairs = new ArrayList<>();
    byPath(model)
        .forEach(
            (path, layer) -> {
              LayerInstance other = others.get(path);
              if (other != null) {
                pairs.add(new Pair(layer, other));
              }
            });
    return pairs;
  }

  private static LayerInstance with(LayerInstance layer, String key, LayerInstance other) {
    Tree.Obj its = LayerCatalog.binder().write((Record) other.layer());
    return with(layer, key, its.get(key).orElseThrow());
  }

  private static LayerInstance with(LayerInstance layer, String key, Tree value) {
    return LayerCatalog.with(layer.layer(), Tree.object().with(key, value))
        .map(layer::withLayer)
        .orElse(layer);
  }

  /** The layers of a model by the names that lead to them. */
  private static Map<String, LayerInstance> byPath(Model model) {
    Map<String, LayerInstance> layers = new LinkedHashMap<>();
    collect(model, "", model.network().layers(), layers);
    return layers;
  }

  private static void collect(
      Model model, String prefix, Iterable<LayerId> ids, Map<String, LayerInstance> layers) {
    for (LayerId id : ids) {
      LayerInstance layer = model.layer(id);
      String path = prefix + layer.name();
      layers.put(path, layer);
      if (layer.layer() instanceof Network network) {
        collect(model, path + "/", network.layers(), layers);
      }
      collect(model, path + "/", layer.children().values(), layers);
    }
  }
}
