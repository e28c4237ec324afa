package io.github.weighbridge.formats.config;

/** Keys as parts of JSON pointers (RFC 6901). */
final class Pointer {

  private Pointer() {}

  static String escape(String key) {
    return key.indexOf('~') < 0 && key.indexOf('/') < 0
        ? key
        : key.replace("~", "~0").replace("/", "~1");
  }
}
