package io.holdfast.client;

import io.holdfast.client.error.IdentityInUseException.Holder;
import io.holdfast.client.error.IdentityLostException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.Subscription;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log lines of the default listener. Codes and fields are listed in {@code docs/log-events.md}. */
final class ListenerLog {

    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    private ListenerLog() {}

    static void handlerError(Client client, Subscription subscription, Throwable error) {
        LOG.error(
                "HF-1010 handler-failed client_name={} subscription={} topic={} delivered={}",
                Untrusted.escape(client.name()),
                subscription.id(),
                Untrusted.escape(subscription.request().topic().name()),
                subscription.delivered(),
                error);
    }

    static void subscriptionFailed(Client client, Subscription subscription, MessagingException error) {
        LOG.error(
                "HF-1011 subscription-failed client_name={} subscription={} topic={} dropped={} detail=\"{}\"",
                Untrusted.escape(client.name()),
                subscription.id(),
                Untrusted.escape(subscription.request().topic().name()),
                subscription.dropped(),
                Untrusted.escape(error.getMessage()));
    }

    static void publishFailed(Client client, List<PublishResult> publishes, MessagingException error) {
        LOG.error(
                "HF-1012 publish-failed client_name={} count={} first_sequence={} last_sequence={} detail=\"{}\"",
                Untrusted.escape(client.name()),
                publishes.size(),
                publishes.get(0).sequence(),
                publishes.get(publishes.size() - 1).sequence(),
                Untrusted.escape(error.getMessage()));
    }

    static void inDoubt(Client client, InDoubt inDoubt) {
        LOG.warn(
                "HF-2307 publishes-in-doubt client_name={} count={} first_id={} last_id={} policy={} foreign={}"
                        + " fix=\"give each program a client name of its own; then Client.resolveInDoubt\"",
                Untrusted.escape(client.name()),
                inDoubt.ids().size(),
                inDoubt.ids().get(0),
                inDoubt.ids().get(inDoubt.ids().size() - 1),
                inDoubt.policy(),
                inDoubt.foreign());
    }

    static void identityLost(Client client, IdentityLostException lost) {
        Holder rival = lost.holder();
        LOG.error(
                "HF-2020 identity-lost client_name={} folder=\"{}\" rival_host={} rival_pid={} rival_since={}",
                Untrusted.escape(client.name()),
                Untrusted.escape(lost.folder()),
                Untrusted.escape(rival == null ? null : rival.host()),
                rival == null ? "-" : rival.pid(),
                rival == null ? "-" : rival.since());
    }
}
