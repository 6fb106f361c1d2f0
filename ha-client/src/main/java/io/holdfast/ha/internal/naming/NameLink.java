package io.holdfast.ha.internal.naming;

import io.holdfast.client.error.MessagingException;
import java.time.Duration;

/** What the watch over the name may do with the connection under it. Called in the driver's mailbox. */
public interface NameLink {

    /** Attempts wait, or go on. */
    void hold(boolean held);

    /** Sessions of later attempts are quiet, or not any more. */
    void quietLogons(boolean quiet);

    /** The present quiet session resumes. */
    void endQuiet();

    /** No logon until {@link #logOn}. */
    void standBy(MessagingException why);

    /** The name may be taken. */
    void logOn();

    /** The client fails for good. */
    void fail(MessagingException why);

    /** The client goes on under this name. */
    void renamed(String clientName);

    /** The operator's call is refused. */
    void takeOverRefused(Duration tryAgainIn);

    /** A mistake of our own. */
    void failed(String what, Throwable error);
}
