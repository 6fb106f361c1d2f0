/** A broker without a network, for tests of what runs on a {@link io.holdfast.client.connect.Connector}. */
package io.holdfast.samples.fake;
