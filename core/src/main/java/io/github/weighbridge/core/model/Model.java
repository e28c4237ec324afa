package io.github.weighbridge.core.model;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.training.Compilation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network with its layers, and what a file says of its training. Immutable; weights are read from
 * the file when somebody needs them, so keep it open until then. Thread-safe.
 */
public final class Model implements AutoCloseable {

  private final String name;
  private final Network network;
  private final Map<LayerId, LayerInstance> layers;
  private final Provenance provenance;
  private final @Nullable WrittenModel written;
  private final TrainingRecord training;
  private final List<Problem> warnings;
  private final AutoCloseable source;
  private final @Nullable Model origin;

  /**
   * A model.
   *
   * @param name for people
   * @param network the root
   * @param layers every instance, those of nested models and wrappers included, in order of id
   * @param provenance where it came from
   * @param written the model as the file has it, null for one that differs from it
   * @param training what the file says of its training
   * @param warnings what was noticed while reading
   * @param source closed with the model
   */
  public Model(
      String name,
      Network network,
      Collection<LayerInstance> layers,
      Provenance provenance,
      @Nullable WrittenModel written,
      TrainingRecord training,
      List<Problem> warnings,
      AutoCloseable source) {
    this(name, network, layers, provenance, written, training, warnings, source, null);
  }

  private Model(
      String name,
      Network network,
      Collection<LayerInstance> layers,
      Provenance provenance,
      @Nullable WrittenModel written,
      TrainingRecord training,
      List<Problem> warnings,
      AutoCloseable source,
      @Nullable Model origin) {
    this.name = name;
    this.network = network;
    Map<LayerId, LayerInstance> table = new LinkedHashMap<>();
    layers.forEach(layer -> table.put(layer.id(), layer));
    this.layers = Collections.unmodifiableMap(table);
    this.provenance = provenance;
    this.written = written;
    this.training = training;
    this.warnings = List.copyOf(warnings);
    this.source = source;
    this.origin = origin;
  }

  /** The model's name, for people. */
  public String name() {
    return name;
  }

  /** The root network. */
  public Network network() {
    return network;
  }

  /** Every layer instance, those of nested models and wrappers included, in order of id. */
  public Collection<LayerInstance> layers() {
    return layers.values();
  }

  /** The root network and every nested one, those within wrappers included. */
  public List<Network> networks() {
    return Stream.concat(
            Stream.of(network),
            layers.values().stream()
                .map(LayerInstance::layer)
                .filter(Network.class::isInstance)
                .map(Network.class::cast))
        .toList();
  }

  /** The instance of that id. */
  public LayerInstance layer(LayerId id) {
    LayerInstance layer = layers.get(id);
    if (layer == null) {
      throw new IllegalArgumentException("no layer " + id + " in model '" + name + "'");
    }
    return layer;
  }

  /** Where the model came from. */
  public Provenance provenance() {
    return provenance;
  }

  /**
   * The model as the file has it, in the words of {@link #provenance}. A model that was changed has
   * none.
   */
  public Optional<WrittenModel> written() {
    return Optional.ofNullable(written);
  }

  /** The model that was read, of which this one is a changed copy; itself if it is none. */
  public Model origin() {
    return origin == null ? this : origin;
  }

  /** Loss, metrics and optimizer, in the text of the file; for writing the same form again. */
  public Optional<Tree.Obj> trainingConfig() {
    return Optional.ofNullable(training.written());
  }

  /** What the model was compiled with; nothing if it was not, or in no way that is understood. */
  public Optional<Compilation> compilation() {
    return Optional.ofNullable(training.compilation());
  }

  /** What the optimizer knows; nothing if the file has no variables of it. */
  public Optional<OptimizerState> optimizerState() {
    return Optional.ofNullable(training.state());
  }

  /** What else its file says of its training, beside what Keras compiles with. */
  public TrainingSettings trainingSettings() {
    return training.settings();
  }

  /** What was noticed while reading, and did not stop it. */
  public List<Problem> warnings() {
    return warnings;
  }

  /**
   * This model with other layers in its table. It reads its weights through this one: keep that
   * open; closing the copy closes nothing.
   */
  public Model withLayers(Collection<LayerInstance> newLayers) {
    return withNetwork(network, newLayers);
  }

  /** As {@link #withLayers}, with another root of these layers. */
  public Model withNetwork(Network newRoot, Collection<LayerInstance> newLayers) {
    TrainingSettings kept =
        training.settings().of(newLayers.stream().map(LayerInstance::id).toList());
    return new Model(
        name,
        newRoot,
        newLayers,
        provenance,
        null,
        training.withSettings(kept),
        warnings,
        () -> {},
        origin());
  }

  /**
   * This model with another state of its optimizer. It reads its weights through this one, as
   * {@link #withLayers} does.
   */
  public Model withOptimizerState(OptimizerState state) {
    TrainingRecord record = training.withState(state);
    return new Model(
        name, network, layers.values(), provenance, written, record, warnings, () -> {}, origin());
  }

  /** How many numbers the weights hold. */
  public long parameterCount() {
    return layers.values().stream().mapToLong(LayerInstance::parameterCount).sum();
  }

  /** Closes the file; weights can no longer be read. */
  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("closing " + provenance.file(), e);
    }
  }
}
