/**
 * Where a subscription stands, so that it can go on from there: in this process after a reconnect, in the next one by the store.
 *
 * <pre>
 * Router --message--&gt; SubscriptionLedger.received      a duplicate ends here; anything else gets a receipt and goes to the lane
 * lane, application --&gt; SubscriptionLedger.acknowledge  Outstanding: which receipts are open, in their order
 *                              |  Moves: what the contiguous point passes
 *                              v
 *                         BookmarkStore.Progress
 *
 * session begins --&gt; SubscriptionLedger.resumeAt        ResumePoint: the bookmark to send
 * </pre>
 */
@NullMarked
package io.holdfast.ha.internal.resume;

import org.jspecify.annotations.NullMarked;
