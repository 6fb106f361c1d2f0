package io.holdfast.application;

import io.holdfast.client.error.MessagingException;
import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.NameKeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** A program that acquires a name, says so in one line, and holds it until its standard input ends. */
public final class HoldName {

    private HoldName() {}

    /** Arguments: state folder, application, and the client name if there is to be one. */
    public static void main(String[] args) throws IOException {
        IdentityOptions options = IdentityOptions.builder()
                .stateDir(Path.of(args[0]))
                .app(args[1])
                .clientName(args.length > 2 ? args[2] : null)
                .build();
        long started = System.nanoTime();
        try (HeldName name = NameKeeper.of(options).acquire(Set.of(), (held, lost) -> {})) {
            long millis = (System.nanoTime() - started) / 1_000_000;
            System.out.println(name.name() + " " + name.slot().orElse(-1) + " " + millis);
            while (System.in.read() >= 0) {
                // until told to end
            }
        } catch (MessagingException e) {
            System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }
}
