package io.github.weighbridge.core.training;

/**
 * How training goes through sequences in pieces (truncated backpropagation through time): weights
 * change after every piece, and gradients go back within it; the state goes on into the next one.
 * DL4J has it, Keras trains on whole sequences. Predictions do not depend on it.
 *
 * @param forwardLength steps of a piece
 * @param backwardLength how many steps gradients go back from its end
 */
public record TruncatedBackpropagation(int forwardLength, int backwardLength) {

  /** Both are positive. */
  public TruncatedBackpropagation {
    if (forwardLength < 1 || backwardLength < 1) {
      throw new IllegalArgumentException("must have pieces of at least one step");
    }
  }
}
