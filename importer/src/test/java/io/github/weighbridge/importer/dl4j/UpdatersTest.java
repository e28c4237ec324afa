package io.github.weighbridge.importer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.config.Json;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class UpdatersTest {

  /** The rates of DL4J's schedules at a step, by their formulas, are those of Keras's. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'learningRate':0.1}|0.1",
        "{'learningRate':'NaN','learningRateSchedule':{'@class':'FixedSchedule','value':0.3}}|0.3",
        "{'learningRateSchedule':{'@class':'a.StepSchedule','scheduleType':'ITERATION','initialValue':0.2,'decayRate':0.5,'step':100.0}}|{'class_name':'ExponentialDecay','config':{'initial_learning_rate':0.2,'decay_steps':100.0,'decay_rate':0.5,'staircase':true}}",
        "{'learningRateSchedule':{'@class':'a.ExponentialSchedule','scheduleType':'ITERATION','initialValue':0.2,'gamma':0.9}}|{'class_name':'ExponentialDecay','config':{'initial_learning_rate':0.2,'decay_steps':1.0,'decay_rate':0.9,'staircase':false}}",
        "{'learningRateSchedule':{'@class':'a.InverseSchedule','scheduleType':'ITERATION','initialValue':0.2,'gamma':0.9,'power':1.0}}|{'class_name':'InverseTimeDecay','config':{'initial_learning_rate':0.2,'decay_steps':1.0,'decay_rate':0.9,'staircase':false}}",
        "{'learningRateSchedule':{'@class':'a.MapSchedule','scheduleType':'ITERATION','values':{'0':0.3,'10':0.1,'2':0.2}}}|{'class_name':'PiecewiseConstantDecay','config':{'boundaries':[1,9],'values':[0.3,0.2,0.1]}}",
      })
  void ratesAreThoseOfKeras(String updater, String rate) {
    Tree.Obj optimizer = Updaters.of(updater("Sgd", updater)).orElseThrow().optimizer();

    assertThat(optimizer.object("config").flatMap(own -> own.get("learning_rate")))
        .contains(json(rate));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "NoOp|{}",
        "AdaBelief|{'learningRate':0.1}",
        "Sgd|{'learningRate':'NaN'}",
        "Adam|{'learningRate':0.1,'beta1':'x'}",
        "Nesterovs|{'learningRate':0.1,'momentum':'NaN'}",
        "Nesterovs|{'learningRate':0.1,'momentumISchedule':{'@class':'FixedSchedule','value':0.3}}",
        "Sgd|{'learningRateSchedule':{'@class':'com.acme.Schedule'}}",
      })
  void whatKerasHasNot(String className, String updater) {
    assertThat(Updaters.of(updater(className, updater))).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        // Steps of Keras are counted alone, and PolySchedule rises.
        "{'@class':'org.nd4j.linalg.schedule.StepSchedule','scheduleType':'EPOCH','initialValue':0.2,'decayRate':0.5,'step':100.0}",
        "{'@class':'org.nd4j.linalg.schedule.PolySchedule','scheduleType':'ITERATION','initialValue':0.2,'power':1.0,'maxIter':10}",
        "{'@class':'org.nd4j.linalg.schedule.InverseSchedule','scheduleType':'ITERATION','initialValue':0.2,'gamma':0.9,'power':2.0}",
        "{'@class':'org.nd4j.linalg.schedule.MapSchedule','scheduleType':'ITERATION','values':{'5':0.3}}",
        "{'@class':'org.nd4j.linalg.schedule.MapSchedule','scheduleType':'ITERATION','values':{'0':0.3,'x':0.1}}"
      })
  void schedulesThatKerasHasNotStay(String schedule) {
    Tree.Obj optimizer =
        Updaters.of(updater("Sgd", "{'learningRateSchedule':" + schedule + "}"))
            .orElseThrow()
            .optimizer();

    assertThat(
            optimizer
                .object("config")
                .flatMap(own -> own.object("learning_rate"))
                .flatMap(own -> own.get("config")))
        .contains(json(schedule));
  }

  private static Tree.Obj updater(String className, String members) {
    Tree.Obj updater = Tree.object().with("@class", Tree.of("org.nd4j." + className));
    for (var member : ((Tree.Obj) json(members)).members().entrySet()) {
      updater = updater.with(member.getKey(), member.getValue());
    }
    return updater;
  }

  private static Tree json(String text) {
    return Json.parse(text.replace('\'', '"'), "test");
  }
}
