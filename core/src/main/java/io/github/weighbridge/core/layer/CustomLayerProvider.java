package io.github.weighbridge.core.layer;

import java.util.Map;

/**
 * Names custom layers. Given to the options of reading by hand, or found by {@link
 * java.util.ServiceLoader} where it is listed under {@code
 * META-INF/services/io.github.weighbridge.core.layer.CustomLayerProvider}; then it is public and
 * has a constructor without parameters.
 */
public interface CustomLayerProvider {

  /**
   * The records by the names that files have for them: the registered name ({@code
   * "MyPackage>Scale"}), or the plain class name of a class that was never registered.
   */
  Map<String, Class<? extends CustomLayer>> layers();
}
