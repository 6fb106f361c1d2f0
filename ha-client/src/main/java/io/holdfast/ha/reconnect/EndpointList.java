package io.holdfast.ha.reconnect;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.spi.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a client with their priorities.
 *
 * <pre>
 * {@code EndpointList.of(a, b, c)}            a first; b when a fails; c when b fails; then a again
 * {@code EndpointList.prioritised({a: 1, b: 1, c: 2})}  a and b in turn; c when both have failed
 * </pre>
 *
 * <p>Each round goes through all servers once, the lowest number first; a success ends the round. Each server has a
 * Resilience4j {@link CircuitBreaker}, which opens after {@value #FAILURES_TO_OPEN} failures in a row, and lets one attempt through after 30 s. An
 * open one only moves its server to the end of the round: if nothing else is left, it is tried all the same.
 *
 * <p>Confined to the client that it belongs to.
 */
public final class EndpointList implements EndpointSelector {

    private static final int FAILURES_TO_OPEN = 3;
    private static final Duration OPEN_FOR = Duration.ofSeconds(30);

    private final Map<Endpoint, CircuitBreaker> breakers = new LinkedHashMap<>();
    private final List<List<Endpoint>> groups = new ArrayList<>();

    /** Those that have failed in this round. */
    private final Set<Endpoint> tried = new HashSet<>();

    private @Nullable Endpoint current;

    private EndpointList(Map<Endpoint, Integer> priorities, Clock clock) {
        if (priorities.isEmpty()) {
            throw new IllegalArgumentException("a client needs at least one server");
        }
        CircuitBreakerConfig config = breakerConfig(clock);
        TreeMap<Integer, List<Endpoint>> byPriority = new TreeMap<>();
        priorities.forEach((endpoint, priority) -> {
            byPriority.computeIfAbsent(priority, p -> new ArrayList<>()).add(endpoint);
            breakers.put(endpoint, CircuitBreaker.of(endpoint.address(), config));
        });
        groups.addAll(byPriority.values());
    }

    /** Servers in the order of their priority; one that is there twice counts once. */
    public static EndpointList of(Collection<Endpoint> inOrder) {
        return of(inOrder, Clock.system());
    }

    /** {@link #of(Collection)} with a clock for the breakers. */
    public static EndpointList of(Collection<Endpoint> inOrder, Clock clock) {
        Map<Endpoint, Integer> priorities = new LinkedHashMap<>();
        inOrder.forEach(endpoint -> priorities.putIfAbsent(endpoint, priorities.size()));
        return new EndpointList(priorities, clock);
    }

    /** Servers with a number each: lower ones first, those with the same number in turn. */
    public static EndpointList prioritised(Map<Endpoint, Integer> priorities) {
        return prioritised(priorities, Clock.system());
    }

    /** {@link #prioritised(Map)} with a clock for the breakers. */
    public static EndpointList prioritised(Map<Endpoint, Integer> priorities, Clock clock) {
        return new EndpointList(new LinkedHashMap<>(priorities), clock);
    }

    @Override
    public Set<Endpoint> endpoints() {
        return Set.copyOf(breakers.keySet());
    }

    @Override
    public Endpoint next(boolean sameWanted, Instant now) {
        Endpoint last = current;
        Endpoint next = sameWanted && last != null ? last : choose();
        breaker(next).tryAcquirePermission(); // half-open: this is the one attempt that is let through
        current = next;
        return next;
    }

    private Endpoint choose() {
        if (tried.size() == breakers.size()) {
            tried.clear();
        }
        List<Endpoint> open = new ArrayList<>();
        for (List<Endpoint> group : groups) {
            for (Endpoint endpoint : group) {
                if (!tried.contains(endpoint)) {
                    if (isClosed(endpoint)) {
                        moveToEnd(group, endpoint);
                        return endpoint;
                    }
                    open.add(endpoint);
                }
            }
        }
        return open.get(0);
    }

    /** Makes the next one of this priority another. */
    private static void moveToEnd(List<Endpoint> group, Endpoint chosen) {
        group.remove(chosen);
        group.add(chosen);
    }

    /** Whether the breaker would let an attempt through now; asking for leave is what makes an open one look at the clock. */
    private boolean isClosed(Endpoint endpoint) {
        CircuitBreaker breaker = breaker(endpoint);
        if (!breaker.tryAcquirePermission()) {
            return false;
        }
        breaker.releasePermission();
        return true;
    }

    @Override
    public void succeeded(Endpoint endpoint) {
        tried.clear();
        breaker(endpoint).onSuccess(0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(Endpoint endpoint, MessagingException cause) {
        tried.add(endpoint);
        breaker(endpoint).onError(0, TimeUnit.NANOSECONDS, cause);
    }

    /** The state of a server's breaker, for display. */
    public CircuitBreaker.State state(Endpoint endpoint) {
        return breaker(endpoint).getState();
    }

    private CircuitBreaker breaker(Endpoint endpoint) {
        CircuitBreaker breaker = breakers.get(endpoint);
        if (breaker == null) {
            throw new IllegalArgumentException(endpoint.address() + " is not in this list");
        }
        return breaker;
    }

    /** A window of so many calls at a rate of 100 % is that many failures in a row. No timer of its own: our clock is asked. */
    private static CircuitBreakerConfig breakerConfig(Clock clock) {
        return CircuitBreakerConfig.custom()
                .slidingWindow(FAILURES_TO_OPEN, FAILURES_TO_OPEN, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitDurationInOpenState(OPEN_FOR)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .clock(new WallClock(clock, ZoneOffset.UTC))
                .currentTimestampFunction(unused -> clock.nanoTime(), TimeUnit.NANOSECONDS)
                .build();
    }

    /** Our clock, as the JDK's type. */
    private static final class WallClock extends java.time.Clock {

        private final Clock clock;
        private final ZoneId zone;

        private WallClock(Clock clock, ZoneId zone) {
            this.clock = clock;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public java.time.Clock withZone(ZoneId other) {
            return new WallClock(clock, other);
        }

        /** Monotonic time as an instant: a step of the wall clock must neither open nor close anything. */
        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(0, clock.nanoTime());
        }
    }
}
