/**
 * The containers that Keras of all generations writes, read and written without any knowledge of
 * layers.
 *
 * <p>Which form a file has, its content says:
 *
 * <pre>
 * zip with config.json                  .keras; metadata.json has the version
 * folder with config.json               the same, unzipped
 * HDF5, attribute model_config          whole model, weights by layer in /model_weights
 * HDF5, attribute layer_names           weights by layer at the root
 * HDF5, group model_weights             the same, one level down
 * HDF5, group layers, vars or
 *       _layer_checkpoint_dependencies  weights by path
 * HDF5, attribute nb_layers             weights by number, from before Keras 1
 * JSON with class_name and config       to_json()
 * JSON with weight_map                  weights by path, in several files beside it
 * zip of .npy alone                     weights as plain arrays
 * other text                            to_yaml()
 * </pre>
 *
 * <p>Weights by layer (Keras 1, 2, and 3's legacy form):
 *
 * <pre>
 * attribute layer_names                 the layers in the model's order
 * attributes keras_version, backend     here, on the root, on both, or nowhere (then Keras 1)
 * layer, attribute weight_names         the weights in the layer's order
 * layer/weight name                     a dataset; names may have slashes, which are groups
 * top_level_model_weights               variables of the model itself
 * /optimizer_weights                    the optimizer's, by attribute weight_names too
 * </pre>
 *
 * <p>Weights by path (Keras 3, and 2 from 2.12 on): every object is a group by attribute name, its
 * own variables are datasets {@code 0}, {@code 1}... in the group {@code vars}, whose attribute
 * {@code name} is the layer's name (from 3.6 on). Containers name what is in them by class: {@code
 * layers/dense}, {@code layers/dense_1}. HDF5 sorts names as text; variables are put in the order
 * of their numbers.
 *
 * <p>Written ({@link KerasFileWriter}) are the {@code .keras} zip, HDF5 of whole models and of
 * weights in both forms, JSON and YAML, as Keras 2.15 and 3.15 write them: the same members,
 * attributes and types, {@code metadata.json} with version and time, {@code
 * assets/<object>/vocabulary.txt} with a term a line. What is given is written: which names weights
 * have and what a generation's configuration says is for the caller to know.
 *
 * <p>Before Keras 1: attribute {@code nb_layers}, groups {@code layer_0}, {@code layer_1}... with
 * attribute {@code nb_params} and datasets {@code param_0}, {@code param_1}...; a layer's
 * architecture had its class under {@code name} and its name under {@code custom_name}.
 *
 * <p>Known and refused by name: pickled weights ({@code model.weights.npz}), Graph from before
 * Keras 1, HDF5 and other files of some other programs.
 */
@NullMarked
package io.github.weighbridge.formats.keras;

import org.jspecify.annotations.NullMarked;
