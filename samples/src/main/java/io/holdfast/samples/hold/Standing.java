package io.holdfast.samples.hold;

import io.holdfast.client.Client;
import io.holdfast.client.ClientState;
import io.holdfast.client.publish.PublishStoreStatus;

/**
 * What a line says of the client itself, at one instant.
 *
 * @param name its client name
 * @param state where it stands
 * @param store what is published and not confirmed
 */
record Standing(String name, ClientState state, PublishStoreStatus store) {

    /** The client now. */
    static Standing of(Client client) {
        return new Standing(client.name(), client.state(), client.publishing());
    }
}
