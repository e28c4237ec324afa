package io.github.weighbridge.conformance.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.WrittenModel;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.exporter.dl4j.Dl4jExporter;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.dl4j.Dl4jZipWriter;
import io.github.weighbridge.importer.dl4j.Dl4jImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every value that says something of training, damaged in every way: a model, or problems, and
 * nothing else.
 */
class DamagedSettingsTest {

  private static final Pattern SETTING =
      Pattern.compile(
          "(\\.(backpropType|tbptt\\w+|epochCount|iterationCount))"
              + "|(.*\\.(iupdater|biasUpdater|gradientNormalization|constraints|regularization).*)");

  /** Writing takes long. */
  private static final int EACH_WRITTEN = 11;

  private static final List<Tree> DAMAGED =
      List.of(
          Tree.none(),
          Tree.of("NaN"),
          Tree.of(-1),
          Tree.of(Long.MAX_VALUE),
          Tree.of(List.of(List.of(1))),
          Tree.object());

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0-M2.1_constraints_rate", "1.0.0-M2.1_settings_pieces"})
  void isToldOf(String id) {
    Path zip = Path.of("..", "testdata", "dl4j", id, "model.zip");
    int readable = 0;
    int all = 0;
    try (Model model = Dl4jImporter.read(zip)) {
      WrittenModel written = model.written().orElseThrow();
      for (Tree damaged : damaged(written.architecture(), "")) {
        boolean writes = all++ % EACH_WRITTEN == 0;
        readable += isReadable((Tree.Obj) damaged, written, writes) ? 1 : 0;
      }
    }
    assertThat(readable).isGreaterThan(all / 2).isLessThan(all);
  }

  private boolean isReadable(Tree.Obj configuration, WrittenModel written, boolean writes) {
    Path zip = folder.resolve("damaged.zip");
    Dl4jZipWriter.write(zip, configuration, written.entries(), Method.STORED);
    try (Model model = Dl4jImporter.read(zip)) {
      if (writes) {
        write(model.withLayers(model.layers()));
      }
      return true;
    } catch (ProblemsException refused) {
      assertThat(refused.problems()).isNotEmpty();
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError(Json.write(configuration), e);
    }
  }

  private void write(Model changed) {
    try {
      Dl4jExporter.write(changed, folder.resolve("again.zip"), Dl4jOptions.DEFAULTS);
      Models.write(changed, folder.resolve("model.keras"));
    } catch (ProblemsException refused) {
      assertThat(refused.problems()).isNotEmpty();
    }
  }

  /** The tree with one value of a setting replaced or left out, in every way. */
  private static List<Tree> damaged(Tree tree, String path) {
    List<Tree> all = new ArrayList<>();
    if (SETTING.matcher(path).matches()) {
      all.addAll(DAMAGED);
    }
    if (tree instanceof Tree.Obj object) {
      object
          .members()
          .forEach(
              (key, value) -> {
                damaged(value, path + "." + key).forEach(own -> all.add(object.with(key, own)));
                if (SETTING.matcher(path + "." + key).matches()) {
                  all.add(object.without(key));
                }
              });
    } else {
      List<Tree> items = tree.items();
      for (int i = 0; i < items.size(); i++) {
        for (Tree own : damaged(items.get(i), path)) {
          List<Tree> others = new ArrayList<>(items);
          others.set(i, own);
          all.add(Tree.of(others));
        }
      }
    }
    return all;
  }
}
