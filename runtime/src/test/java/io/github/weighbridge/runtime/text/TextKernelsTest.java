package io.github.weighbridge.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.FeatureCross;
import io.github.weighbridge.core.op.HashBucket;
import io.github.weighbridge.core.op.Lookup;
import io.github.weighbridge.core.op.Lookup.Numbers;
import io.github.weighbridge.core.op.Lookup.Words;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.StandardizeText;
import io.github.weighbridge.core.op.TextOperation;
import io.github.weighbridge.core.op.Tokenize;
import io.github.weighbridge.core.op.Tokenize.Split;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations on text, one by one; hashes against those that TensorFlow computes. */
class TextKernelsTest {

  /** Of every length at which FarmHash takes another way. */
  private static final Tensor WORDS =
      words(
          "",
          "a",
          "owl",
          "heron",
          "abcdefgh",
          "abcdefghijklmnop",
          "x".repeat(33),
          "y".repeat(65),
          "鷺 über");

  private static Tensor words(String... words) {
    return Tensor.of(words, words.length);
  }

  private static Tensor run(Operation op, Tensor... operands) {
    List<Value> given = Arrays.stream(operands).map(x -> new Value("x", x.type())).toList();
    Value output = new Value("y", op.outputTypes(given.stream().map(Value::type).toList()).get(0));
    return TextKernels.prepare(new Step("step", op, given, List.of(output))).run(List.of(operands));
  }

  @Test
  void everyOperationHasAKernel() {
    for (Class<?> operation : TextOperation.class.getPermittedSubclasses()) {
      assertThat(TextKernels.find(operation)).as(operation.getSimpleName()).isPresent();
    }
  }

  @Test
  void hashesAsTensorFlowDoes() {
    assertThat(run(new HashBucket(Long.MAX_VALUE, null), WORDS).longs())
        .containsExactly(
            1936946117179621456L,
            3694432073954588132L,
            4187425287126594129L,
            7423860500951167943L,
            9145071594317031690L,
            6080716761534418621L,
            3046993373088323128L,
            4023130470993650269L,
            2911218777025207069L);
  }

  @Test
  void hashesWithAKeyAsTensorFlowDoes() {
    assertThat(run(new HashBucket(Long.MAX_VALUE, List.of(3L, 4_000_000_000L)), WORDS).longs())
        .containsExactly(
            7413211225560299575L,
            407939065661870152L,
            6143018909412360778L,
            4637438216418350579L,
            7824013991455514307L,
            2683268167308337161L,
            7303262503045895192L,
            573969848814481304L,
            121456418411456546L);
  }

  @Test
  void crossesAsTensorFlowDoes() {
    Tensor numbers = Tensor.of(new long[] {-5, -4, -3, -2, -1, 0, 1, 2, 3}, 9);
    assertThat(run(new FeatureCross(Long.MAX_VALUE), WORDS, numbers).longs())
        .containsExactly(
            3923258894332052078L,
            7364452007975775080L,
            4916595830225799766L,
            8857949693497271608L,
            341419399625945856L,
            8174637591528756027L,
            6359273881195984293L,
            725385297277488877L,
            8886952590813965037L);
  }

  @Test
  void numbersAreHashedAsTheirText() {
    HashBucket op = new HashBucket(1000, null);
    assertThat(run(op, Tensor.of(new long[] {0, -17, 42}, 3)).longs())
        .isEqualTo(run(op, words("0", "-17", "42")).longs());
  }

  @Test
  void standardizesAsciiOnly() {
    Tensor text = words("The ÜBER-naïve “owl”, isn't?", "[\\]^_`{|}~@!");
    assertThat(run(new StandardizeText(true, true), text).strings())
        .containsExactly("the Übernaïve “owl” isnt", "");
    assertThat(run(new StandardizeText(false, true), words("A.b")).strings()).containsExactly("Ab");
  }

  @Test
  void fillsShortRowsUp() {
    Tensor tokens =
        run(new Tokenize(Split.WHITESPACE, List.of(), null), words(" a\tb ", "", "c\u00a0d e f"));
    assertThat(tokens.sizes()).containsExactly(3, 3);
    assertThat(tokens.strings()).containsExactly("a", "b", "", "", "", "", "c\u00a0d", "e", "f");
  }

  @Test
  void joinsTokensOfEachRow() {
    Tensor tokens = run(new Tokenize(Split.CHARACTER, List.of(1, 2), 4), words("a𝔘b", "c"));
    assertThat(tokens.strings()).containsExactly("a", "𝔘", "b", "a 𝔘", "c", "", "", "");
  }

  @Test
  void noTextHasNoTokens() {
    Tensor tokens = run(new Tokenize(Split.WHITESPACE, List.of(), null), words("", " "));
    assertThat(tokens.sizes()).containsExactly(2, 0);
  }

  @Test
  void whatMustBeKnownIsRefused() {
    Lookup lookup = new Lookup(new Words(List.of("a", "b")), new Numbers(List.of(0L, 1L)), null);
    assertThat(run(lookup, words("b", "a")).longs()).containsExactly(1, 0);
    assertThatThrownBy(() -> run(lookup, words("a", "c")))
        .isInstanceOf(ProblemsException.class)
        .hasMessage(
            "layer 'step' (Lookup): must have inputs of its vocabulary only, because it has no"
                + " index for others (num_oov_indices is 0), found 'c'");
  }

  @Test
  void operationsThatTakeNoTextAreRefused() {
    assertThatThrownBy(() -> run(new Concat(0), WORDS, WORDS))
        .isInstanceOf(ProblemsException.class)
        .hasMessage("layer 'step' (Concat): must be an operation that takes text, found Concat");
  }
}
