package io.holdfast.ha.internal.machine;

import io.holdfast.client.ClientState;
import io.holdfast.client.error.MessagingException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the machine knows; immutable.
 *
 * @param policy what stays the same
 * @param state the client's state
 * @param link the id of the link that is not gone yet; 0 for none
 * @param linkState how far it is
 * @param lastId the highest id given to a link or a timer
 * @param timers those that are set, by what they are for
 * @param attempt attempts since the last stable session, the current one included; never overflows
 * @param delays delays since the last stable session, or since the first attempt, which has none; never overflows
 * @param sameEndpoint whether the next attempt goes where the last one went
 * @param connectNanos the deadline of an attempt
 * @param outageSince when the last connection in use ended, or the first attempt began; means something while the outage lasts
 * @param outage whether there is no connection in use, and one is wanted
 * @param held whether attempts wait for a word about the name; a delay that ends meanwhile leaves BACKOFF without its timer
 * @param quietLogons whether sessions of later attempts are quiet
 * @param quiet whether the present link's session is
 * @param failure the last failure, for who asks why there is no connection; {@code null} from resumed on
 */
public record Model(
        Policy policy,
        ClientState state,
        long link,
        LinkState linkState,
        long lastId,
        Map<Purpose, Long> timers,
        int attempt,
        int delays,
        boolean sameEndpoint,
        long connectNanos,
        long outageSince,
        boolean outage,
        boolean held,
        boolean quietLogons,
        boolean quiet,
        @Nullable MessagingException failure) {

    /** Copies the map. */
    public Model {
        timers = Map.copyOf(timers);
    }

    /** How far a link is. */
    public enum LinkState {
        /** There is none. */
        NONE,
        /** An attempt is under way. */
        OPENING,
        /** Logged on. */
        OPEN,
        /** It was given up or is being closed, and is not gone yet: no other may be opened. */
        CLOSING
    }

    /** What a timer is for. */
    public enum Purpose {
        /** The end of a delay between attempts. */
        BACKOFF,
        /** The deadline of an attempt. */
        ATTEMPT,
        /** The moment from which a session is stable. */
        STABLE,
        /** The longest wait for the end of a link that is being closed, or for the answer to an attempt that was abandoned. */
        CLOSE,
        /** The longest outage. */
        OUTAGE
    }

    /** A client that has done nothing yet. */
    public static Model idle(Policy policy) {
        return new Model(
                policy,
                ClientState.IDLE,
                0,
                LinkState.NONE,
                0,
                Map.of(),
                0,
                0,
                false,
                0,
                0,
                false,
                false,
                false,
                false,
                null);
    }

    /** Whether this link's attempt is unanswered, and wanted. */
    public boolean isOpening(long id) {
        return linkState == LinkState.OPENING && link == id;
    }

    /** Whether this link is logged on, and wanted. */
    public boolean isOpen(long id) {
        return linkState == LinkState.OPEN && link == id;
    }

    /** The number of the delay that would be next: what the back-off is asked about. From 1. */
    public int nextDelay() {
        return delays == Integer.MAX_VALUE ? delays : delays + 1;
    }
}
