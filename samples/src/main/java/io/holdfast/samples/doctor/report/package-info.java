/**
 * From findings to what is printed: text for people, or one JSON document ({@code docs/name-in-use.md} describes its shape). Text of others is
 * escaped here, and nowhere before.
 */
@NullMarked
package io.holdfast.samples.doctor.report;

import org.jspecify.annotations.NullMarked;
