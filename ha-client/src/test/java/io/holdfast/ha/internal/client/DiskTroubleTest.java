package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions.Sync;
import io.holdfast.testkit.fs.FaultFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Clients whose store is on a disk that fails them. */
class DiskTroubleTest {

    @TempDir
    Path temp;

    private final Logger log = (Logger) LoggerFactory.getLogger("io.holdfast.ha.internal");
    private FaultFileSystem files;

    @BeforeEach
    void expectLines() throws IOException {
        log.setLevel(Level.OFF);
        files = FaultFileSystem.over(Files.createDirectory(temp.resolve("disk")));
    }

    @AfterEach
    void expectNoLines() {
        log.setLevel(null);
    }

    private Story story(Sync sync) {
        return Story.storing(
                PublishStoreOptions.file().sync(sync).folder(files.root().resolve("store")),
                PublishSetup.Policies.DEFAULTS,
                ClientOptions.DEFAULTS);
    }

    private static StoreException refusal(Story story, String text) {
        return catchThrowableOfType(StoreException.class, () -> story.publish(text));
    }

    @Test
    void what_the_disk_did_not_confirm_was_published_all_the_same_and_its_result_says_so() {
        Story story = story(Sync.ALWAYS).connect();
        files.faults().fail("fsync");
        StoreException unconfirmed = refusal(story, "a");

        assertThat(unconfirmed.trouble()).isEqualTo(Trouble.NOT_DURABLE);
        assertThat(unconfirmed.publishId()).hasValue(1);
        assertThat(unconfirmed.isRetryable()).isFalse();
        assertThat(unconfirmed)
                .hasMessageContaining("publish with id 1")
                .hasMessageContaining("do not publish it again");
        assertThat(story.written()).containsExactly("a");
        CompletableFuture<SequenceNumber> result =
                unconfirmed.persisted().orElseThrow().toCompletableFuture();
        story.persist(1);
        assertThat(result).isCompleted();
    }

    /** What fills the disk is the store: only sending it makes room. */
    @Test
    void a_full_disk_does_not_keep_what_is_stored_from_being_sent_which_makes_room_again() throws IOException {
        Story story = Story.storing(
                        PublishStoreOptions.file()
                                .sync(Sync.INTERVAL)
                                .segmentBytes(4096)
                                .folder(files.root().resolve("store")),
                        PublishSetup.Policies.DEFAULTS,
                        ClientOptions.DEFAULTS)
                .connect();
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        List<String> stored = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            stored.add(i + "-".repeat(1_500));
            story.publish(stored.get(i));
        }
        files.faults().room(files.used());
        assertThat(refusal(story, "b").trouble()).isEqualTo(Trouble.UNAVAILABLE);

        for (int i = 0; i < 3; i++) { // sessions, each of which notes that it begins
            story.time.advance(Duration.ofMinutes(1));
            assertThat(story.written()).isEqualTo(stored);
            assertThat(refusal(story, "c").trouble()).isEqualTo(Trouble.UNAVAILABLE);
            story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        }
        story.time.advance(Duration.ofMinutes(1));
        long full = files.used();
        story.persist(stored.size());
        story.time.advance(Duration.ofMinutes(1));
        assertThat(story.client.publishing().stored()).isZero();
        assertThat(files.used()).isLessThan(full / 3);

        files.faults().room(full + 80_000);
        story.publish("d");
        assertThat(story.written()).endsWith("d");
    }

    @Test
    void what_could_not_be_stored_was_not_published() {
        Story story = story(Sync.ALWAYS).connect();
        files.faults().fail("write");
        StoreException refused = refusal(story, "a");

        assertThat(refused.trouble()).isEqualTo(Trouble.UNAVAILABLE);
        assertThat(refused.publishId()).isEmpty();
        assertThat(refused.persisted()).isEmpty();
        assertThat(story.written()).isEmpty();
        assertThat(story.client.publishing().stored()).isZero();
    }
}
