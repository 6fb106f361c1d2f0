package io.holdfast.broker.internal.auth;

import io.holdfast.client.connect.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A stored password: {@code {pbkdf2}<iterations>$<salt>$<hash>}, PBKDF2 with HMAC-SHA-256, salt and hash in base64; or, for tests,
 * {@code {noop}<the password itself>}. Compared in constant time.
 */
public sealed interface PasswordHash {

    /** Iterations of a new hash. */
    int DEFAULT_ITERATIONS = 210_000;

    /** The fewest and most iterations accepted: below is no protection, above is a way to keep the broker busy. */
    int MIN_ITERATIONS = 1_000;

    /** The most iterations accepted. */
    int MAX_ITERATIONS = 10_000_000;

    /** Whether this is the password. May take a while: not for the broker's thread. */
    boolean matches(Secret password);

    /** The form of the users file. */
    String encoded();

    /**
     * Reads the form of the users file.
     *
     * @throws IllegalArgumentException saying what is wrong, without showing the text
     */
    static PasswordHash parse(String text) {
        if (text.startsWith("{noop}")) {
            return new Plain(Secret.of(text.substring("{noop}".length())));
        }
        if (text.startsWith("{pbkdf2}")) {
            return Pbkdf2.parse(text.substring("{pbkdf2}".length()));
        }
        throw new IllegalArgumentException("a password begins with {pbkdf2} or {noop}");
    }

    /** A hash of this password with a fresh salt. */
    static PasswordHash create(Secret password, int iterations, SecureRandom random) {
        byte[] salt = new byte[Pbkdf2.SALT_BYTES];
        random.nextBytes(salt);
        return new Pbkdf2(iterations, salt, Pbkdf2.derive(password, salt, iterations));
    }

    /** The password itself, for tests. */
    record Plain(Secret secret) implements PasswordHash {
        @Override
        public boolean matches(Secret password) {
            return secret.equals(password); // constant time
        }

        @Override
        public String encoded() {
            return "{noop}" + secret.reveal();
        }
    }

    /** A salted hash. */
    final class Pbkdf2 implements PasswordHash {

        private static final int SALT_BYTES = 16;
        private static final int HASH_BYTES = 32;

        private final int iterations;
        private final byte[] salt;
        private final byte[] hash;

        private Pbkdf2(int iterations, byte[] salt, byte[] hash) {
            this.iterations = iterations;
            this.salt = salt;
            this.hash = hash;
        }

        static Pbkdf2 parse(String text) {
            String[] parts = text.split("\\$", -1);
            if (parts.length != 3 || !parts[0].matches("[0-9]{1,8}")) {
                throw new IllegalArgumentException("{pbkdf2} is followed by iterations$salt$hash");
            }
            int iterations = Integer.parseInt(parts[0]);
            if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
                throw new IllegalArgumentException(
                        "{pbkdf2} takes " + MIN_ITERATIONS + ".." + MAX_ITERATIONS + " iterations");
            }
            byte[] salt = base64(parts[1]);
            byte[] hash = base64(parts[2]);
            if (salt.length < 8 || salt.length > 64 || hash.length != HASH_BYTES) {
                throw new IllegalArgumentException("{pbkdf2} has a salt of 8..64 bytes and a hash of " + HASH_BYTES);
            }
            return new Pbkdf2(iterations, salt, hash);
        }

        @Override
        public boolean matches(Secret password) {
            return MessageDigest.isEqual(hash, derive(password, salt, iterations));
        }

        @Override
        public String encoded() {
            Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
            return "{pbkdf2}" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        }

        @Override
        public String toString() {
            return "{pbkdf2}****";
        }

        private static byte[] base64(String text) {
            try {
                return Base64.getDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("salt and hash of {pbkdf2} are base64", e);
            }
        }

        private static byte[] derive(Secret password, byte[] salt, int iterations) {
            PBEKeySpec spec = new PBEKeySpec(password.reveal().toCharArray(), salt, iterations, HASH_BYTES * 8);
            try {
                return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(spec)
                        .getEncoded();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK has no PBKDF2WithHmacSHA256", e);
            } finally {
                spec.clearPassword();
            }
        }
    }
}
