package io.holdfast.ha.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.connect.ManualExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final List<String> done = new ArrayList<>();

    @Test
    void what_a_task_posts_runs_after_it_and_not_within_it_even_on_the_posters_own_thread() {
        Mailbox mailbox = new Mailbox(Runnable::run);
        mailbox.post(() -> {
            mailbox.post(() -> done.add("inner"));
            done.add("outer");
        });
        assertThat(done).containsExactly("outer", "inner");
    }

    @Test
    void a_task_that_fails_does_not_keep_the_next_from_running() {
        Mailbox mailbox = new Mailbox(Runnable::run);
        mailbox.post(() -> {
            throw new AssertionError("expected: logged, and the next one runs");
        });
        mailbox.post(() -> done.add("next"));
        assertThat(done).containsExactly("next");
    }

    @Test
    void an_executor_that_has_ended_leaves_the_task_to_its_poster() {
        ManualExecutor executor = new ManualExecutor();
        executor.refuse();
        new Mailbox(executor).post(() -> done.add("late"));
        assertThat(done).containsExactly("late");
    }

    @Test
    void many_posters_and_a_pool_and_still_one_at_a_time_and_each_posters_order() throws InterruptedException {
        Mailbox mailbox = new Mailbox(task -> new Thread(task).start());
        AtomicInteger inside = new AtomicInteger();
        List<Integer> seen = new ArrayList<>(); // not thread-safe: the mailbox has to make it so
        List<Thread> posters = new ArrayList<>();
        int each = 2_000;
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(3 * each);
        for (int p = 0; p < 3; p++) {
            int base = p * each;
            Thread poster = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    int number = base + i;
                    mailbox.post(() -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        seen.add(number);
                        inside.decrementAndGet();
                        all.countDown();
                    });
                }
            });
            poster.start();
            posters.add(poster);
        }
        for (Thread poster : posters) {
            poster.join();
        }
        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
        for (int p = 0; p < 3; p++) {
            int base = p * each;
            assertThat(seen.stream().filter(number -> number / each == base / each))
                    .isSorted();
        }
    }
}
