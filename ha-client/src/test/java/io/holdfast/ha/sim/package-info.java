/**
 * A deterministic simulation of clients, brokers and the network between them, on one thread and in virtual time.
 *
 * <pre>
 * client -- Connector --&gt; SimNetwork: SimAttempt, SimConnection == SimLink == BrokerSession -- SimBroker: names, log, replay
 *                                                                    ^
 *                                           faults: cut at a byte, silence, refusals, crashes, pauses
 * </pre>
 *
 * <p>{@link io.holdfast.ha.sim.SimWorld} is the only source of time, order and chance: a seed decides everything, and
 * replays.
 */
@NullMarked
package io.holdfast.ha.sim;

import org.jspecify.annotations.NullMarked;
