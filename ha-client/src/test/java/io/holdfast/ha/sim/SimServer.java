package io.holdfast.ha.sim;

/** A listening socket: the broker behind it, and what happens to those who knock. */
final class SimServer {

    private final SimBroker broker;
    private Knock knock = Knock.OPENS;

    /** What becomes of an attempt to connect. */
    enum Knock {
        /** It is let in, if the broker runs. */
        OPENS,
        /** It is refused at once. */
        REFUSES,
        /** Nobody answers, ever. */
        SILENT,
        /** It is let in and closed before the logon is answered. */
        SLAMS,
        /** It is let in, and nothing it says arrives. */
        DEAF
    }

    SimServer(SimBroker broker) {
        this.broker = broker;
    }

    SimBroker broker() {
        return broker;
    }

    Knock knock() {
        return knock;
    }

    void knocks(Knock value) {
        broker.world().trace(broker + " from now on: " + value);
        knock = value;
    }
}
