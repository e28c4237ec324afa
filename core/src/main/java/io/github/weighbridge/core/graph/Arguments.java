package io.github.weighbridge.core.graph;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a layer is called with.
 *
 * @param positional the arguments without a name
 * @param keyword the arguments with one ({@code mask}, {@code initial_state}, {@code training}...)
 */
public record Arguments(List<Argument> positional, Map<String, Argument> keyword) {

  /** The keyword argument that lets a call train in predictions too, as only Keras 2 does. */
  public static final String FIXED_TRAINING = "fixed_training";

  /** Copies both. */
  public Arguments {
    positional = List.copyOf(positional);
    keyword = Collections.unmodifiableMap(new LinkedHashMap<>(keyword));
  }

  /** A call with these tensors: one bare, several as a list, as merge layers take them. */
  public static Arguments of(List<Value> values) {
    return new Arguments(List.of(Argument.of(values)), Map.of());
  }

  /** Every value of the arguments, in order. */
  public List<Value> values() {
    List<Value> values = new ArrayList<>();
    positional.forEach(a -> values.addAll(a.values()));
    keyword.values().forEach(a -> values.addAll(a.values()));
    return List.copyOf(values);
  }

  /** The values of the first positional argument, which every layer calls its inputs. */
  public List<Value> inputs() {
    return positional.isEmpty() ? List.of() : positional.get(0).values();
  }

  /** The keyword argument of that name, unless it is absent or none. */
  public Optional<Argument> keyword(String name) {
    return Optional.ofNullable(keyword.get(name)).filter(a -> !a.isNone());
  }

  /** Whether the keyword argument of that name is there and true. */
  public boolean isTrue(String name) {
    return keyword(name)
        .filter(
            argument ->
                argument instanceof Argument.Literal literal
                    && literal.value().asBoolean().orElse(false))
        .isPresent();
  }

  /** The same arguments in a network that trains: what is told whether it trains stays so. */
  public Arguments inTraining() {
    if (keyword("training").isPresent() || keyword(FIXED_TRAINING).isPresent()) {
      return this;
    }
    Map<String, Argument> told = new LinkedHashMap<>(keyword);
    told.put(FIXED_TRAINING, new Argument.Literal(Tree.of(true)));
    return new Arguments(positional, told);
  }

  /** The same arguments with other values. */
  public Arguments mapValues(UnaryOperator<Value> function) {
    Map<String, Argument> mapped = new LinkedHashMap<>();
    keyword.forEach((k, a) -> mapped.put(k, a.mapValues(function)));
    return new Arguments(positional.stream().map(a -> a.mapValues(function)).toList(), mapped);
  }
}
