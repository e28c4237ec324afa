package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Strings made alike. Operand: {@code x}, strings.
 *
 * @param lower whether the letters A to Z become small; all others stay, as in {@code
 *     tf.strings.lower} without an encoding
 * @param stripPunctuation whether the 32 punctuation characters of ASCII go
 */
public record StandardizeText(boolean lower, boolean stripPunctuation) implements TextOperation {

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.require(x.dtype() == DataType.STRING, "text is needed, got " + x);
    return List.of(x);
  }
}
