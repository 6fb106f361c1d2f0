package io.holdfast.it.rules;

import java.util.List;
import java.util.Set;

/**
 * One line that the code can log.
 *
 * @param code HF and four digits
 * @param level such as WARN
 * @param name the words between the code and the fields
 * @param fields the keys that stand in the line's own text, in order
 * @param inserted keys that other code writes into the line as a piece of text; the line may hold any of them. Empty if the line's
 *     own text is all there is
 * @param where the file
 */
record LogEvent(String code, String level, String name, List<String> fields, Set<String> inserted, String where) {}
