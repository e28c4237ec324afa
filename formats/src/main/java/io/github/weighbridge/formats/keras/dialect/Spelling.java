package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.Map;
import java.util.Optional;

/** How a generation of Keras spells what canonical models hold. */
interface Spelling {

  /** For messages: {@code Keras 3}. */
  String label();

  /** The classes that the generation has. */
  ClassKeys classes();

  /** The policy of a layer. */
  Tree dtype(String policy);

  /** A function behind a layer's own computation; nothing where the generation has none such. */
  Optional<Tree> activation(Tree canonical);

  /** An object in a configuration: an initializer, a regularizer, a constraint. */
  Tree.Obj object(ClassKeys.Entry entry, Tree.Obj config);

  /** A canonical layer under the class name and the keys of the generation. */
  Tree.Obj renamed(Tree.Obj layer);

  /** What the generation does not take of a layer that it has, key by key. */
  Map<String, String> refused(Tree.Obj renamed);

  /** A layer without its calls. */
  Tree.Obj layer(ClassKeys.Entry entry, String name, Tree.Obj config);

  /** A model without its calls. */
  Tree.Obj network(String className, String name, Tree.Obj config);

  /** A function of {@code keras.ops} as a layer, with its calls; nothing where there is none. */
  Optional<Tree.Obj> operation(Tree.Obj layer);

  /**
   * The calls of a functional model and its ends, in place of canonical ones.
   *
   * @param canonical the model's configuration
   * @param spelled the same with its layers spelled and their calls as they were
   */
  Tree.Obj connected(Tree.Obj canonical, Tree.Obj spelled, Findings findings);
}
