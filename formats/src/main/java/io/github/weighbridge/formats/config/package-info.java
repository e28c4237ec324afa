/**
 * Configurations as text: JSON as Python writes it, and YAML as data only; both become a {@link
 * io.github.weighbridge.core.config.Tree}.
 *
 * <p>JSON is RFC 8259 with what Python's {@code json} adds: {@code NaN}, {@code Infinity}, {@code
 * -Infinity}. A number without point and exponent is a whole number of any size, every other one a
 * double. Keys that stand twice are refused, since readers disagree on which counts. Written texts
 * have Python's separators, non-ASCII characters as escapes, and doubles as {@code repr} has them:
 * the shortest digits that read back the same, a point or an exponent always, plain from 1e-4 to
 * 1e16.
 *
 * <p>YAML is 1.1 as PyYAML resolves it ({@code yes} is true, {@code 010} is 8), except that {@code
 * 1e-05} is a number, which PyYAML itself takes for text. Only the parser's events are used; a tag
 * is one of these or refused:
 *
 * <pre>
 * !!null !!bool !!int !!float !!str !!seq !!map
 * !!python/none bool int long float str unicode     the same types under Python's names
 * !!python/tuple list dict                          a sequence, a sequence, a mapping
 * </pre>
 */
@NullMarked
package io.github.weighbridge.formats.config;

import org.jspecify.annotations.NullMarked;
