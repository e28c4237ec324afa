/**
 * The spellings of each Keras generation, as rules from tree to tree.
 *
 * <p>The canonical form is Keras 3's configuration with what it leaves open written out:
 *
 * <ul>
 *   <li>a layer is {@code {class_name, name, config, inbound_nodes}}, beside whatever else the file
 *       has; {@code file_class} keeps a class name that was an alias, {@code operation} marks
 *       functions of {@code keras.ops} and TensorFlow and {@code written} keeps their names;
 *   <li>{@code inbound_nodes} is a list of {@code {args, kwargs}}; tensors in it, in {@code
 *       input_layers} and in {@code output_layers} are {@code __keras_tensor__} objects whose
 *       {@code keras_history} counts the calls of every layer from 0;
 *   <li>a Sequential begins with its InputLayer where the file tells the input's shape;
 *   <li>sizes are lists with one element per spatial axis, margins lists of pairs;
 *   <li>an activation is a name or {@code {"name": ..., parameters}}; {@code hard_sigmoid} without
 *       parameters has Keras 3's slope of 1/6, older ones say {@code slope} and {@code offset};
 *   <li>{@code dtype} is the name of the policy;
 *   <li>Bidirectional has {@code forward_layer} and {@code backward_layer};
 *   <li>keys that a version did not have yet stand with the value that it implied.
 * </ul>
 */
@NullMarked
package io.github.weighbridge.formats.keras.dialect;

import org.jspecify.annotations.NullMarked;
