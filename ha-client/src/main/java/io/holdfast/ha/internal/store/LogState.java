package io.holdfast.ha.internal.store;

import java.util.List;

/**
 * What a store must know again after a restart, beside the messages themselves and which of them are settled.
 *
 * @param tag the ten bits in every sequence
 * @param epochs how ids become sequences; empty before the first logon
 * @param foreign the highest sequence of another's that is known, 0 for none
 * @param doubtThrough what is not settled up to this id is in doubt; 0 for nothing
 * @param lastId the highest id given
 * @param writtenThrough no message above this id was written, as long as {@code isWriting} is false
 * @param isWriting whether messages may be being written: found so after a restart, any of them may have been
 * @param servers the addresses that this store was logged on to, the latest last
 */
record LogState(
        int tag,
        List<SequenceSource.Epoch> epochs,
        long foreign,
        long doubtThrough,
        long lastId,
        long writtenThrough,
        boolean isWriting,
        List<String> servers) {

    LogState {
        epochs = List.copyOf(epochs);
        servers = List.copyOf(servers);
    }

    /** That of a store that has never held anything. */
    static LogState fresh(int tag) {
        return new LogState(tag, List.of(), 0, 0, 0, 0, false, List.of());
    }

    /**
     * Whether a process that found the former would know as much: that messages may be being written, under the same numbers. Which
     * are there, and so the last id, it sees.
     */
    boolean saysNoMoreThan(LogState former) {
        return isWriting
                && former.isWriting
                && tag == former.tag
                && foreign == former.foreign
                && doubtThrough == former.doubtThrough
                && epochs.equals(former.epochs)
                && servers.equals(former.servers);
    }

    LogState withLastId(long id) {
        return new LogState(tag, epochs, foreign, doubtThrough, id, writtenThrough, isWriting, servers);
    }
}
