package io.holdfast.ha.internal.identity;

import io.holdfast.client.connect.Version;
import io.holdfast.client.spi.Clock;
import io.holdfast.ha.identity.IdentityStamp;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** What a client says about itself whose name nobody guards: as much as one with a guarded name, with a nonce of its own. */
public final class OwnStamp {

    private OwnStamp() {}

    /** The stamp of one client of this process. */
    public static IdentityStamp unguarded(Clock clock, RandomGenerator random) {
        HostFacts host = new HostFactsReader(Path.of("/"), System::getenv).read(clock);
        return IdentityStamp.ofNonce(String.format("%016x", random.nextLong()))
                .withProcess(host.hostName(), host.pid(), host.processStart())
                .withEstablishedSince(clock.instant())
                .withSdkVersion(Version.TEXT);
    }
}
