package io.github.weighbridge.core.lowering;

/**
 * Windows that cover an axis evenly; they differ in size by at most one. A smaller one repeats its
 * last element, so that all become equally wide.
 *
 * @param in how many elements the axis has
 * @param count how many windows there are
 */
record AdaptiveWindows(int in, int count) {

  /** How many elements the widest window has. */
  int width() {
    int width = 0;
    for (int i = 0; i < count; i++) {
      width = Math.max(width, end(i) - begin(i));
    }
    return width;
  }

  /** The elements of every window, {@code [count, width]}. */
  int[] indices() {
    int width = width();
    int[] indices = new int[count * width];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < width; k++) {
        indices[i * width + k] = Math.min(begin(i) + k, end(i) - 1);
      }
    }
    return indices;
  }

  /** What each counts in the mean of its window; a repeated element shares what it counts. */
  float[] shares() {
    int width = width();
    float[] shares = new float[count * width];
    for (int i = 0; i < count; i++) {
      int size = end(i) - begin(i);
      int copies = width - size + 1;
      for (int k = 0; k < width; k++) {
        shares[i * width + k] = 1f / (k < size - 1 ? size : size * copies);
      }
    }
    return shares;
  }

  private int begin(int window) {
    return Math.toIntExact((long) window * in / count);
  }

  private int end(int window) {
    return Math.toIntExact(((window + 1L) * in + count - 1) / count);
  }
}
