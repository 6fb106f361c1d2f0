package io.holdfast.netty.internal.header;

import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Topic;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of the fields that every message needs: command, topic, subscription ids. What was made of a text is kept, in
 * bounds, for when it comes again. Confined to the event loop.
 */
final class HeaderValues {

    private static final WordTable<CommandType> COMMANDS = commands();

    private final InternCache<Topic> topics = new InternCache<>(Topic::of);
    private final InternCache<String> ids = new InternCache<>(text -> text);

    /** Completes a frame of which the fields have been read. */
    void resolve(InboundFrame frame) {
        HeaderFields fields = frame.fields();
        checkBookmark(fields, 0);
        frame.head(command(fields), topic(fields), subscriptionIds(fields));
    }

    /** A bookmark is made only when somebody asks, and must be found good then. */
    void checkBookmark(HeaderFields fields, int base) {
        if (fields.hasText(HeaderField.BOOKMARK)) {
            int length = fields.end(HeaderField.BOOKMARK) - fields.start(HeaderField.BOOKMARK);
            if (length > Bookmark.MAX_LENGTH || !fields.isPrintableAscii(HeaderField.BOOKMARK)) {
                throw bad(
                        fields,
                        HeaderField.BOOKMARK,
                        base,
                        "more than " + Bookmark.MAX_LENGTH + " characters, or other than printable ASCII",
                        null);
            }
        }
    }

    private static CommandType command(HeaderFields fields) {
        if (!fields.has(HeaderField.CMD)) {
            throw new ProtocolException(Violation.MISSING_FIELD, -1, "a header without a command");
        }
        CommandType type = fields.word(HeaderField.CMD, COMMANDS);
        if (type == null) {
            throw new ProtocolException(
                    Violation.UNEXPECTED_COMMAND,
                    fields.start(HeaderField.CMD),
                    "the unknown command '" + Untrusted.escape(fields.text(HeaderField.CMD)) + "'");
        }
        return type;
    }

    private Topic topic(HeaderFields fields) {
        if (!fields.hasText(HeaderField.TOPIC)) {
            return Topic.NONE;
        }
        try {
            return fields.interned(HeaderField.TOPIC, topics);
        } catch (IllegalArgumentException badTopic) {
            throw bad(fields, HeaderField.TOPIC, 0, "" + badTopic.getMessage(), badTopic);
        }
    }

    private String subscriptionIds(HeaderFields fields) {
        HeaderField field = fields.has(HeaderField.SIDS)
                ? HeaderField.SIDS
                : fields.has(HeaderField.SUB_ID) ? HeaderField.SUB_ID : HeaderField.QUERY_ID;
        return fields.has(field) ? fields.interned(field, ids) : "";
    }

    private static ProtocolException bad(
            HeaderFields fields, HeaderField field, int base, String what, @Nullable Throwable cause) {
        return new ProtocolException(
                Violation.BAD_FIELD, (long) base + fields.start(field), "'" + field.longKey() + "': " + what, cause);
    }

    private static WordTable<CommandType> commands() {
        Map<String, CommandType> words = new HashMap<>();
        for (CommandType type : CommandType.values()) {
            words.put(type.word(), type);
        }
        words.put("p", CommandType.PUBLISH);
        return WordTable.of(words);
    }
}
