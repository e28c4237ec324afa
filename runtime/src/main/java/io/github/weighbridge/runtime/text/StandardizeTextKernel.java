package io.github.weighbridge.runtime.text;

import io.github.weighbridge.core.op.StandardizeText;
import io.github.weighbridge.core.tensor.Tensor;

/** Small letters, no punctuation; both of ASCII only. */
final class StandardizeTextKernel implements TextKernel<StandardizeText> {

  @Override
  public TextTask prepare(StandardizeText op, String name) {
    return operands -> {
      String[] texts = operands.get(0).strings();
      for (int i = 0; i < texts.length; i++) {
        texts[i] = standardized(op, texts[i]);
      }
      return Tensor.of(texts, operands.get(0).sizes());
    };
  }

  private static String standardized(StandardizeText op, String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (op.lower() && c >= 'A' && c <= 'Z') {
        result.append((char) (c - 'A' + 'a'));
      } else if (!op.stripPunctuation() || !isPunctuation(c)) {
        result.append(c);
      }
    }
    return result.toString();
  }

  /** What is printed in ASCII and is no letter, digit or blank. */
  private static boolean isPunctuation(char c) {
    return (c >= '!' && c <= '/')
        || (c >= ':' && c <= '@')
        || (c >= '[' && c <= '`')
        || (c >= '{' && c <= '~');
  }
}
