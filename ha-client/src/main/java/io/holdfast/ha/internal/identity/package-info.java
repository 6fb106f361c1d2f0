/**
 * How a name is found, kept and guarded. What is written where is drawn in {@code docs/internals/identity.md}.
 *
 * <pre>
 * NameAcquisition
 *   NameSources    which name is wanted, and who said so                      pure
 *   JvmRegistry    nobody else in this JVM has it                             the one static state
 *   FolderGuard    nobody else anywhere has its folder: lock, then mark       FileLocks, MarkFile, MarkWatch
 *   NameRecovery   the name in it, or a new one                               NameFile, Fingerprint, NameMaker
 *   NameLease      held: MarkThread advances the mark until close, or tells that it was replaced
 * </pre>
 *
 * <p>Both files are {@code LineRecord}s. Nothing here knows a connection.
 */
@NullMarked
package io.holdfast.ha.internal.identity;

import org.jspecify.annotations.NullMarked;
