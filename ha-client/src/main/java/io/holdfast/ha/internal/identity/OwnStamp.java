package io.holdfast.ha.internal.identity;

import io.holdfast.client.connect.Version;
import io.holdfast.client.spi.Clock;
import io.holdfast.ha.identity.IdentityStamp;
import java.nio.file.Path;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** What a client says about itself. */
public final class OwnStamp {

    private OwnStamp() {}

    /** All there is to say: who it is, and since when it has its name. */
    static IdentityStamp of(String nonce, HostFacts host, Instant since) {
        return IdentityStamp.ofNonce(nonce)
                .withProcess(host.hostName(), host.pid(), host.processStart())
                .withEstablishedSince(since)
                .withSdkVersion(Version.TEXT);
    }

    /** Of one client of this process whose name nobody guards: as much as one with a guarded name, with a nonce of its own. */
    public static IdentityStamp unguarded(Clock clock, RandomGenerator random) {
        HostFacts host = new HostFactsReader(Path.of("/"), System::getenv).read(clock);
        return of(String.format("%016x", random.nextLong()), host, clock.instant());
    }
}
