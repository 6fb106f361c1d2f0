package io.holdfast.it.broker;

/** A broker that can be started again on its port after {@link #kill()} or {@link #stop()}; only what is on disk is still there. */
public interface RestartableBroker extends BrokerUnderTest {

    /** The clients' port on 127.0.0.1, the same after each start. */
    int port();

    /** Ends it as an operator does; returns when it is gone. */
    void stop();

    /** Starts it again; returns when it is ready. */
    void startAgain();
}
