package io.github.weighbridge.cli;

import ai.onnxruntime.OrtException;
import io.github.weighbridge.api.Models;
import io.github.weighbridge.cli.CaseDirectory.Expectation;
import io.github.weighbridge.cli.CaseResult.Status;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replays cases on some ways; one bad case never stops the rest. */
final class CaseReplay {

  private final List<Way> ways;
  private final Way.Options options;
  private final Optional<Path> kept;
  private final Optional<Double> atol;
  private final Optional<Double> rtol;

  CaseReplay(
      List<Way> ways,
      Way.Options options,
      Optional<Double> atol,
      Optional<Double> rtol,
      Optional<Path> kept) {
    this.ways = List.copyOf(ways);
    this.options = options;
    this.atol = atol;
    this.rtol = rtol;
    this.kept = kept;
  }

  /** One result per way. */
  List<CaseResult> replay(Path folder) {
    List<CaseResult> results = new ArrayList<>();
    CaseDirectory description;
    try {
      description = CaseDirectory.read(folder);
    } catch (IOException | ProblemsException e) {
      String id = String.valueOf(folder.getFileName());
      for (Way way : ways) {
        results.add(
            new CaseResult(
                id, folder, way.id(), Status.ERROR, Double.NaN, String.valueOf(e.getMessage())));
      }
      return results;
    }
    for (Way way : ways) {
      results.add(replay(description, way));
    }
    return results;
  }

  private CaseResult replay(CaseDirectory description, Way way) {
    List<Tensor> got;
    try (Model model = open(description)) {
      List<Tensor> inputs;
      try {
        inputs = description.inputs();
      } catch (ProblemsException e) {
        // The case is broken, not the model.
        return refused(description, way, Status.ERROR, e);
      }
      got = run(description, way, model, inputs);
    } catch (ProblemsException e) {
      return refused(description, way, Status.REFUSED, e);
    } catch (Exception | LinkageError | VirtualMachineError e) {
      return result(description, way, Status.ERROR, Double.NaN, e.toString());
    }
    return switch (description.expectation()) {
      case OPEN -> result(description, way, Status.PASS, Double.NaN, "");
      case REFUSE -> result(description, way, Status.ERROR, Double.NaN, "must be refused, but ran");
      case OK -> compare(description, way, got);
    };
  }

  /** What the way writes goes into a folder of its own, which stays if it is to be kept. */
  private List<Tensor> run(CaseDirectory description, Way way, Model model, List<Tensor> inputs)
      throws IOException, OrtException {
    if (kept.isPresent()) {
      Path folder = kept.get().resolve(way.id());
      for (Path part : description.folder().normalize()) {
        folder = folder.resolve(part);
      }
      return way.run(model, inputs, options, Files.createDirectories(folder));
    }
    Path folder = Files.createTempDirectory("weighbridge");
    try {
      return way.run(model, inputs, options, folder);
    } finally {
      Way.deleteAll(folder);
    }
  }

  private Model open(CaseDirectory description) {
    KerasImportOptions own = description.options().over(options.reading());
    return description.weights().isPresent()
        ? Models.open(description.model(), description.weights().get(), own)
        : Models.open(description.model(), own);
  }

  private CaseResult compare(CaseDirectory description, Way way, List<Tensor> got) {
    Tolerance own = description.tolerance();
    Tolerance tolerance = new Tolerance(atol.orElse(own.atol()), rtol.orElse(own.rtol()));
    try {
      Tolerance.Verdict verdict = tolerance.compare(got, description.outputs());
      Status status = verdict.matches() ? Status.PASS : Status.MISMATCH;
      return result(description, way, status, verdict.maxAbsDiff(), verdict.mismatch());
    } catch (ProblemsException e) {
      return result(description, way, Status.ERROR, Double.NaN, String.valueOf(e.getMessage()));
    }
  }

  private static CaseResult refused(
      CaseDirectory description, Way way, Status ifItShouldRun, ProblemsException e) {
    Status status = description.expectation() == Expectation.OK ? ifItShouldRun : Status.PASS;
    return result(description, way, status, Double.NaN, String.valueOf(e.getMessage()));
  }

  private static CaseResult result(
      CaseDirectory description, Way way, Status status, double maxAbsDiff, String message) {
    return new CaseResult(
        description.id(), description.folder(), way.id(), status, maxAbsDiff, message);
  }
}
