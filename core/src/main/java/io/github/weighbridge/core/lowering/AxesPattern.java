package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Transpose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The axes of an array by name, as einops writes them: {@code b (h two) c -> b h (two c)}. Names in
 * parentheses are parts of one axis.
 */
final class AxesPattern {

  private static final Pattern AXIS = Pattern.compile("\\w+|\\(.*?\\)");
  private static final Pattern NAME = Pattern.compile("\\w+");

  private final List<List<String>> from;
  private final List<List<String>> to;

  private AxesPattern(String text) {
    String[] sides = text.split("->", -1);
    Rules.require(sides.length == 2, "'pattern' must have one arrow, is " + text);
    this.from = axes(sides[0]);
    this.to = axes(sides[1]);
    List<String> names = from.stream().flatMap(List::stream).sorted().toList();
    Rules.require(
        names.stream().distinct().count() == names.size()
            && names.equals(to.stream().flatMap(List::stream).sorted().toList()),
        "'pattern' must have every name once on both sides, is " + text);
  }

  private static List<List<String>> axes(String side) {
    return AXIS.matcher(side).results().map(match -> names(match.group())).toList();
  }

  private static List<String> names(String axis) {
    Matcher matcher = NAME.matcher(axis);
    return matcher.results().map(java.util.regex.MatchResult::group).toList();
  }

  /** The array of a call with its axes taken apart, ordered and put together. */
  static Value rearranged(FunctionCall call) {
    Value x = call.tensor("tensor");
    AxesPattern pattern = new AxesPattern(call.text("pattern"));
    Rules.require(
        pattern.from.size() == x.type().rank(),
        "'pattern' has " + pattern.from.size() + " axes for " + x.type());
    Map<String, Long> sizes = pattern.sizes(call, x);
    List<String> ordered = pattern.to.stream().flatMap(List::stream).toList();
    List<String> given = pattern.from.stream().flatMap(List::stream).toList();
    Value apart =
        call.add(
            "apart",
            reshape(pattern.from.stream().flatMap(List::stream).map(List::of).toList(), sizes),
            x);
    Value turned =
        call.add("ordered", new Transpose(ordered.stream().map(given::indexOf).toList()), apart);
    return call.add("rearranged", reshape(pattern.to, sizes), turned);
  }

  private static Reshape reshape(List<List<String>> axes, Map<String, Long> sizes) {
    List<DimSource> dims = new ArrayList<>();
    for (List<String> axis : axes) {
      long size = 1;
      for (String name : axis) {
        size *= sizes.getOrDefault(name, 1L);
      }
      dims.add(new DimSource.Fixed(size));
    }
    return new Reshape(dims);
  }

  /** The size under each name; of the parts of an axis one may follow from the others. */
  private Map<String, Long> sizes(FunctionCall call, Value x) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    call.literal("axes_lengths")
        .asObject()
        .orElse(Tree.object())
        .members()
        .forEach((name, size) -> sizes.put(name, whole(name, size)));
    for (int axis = 0; axis < from.size(); axis++) {
      long size = call.knownSize(x, axis);
      long rest = size;
      String open = null;
      for (String name : from.get(axis)) {
        Long own = sizes.get(name);
        if (own == null) {
          Rules.require(open == null, "the sizes of '" + open + "' and '" + name + "' are open");
          open = name;
        } else {
          Rules.require(
              own > 0 && rest % own == 0, "an axis of size " + size + " has no parts of " + own);
          rest /= own;
        }
      }
      Rules.require(
          open != null || rest == 1, "the parts of an axis of size " + size + " do not fill it");
      if (open != null) {
        sizes.put(open, rest);
      }
    }
    return sizes;
  }

  private static long whole(String name, Tree size) {
    return size.asLong()
        .orElseThrow(
            () -> new IllegalArgumentException("'" + name + "' must be a number, is " + size));
  }
}
