package io.holdfast.ha.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.error.IdentityDamagedException.Damage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineRecordTest {

    private static final NameRecord NAME = new NameRecord(
            "orders.app-13.0-k3f9",
            "orders",
            Instant.parse("2026-01-01T00:00:00Z"),
            "k3f9",
            new Fingerprint("5f0e5a1b2c3d4e5f", "/var/lib/holdfast/orders/slot-0", "ino:131"));

    @Property
    void any_text_survives(@ForAll @StringLength(max = 500) String value) throws Exception {
        byte[] bytes = LineRecord.encode("name", 1, Map.of("key", value));

        assertThat(LineRecord.decode("name", 1, bytes)).containsExactly(Map.entry("key", value));
    }

    @Property
    void a_file_that_is_cut_short_anywhere_is_torn_or_empty(@ForAll @IntRange(min = 0, max = 400) int length) {
        byte[] whole = NAME.encode();
        byte[] cut = Arrays.copyOf(whole, Math.min(length, whole.length - 1));

        assertThatThrownBy(() -> NameRecord.decode(cut))
                .isInstanceOfSatisfying(
                        DamagedRecord.class, e -> assertThat(e.damage()).isIn(Damage.TORN, Damage.EMPTY));
    }

    @Property
    void one_flipped_bit_anywhere_is_noticed(@ForAll @IntRange(min = 0, max = 10_000) int bit) {
        byte[] bytes = NAME.encode();
        int at = bit % (bytes.length * 8);
        bytes[at / 8] ^= (byte) (1 << at % 8);

        assertThatThrownBy(() -> NameRecord.decode(bytes)).isInstanceOf(DamagedRecord.class);
    }

    @Property
    void garbage_never_does_more_than_be_refused(@ForAll byte[] garbage) {
        assertThatThrownBy(() -> NameRecord.decode(garbage)).isInstanceOf(DamagedRecord.class);
        assertThatThrownBy(() -> Mark.decode(garbage)).isInstanceOf(DamagedRecord.class);
    }

    @Test
    void a_name_file_reads_like_this() throws Exception {
        assertThat(new String(NAME.encode(), StandardCharsets.UTF_8)).startsWith("""
                        holdfast-name 1
                        name=orders.app-13.0-k3f9
                        app=orders
                        created=2026-01-01T00:00:00Z
                        token=k3f9
                        machine=5f0e5a1b2c3d4e5f
                        path=/var/lib/holdfast/orders/slot-0
                        folder=ino:131
                        checksum=""");
        assertThat(NameRecord.decode(NAME.encode())).isEqualTo(NAME);
    }

    @Test
    void a_mark_survives() throws Exception {
        Mark mark = new Mark("boot", "app-13", 920, NAME.created(), NAME.created(), "00ff00ff00ff00ff", 7);

        assertThat(Mark.decode(mark.encode())).isEqualTo(mark);
        assertThat(mark.next().counter()).isEqualTo(8);
    }

    @Test
    void a_later_version_is_told_from_damage() {
        assertThatThrownBy(() -> NameRecord.decode("holdfast-name 2\n{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(DamagedRecord.class, e -> {
                    assertThat(e.damage()).isEqualTo(Damage.FUTURE);
                    assertThat(e.detail()).isEqualTo("it has format version 2, this SDK knows those up to 1");
                });
    }

    @Test
    void a_file_of_somebody_else_is_foreign() {
        byte[] mark = new Mark("boot", "app-13", 920, NAME.created(), NAME.created(), "00ff00ff00ff00ff", 7).encode();

        for (byte[] foreign : new byte[][] {mark, "name=me\n".getBytes(StandardCharsets.UTF_8), new byte[9000]}) {
            assertThatThrownBy(() -> NameRecord.decode(foreign))
                    .isInstanceOfSatisfying(
                            DamagedRecord.class, e -> assertThat(e.damage()).isEqualTo(Damage.FOREIGN));
        }
    }
}
