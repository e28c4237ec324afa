package io.github.weighbridge.formats.dl4j;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.weighbridge.core.config.Tree;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations as the text that DL4J's Jackson prints. */
final class ConfigurationText {

  private static final JsonFactory FACTORY = new JsonFactory();

  private ConfigurationText() {}

  /** The tree as JSON: indented, members in the order of the tree. */
  static String of(Tree.Obj configuration) {
    StringWriter text = new StringWriter();
    // "\n" whatever the machine: the same model gives the same bytes everywhere.
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    try (JsonGenerator json = FACTORY.createGenerator(text).setPrettyPrinter(printer)) {
      write(configuration, json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return text.toString();
  }

  private static void write(Tree tree, JsonGenerator json) throws IOException {
    if (tree instanceof Tree.Obj object) {
      json.writeStartObject();
      for (Map.Entry<String, Tree> member : object.members().entrySet()) {
        json.writeFieldName(member.getKey());
        write(member.getValue(), json);
      }
      json.writeEndObject();
    } else if (tree instanceof Tree.Arr array) {
      json.writeStartArray();
      for (Tree element : array.elements()) {
        write(element, json);
      }
      json.writeEndArray();
    } else {
      writeLeaf(((Tree.Leaf) tree).value(), json);
    }
  }

  private static void writeLeaf(@Nullable Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof BigInteger number) {
      json.writeNumber(number);
    } else {
      // Jackson quotes NaN and infinities, as DL4J has them.
      json.writeNumber((Double) value);
    }
  }
}
