package io.github.weighbridge.conformance.hostile;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.config.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Converts every model of a folder into another and prints a line of JSON for each: what became of
 * it. A process of its own, so that its memory has a limit and what hangs can be ended.
 */
final class HostileReader {

  private HostileReader() {}

  public static void main(String[] args) throws IOException {
    try (Stream<Path> paths = Files.list(Path.of(args[0]))) {
      for (Path file : paths.filter(HostileReader::isModel).sorted().toList()) {
        System.out.println(Json.write(Tree.of(convert(file, Path.of(args[1])))));
      }
    }
  }

  static boolean isModel(Path file) {
    return file.toString().endsWith(".h5") || file.toString().endsWith(".keras");
  }

  private static Map<String, Object> convert(Path file, Path target) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("file", file.getFileName().toString());
    long start = System.nanoTime();
    try (Model model = Models.open(file)) {
      Models.write(model, target.resolve(file.getFileName() + ".onnx"));
      row.put("outcome", "accepted");
      row.put("problems", texts(model.warnings()));
    } catch (ProblemsException e) {
      row.put("outcome", "refused");
      row.put("problems", texts(e.problems()));
    } catch (RuntimeException | Error e) {
      row.put("outcome", "failed");
      row.put("problems", List.of(e.toString()));
    }
    row.put("millis", (System.nanoTime() - start) / 1_000_000);
    return row;
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream().map(problem -> problem.code() + " " + problem).toList();
  }
}
