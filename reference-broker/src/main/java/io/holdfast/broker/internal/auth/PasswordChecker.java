package io.holdfast.broker.internal.auth;

import io.holdfast.client.connect.Secret;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Checks passwords on a thread of its own, one at a time, so that slow hashes do not hold up messages; the queue is bounded, and a
 * logon that finds it full is refused.
 */
public final class PasswordChecker implements AutoCloseable {

    private static final int MAX_WAITING = 1_024;
    private static final long STOP_SECONDS = 5;

    private final Map<String, PasswordHash> users;
    private final PasswordHash stranger;
    private final ThreadPoolExecutor thread;

    /** A checker of these users. */
    public PasswordChecker(Map<String, PasswordHash> users, String instance) {
        this.users = Map.copyOf(users);
        stranger = PasswordHash.create(Secret.of("nobody"), PasswordHash.DEFAULT_ITERATIONS, new SecureRandom());
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
            Thread made = new Thread(task, "holdfast-broker-" + instance + "-passwords");
            made.setDaemon(true);
            return made;
        });
    }

    /** Whether the password is the user's; the stage completes on the checker's thread. */
    public CompletionStage<Boolean> check(String user, Secret password) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    result.complete(isValid(user, password));
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException full) {
            result.complete(false);
        }
        return result;
    }

    private boolean isValid(String user, Secret password) {
        PasswordHash known = users.get(user);
        // An unknown user costs as much time as a known one.
        return (known == null ? stranger : known).matches(password) && known != null;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
