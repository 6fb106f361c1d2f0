/**
 * The reference broker: a small broker of the same protocol, for development, tests and samples.
 *
 * <pre>
 * socket --&gt; wire: FrameDecoder, HeaderReader --&gt; core: CommandTable --&gt; session | publish | topic
 *                                                                            |
 * socket &lt;-- transport: Outbound, bounded      &lt;-- acks, deliveries, events --+
 * </pre>
 *
 * <p><strong>One thread.</strong> A single event loop accepts, reads, decides and writes. The registry of names, the
 * sequences, the subscriptions and every session are confined to it, so the total order of messages <em>is</em> the order in which
 * that thread meets them: there is no lock, no hand-over and no queue between reading and deciding that could fill up. A publisher
 * that is faster than the thread is held back by its own socket. A subscriber that is slower fills a bounded buffer of its own and is
 * dropped; writing to it never waits. Nothing that ends a session runs inside a delivery: it is queued behind it, so that
 * the event which reports the end cannot overtake the message that caused it.
 *
 * <p>A few things run elsewhere: the log on disk is written by a thread of its own and read for replays by another; password hashes are computed on a thread of their own, while the connection that waits for it is
 * not read; admin pages are served by two threads that ask the event loop for a snapshot, with a deadline.
 */
@NullMarked
package io.holdfast.broker;

import org.jspecify.annotations.NullMarked;
