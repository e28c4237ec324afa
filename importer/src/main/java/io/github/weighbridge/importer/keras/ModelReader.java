package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.KerasFunction;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.layer.QuantizableLayer;
import io.github.weighbridge.core.layer.Quantization;
import io.github.weighbridge.core.lowering.CustomLayers;
import io.github.weighbridge.core.lowering.KerasFunctions;
import io.github.weighbridge.core.model.DtypePolicy;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads layers from their canonical configurations, models within models included. */
final class ModelReader {

  private final LayerTable table;
  private final Place file;
  private final Problems problems;
  private final CustomLayers customLayers;
  private final ConfigKeys keys;

  ModelReader(LayerTable table, KerasImportOptions options, Place file, Problems problems) {
    this.table = table;
    this.file = file;
    this.problems = problems;
    this.customLayers = options.customLayers();
    this.keys = new ConfigKeys(options.allowedKeys(), problems);
  }

  /** The network that is the whole of a file. */
  Network read(Tree.Obj model) {
    LayerTree layer = new LayerTree(model);
    if (!layer.isNetwork()) {
      problems.error(
          ProblemCode.CONFIG_KEY_MISSING,
          layer.place(file).withKey("layers"),
          "must have layers in its configuration",
          "none",
          "a subclass of Model keeps its layers in code; rebuild it as a functional model");
      problems.throwIfErrors();
    }
    return network(layer);
  }

  /**
   * Reads a layer into the table.
   *
   * @param stated the types that the file states for its outputs, or empty
   */
  LayerId layer(LayerTree layer, List<TensorType> stated) {
    LayerId id = table.reserve();
    if (layer.isOperation()) {
      put(id, layer, operation(layer, stated), Map.of(), Tree.object());
      return id;
    }
    if (layer.isNetwork()) {
      put(id, layer, network(layer), Map.of(), networkExtras(layer));
      return id;
    }
    Optional<LayerCatalog.Entry> entry = entry(layer);
    if (entry.isEmpty()) {
      put(id, layer, opaque(layer, stated), Map.of(), Tree.object());
      return id;
    }
    if (!hasKnownPolicy(layer)) {
      put(id, layer, refused(layer, stated), Map.of(), Tree.object());
      return id;
    }
    known(id, layer, entry.get(), stated);
    return id;
  }

  /** A class registered as 'package>class' is not Keras's own, whatever its name. */
  private Optional<LayerCatalog.Entry> entry(LayerTree layer) {
    Optional<LayerCatalog.Entry> custom =
        customLayers.entry(layer.registeredName()).or(() -> customLayers.entry(layer.className()));
    return custom.isPresent() || layer.registeredName().contains(">")
        ? custom
        : LayerCatalog.entry(layer.className());
  }

  private void known(
      LayerId id, LayerTree layer, LayerCatalog.Entry entry, List<TensorType> stated) {
    Place place = layer.place(file);
    Tree.Obj config = layer.config();
    for (Map.Entry<String, Tree> fixed : entry.fixed().members().entrySet()) {
      config = config.with(fixed.getKey(), fixed.getValue());
    }
    Tree.Obj extras = keys.extras(entry, config, place);
    Map<String, LayerId> children = children(entry, layer, place);
    Optional<? extends Record> bound =
        LayerCatalog.binder().bind(entry.type(), config, place, problems);
    bound.ifPresent(own -> checkQuantization((Layer) own, layer));
    // What is wrong has been told; an opaque layer stands in for it so that reading goes on.
    Layer read = bound.isPresent() ? (Layer) bound.get() : refused(layer, stated);
    put(id, layer, read, children, extras);
  }

  private Network network(LayerTree layer) {
    return new NetworkReader(this, table, file, problems).read(layer);
  }

  private void put(
      LayerId id, LayerTree layer, Layer read, Map<String, LayerId> children, Tree.Obj extras) {
    table.put(
        new LayerInstance(
            id,
            layer.name(),
            layer.config().get("trainable").flatMap(Tree::asBoolean).orElse(true),
            read instanceof Network network ? networkPolicy(layer, network) : policy(layer),
            read,
            Map.of(),
            children,
            extras),
        layer.pathClass());
  }

  private Map<String, LayerId> children(LayerCatalog.Entry entry, LayerTree layer, Place place) {
    Map<String, LayerId> children = new LinkedHashMap<>();
    for (String key : entry.children()) {
      List<Tree> list =
          layer.config().get(key).filter(Tree::isArray).map(Tree::items).orElse(List.of());
      for (int i = 0; i < list.size(); i++) {
        child(list.get(i), key + "/" + i, children, place);
      }
      if (list.isEmpty()) {
        child(layer.config().get(key).orElse(Tree.none()), key, children, place);
      }
    }
    return children;
  }

  private void child(Tree written, String key, Map<String, LayerId> children, Place place) {
    Optional<Tree.Obj> child = written.asObject();
    if (child.isPresent()) {
      children.put(key, layer(new LayerTree(child.get()), List.of()));
    } else {
      problems.error(
          ProblemCode.CONFIG_KEY_MISSING,
          place.withKey(key),
          "must be in the configuration",
          "",
          "the file may be of a version that is not known here");
    }
  }

