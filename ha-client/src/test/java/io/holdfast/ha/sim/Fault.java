package io.holdfast.ha.sim;

/** What can go wrong in a run. Each lasts for a while at most: when faults stop, all of it is over. */
enum Fault {
    /** A link breaks; what is on its way is lost. */
    RESET,
    /** A link breaks after some bytes more of the client. */
    CUT_UP,
    /** A link breaks after some bytes more of the broker. */
    CUT_DOWN,
    /** A link goes silent, one way or both. */
    HALF_OPEN,
    /** A server refuses connections. */
    REFUSE,
    /** A server does not answer. */
    SILENT,
    /** A server closes before the logon is answered. */
    SLAM,
    /** A server accepts and hears nothing. */
    DEAF,
    /** A broker answers logons late. */
    SLOW_LOGON,
    /** A broker refuses logons, with a reason we know or one that we do not. */
    REFUSE_LOGON,
    /** A broker refuses subscriptions. */
    REFUSE_SUBSCRIPTION,
    /** Another program logs on under the name, for a moment. */
    EVICT,
    /** An administrator disconnects a client. */
    KICK,
    /** A broker dies and comes back. */
    CRASH,
    /** Peers take their time to close, and transports wait for that: as long as they were told to, or longer. */
    SLOW_CLOSE,
    /** Everything takes longer on the way. */
    SLOW_NETWORK,
    /** Somebody sets the wall clock. */
    CLOCK_STEP,
    /** A program stops as a whole for a while. */
    PAUSE,
    /** A client's decisions stop for a while. */
    STALL_DECISIONS,
    /** A client's handlers stop for a while. */
    STALL_DELIVERY,
    /** A program's disk takes nothing for a while. */
    FULL_DISK,
    /** A program is killed, at any moment or within one of its next writes to its disk, and started again. */
    KILL
}
