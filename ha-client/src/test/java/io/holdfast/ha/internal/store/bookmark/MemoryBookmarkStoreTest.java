package io.holdfast.ha.internal.store.bookmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBookmarkStoreTest extends BookmarkStoreContract {

    @Override
    BookmarkStore fresh() {
        return new MemoryBookmarkStore(id -> {});
    }

    @Override
    BookmarkStore reopened(BookmarkStore store) {
        return store;
    }

    @Test
    void the_id_that_makes_room_is_told() {
        List<String> told = new ArrayList<>();
        MemoryBookmarkStore store = new MemoryBookmarkStore(told::add);
        for (int i = 0; i < BookmarkStore.MOST_SUBSCRIPTIONS + 2; i++) {
            store.open(id("s" + i), null);
        }
        assertThat(told).containsExactly("s0", "s1");
    }
}
