package io.github.weighbridge.formats.onnx;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an ONNX file holds.
 *
 * @param irVersion the revision of the file's messages
 * @param opset the revision of ONNX's own operators
 * @param otherOpsets the revisions of the operators of other domains that occur, by domain, sorted
 * @param producer the program that made it
 * @param producerVersion its version, or empty
 * @param metadata free text by key, sorted
 * @param graph the computation
 */
public record OnnxModel(
    int irVersion,
    int opset,
    Map<String, Integer> otherOpsets,
    String producer,
    String producerVersion,
    Map<String, String> metadata,
    OnnxGraph graph) {

  /** Copies and sorts the maps. */
  public OnnxModel {
    otherOpsets = Collections.unmodifiableMap(new TreeMap<>(otherOpsets));
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }
}
