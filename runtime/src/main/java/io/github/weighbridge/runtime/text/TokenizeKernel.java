package io.github.weighbridge.runtime.text;

import io.github.weighbridge.core.op.Tokenize;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits texts, joins neighbouring tokens and fills rows up. */
final class TokenizeKernel implements TextKernel<Tokenize> {

  @Override
  public TextTask prepare(Tokenize op, String name) {
    return operands -> tokenized(op, operands.get(0));
  }

  private static Tensor tokenized(Tokenize op, Tensor x) {
    long[] lead =
        op.split() == Tokenize.Split.NONE
            ? Arrays.copyOf(x.sizes(), x.sizes().length - 1)
            : x.sizes();
    List<List<String>> rows = new ArrayList<>();
    for (List<String> tokens : tokens(op.split(), x, Math.toIntExact(Shape.elementCount(lead)))) {
      rows.add(op.ngrams().isEmpty() ? tokens : joined(tokens, op.ngrams()));
    }
    Integer length = op.length();
    int width = length == null ? rows.stream().mapToInt(List::size).max().orElse(0) : length;
    String[] filled = new String[Math.multiplyExact(rows.size(), width)];
    Arrays.fill(filled, "");
    for (int row = 0; row < rows.size(); row++) {
      List<String> tokens = rows.get(row);
      for (int i = 0; i < Math.min(width, tokens.size()); i++) {
        filled[row * width + i] = tokens.get(i);
      }
    }
    long[] sizes = Arrays.copyOf(lead, lead.length + 1);
    sizes[lead.length] = width;
    return Tensor.of(filled, sizes);
  }

  private static List<List<String>> tokens(Tokenize.Split split, Tensor x, int rows) {
    List<String> texts = List.of(x.strings());
    return switch (split) {
      case NONE -> {
        int width = rows == 0 ? 0 : texts.size() / rows;
        List<List<String>> tokens = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
          tokens.add(texts.subList(row * width, (row + 1) * width));
        }
        yield tokens;
      }
      case WHITESPACE -> texts.stream().map(TokenizeKernel::words).toList();
      case CHARACTER -> texts.stream().map(TokenizeKernel::characters).toList();
    };
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int end = 0; end <= text.length(); end++) {
      if (end == text.length() || isSpace(text.charAt(end))) {
        if (end > start) {
          words.add(text.substring(start, end));
        }
        start = end + 1;
      }
    }
    return words;
  }

  /** What C's {@code isspace} takes for white space. */
  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static List<String> characters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  private static List<String> joined(List<String> tokens, List<Integer> widths) {
    List<String> joined = new ArrayList<>();
    for (int width : widths) {
      for (int start = 0; start + width <= tokens.size(); start++) {
        joined.add(String.join(" ", tokens.subList(start, start + width)));
      }
    }
    return joined;
  }
}
