package io.holdfast.ha.sim;

import io.holdfast.client.publish.PublishResult;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One call of publish, and all that the application was told about it. */
final class SentMessage {

    private final String publisher;
    private final int number;
    private final int life;
    private final String topic;
    private @Nullable Throwable thrown;
    private @Nullable PublishResult result;
    private @Nullable Throwable failure;
    private boolean persisted;
    private boolean inDoubt;
    private boolean cutShort;
    private long id;
    private int told;
    private boolean toldTwice;
    private final Set<Integer> toldIn = new TreeSet<>();

    SentMessage(String publisher, int number, int life, String topic) {
        this.publisher = publisher;
        this.number = number;
        this.life = life;
        this.topic = topic;
    }

    /** Unique among all messages of a run. */
    String text() {
        return publisher + "/" + number;
    }

    int number() {
        return number;
    }

    /** In which life of its program it was published. */
    int life() {
        return life;
    }

    String topic() {
        return topic;
    }

    boolean isForbidden() {
        return topic.startsWith(BrokerSession.FORBIDDEN);
    }

    void threw(Throwable error) {
        thrown = error;
    }

    void returned(PublishResult value) {
        result = value;
        id = value.id();
    }

    /** The program died in the call: the message may have been kept, under this id if nothing else got it, or not. */
    void cutShort(long possibleId) {
        cutShort = true;
        id = possibleId;
    }

    /** Whether nobody knows what became of the call. */
    boolean isCutShort() {
        return cutShort;
    }

    /** Its number in the store; 0 if publish threw. */
    long id() {
        return id;
    }

    void persisted(int inLife) {
        persisted = true;
        told(inLife);
    }

    void failed(Throwable error, int inLife) {
        failure = error;
        told(inLife);
    }

    private void told(int inLife) {
        told++;
        toldTwice |= !toldIn.add(inLife);
    }

    void inDoubt() {
        inDoubt = true;
    }

    /** Whether publish returned for it. */
    boolean isReturned() {
        return result != null;
    }

    @Nullable
    PublishResult result() {
        return result;
    }

    boolean isPersisted() {
        return persisted;
    }

    boolean isInDoubt() {
        return inDoubt;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Whether one life of the program was told its fate twice. */
    boolean isToldTwice() {
        return toldTwice;
    }

    /** How often its fate was told. */
    int told() {
        return told;
    }

    @Override
    public String toString() {
        return text() + (isForbidden() ? " (forbidden)" : "") + " of life " + life
                + (cutShort ? ", died in publish" : "")
                + (thrown != null ? ", publish threw " + thrown : "")
                + (result != null ? ", sequence " + result.sequence() : "")
                + (persisted ? ", persisted" : "")
                + (inDoubt ? ", in doubt" : "")
                + (failure != null ? ", failed with " + failure : "");
    }
}
