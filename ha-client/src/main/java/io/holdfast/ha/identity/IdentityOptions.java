package io.holdfast.ha.identity;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.connect.LogonRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a client comes by its name, and what it does when somebody else has it; immutable.
 *
 * <p>The sources are asked in this order, the first that is set wins: {@code clientName}; {@code instance}; with
 * {@code kubernetes}, the pod's name; else a slot under {@code stateDir}.
 *
 * @param app the application, {@code holdfast.app}: 1 to 64 characters as in a client name. Required for every name that is
 *     made from it; without it an explicit name keeps its folder under {@code default}
 * @param clientName the whole name, {@code holdfast.client.name}, as {@link LogonRequest#checkName} allows it
 * @param instance the ordinal an orchestrator gave this process, {@code holdfast.client.instance}: 1 to 64 characters as in a
 *     client name. The name is {@code app.instance}
 * @param kubernetes whether {@code POD_NAME}, else {@code HOSTNAME}, is the name of a StatefulSet's pod and serves as the
 *     instance, {@code holdfast.identity.kubernetes}; default false
 * @param nameTemplate the form of a generated name, {@code holdfast.client.name-template}; default
 *     {@value #DEFAULT_TEMPLATE}
 * @param stateDir where names are kept, {@code holdfast.state.dir}; {@code null} for the platform's state folder of the user,
 *     see {@link StateFolder}
 * @param mode whether the name outlives the process, {@code holdfast.identity.mode}; default {@link Mode#PERSISTENT}
 * @param onDamage what to do with an unreadable name file, {@code holdfast.identity.on-damage}; default
 *     {@link OnDamage#REFUSE}
 * @param onCopy what to do when the folder is a copy, {@code holdfast.identity.on-copy}; default {@link OnCopy#REFUSE}
 * @param onMove what to do when the folder came from another machine, {@code holdfast.identity.on-move}; default
 *     {@link OnMove#ACCEPT}
 * @param disclose what the correlation id tells others about this process, {@code holdfast.identity.disclose}; default
 *     {@link Disclose#FULL}
 */
public record IdentityOptions(
        @Nullable String app,
        @Nullable String clientName,
        @Nullable String instance,
        boolean kubernetes,
        String nameTemplate,
        @Nullable Path stateDir,
        Mode mode,
        OnDamage onDamage,
        OnCopy onCopy,
        OnMove onMove,
        Disclose disclose) {

    /** {@code <app>.<host>.<slot>-<token>}. */
    public static final String DEFAULT_TEMPLATE = "${app}.${host}.${slot}-${token}";

    /** The longest application name and the longest instance, a bound of ours. */
    public static final int MAX_PART_LENGTH = 64;

    /** The defaults named above; no name, no application. */
    public static final IdentityOptions DEFAULTS = builder().build();

    /**
     * Validates each value by itself.
     *
     * @throws IllegalArgumentException naming the property, what is wrong and what it may be
     */
    public IdentityOptions {
        checkPart("holdfast.app", app);
        checkPart("holdfast.client.instance", instance);
        if (clientName != null) {
            LogonRequest.checkName(clientName);
        }
        NameTemplate.parse(nameTemplate);
        requireNonNull(mode, "mode");
        requireNonNull(onDamage, "onDamage");
        requireNonNull(onCopy, "onCopy");
        requireNonNull(onMove, "onMove");
        requireNonNull(disclose, "disclose");
    }

    /** A builder that starts from the defaults. */
    public static IdentityOptionsBuilder builder() {
        return new IdentityOptionsBuilder();
    }

    /** A builder that starts from these. */
    public IdentityOptionsBuilder toBuilder() {
        return new IdentityOptionsBuilder(this);
    }

    private static void checkPart(String property, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (value.length() > MAX_PART_LENGTH) {
            throw new IllegalArgumentException(
                    property + " has 1.." + MAX_PART_LENGTH + " characters, not " + value.length());
        }
        try {
            LogonRequest.checkName(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(property + " becomes part of a client name: " + e.getMessage(), e);
        }
    }

    /** Whether a name outlives the process that made it. */
    public enum Mode {
        /** The name, its lock and its stores live in a folder under the state folder. */
        PERSISTENT,
        /** No folder, no lock: for tests and short jobs. Another process may use the same explicit name unnoticed. */
        EPHEMERAL
    }

    /** What to do with a name file that is torn, empty, foreign or of a future version. */
    public enum OnDamage {
        /** Fail with {@link io.holdfast.client.error.IdentityDamagedException}. */
        REFUSE,
        /** Keep the file under another name and make a new one; refused for a generated name whose stores hold messages. */
        SET_ASIDE
    }

    /** What to do with a folder that was copied: its inode is not the one it was made with. */
    public enum OnCopy {
        /** Fail with {@link io.holdfast.client.error.IdentityCopiedException}. */
        REFUSE,
        /** Keep the old file under another name and make a new name; refused while the stores hold messages. */
        REGENERATE,
        /** Go on under the copied name: right only if the original is gone for good, as after a restore. */
        ACCEPT
    }

    /** What to do with a folder that is now on another machine, or a clone of a whole volume. */
    public enum OnMove {
        /** Go on, with a warning. */
        ACCEPT,
        /** Fail with {@link io.holdfast.client.error.IdentityMovedException}. */
        REFUSE
    }

    /** What the correlation id tells the broker's log, and rivals, about this process. */
    public enum Disclose {
        /** Host, pid, process start, since when the name is held, SDK version, nonce. */
        FULL,
        /** The nonce only, and whether the newest is preferred: enough to tell rivals apart. */
        NONCE
    }
}
