package io.github.weighbridge.formats.keras.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.formats.config.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code compile} was given, as each generation wrote it, in canonical form and back. */
class TrainingConfigsTest {

  @ParameterizedTest(name = "{0} {1}: {2} {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // A rate that decays is a schedule.
        "KERAS_1 |1.2.2 |SGD    |{'lr':0.1,'decay':0.2,'momentum':0.0,'nesterov':false}|learning_rate|{'class_name':'InverseTimeDecay','config':{'initial_learning_rate':0.1,'decay_steps':1,'decay_rate':0.2,'staircase':false,'name':'InverseTimeDecay'}}",
        "KERAS_1 |1.2.2 |SGD    |{'lr':0.1,'decay':0.0,'momentum':0.0,'nesterov':false}|learning_rate|0.1",
        "TF_KERAS|2.9.0 |SGD    |{'name':'SGD','learning_rate':0.1,'decay':0.2}|learning_rate|{'class_name':'InverseTimeDecay','config':{'initial_learning_rate':0.1,'decay_steps':1,'decay_rate':0.2,'staircase':false,'name':'InverseTimeDecay'}}",
        "TF_KERAS|2.15.0|SGD    |{'name':'SGD','learning_rate':{'class_name':'PiecewiseConstantDecay','config':{'boundaries':[2],'values':[0.1,0.2],'name':null}}}|learning_rate|{'class_name':'PiecewiseConstantDecay','config':{'boundaries':[2],'values':[0.1,0.2],'name':'PiecewiseConstant'}}",
        // All gradients together.
        "KERAS_1 |1.2.2 |SGD    |{'lr':0.1,'clipnorm':0.5}|global_clipnorm|0.5",
        "TF_KERAS|2.2.4 |SGD    |{'lr':0.1,'clipnorm':0}|global_clipnorm|null",
        "TF_KERAS|2.9.0 |SGD    |{'name':'SGD','learning_rate':0.1,'clipnorm':0.5}|clipnorm|0.5",
        // Defaults that were others.
        "KERAS_1 |1.0.8 |Adam   |{'lr':0.1}|epsilon|1e-8",
        "TF_KERAS|2.2.4 |Adam   |{'lr':0.1,'epsilon':null}|epsilon|1e-7",
        "KERAS_1 |1.2.2 |Adagrad|{'lr':0.1}|initial_accumulator_value|0.0",
        // Where epsilon stands.
        "KERAS_1 |1.2.2 |RMSprop|{'lr':0.1}|epsilon_in_root|false",
        "TF_KERAS|2.9.0 |RMSprop|{'name':'RMSprop','learning_rate':0.1,'momentum':0.0}|epsilon_in_root|false",
        "TF_KERAS|2.9.0 |RMSprop|{'name':'RMSprop','learning_rate':0.1,'momentum':0.5}|epsilon_in_root|true",
        "TF_KERAS|2.15.0|RMSprop|{'name':'RMSprop','learning_rate':0.1,'is_legacy_optimizer':false}|epsilon_in_root|true",
        // How fast Nadam's momentum rises.
        "KERAS_1 |1.2.2 |Nadam  |{'lr':0.1,'schedule_decay':0.002}|schedule_decay|0.002",
        "TF_KERAS|2.9.0 |Nadam  |{'name':'Nadam','learning_rate':0.1,'decay':0.004}|schedule_decay|0.004",
        "KERAS_3 |3.0.5 |Nadam  |{'name':'nadam','learning_rate':0.1}|schedule_decay|1.0",
        // Keys that came later.
        "KERAS_3 |3.0.5 |Adam   |{'name':'adam','learning_rate':0.1}|gradient_accumulation_steps|null",
        "TF_KERAS|2.15.0|Custom>Adam|{'name':'Adam','learning_rate':0.1,'is_legacy_optimizer':false,'jit_compile':true}|amsgrad|false",
      })
  void optimizer(
      KerasDialect dialect,
      String version,
      String className,
      String config,
      String key,
      String value) {
    Tree.Obj training =
        json(
            "{'optimizer_config': {'class_name': '%s', 'config': %s}}"
                .formatted(className, config));

    Tree.Obj canonical = TrainingConfigs.toCanonical(dialect, training, Optional.of(version), 1);

    assertThat(
            canonical.object("optimizer").flatMap(o -> o.object("config")).flatMap(c -> c.get(key)))
        .contains(value(value));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "KERAS_1 |1.2.2 |1|{'loss':'cosine_proximity','metrics':['accuracy','mse']}|{'loss':{'class_name':'CosineProximity','config':{'name':'cosine_similarity','reduction':'sum_over_batch_size'}},'metrics':['acc',{'class_name':'MeanSquaredError','config':{'name':'mean_squared_error','dtype':'float32'}}]}",
        "TF_KERAS|2.2.4 |1|{'loss':'cosine_proximity','metrics':['acc']}|{'loss':{'class_name':'CosineSimilarity','config':{'name':'cosine_similarity','axis':-1,'reduction':'sum_over_batch_size'}},'metrics':['acc']}",
        "TF_KERAS|2.3.1 |1|{'loss':'kld','metrics':['accuracy']}|{'loss':{'class_name':'KLDivergence','config':{'name':'kl_divergence','reduction':'sum_over_batch_size'}},'metrics':['accuracy']}",
        "TF_KERAS|2.3.1 |2|{'loss':'mse','metrics':['mae']}|{'loss':{'class_name':'MeanSquaredError','config':{'name':'mean_squared_error','reduction':'sum_over_batch_size'}},'metrics':[[{'class_name':'MeanAbsoluteError','config':{'name':'mae','dtype':'float32'}}],[{'class_name':'MeanAbsoluteError','config':{'name':'mae','dtype':'float32'}}]]}",
        "TF_KERAS|2.15.0|1|{'metrics':[[{'class_name':'MeanMetricWrapper','config':{'name':'accuracy','dtype':'float32','fn':'categorical_accuracy'}}]]}|{'metrics':[{'class_name':'CategoricalAccuracy','config':{'name':'accuracy','dtype':'float32'}}]}",
        "TF_KERAS|2.15.0|1|{'loss':{'class_name':'BinaryCrossentropy','config':{'reduction':'auto','name':'b','from_logits':true,'fn':'binary_crossentropy'}}}|{'loss':{'class_name':'BinaryCrossentropy','config':{'reduction':'sum_over_batch_size','name':'b','from_logits':true,'label_smoothing':0.0,'axis':-1}}}",
        "KERAS_3 |3.15.1|2|{'loss':{'a':'mse','b':null},'metrics':{'a':['mae']},'loss_weights':{'a':2.0}}|{'loss':{'a':{'class_name':'MeanSquaredError','config':{'name':'mean_squared_error','reduction':'sum_over_batch_size'}},'b':null},'metrics':{'a':[{'class_name':'MeanAbsoluteError','config':{'name':'mae','dtype':'float32'}}]},'loss_weights':{'a':2.0}}",
        "KERAS_3 |3.15.1|1|{'loss':'my_loss','metrics':['my_metric']}|{'loss':{'custom':'my_loss'},'metrics':[{'custom':'my_metric'}]}",
      })
  void functions(
      KerasDialect dialect, String version, int outputs, String written, String expected) {
    // Multi-backend Keras gave its optimizers no names.
    String name = version.startsWith("2.15") ? "'name': 'SGD'," : "";
    Tree.Obj training =
        json(written)
            .with(
                "optimizer_config",
                json("{'class_name': 'SGD', 'config': {%s 'lr': 0.1}}".formatted(name)));

    Tree.Obj canonical =
        TrainingConfigs.toCanonical(dialect, training, Optional.of(version), outputs);

    json(expected)
        .members()
        .forEach((key, value) -> assertThat(canonical.get(key)).as(key).contains(value));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "KERAS_3_ZIP  |{'optimizer':{'custom':{'class_name':'My>Own','config':{}}}}|m.h5, training configuration: is left out, and with it the optimizer's state: the model must be compiled anew, found the optimizer My>Own, which is not Keras's own",
        "KERAS_3_HDF5 |{'optimizer':null}|m.h5, training configuration: is left out, and with it the optimizer's state: the model must be compiled anew, found no optimizer",
        "KERAS_3_HDF5 |{'optimizer':{'class_name':'Lamb','config':{}}}|m.h5, training configuration: is left out, and with it the optimizer's state: the model must be compiled anew, found the optimizer Lamb, which Keras 3 reads from .keras files only",
        "KERAS_3_ZIP  |{'optimizer':null,'loss':{'custom':'my_loss'}}|m.h5, training configuration: is left out, and with it the optimizer's state: the model must be compiled anew, found the loss my_loss",
        "KERAS_3_ZIP  |{'optimizer':null,'metrics':[{'custom':'my_metric'}]}|m.h5, training configuration: Keras 3 has no such metric; it is left out, found the metric my_metric",
        "KERAS_3_ZIP  |{'optimizer':null,'loss':{'class_name':'CosineProximity','config':{'name':'cosine_similarity','reduction':'sum_over_batch_size'}}}|m.h5, training configuration, cosine_proximity: Keras 3 has cosine_similarity, the sum over the last axis, which makes larger steps, found the mean over the last axis",
        "KERAS_3_ZIP  |{'optimizer':{'class_name':'SGD','config':{'learning_rate':{'class_name':'Mine','config':{}}}}}|m.h5, training configuration: is left out, and with it the optimizer's state: the model must be compiled anew, found a learning rate of a schedule that Keras has not",
        "KERAS_3_ZIP  |{'optimizer':{'class_name':'SGD','config':{'global_clipnorm':1.0,'clipvalue':0.5}}}|m.h5, training configuration, global_clipnorm alone: Keras 3 clips gradients in one way only, found clipvalue 0.5",
        "KERAS_3_ZIP  |{'optimizer':{'class_name':'Nadam','config':{'scheduled':false}}}|m.h5, training configuration, Nadam: Keras 3 schedules its momentum and corrects both averages, which makes other steps, found DL4J's Nadam",
        "TF_KERAS_HDF5|{'optimizer':{'class_name':'SGD','config':{}},'loss':{'class_name':'SparseCategoricalCrossentropy','config':{'axis':1}}}|m.h5, training configuration: is left out, and with it the optimizer's state: the model must be compiled anew, found the loss SparseCategoricalCrossentropy along an axis that is not the last",
        "TF_KERAS_HDF5|{'optimizer':{'class_name':'Lion','config':{'loss_scale_factor':8.0}}}|m.h5, training configuration, Lion: tf.keras 2.15 has no loss_scale_factor, found 8.0",
        "TF_KERAS_HDF5|{'optimizer':{'class_name':'SGD','config':{}},'loss':{'class_name':'Dice','config':{}}}|m.h5, training configuration: is left out, and with it the optimizer's state: the model must be compiled anew, found the loss Dice",
      })
  void whatATargetCannotSay(TrainingTarget target, String canonical, String message) {
    Problems problems = new Problems();

    TrainingConfigs.fromCanonical(json(canonical), target, Place.file("m.h5"), problems);

    assertThat(problems.all()).extracting(Problem::toString).containsExactly(message);
  }

  @Test
  void legacyOptimizersOfTfKerasComputeWhatKeras1Did() {
    Tree.Obj training =
        json("{'optimizer_config': {'class_name': 'RMSprop', 'config': {'lr': 0.1, 'rho': 0.9}}}");
    Tree.Obj canonical =
        TrainingConfigs.toCanonical(KerasDialect.KERAS_1, training, Optional.of("1.2.2"), 1);
    Problems problems = new Problems();

    Tree.Obj spelled =
        TrainingConfigs.fromCanonical(
                canonical, TrainingTarget.TF_KERAS_HDF5, Place.file("m.h5"), problems)
            .orElseThrow();

    assertThat(problems.all()).isEmpty();
    assertThat(OptimizerLine.of(KerasDialect.TF_KERAS, spelled)).isEqualTo(OptimizerLine.TF_LEGACY);
  }

  private static Tree.Obj json(String text) {
    return (Tree.Obj) value(text);
  }

  private static Tree value(String text) {
    return Json.parse(text.replace('\'', '"'), "test");
  }
}
