package io.holdfast.ha.internal.driver;

import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.MessagingException;
import io.holdfast.ha.internal.collision.CollisionEvent.Loss;
import io.holdfast.ha.internal.machine.Event;
import io.holdfast.ha.internal.naming.NameDriver;
import java.util.function.Consumer;

/**
 * Brings what links tell into the mailbox: to the machine, which draws each delay there in the order of the events, and then, if it was
 * about a link that is wanted still, to those who watch the name.
 */
final class LinkEvents implements Links.Told {

    private final HaDriver driver;

    LinkEvents(HaDriver driver) {
        this.driver = driver;
    }

    @Override
    public void connected(long link) {
        driver.post(() -> {
            if (driver.isForgotten(link)) {
                return; // its failure is being told
            }
            boolean wanted = driver.model().isOpening(link);
            boolean quiet = driver.model().quiet();
            driver.feed(new Event.Connected(link));
            tellNames(wanted, names -> names.loggedOn(quiet));
        });
    }

    @Override
    public void connectFailed(long link, MessagingException failure) {
        driver.post(() -> {
            boolean wanted = driver.model().isOpening(link);
            driver.feed(new Event.ConnectFailed(link, failure, driver.nextDelay()));
            driver.gone(link);
            tellNames(wanted, names -> names.connectFailed(Ends.of(failure)));
        });
    }

    @Override
    public void resumed(long link) {
        driver.post(() -> driver.feed(new Event.Resumed(link)));
    }

    @Override
    public void resumeFailed(long link, MessagingException failure) {
        driver.post(() -> {
            boolean wanted = driver.model().isOpen(link);
            driver.feed(new Event.ResumeFailed(link, failure, driver.nextDelay()));
            tellNames(wanted, names -> names.linkLost(Loss.LOCAL));
        });
    }

    @Override
    public void lost(long link, Disconnect disconnect) {
        driver.post(() -> {
            boolean wanted = driver.model().isOpen(link);
            driver.feed(new Event.LinkLost(link, disconnect, driver.nextDelay()));
            driver.gone(link);
            tellNames(wanted, names -> names.linkLost(Ends.of(disconnect.cause())));
        });
    }

    @Override
    public void failed(String what, Throwable error) {
        driver.post(() -> driver.fatal(what, error));
    }

    private void tellNames(boolean wanted, Consumer<NameDriver> what) {
        NameDriver names = driver.names();
        if (wanted && names != null) {
            what.accept(names);
        }
    }
}
