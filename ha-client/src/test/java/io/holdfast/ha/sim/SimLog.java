package io.holdfast.ha.sim;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What clients log in a run goes to its trace; an error of their own is something that must never be. */
final class SimLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.holdfast");
    private final @Nullable Level levelBefore = logger.getLevel();
    private @Nullable SimWorld world;

    /** Takes the logs until it is closed. */
    SimLog() {
        setContext(logger.getLoggerContext());
        start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(this);
    }

    /** From now on, what is logged belongs to this run. */
    void of(SimWorld current) {
        world = current;
    }

    @Override
    protected void append(ILoggingEvent event) {
        SimWorld current = world;
        if (current == null || !Thread.currentThread().getName().equals(Simulation.THREAD)) {
            return;
        }
        if (event.getFormattedMessage().startsWith("HF-1015")) {
            String cause = event.getThrowableProxy() == null
                    ? ""
                    : ": " + event.getThrowableProxy().getClassName() + " "
                            + event.getThrowableProxy().getMessage();
            current.violation("logged " + event.getFormattedMessage() + cause);
        } else {
            // Not the details: folders differ from run to run.
            current.trace("log: " + event.getMessage());
        }
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(levelBefore);
        stop();
    }
}
