package io.holdfast.ha.internal.driver;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.InboundSink;
import java.util.concurrent.CompletionStage;

/**
 * The client's side of one link: what it delivers to, and what is done at its beginning and at its end.
 *
 * <pre>
 * sink -&gt; (logged on) loggedOn -&gt; resume -&gt; ... -&gt; ended
 * </pre>
 */
public interface LinkSession {

    /** Where the link delivers to; asked once, before the attempt. */
    InboundSink sink();

    /** The logon succeeded. On the connection's thread, before it delivers anything. */
    void loggedOn(Connection connection);

    /**
     * Takes up where the last session ended; on the driver's thread. Fails with whatever makes this session useless; the next
     * attempt then goes to another endpoint. No need to fail for the connection's end, which is told anyhow.
     */
    CompletionStage<Void> resume(Connection connection);

    /**
     * The connection has ended. Once for each {@link #loggedOn}, before the next session's resume; on the connection's thread,
     * or on the driver's for one that did not end in time and was cut off.
     */
    void ended(Disconnect disconnect);
}
