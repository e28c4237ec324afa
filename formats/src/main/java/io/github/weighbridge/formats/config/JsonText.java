package io.github.weighbridge.formats.config;

import io.github.weighbridge.core.config.Tree;
import java.util.Iterator;
import java.util.Map;

/** Writes trees as Python's {@code json.dumps} does, non-ASCII characters escaped. */
final class JsonText {

  private final int indent;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param indent spaces a level; 0 for one line
   */
  JsonText(int indent) {
    this.indent = indent;
  }

  String write(Tree tree) {
    value(tree, 0);
    return text.toString();
  }

  private void value(Tree tree, int level) {
    if (tree instanceof Tree.Obj object) {
      object(object, level);
    } else if (tree instanceof Tree.Arr array) {
      array(array, level);
    } else {
      leaf((Tree.Leaf) tree);
    }
  }

  private void object(Tree.Obj object, int level) {
    Iterator<Map.Entry<String, Tree>> members = object.members().entrySet().iterator();
    text.append('{');
    while (members.hasNext()) {
      Map.Entry<String, Tree> member = members.next();
      newLine(level + 1);
      string(member.getKey());
      text.append(": ");
      value(member.getValue(), level + 1);
      separate(members.hasNext());
    }
    end('}', level, object.members().isEmpty());
  }

  private void array(Tree.Arr array, int level) {
    Iterator<Tree> elements = array.elements().iterator();
    text.append('[');
    while (elements.hasNext()) {
      newLine(level + 1);
      value(elements.next(), level + 1);
      separate(elements.hasNext());
    }
    end(']', level, array.elements().isEmpty());
  }

  private void separate(boolean more) {
    if (more) {
      text.append(indent > 0 ? "," : ", ");
    }
  }

  private void end(char bracket, int level, boolean empty) {
    if (!empty) {
      newLine(level);
    }
    text.append(bracket);
  }

  private void newLine(int level) {
    if (indent > 0) {
      text.append('\n').append(" ".repeat(indent * level));
    }
  }

  private void leaf(Tree.Leaf leaf) {
    Object value = leaf.value();
    if (value instanceof String string) {
      string(string);
    } else if (value instanceof Double number) {
      text.append(PythonNumber.text(number));
    } else {
      text.append(value);
    }
  }

  private void string(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          if (c < ' ' || c > '~') {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
