package io.github.weighbridge.exporter.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class PreProcessorsTest {

  /** DL4J orders gradients as it has ordered values: only orders that undo themselves are safe. */
  @RepeatedTest(50)
  void permutesByOrdersThatUndoThemselves(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Integer> order =
        new ArrayList<>(IntStream.rangeClosed(1, 1 + random.nextInt(5)).boxed().toList());
    Collections.shuffle(order, random);

    List<Integer> made = IntStream.rangeClosed(1, order.size()).boxed().toList();
    for (List<Integer> step : steps(PreProcessors.permute(ints(order)))) {
      assertThat(behind(step, step)).as("%s in %s", step, order).isSorted();
      made = behind(made, step);
    }

    assertThat(made).isEqualTo(order);
  }

  private static List<List<Integer>> steps(Tree.Obj preProcessor) {
    List<Tree> parts = preProcessor.items("inputPreProcessors");
    return (parts.isEmpty() ? List.<Tree>of(preProcessor) : parts)
        .stream()
            .map(part -> ((Tree.Obj) part).items("permutationIndices"))
            .map(axes -> axes.stream().map(i -> i.asLong().orElseThrow().intValue()).toList())
            .toList();
  }

  /** One order behind another. */
  private static List<Integer> behind(List<Integer> first, List<Integer> second) {
    return second.stream().map(i -> first.get(i - 1)).toList();
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
