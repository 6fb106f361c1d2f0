package io.holdfast.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.samples.demo.EvictionLedger.Eviction;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvictionLedgerTest {

    private final EvictionLedger ledger = new EvictionLedger("shared", "last", 100);

    @Test
    void a_disconnect_told_before_the_rival_logs_on_is_put_down_to_the_rival() {
        logon("c1", "A", 10);
        disconnect("c1", "A", "name in use", 20);
        logon("c2", "B", 30);
        assertThat(ledger.first()).containsExactly(new Eviction(30, "A", "B", 1));
    }

    @Test
    void a_disconnect_told_after_the_rival_logged_on_is_put_down_to_the_rival_too() {
        logon("c1", "A", 10);
        logon("c2", "B", 20);
        logon("c3", "A", 30);
        disconnect("c1", "A", "name in use", 40);
        disconnect("c2", "B", "name in use", 50);
        assertThat(ledger.first()).containsExactly(new Eviction(40, "A", "B", 1), new Eviction(50, "B", "A", 1));
        assertThat(ledger.evictions("A")).isEqualTo(1);
        assertThat(ledger.logons("A")).isEqualTo(2);
    }

    @Test
    void a_close_of_its_own_is_no_eviction_and_frees_the_name() {
        logon("c1", "A", 10);
        disconnect("c1", "A", "connection closed", 20);
        logon("c2", "B", 30);
        assertThat(ledger.first()).isEmpty();
    }

    @Test
    void another_name_is_none_of_its_business() {
        ledger.on(new StatusEvent("logon", "other", "c1", "A", "", ""), 10);
        assertThat(ledger.logons("A")).isZero();
    }

    @Test
    void evictions_are_counted_by_span_of_time() {
        logon("c1", "A", 10);
        disconnect("c1", "A", "name in use", 99);
        logon("c2", "B", 99);
        disconnect("c2", "B", "name in use", 250);
        logon("c3", "A", 250);
        assertThat(ledger.buckets()).containsExactly(Map.of("A", 1L), Map.of(), Map.of("B", 1L));
    }

    @Test
    void it_knows_when_the_last_one_has_left() throws InterruptedException {
        assertThat(ledger.awaitEnd(System.nanoTime())).isFalse();
        logon("c1", "A", 10);
        ledger.on(new StatusEvent("logon", "last", "c2", "", "", ""), 20);
        assertThat(ledger.awaitEnd(System.nanoTime())).isFalse();
        disconnect("c1", "A", "connection closed", 30);
        assertThat(ledger.awaitEnd(System.nanoTime())).isTrue();
    }

    private void logon(String connection, String label, long at) {
        ledger.on(new StatusEvent("logon", "shared", connection, label, "", ""), at);
    }

    private void disconnect(String connection, String label, String reason, long at) {
        ledger.on(new StatusEvent("disconnect", "shared", connection, label, reason, ""), at);
    }
}
