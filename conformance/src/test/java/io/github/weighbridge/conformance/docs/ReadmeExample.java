package io.github.weighbridge.conformance.docs;

// README begins
import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.runtime.Session;
import java.nio.file.Path;
import java.util.Arrays;

final class ReadmeExample {
  public static void main(String[] args) {
    try (Model model = Models.open(Path.of(args[0]));
        Session session = Session.of(model)) {
      // Kind by ending: .keras, .h5, .onnx... What the target drops or changes is returned.
      Models.write(model, Path.of(args[1])).forEach(System.err::println);
      session.inputs().forEach((name, type) -> System.out.println(name + ": " + type));
      Tensor pixels = Tensor.of(new float[28 * 28], 1, 28, 28, 1);
      Tensor probabilities = session.run(pixels);
      System.out.println(Arrays.toString(probabilities.floats()));
    } catch (ProblemsException refused) {
      refused.problems().forEach(System.err::println); // everything that is wrong, at once
    }
  }
}
// README ends
