/**
 * Finds out that another program uses this client's name, decides who keeps it, and says so. Pure: no clock, no I/O, no logger,
 * no chance of its own.
 *
 * <pre>
 * CollisionEvent -&gt; CollisionMachine.on(CollisionModel, event, Moment) -&gt; Step: CollisionModel, CollisionEffects, when to wake
 *   Sessions     the link: how much an ended session counts          Penalties, Series, Link
 *   Controls     the connections under other names                   Control
 *   Sightings    what the broker tells about logons under the name   StatusEventReader -&gt; StatusEvent, Sight
 *   Judging      whether the end of a session was an eviction        Judgement
 *   QuietTest    what is ended by our own doing                      Quiet
 *   Verdicts     suspicion, proof, who goes                          WinnerRule, Finding, Remedy -&gt; CollisionDiagnosis
 *   Standbys     giving up, waiting, taking over                     Waiting
 * </pre>
 *
 * <p>Each of these works on a {@code Turn}: the model while one event is worked on. The driver feeds the events and obeys the
 * effects, beside the machine of the connection.
 */
@NullMarked
package io.holdfast.ha.internal.collision;

import org.jspecify.annotations.NullMarked;
