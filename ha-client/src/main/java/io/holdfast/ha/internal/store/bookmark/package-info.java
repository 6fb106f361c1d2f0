/**
 * How far each subscription has been acknowledged, kept beyond the subscription itself.
 *
 * <pre>
 * resume.SubscriptionLedger --Moves--&gt; BookmarkStore.Progress --&gt; MemoryBookmarkStore   for the life of the client
 *                                                             \-&gt; FileBookmarkStore     beyond it: BookmarkLog, one file
 * both keep one AcknowledgedPoint for each subscription id:
 *   PublisherPositions   everything up to here is acknowledged, in the order of receipt
 *   beyond               single messages acknowledged after it
 * </pre>
 *
 * <p>The form of the file is drawn in {@code docs/internals/bookmarks.md}.
 */
@NullMarked
package io.holdfast.ha.internal.store.bookmark;

import org.jspecify.annotations.NullMarked;
