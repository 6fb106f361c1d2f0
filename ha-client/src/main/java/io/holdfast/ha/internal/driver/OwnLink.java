package io.holdfast.ha.internal.driver;

import io.holdfast.client.error.MessagingException;
import io.holdfast.ha.internal.machine.Event;
import io.holdfast.ha.internal.naming.NameLink;
import java.time.Duration;

/** What those who watch the name make of the link; called in the mailbox. */
final class OwnLink implements NameLink {

    private final HaDriver driver;

    OwnLink(HaDriver driver) {
        this.driver = driver;
    }

    @Override
    public void hold(boolean held) {
        driver.feed(new Event.HoldLogons(held));
    }

    @Override
    public void quietLogons(boolean quiet) {
        driver.feed(new Event.QuietLogons(quiet));
    }

    @Override
    public void endQuiet() {
        driver.feed(new Event.EndQuiet());
    }

    @Override
    public void standBy(MessagingException why) {
        driver.feed(new Event.StandBy(why));
    }

    @Override
    public void logOn() {
        driver.feed(new Event.LogOn());
    }

    @Override
    public void fail(MessagingException why) {
        driver.feed(new Event.Fatal(why));
    }

    @Override
    public void renamed(String name) {
        driver.renamed(name);
        driver.feed(new Event.StartAnew());
    }

    @Override
    public void takeOverRefused(Duration tryAgainIn) {
        driver.takeOverRefused(tryAgainIn);
    }

    @Override
    public void failed(String what, Throwable error) {
        driver.fatal(what, error);
    }
}
