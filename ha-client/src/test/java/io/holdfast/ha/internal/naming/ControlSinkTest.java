package io.holdfast.ha.internal.naming;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ha.internal.collision.CollisionEvent;
import io.holdfast.ha.internal.collision.StatusEventReader;
import io.holdfast.testkit.connect.FakeMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a control passes on, and what it does when more comes than is looked at. */
class ControlSinkTest {

    private final List<CollisionEvent> events = new ArrayList<>();
    private final List<Runnable> posted = new ArrayList<>();
    private int overflows;
    private final ControlSink sink = new ControlSink(
            7,
            "orders",
            new StatusEventReader(),
            new ControlLinks.Told() {
                @Override
                public void event(CollisionEvent event) {
                    events.add(event);
                }

                @Override
                public void post(Runnable task) {
                    posted.add(task);
                }
            },
            () -> overflows++);

    @Test
    void what_is_about_our_name_or_a_control_for_it_is_passed_on_and_nothing_else() {
        logon("orders");
        logon("orders~diag-00000000000000ff");
        logon("prices");
        sink.onMessage(FakeMessage.of("name-watch", "no JSON"));
        posted.forEach(Runnable::run);

        assertThat(events)
                .hasExactlyElementsOfTypes(CollisionEvent.StatusSeen.class, CollisionEvent.CompanionSeen.class);
        assertThat(overflows).isZero();
    }

    @Test
    void nothing_is_passed_over_without_a_word() {
        for (int i = 0; i < ControlSink.MOST_WAITING + 1; i++) {
            logon("orders");
        }
        assertThat(overflows).isEqualTo(1);
        assertThat(posted).hasSize(ControlSink.MOST_WAITING);

        posted.forEach(Runnable::run);
        logon("orders");

        assertThat(overflows).as("there is room again").isEqualTo(1);
    }

    private void logon(String name) {
        sink.onMessage(FakeMessage.of(
                "name-watch", "{\"ClientStatus\":{\"event\":\"logon\",\"client_name\":\"" + name + "\"}}"));
    }
}
