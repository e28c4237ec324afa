package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads arguments of calls: trees with references at some leaves. */
final class ArgumentReader {

  private final Function<Reference, Argument> values;

  /** A reader that looks references up. */
  ArgumentReader(Function<Reference, Argument> values) {
    this.values = values;
  }

  /** The arguments of a node {@code {args, kwargs}}. */
  Arguments arguments(Tree.Obj node) {
    List<Argument> positional = new ArrayList<>();
    node.items("args").forEach(arg -> positional.add(argument(arg)));
    Map<String, Argument> keyword = new LinkedHashMap<>();
    node.object("kwargs")
        .orElse(Tree.object())
        .members()
        .forEach((name, arg) -> keyword.put(name, argument(arg)));
    // layer(inputs=x) is layer(x), and attention calls its first argument query.
    for (String first : List.of("inputs", "query")) {
      if (positional.isEmpty() && keyword.containsKey(first)) {
        positional.add(keyword.remove(first));
      }
    }
    return new Arguments(positional, keyword);
  }

  /** One argument, or the ends of a model. */
  Argument argument(Tree tree) {
    if (Reference.isReference(tree)) {
      return values.apply(Reference.of(tree).orElseThrow());
    }
    if (Reference.within(tree).isEmpty()) {
      return new Argument.Literal(tree);
    }
    if (tree instanceof Tree.Obj object) {
      Map<String, Argument> members = new LinkedHashMap<>();
      object.members().forEach((key, member) -> members.put(key, argument(member)));
      return new Argument.Entries(members);
    }
    return new Argument.Items(tree.items().stream().map(this::argument).toList());
  }
}
