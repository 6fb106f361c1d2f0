package io.holdfast.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class BookmarkTest {

    @Property
    void the_bookmark_of_a_message_has_two_numbers_and_is_made_of_them_again(
            @ForAll long publisher, @ForAll @LongRange(min = 1) long sequence) {
        Bookmark bookmark = Bookmark.of(publisher == 0 ? 1 : publisher, sequence);

        assertThat(Bookmark.of(bookmark.publisher(), bookmark.sequence())).isEqualTo(bookmark);
    }

    @Example
    void every_other_form_has_none() {
        for (String other : new String[] {
            "0",
            "0|1|",
            "|1|",
            "1||",
            "1|0|",
            "1|2",
            "1|2|3|",
            "01|2|",
            "1|02|",
            "1|2|,3|4|",
            "[1|2|:3|4|)",
            "20250909T171919",
            "18446744073709551616|1|",
            "1|9223372036854775808|",
            "-1|2|",
            "1|-2|",
            "most-recent"
        }) {
            assertThat(Bookmark.of(other).publisher()).as(other).isZero();
            assertThat(Bookmark.of(other).sequence()).as(other).isZero();
        }
    }

    @Example
    void most_recent_is_never_sent() {
        assertThatThrownBy(() -> Command.builder(CommandType.SUBSCRIBE).bookmark(Bookmark.MOST_RECENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SubscribeRequest");
    }
}
