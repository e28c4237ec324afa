package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Lookup;
import io.github.weighbridge.core.op.Lookup.Labels;
import io.github.weighbridge.core.op.Lookup.Numbers;
import io.github.weighbridge.core.op.Lookup.Words;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * {@code LabelEncoder}. It has no way to refuse: where everything must be a key, it gives places in
 * the table of values, the one behind the last for what is unknown, and {@code Gather} refuses
 * that.
 */
final class LookupToOnnx implements OnnxTranslator<Lookup> {

  @Override
  public void translate(Lookup op, Step step, OnnxContext onnx) {
    Labels otherwise = op.otherwise();
    if (otherwise != null) {
      onnx.bind(step.output(), encoded(op.keys(), op.values(), otherwise, step, onnx));
    } else if (op.values() instanceof Numbers values) {
      long count = op.keys().size();
      Numbers places = new Numbers(LongStream.range(0, count).boxed().toList());
      String place = encoded(op.keys(), places, new Numbers(List.of(count)), step, onnx);
      onnx.result(
          step,
          "Gather",
          List.of(onnx.ints(values.numbers()), place),
          Map.of("axis", OnnxAttribute.of(0)));
    } else {
      onnx.unsupported(step, "a table of strings must have one for everything else", "none", "");
    }
  }

  private static String encoded(
      Labels keys, Labels values, Labels otherwise, Step step, OnnxContext onnx) {
    Map<String, OnnxAttribute> attributes = new HashMap<>();
    put(attributes, "keys", keys);
    put(attributes, "values", values);
    if (otherwise instanceof Words words) {
      attributes.put("default_string", OnnxAttribute.of(words.words().get(0)));
    } else if (otherwise instanceof Numbers numbers) {
      attributes.put("default_int64", OnnxAttribute.of((long) numbers.numbers().get(0)));
    }
    return onnx.mlNode(step, "LabelEncoder", onnx.in(step, 0), attributes);
  }

  private static void put(Map<String, OnnxAttribute> attributes, String name, Labels labels) {
    if (labels instanceof Words words) {
      attributes.put(name + "_strings", new OnnxAttribute.Texts(words.words()));
    } else if (labels instanceof Numbers numbers) {
      attributes.put(name + "_int64s", OnnxAttribute.ofInts(numbers.numbers()));
    }
  }
}
