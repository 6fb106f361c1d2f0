package io.holdfast.ha.internal.collision;

/**
 * A session ended, and it is not clear yet whether somebody took the name: the broker's word, or the control's fall, may
 * come a moment later.
 *
 * @param kind what is waited for
 * @param control the control that stood when the session ended, 0 for none: another one proves nothing
 * @param deadline until when
 * @param nameInUse whether the broker gave that as the reason, so that only the rival's identity is waited for
 */
record Judgement(Kind kind, long control, long deadline, boolean nameInUse) {

    enum Kind {
        /** The control, before the first logon under suspicion: what happens to that one is to be seen. */
        SIGHT,
        /** The broker's status events. */
        WORD,
        /** The answer to a round trip on the control that told nothing. */
        WORD_AGAIN,
        /** Whether the control falls too. */
        CONTROL,
        /** The answer to a round trip on the control. */
        ROUND_TRIP
    }
}
