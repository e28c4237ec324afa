package io.github.weighbridge.formats.config;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes trees as YAML in block style; texts that could be taken for something else are quoted. */
final class YamlText {

  /** Texts that no YAML reader takes for anything but text. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");

  private final StringBuilder text = new StringBuilder();

  String write(Tree tree) {
    if (isEmptyOrLeaf(tree)) {
      inline(tree);
      text.append('\n');
    } else {
      block(tree, 0);
    }
    return text.toString();
  }

  private void block(Tree tree, int level) {
    if (tree instanceof Tree.Obj object) {
      boolean first = true;
      for (Map.Entry<String, Tree> member : object.members().entrySet()) {
        indent(first ? 0 : level);
        first = false;
        string(member.getKey());
        text.append(':');
        nested(member.getValue(), level);
      }
    } else {
      boolean first = true;
      for (Tree element : tree.items()) {
        indent(first ? 0 : level);
        first = false;
        text.append('-');
        if (isEmptyOrLeaf(element)) {
          text.append(' ');
          inline(element);
          text.append('\n');
        } else {
          text.append(' ');
          block(element, level + 2);
        }
      }
    }
  }

  private void nested(Tree value, int level) {
    if (isEmptyOrLeaf(value)) {
      text.append(' ');
      inline(value);
      text.append('\n');
      return;
    }
    text.append('\n');
    indent(level + 2);
    block(value, level + 2);
  }

  private void indent(int spaces) {
    text.append(" ".repeat(spaces));
  }

  private static boolean isEmptyOrLeaf(Tree tree) {
    return tree instanceof Tree.Leaf
        || (tree instanceof Tree.Obj object && object.members().isEmpty())
        || (tree.isArray() && tree.items().isEmpty());
  }

  private void inline(Tree tree) {
    if (tree instanceof Tree.Obj) {
      text.append("{}");
    } else if (tree instanceof Tree.Arr) {
      text.append("[]");
    } else {
      Object value = ((Tree.Leaf) tree).value();
      if (value instanceof String string) {
        string(string);
      } else if (value instanceof Double number) {
        text.append(number(number));
      } else {
        text.append(value);
      }
    }
  }

  /** YAML 1.1 wants a point before an exponent. */
  private static String number(double number) {
    if (Double.isNaN(number)) {
      return ".nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? ".inf" : "-.inf";
    }
    String python = PythonNumber.text(number);
    return python.contains(".") ? python : python.replace("e", ".0e");
  }

  private void string(String string) {
    boolean isText = YamlTag.value(null, true, string, Place.UNKNOWN) instanceof String;
    if (isText && PLAIN.matcher(string).matches()) {
      text.append(string);
    } else {
      text.append('"');
      string.codePoints().forEach(this::quoted);
      text.append('"');
    }
  }

  /**
   * Unlike JSON, YAML has one escape for a character beyond 16 bits, and would take two for two.
   */
  private void quoted(int c) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (c >= ' ' && c <= '~') {
          text.append((char) c);
        } else {
          text.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
        }
      }
    }
  }
}
