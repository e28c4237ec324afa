package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.layer.Rules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A function's class name and its parameters, those of a call before those of the configuration,
 * written as Python has them: {@code Sum(x, axis=None, keepdims=False)}.
 */
record Signature(String name, List<Parameter> parameters) {

  /**
   * A parameter.
   *
   * @param kind which arguments it takes
   * @param otherwise what it is when it is not given; null where it must be
   */
  record Parameter(String name, Kind kind, @Nullable Tree otherwise) {}

  /** Which arguments a parameter takes. */
  enum Kind {
    /** That of its place or name. */
    ONE,
    /** Every further positional one, as a list. */
    REST,
    /** Those by names that no parameter has, as an object; they must be literals. */
    NAMED
  }

  Signature {
    parameters = List.copyOf(parameters);
  }

  /** Reads {@code Name(a, *b, c=None, d='text', e=(0, 1), **f)}. */
  static Signature parse(String text) {
    int open = text.indexOf('(');
    String inner = text.substring(open + 1, text.length() - 1);
    List<Parameter> parameters = new ArrayList<>();
    for (String part : split(inner)) {
      int equals = part.indexOf('=');
      Kind kind = part.startsWith("**") ? Kind.NAMED : part.startsWith("*") ? Kind.REST : Kind.ONE;
      String name =
          part.substring(
              kind == Kind.ONE ? 0 : kind == Kind.REST ? 1 : 2,
              equals < 0 ? part.length() : equals);
      Tree otherwise = equals < 0 ? null : literal(part.substring(equals + 1));
      parameters.add(new Parameter(name, kind, kind == Kind.NAMED ? Tree.object() : otherwise));
    }
    return new Signature(text.substring(0, open), parameters);
  }

  /** The parts between commas that stand in no parentheses. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(begin, i).strip());
        begin = i + 1;
      }
    }
    String last = text.substring(begin).strip();
    if (!last.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  private static Tree literal(String text) {
    if (text.startsWith("'")) {
      return Tree.of(text.substring(1, text.length() - 1));
    }
    if (text.startsWith("(")) {
      String inner = text.substring(1, text.length() - 1);
      return Tree.of(split(inner).stream().map(Signature::literal).toList());
    }
    return switch (text) {
      case "None" -> Tree.none();
      case "True" -> Tree.of(true);
      case "False" -> Tree.of(false);
      default ->
          text.matches("-?\\d+") ? Tree.of(Long.valueOf(text)) : Tree.of(Double.valueOf(text));
    };
  }

  /**
   * The argument of each parameter.
   *
   * @param configured those that stand in the configuration
   * @param call those that stand at the call
   * @throws IllegalArgumentException if one is missing, unknown or given twice
   */
  Map<String, Argument> bind(Tree.Obj configured, Arguments call) {
    Map<String, Argument> bound = new LinkedHashMap<>();
    bindPositional(call.positional(), bound);
    call.keyword().forEach((key, argument) -> bind(key, argument, bound));
    configured.members().forEach((key, tree) -> bind(key, new Argument.Literal(tree), bound));
    for (Parameter parameter : parameters) {
      if (!bound.containsKey(parameter.name())) {
        Tree otherwise = parameter.otherwise();
        if (otherwise == null) {
          throw new IllegalArgumentException(
              name + " needs the argument '" + parameter.name() + "'");
        }
        bound.put(parameter.name(), new Argument.Literal(otherwise));
      }
    }
    return bound;
  }

  private void bindPositional(List<Argument> positional, Map<String, Argument> bound) {
    int at = 0;
    for (Parameter parameter : parameters) {
      if (parameter.kind() == Kind.REST) {
        bound.put(parameter.name(), new Argument.Items(positional.subList(at, positional.size())));
        return;
      }
      if (parameter.kind() == Kind.ONE && at < positional.size()) {
        bound.put(parameter.name(), positional.get(at++));
      }
    }
    Rules.require(
        at == positional.size(),
        name + " takes " + parameters.size() + " arguments, got " + positional.size());
  }

  private void bind(String key, Argument argument, Map<String, Argument> bound) {
    Optional<Parameter> parameter =
        parameters.stream().filter(p -> p.kind() != Kind.NAMED && p.name().equals(key)).findFirst();
    if (parameter.isPresent()) {
      Rules.require(
          bound.putIfAbsent(key, argument) == null, "the argument '" + key + "' is given twice");
      return;
    }
    // Null says nothing, whatever it is called.
    if (argument.isNone()) {
      return;
    }
    String named =
        parameters.stream()
            .filter(p -> p.kind() == Kind.NAMED)
            .map(Parameter::name)
            .findFirst()
            .orElseThrow(() -> unknown(key));
    if (!(argument instanceof Argument.Literal literal)) {
      throw new IllegalArgumentException("the argument '" + key + "' must not be a tensor");
    }
    Tree.Obj before =
        bound.get(named) instanceof Argument.Literal own
            ? own.value().asObject().orElse(Tree.object())
            : Tree.object();
    bound.put(named, new Argument.Literal(before.with(key, literal.value())));
  }

  private IllegalArgumentException unknown(String key) {
    return new IllegalArgumentException(
        name
            + " has no argument '"
            + key
            + "'; it has "
            + parameters.stream().map(Parameter::name).collect(Collectors.joining(", ")));
  }
}
