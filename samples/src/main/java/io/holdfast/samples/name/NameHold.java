package io.holdfast.samples.name;

import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.NameKeeper;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.cli.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Holds a name as a client would, without a connection: to keep a slot free, to try a volume, to see what a start would do. */
final class NameHold {

    private final Surroundings surroundings;
    private final PrintStream out;

    NameHold(Surroundings surroundings, PrintStream out) {
        this.surroundings = surroundings;
        this.out = out;
    }

    /** Holds it until standard input ends, a signal comes, or the name is lost. */
    ExitCode hold(IdentityOptions options) throws InterruptedException {
        CompletableFuture<ExitCode> end = new CompletableFuture<>();
        try (HeldName held =
                NameKeeper.of(options).acquire(Set.of(), (name, lost) -> end.completeExceptionally(lost))) {
            surroundings.stop().thenRun(() -> end.complete(ExitCode.INTERRUPTED));
            out.println("holding " + Untrusted.escape(held.name())
                    + " source=" + held.source().property()
                    + " slot=" + (held.slot().isPresent() ? held.slot().getAsInt() : "-")
                    + " folder="
                    + held.folder()
                            .map(path -> Untrusted.escape(path.toString()))
                            .orElse("-"));
            // A daemon: a read of stdin that waits for a terminal cannot be interrupted.
            Thread reader = new Thread(() -> drain(surroundings.in(), end), "holdfast-stdin");
            reader.setDaemon(true);
            reader.start();
            return end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void drain(InputStream in, CompletableFuture<ExitCode> end) {
        byte[] ignored = new byte[512];
        try {
            while (in.read(ignored) >= 0) {
                // what is said does not matter, only that it ends
            }
            end.complete(ExitCode.OK);
        } catch (IOException e) {
            end.completeExceptionally(
                    new CommandFailure(ExitCode.INPUT_OUTPUT, "cannot read standard input: " + e.getMessage(), e));
        }
    }
}
