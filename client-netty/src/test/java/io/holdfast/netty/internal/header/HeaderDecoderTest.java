package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckCounts;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandId;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeaderDecoderTest {

    private static final String BATCH = "{\"c\":\"sow\",\"query_id\":\"q\",\"t\":\"T\"}"
            + "{\"k\":\"1\",\"l\":3}one{\"l\":3,\"k\":\"2\",\"ts\":\"now\"} 2 {\"k\":\"3\",\"l\":0}";

    private final List<Message> received = new ArrayList<>();
    private final List<Ack> acks = new ArrayList<>();
    private final List<InboundFrame> flyweights = new ArrayList<>();
    private Runnable onMessage = () -> {};
    private final CodecChannel channel = new CodecChannel(frame -> {
        flyweights.add(frame);
        received.add(frame.copy());
        if (frame.type() == CommandType.ACK) {
            acks.add(frame.toAck());
        }
        onMessage.run();
    });

    @AfterEach
    void no_buffer_is_left() {
        channel.close();
    }

    @Test
    void a_publish_can_be_kept_with_everything_it_carries() {
        receive(
                "{\"c\":\"p\",\"t\":\"orders\",\"sids\":\"1,2\",\"bm\":\"9|1|\",\"k\":\"77\",\"x\":\"dG8=\",\"ts\":\"now\"}body");

        Message message = received.get(0);
        assertThat(message.type()).isEqualTo(CommandType.PUBLISH);
        assertThat(message.topic()).isEqualTo(Topic.of("orders"));
        assertThat(message.subscriptionIds()).isEqualTo("1,2");
        assertThat(message.bookmark()).hasValue(Bookmark.of("9|1|"));
        assertThat(message.sowKey()).hasValue("77");
        assertThat(message.correlationId()).hasValue(CorrelationId.of("dG8="));
        assertThat(message.timestamp()).hasValue("now");
        assertThat(message.reason()).isEmpty();
        assertThat(message.payload().utf8()).isEqualTo("body");
    }

    @Test
    void the_numbers_of_a_bookmark_are_read_as_its_text_has_them() {
        String[] bookmarks = {
            "9|1|",
            "18446744073709551615|9223372036854775807|",
            "1844674407370955161|922337203685477580|",
            "18446744073709551616|1|",
            "18446744073709551620|1|",
            "99999999999999999999|1|",
            "184467440737095516150|1|",
            "1|9223372036854775808|",
            "0|1|",
            "1|0|",
            "01|1|",
            "1|1",
            "|",
            "||",
            "1|",
            "x|1|",
            "1|123456789012345678x|",
            "123456789012345678x|1|",
            "1|2|3|",
            "1|2|,3|4|",
            "0"
        };
        List<Long> numbers = new ArrayList<>();
        onMessage = () -> {
            numbers.add(flyweights.get(flyweights.size() - 1).bookmarkPublisher());
            numbers.add(flyweights.get(flyweights.size() - 1).bookmarkSequence());
        };
        for (String bookmark : bookmarks) {
            receive("{\"c\":\"p\",\"t\":\"orders\",\"bm\":\"" + bookmark + "\"}body");

            assertThat(numbers)
                    .as(bookmark)
                    .containsExactly(
                            Bookmark.of(bookmark).publisher(),
                            Bookmark.of(bookmark).sequence());
            numbers.clear();
        }
        receive("{\"c\":\"p\",\"t\":\"orders\"}body");
        assertThat(numbers).containsExactly(0L, 0L);
    }

    @Test
    void one_object_carries_all_messages_and_equal_topics_are_one() {
        List<Topic> topics = new ArrayList<>();
        onMessage = () -> topics.add(flyweights.get(flyweights.size() - 1).topic());
        receive("{\"c\":\"p\",\"t\":\"orders\"}1");
        receive("{\"c\":\"p\",\"t\":\"orders\"}2");
        assertThat(flyweights.get(0)).isSameAs(flyweights.get(1));
        assertThat(topics.get(0)).isSameAs(topics.get(1));
    }

    @Test
    void nothing_of_one_message_shows_in_the_next() {
        receive("{\"c\":\"p\",\"t\":\"orders\",\"sids\":\"1\",\"k\":\"77\",\"s\":5}body");
        receive("{\"c\":\"group_begin\"}");
        Message second = received.get(1);
        assertThat(second.topic()).isEqualTo(Topic.NONE);
        assertThat(second.subscriptionIds()).isEmpty();
        assertThat(second.sowKey()).isEmpty();
        assertThat(second.payload().length()).isZero();
        assertThat(flyweights.get(1).sequence()).isEqualTo(-1);
    }

    @Test
    void without_sids_the_one_subscription_or_the_query_is_named() {
        receive("{\"c\":\"p\",\"t\":\"a\",\"sub_id\":\"7\",\"query_id\":\"8\"}");
        receive("{\"c\":\"group_end\",\"query_id\":\"8\"}");
        assertThat(received).extracting(Message::subscriptionIds).containsExactly("7", "8");
    }

    @Test
    void a_token_that_the_alphabet_does_not_allow_ends_no_connection() {
        receive("{\"c\":\"p\",\"t\":\"a\",\"x\":\"not base64!\"}");
        assertThat(received.get(0).correlationId()).isEmpty();
        assertThat(channel.errors()).isEmpty();
    }

    @Test
    void each_record_of_a_batch_is_a_message_of_its_own() {
        receive(BATCH);

        assertThat(received).extracting(Message::type).containsOnly(CommandType.SOW);
        assertThat(received).extracting(Message::topic).containsOnly(Topic.of("T"));
        assertThat(received).extracting(Message::subscriptionIds).containsOnly("q");
        assertThat(received)
                .extracting(message -> message.sowKey().orElseThrow())
                .containsExactly("1", "2", "3");
        assertThat(received).extracting(message -> message.payload().utf8()).containsExactly("one", " 2 ", "");
        assertThat(received.get(1).timestamp()).hasValue("now");
    }

    @Test
    void a_pause_between_two_records_of_a_batch_holds() {
        onMessage = channel.frames::pause;
        receive(BATCH);
        receive("{\"c\":\"group_end\",\"query_id\":\"q\"}");
        assertThat(received).hasSize(1);
        channel.frames.resume();
        assertThat(received).hasSize(2);
        channel.frames.resume();
        channel.frames.resume();
        assertThat(received)
                .extracting(Message::type)
                .containsExactly(CommandType.SOW, CommandType.SOW, CommandType.SOW, CommandType.GROUP_END);
        assertThat(channel.autoRead()).isFalse();
    }

    @Test
    void a_bad_record_ends_the_batch_with_its_place_in_the_frame() {
        String good = "{\"c\":\"sow\",\"t\":\"T\"}{\"k\":\"1\",\"l\":1}x";
        receive(good + "{\"k\":\"2\",\"l\":true}y");
        assertThat(received).hasSize(1);
        assertThat(channel.errors()).singleElement().isInstanceOfSatisfying(ProtocolException.class, error -> {
            assertThat(error.violation()).isEqualTo(Violation.BAD_FIELD);
            assertThat(error.offset()).isEqualTo(good.length() + 13L);
        });
    }

    @Test
    void an_ack_becomes_a_value() {
        receive("{\"c\":\"ack\",\"cid\":\"17\",\"a\":\"stats\",\"status\":\"failure\",\"reason\":\"r\",\"s\":4,"
                + "\"bm\":\"1|2|\",\"matches\":3,\"topic_matches\":4,\"records_returned\":5,\"records_inserted\":6,"
                + "\"records_updated\":7,\"records_deleted\":8}");
        receive("{\"c\":\"ack\",\"a\":\"persisted\",\"status\":\"success\",\"bm\":\"\"}");

        assertThat(acks)
                .containsExactly(
                        new Ack(
                                AckType.STATS,
                                AckStatus.FAILURE,
                                "r",
                                CommandId.of(17),
                                SequenceNumber.of(4),
                                Bookmark.of("1|2|"),
                                new AckCounts(3, 4, 5, 6, 7, 8)),
                        new Ack(
                                AckType.PERSISTED,
                                AckStatus.SUCCESS,
                                null,
                                null,
                                SequenceNumber.NONE,
                                null,
                                AckCounts.NONE));
    }

    @Test
    void a_command_id_that_we_would_not_write_is_told_from_none() {
        List<Long> ids = new ArrayList<>();
        onMessage = () -> ids.add(flyweights.get(flyweights.size() - 1).commandId());
        String ack = ",\"a\":\"processed\",\"status\":\"success\"}";
        for (String id :
                List.of("0", "12", "999999999999999999", "01", "", "-1", "1a", "1000000000000000000", "auto-1")) {
            receive("{\"c\":\"ack\",\"cid\":\"" + id + "\"" + ack);
        }
        receive("{\"c\":\"ack\"" + ack);
        assertThat(ids).containsExactly(0L, 12L, 999999999999999999L, -2L, -2L, -2L, -2L, -2L, -2L, -1L);
    }

    @Test
    void what_a_retry_asks_for_is_readable_and_its_password_masked() {
        receive("{\"c\":\"ack\",\"cid\":\"0\",\"a\":\"processed\",\"status\":\"retry\",\"user_id\":\"u\",\"pw\":\"p\","
                + "\"version\":\"5\",\"client_name\":\"n\",\"o\":\"x\"}");
        InboundFrame frame = flyweights.get(0);
        assertThat(frame.userId()).isEqualTo("u");
        assertThat(frame.password()).hasToString("****");
        assertThat(frame.version()).isEqualTo("5");
        assertThat(frame.clientName()).isEqualTo("n");
        assertThat(frame.options()).isEqualTo("x");
        assertThat(frame.status()).isEqualTo(AckStatus.RETRY);
    }

    @Test
    void a_header_of_unusual_size_is_read_like_any_other() {
        String ids = "1234567,".repeat(20_000) + "8";
        receive("{\"z\":\"" + "\\u00e9".repeat(50_000) + "\",\"c\":\"p\",\"t\":\"orders\",\"sids\":\"" + ids
                + "\"}body");
        receive("{\"c\":\"p\",\"t\":\"orders\"}next");
        assertThat(channel.errors()).isEmpty();
        assertThat(received.get(0).subscriptionIds()).isEqualTo(ids);
        assertThat(received).extracting(message -> message.payload().utf8()).containsExactly("body", "next");
    }

    @Test
    void the_end_of_a_read_is_passed_on() {
        receive("{\"c\":\"heartbeat\"}");
        assertThat(channel.readsCompleted()).isEqualTo(1);
    }

    private void receive(String content) {
        channel.receive(CodecChannel.framed(content.getBytes(UTF_8)));
    }
}
