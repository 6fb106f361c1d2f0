/**
 * What an application uses: a {@link io.holdfast.client.Client}, its options, its state, and what it tells.
 *
 * <pre>
 * application --&gt; {@link io.holdfast.client.Client} --&gt; {@link io.holdfast.client.connect.Connector} --&gt; broker
 * application &lt;-- {@link io.holdfast.client.subscribe.MessageHandler}      messages, on a lane
 * application &lt;-- {@link io.holdfast.client.ClientListener}                states, and failures nobody waits for
 * </pre>
 *
 * <p>This module holds interfaces and values only. {@code holdfast-ha-client} implements the client,
 * {@code holdfast-client-netty} the connector.
 */
@NullMarked
package io.holdfast.client;

import org.jspecify.annotations.NullMarked;
