package io.github.weighbridge.runtime.text;

import io.github.weighbridge.core.op.Lookup;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Lookups in a hash table. */
final class LookupKernel implements TextKernel<Lookup> {

  @Override
  public TextTask prepare(Lookup op, String name) {
    Map<Object, Object> table = new HashMap<>();
    for (int i = 0; i < op.keys().size(); i++) {
      table.put(op.keys().get(i), op.values().get(i));
    }
    Object otherwise = op.otherwise() == null ? null : op.otherwise().get(0);
    boolean toText = op.values().dtype() == DataType.STRING;
    return operands -> {
      Tensor x = operands.get(0);
      IntFunction<Object> element = elements(x);
      String[] words = new String[toText ? x.count() : 0];
      long[] numbers = new long[toText ? 0 : x.count()];
      for (int i = 0; i < x.count(); i++) {
        Object key = element.apply(i);
        Object value = table.getOrDefault(key, otherwise);
        if (value == null) {
          throw unknown(name, key);
        }
        if (toText) {
          words[i] = (String) value;
        } else {
          numbers[i] = (Long) value;
        }
      }
      return toText ? Tensor.of(words, x.sizes()) : Tensor.of(numbers, x.sizes());
    };
  }

  private static IntFunction<Object> elements(Tensor x) {
    if (x.dtype() == DataType.STRING) {
      String[] strings = x.strings();
      return i -> strings[i];
    }
    return x::getLong;
  }

  private static ProblemsException unknown(String name, Object key) {
    return ProblemsException.of(
        ProblemCode.INDEX_OUT_OF_RANGE,
        Place.UNKNOWN.withLayer(name, "Lookup"),
        "must have inputs of its vocabulary only, because it has no index for others"
            + " (num_oov_indices is 0)",
        key instanceof String ? "'" + key + "'" : String.valueOf(key),
        "");
  }
}
