package io.github.weighbridge.cli;

import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.formats.npy.Npz;
import io.github.weighbridge.runtime.Session;
import io.github.weighbridge.runtime.SessionOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code predict}: runs a model on arrays. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description =
        "Runs a model with ND4J on the arrays of an .npz file: in the model's order as arr_0,"
            + " arr_1... (numpy.savez), or by input name. The outputs are named the same way.")
final class PredictCommand implements Callable<Integer> {

  private static final String POSITIONAL = "arr_";

  @Mixin private ModelArgument model;

  @Option(names = "--inputs", required = true, paramLabel = "X.npz", description = "The inputs.")
  private Path inputs;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "Y.npz",
      description = "Where the outputs go.")
  private Path output;

  @Option(
      names = "--threads",
      converter = ThreadCount.class,
      paramLabel = "N",
      defaultValue = "0",
      description = "How many threads compute; 0 for as many as there are processors.")
  private int threads;

  @Override
  public Integer call() {
    Map<String, Tensor> given = Npz.read(inputs);
    try (Model opened = model.open();
        Session session = Session.of(opened, SessionOptions.DEFAULTS.withThreads(threads))) {
      Npz.write(output, run(session, given));
    }
    return 0;
  }

  private Map<String, Tensor> run(Session session, Map<String, Tensor> given) {
    boolean positional = given.keySet().stream().allMatch(n -> n.matches(POSITIONAL + "\\d+"));
    try {
      return positional ? byPosition(session, given) : session.run(given);
    } catch (ProblemsException e) {
      // A session knows arrays, not where they came from.
      throw new ProblemsException(e.problems().stream().map(this::inInputs).toList(), e);
    }
  }

  private Problem inInputs(Problem problem) {
    return problem.place().file() == null
        ? new Problem(
            problem.severity(),
            problem.code(),
            problem.place().withFile(inputs.toString()),
            problem.rule(),
            problem.found(),
            problem.advice())
        : problem;
  }

  private Map<String, Tensor> byPosition(Session session, Map<String, Tensor> given) {
    List<Tensor> arrays = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Tensor array = given.get(POSITIONAL + i);
      if (array == null) {
        throw ProblemsException.of(
            ProblemCode.ENTRY_MISSING,
            Place.file(inputs.toString()).withKey(POSITIONAL + i),
            "must be there: arrays are numbered from 0 without a gap",
            String.join(", ", given.keySet()),
            "save them with numpy.savez(file, *arrays)");
      }
      arrays.add(array);
    }
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (Tensor result : session.run(arrays)) {
      named.put(POSITIONAL + named.size(), result);
    }
    return named;
  }
}
