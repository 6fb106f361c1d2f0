package io.holdfast.ha.internal.identity;

import io.holdfast.client.spi.Clock;
import io.holdfast.ha.identity.StateFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything the identity takes from outside, so that a test can run many processes of many machines in one.
 *
 * @param host facts about process and machine
 * @param clock the time
 * @param pause waiting
 * @param random for tokens and nonces
 * @param locks the locks of folders
 * @param heartbeats what keeps marks beating
 * @param registry what this JVM holds
 * @param environment environment variables
 * @param stateFolder the default of {@code holdfast.state.dir}
 * @param messages knows whether stores hold messages
 */
record Surroundings(
        HostFacts host,
        Clock clock,
        Pause pause,
        RandomGenerator random,
        FolderLocks locks,
        Heartbeats heartbeats,
        JvmRegistry registry,
        UnaryOperator<@Nullable String> environment,
        Supplier<Path> stateFolder,
        StoredMessages messages) {

    /** The real ones. */
    static Surroundings ofThisProcess(StoredMessages messages) {
        Clock clock = Clock.system();
        JvmRegistry registry = JvmRegistry.shared();
        return new Surroundings(
                new HostFactsReader(Path.of("/"), System::getenv).read(clock),
                clock,
                Pause.PARK,
                new SecureRandom(),
                new FileLocks(registry),
                MarkThread::start,
                registry,
                System::getenv,
                StateFolder::ofThisUser,
                messages);
    }
}