  private static Layer operation(LayerTree layer, List<TensorType> stated) {
    Optional<KerasFunction> function = KerasFunctions.named(layer.className());
    if (function.isEmpty() && layer.className().startsWith("tf.")) {
      return new OpaqueLayer(
          layer.pathClass(),
          layer.written().object("config").orElse(layer.config()),
          stated,
          "the TensorFlow function " + layer.className().substring(3) + " is not known here");
    }
    if (function.isEmpty()) {
      return new OpaqueLayer(
          layer.className(),
          layer.config(),
          stated,
          "the operation " + layer.className() + " is not known here");
    }
    return new KerasOperation(function.get(), layer.config().without("name"), layer.written());
  }

  private static Layer opaque(LayerTree layer, List<TensorType> stated) {
    String className = layer.className();
    String reason =
        switch (className) {
          case "Lambda" -> "it holds code, which is never executed";
          case "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer" ->
              "it does not name the function of TensorFlow that it calls";
          case "ClassMethod", "InstanceMethod", "InstanceProperty" ->
              "it works on ragged or sparse tensors, which are not supported";
          default ->
              "the class "
                  + layer.registeredName()
                  + " is not known here; a custom layer can teach it, see docs/custom-layers.md";
        };
    return new OpaqueLayer(className, layer.config(), stated, reason);
  }

  private static Layer refused(LayerTree layer, List<TensorType> stated) {
    return new OpaqueLayer(
        layer.className(), layer.config(), stated, "its configuration is refused");
  }

  /** The keys of a nested model's configuration that the network does not hold. */
  private static Tree.Obj networkExtras(LayerTree layer) {
    Tree.Obj extras = layer.config();
    for (String key :
        List.of("name", "trainable", "dtype", "layers", "input_layers", "output_layers")) {
      extras = extras.without(key);
    }
    return extras;
  }

  private DtypePolicy policy(LayerTree layer) {
    Tree written = layer.config().get("dtype").orElse(Tree.of("float32"));
    if (layer.isInput()) {
      return ofInput(written);
    }
    try {
      return DtypePolicy.of(written.asText().orElse(""));
    } catch (IllegalArgumentException e) {
      // Of an unknown layer nothing is claimed; of a known one it has been told.
      return DtypePolicy.FLOAT32;
    }
  }

  /** Whether the layer computes and keeps its weights in types that are known. */
  private boolean hasKnownPolicy(LayerTree layer) {
    Tree written = layer.config().get("dtype").orElse(Tree.of("float32"));
    try {
      DtypePolicy.of(written.asText().orElse(""));
      return true;
    } catch (IllegalArgumentException e) {
      problems.error(
          ProblemCode.DTYPE_UNSUPPORTED,
          layer.place(file).withKey("dtype"),
          "must be a data type, a mixed policy or a quantised one of Keras",
          written.toString(),
          "");
      return false;
    }
  }

  /** Tells if the layer cannot be quantised, or not as its policy says. */
  private void checkQuantization(Layer read, LayerTree layer) {
    Quantization quantization = policy(layer).quantization();
    if (quantization == null) {
      return;
    }
    Place place = layer.place(file);
    String found = layer.config().text("dtype").orElse("");
    if (!(read instanceof QuantizableLayer own)) {
      problems.error(
          ProblemCode.DTYPE_UNSUPPORTED,
          place.withKey("dtype"),
          "must not be quantised, which Keras does to Dense, EinsumDense and Embedding alone",
          found,
          "");
    } else if (!own.quantizationModes().contains(quantization.mode())) {
      problems.error(
          ProblemCode.DTYPE_UNSUPPORTED,
          place.withKey("dtype"),
          "must be of a mode in which Keras quantises the layer",
          found,
          "");
    } else if (own.quantizationConfig() != null
        && !own.quantizationConfig().agreesWith(quantization)) {
      problems.error(
          ProblemCode.CONFIG_VALUE_INVALID,
          place.withKey("quantization_config"),
          "must have groups of the size that the policy has",
          own.quantizationConfig().groupSize() + " with " + found,
          "");
    }
  }

  /** Inputs are taken as they are; those that are no floating-point numbers say nothing here. */
  private static DtypePolicy ofInput(Tree dtype) {
    return dtype
        .asText()
        .flatMap(DataType::ofKerasName)
        .filter(DataType::isFloating)
        .map(type -> DtypePolicy.of(type.kerasName()))
        .orElse(DtypePolicy.FLOAT32);
  }

  /** A model casts no input; its layers do. So it has the type of what it takes. */
  private DtypePolicy networkPolicy(LayerTree layer, Network network) {
    if (layer.config().text("dtype").isPresent()) {
      return policy(layer);
    }
    return network.graph().inputValues().stream()
        .flatMap(v -> v.knownType().stream())
        .map(TensorType::dtype)
        .filter(DataType::isFloating)
        .findFirst()
        .map(type -> DtypePolicy.of(type.kerasName()))
        .orElse(DtypePolicy.FLOAT32);
  }
}
