package io.holdfast.ha.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class FolderNameTest {

    @Property
    void any_text_becomes_a_short_name_that_every_file_system_takes(@ForAll @StringLength(max = 256) String text) {
        assertThat(FolderName.of(text))
                .matches("[a-z0-9_.+-]{1,64}")
                .doesNotStartWith(".")
                .doesNotEndWith(".");
    }

    @Property
    void two_names_never_share_a_folder_even_where_case_is_ignored(@ForAll String one, @ForAll String two) {
        boolean sameFolder = FolderName.of(one)
                .toLowerCase(Locale.ROOT)
                .equals(FolderName.of(two).toLowerCase(Locale.ROOT));

        assertThat(sameFolder).isEqualTo(one.equals(two));
    }

    @Property
    void changing_the_case_or_one_character_changes_the_folder(@ForAll @StringLength(min = 1, max = 100) String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        String other = text.substring(1) + (char) (text.charAt(0) ^ 1);

        assertThat(FolderName.of(upper).equals(FolderName.of(text))).isEqualTo(upper.equals(text));
        assertThat(FolderName.of(other).equals(FolderName.of(text))).isEqualTo(other.equals(text));
    }

    @Test
    void plain_names_stay_readable_and_others_keep_a_readable_rest() {
        assertThat(FolderName.of("orders.app-13")).isEqualTo("orders.app-13");
        assertThat(FolderName.of("Orders/EU")).startsWith("orders_eu+");
        assertThat(FolderName.of("../../etc")).startsWith("______etc+");
        assertThat(FolderName.of("con")).startsWith("con+");
        assertThat(FolderName.of("nul.txt")).startsWith("nul_txt+");
    }

    @Test
    void a_name_that_looks_like_the_folder_of_another_gets_one_of_its_own() {
        String taken = FolderName.of("Orders");

        assertThat(FolderName.of(taken)).isNotEqualTo(taken);
    }

    @Test
    void names_that_no_encoding_tells_apart_are_told_apart() {
        assertThat(FolderName.of("\ud800")).isNotEqualTo(FolderName.of("\ud801"));
    }
}
