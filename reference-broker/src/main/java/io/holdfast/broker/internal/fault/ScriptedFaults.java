package io.holdfast.broker.internal.fault;

import io.holdfast.broker.Faults;
import io.holdfast.broker.internal.command.Arrivals;
import io.holdfast.broker.internal.command.SessionEnding;
import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.SessionRegistry;
import io.holdfast.broker.internal.transport.BrokerLoop;
import io.holdfast.broker.internal.transport.FlushList;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Brings the faults to the broker's thread. */
public final class ScriptedFaults implements Faults {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final BrokerLoop loop;
    private final Arrivals arrivals;
    private final SessionRegistry registry;
    private final SessionEnding exit;
    private final FlushList flushes;

    /** Faults of these. */
    public ScriptedFaults(
            BrokerLoop loop, Arrivals arrivals, SessionRegistry registry, SessionEnding exit, FlushList flushes) {
        this.loop = loop;
        this.arrivals = arrivals;
        this.registry = registry;
        this.exit = exit;
        this.flushes = flushes;
    }

    @Override
    public void closeOnAccept(boolean on) {
        loop.ask(
                () -> {
                    arrivals.closeAtOnce(on);
                    return true;
                },
                DEADLINE);
    }

    @Override
    public int stall(String clientName) {
        return each(clientName, session -> session.stall(true));
    }

    @Override
    public int resume(String clientName) {
        return each(clientName, session -> session.stall(false));
    }

    @Override
    public int drop(String clientName) {
        return each(clientName, session -> exit.end(session, DisconnectReason.SCRIPTED, "drop"));
    }

    @Override
    public int reset(String clientName) {
        return each(clientName, session -> {
            session.link().reset();
            exit.end(session, DisconnectReason.SCRIPTED, "reset");
        });
    }

    @Override
    public int halfOpen(String clientName) {
        return each(clientName, exit::endHalfOpen);
    }

    private int each(String clientName, Consumer<Session> fault) {
        return loop.ask(
                () -> {
                    List<Session> found = registry.named(clientName);
                    found.forEach(fault);
                    flushes.flush();
                    return found.size();
                },
                DEADLINE);
    }
}
