package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of texts, along a new last axis; rows with fewer are filled up with empty strings.
 * Operand: {@code x}, strings.
 *
 * @param split how texts become tokens; with NONE the last axis holds tokens already
 * @param ngrams which numbers of neighbouring tokens are joined by blanks, one after the other;
 *     empty for tokens as they are
 * @param length how many tokens each row has, cut off or filled up; null for as many as the longest
 *     row
 */
public record Tokenize(Split split, List<Integer> ngrams, @Nullable Integer length)
    implements TextOperation {

  /** How texts become tokens. */
  public enum Split {
    NONE,
    /** At ASCII's white space, of which any amount counts as one. */
    WHITESPACE,
    /** Into Unicode's code points. */
    CHARACTER
  }

  /** Copies the list. */
  public Tokenize {
    ngrams = List.copyOf(ngrams);
    Operands.require(ngrams.stream().allMatch(n -> n > 0), "n-grams need tokens, got " + ngrams);
    Operands.require(length == null || length >= 0, "a length cannot be " + length);
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.require(x.dtype() == DataType.STRING, "text is needed, got " + x);
    Operands.require(split != Split.NONE || x.rank() > 0, "tokens need an axis");
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    if (split == Split.NONE) {
      dims.remove(dims.size() - 1);
    }
    dims.add(length == null ? Dim.symbolic("tokens") : Dim.of(length));
    return List.of(x.withShape(new Shape(dims)));
  }
}
