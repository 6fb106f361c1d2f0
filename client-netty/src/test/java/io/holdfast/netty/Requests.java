package io.holdfast.netty;

import io.holdfast.client.Heartbeat;
import io.holdfast.client.Limits;
import io.holdfast.client.Tls;
import io.holdfast.client.connect.Authenticator;
import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.InboundSink;
import io.holdfast.client.connect.LogonRequest;
import java.time.Duration;

/** Connect requests of the tests: as client {@code alice}, without heartbeats, within ten seconds. */
public final class Requests {

    private Requests() {}

    public static ConnectRequest to(String uri, InboundSink sink) {
        return new ConnectRequest(
                Endpoint.parse(uri),
                LogonRequest.of("alice"),
                Duration.ofSeconds(10),
                Heartbeat.OFF,
                Limits.DEFAULTS,
                Tls.DEFAULTS,
                sink);
    }

    public static ConnectRequest with(ConnectRequest r, Duration timeout) {
        return new ConnectRequest(r.endpoint(), r.logon(), timeout, r.heartbeat(), r.limits(), r.tls(), r.sink());
    }

    public static ConnectRequest with(ConnectRequest r, Heartbeat heartbeat) {
        return new ConnectRequest(r.endpoint(), r.logon(), r.timeout(), heartbeat, r.limits(), r.tls(), r.sink());
    }

    public static ConnectRequest with(ConnectRequest r, Limits limits) {
        return new ConnectRequest(r.endpoint(), r.logon(), r.timeout(), r.heartbeat(), limits, r.tls(), r.sink());
    }

    public static ConnectRequest with(ConnectRequest r, Tls tls) {
        return new ConnectRequest(r.endpoint(), r.logon(), r.timeout(), r.heartbeat(), r.limits(), tls, r.sink());
    }

    public static ConnectRequest with(ConnectRequest r, Authenticator authenticator) {
        LogonRequest logon = new LogonRequest("alice", authenticator, null, null, "test", null);
        return new ConnectRequest(r.endpoint(), logon, r.timeout(), r.heartbeat(), r.limits(), r.tls(), r.sink());
    }
}
