package io.holdfast.client.message;

/** The outcome that an {@link Ack} reports. */
public enum AckStatus {
    /** Accepted or done. */
    SUCCESS("success"),
    /** Refused; {@link Ack#reason()} says why, in the broker's words. */
    FAILURE("failure"),
    /** Only for a logon: try again with the material that the ack carries. */
    RETRY("retry");

    private final String word;

    AckStatus(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
