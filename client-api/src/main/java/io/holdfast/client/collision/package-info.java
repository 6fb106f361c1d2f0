/**
 * What is told when two programs use one client name: plain values, filled by the client that noticed.
 *
 * <pre>
 * {@link io.holdfast.client.collision.CollisionDiagnosis}
 *   {@link io.holdfast.client.collision.Classification}     what it was
 *   {@link io.holdfast.client.collision.EvictionLoop}       how often, how fast, where; what proved it ({@link io.holdfast.client.collision.Proof})
 *   {@link io.holdfast.client.collision.Parties}            who we are, who the rival says it is ({@link io.holdfast.client.collision.PartyIdentity}), who keeps the name
 *   {@link io.holdfast.client.collision.Decision}           what this client does now
 *   {@link io.holdfast.client.collision.CollisionEvidence}  what happened when
 * </pre>
 *
 * <p>Whatever a rival says about itself is untrusted: it may only make us yield, and it is escaped wherever it is shown.
 */
@NullMarked
package io.holdfast.client.collision;

import org.jspecify.annotations.NullMarked;
