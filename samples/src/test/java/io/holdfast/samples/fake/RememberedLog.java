package io.holdfast.samples.fake;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** What the libraries log, in the layout of the command line, while it is open. */
public final class RememberedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger;
    private final Level before;
    private final PatternLayout layout = new PatternLayout();
    private final StringBuilder text = new StringBuilder();

    /** Opens it for this logger, at level INFO. */
    public RememberedLog(String source) {
        logger = (Logger) LoggerFactory.getLogger(source);
        before = logger.getLevel();
        LoggerContext context = logger.getLoggerContext();
        layout.setContext(context);
        layout.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{24} %kvp %msg%n");
        layout.start();
        setContext(context);
        start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(this);
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        text.append(layout.doLayout(event));
        notifyAll();
    }

    /** Waits until a word was logged so often. */
    public synchronized void await(String word, int times) throws InterruptedException {
        while (text.toString().split(word, -1).length - 1 < times) {
            wait(); // the test's own timeout interrupts it
        }
    }

    /** The log so far. */
    public synchronized String text() {
        return text.toString();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
        logger.setAdditive(true);
        stop();
    }
}
