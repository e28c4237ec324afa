package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A configuration object in DL4J's order: its class, then its properties by name. */
final class Dl4jObject {

  /** The property that names an object's class. */
  static final String CLASS = "@class";

  private final String className;
  private final Map<String, Object> properties = new TreeMap<>();

  private Dl4jObject(String className) {
    this.className = className;
  }

  /** An object of a class, given by its full name. */
  static Dl4jObject of(String className) {
    return new Dl4jObject(className);
  }

  /** Sets a property to plain data, a tree or null. */
  Dl4jObject with(String property, @Nullable Object value) {
    properties.put(property, value == null ? Tree.none() : value);
    return this;
  }

  /** The object as it stands now. */
  Tree.Obj tree() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(CLASS, className);
    members.putAll(properties);
    return (Tree.Obj) Tree.of(members);
  }
}
