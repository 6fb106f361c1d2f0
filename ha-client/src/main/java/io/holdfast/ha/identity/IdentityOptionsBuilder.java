package io.holdfast.ha.identity;

import io.holdfast.ha.identity.IdentityOptions.Disclose;
import io.holdfast.ha.identity.IdentityOptions.Mode;
import io.holdfast.ha.identity.IdentityOptions.OnCopy;
import io.holdfast.ha.identity.IdentityOptions.OnDamage;
import io.holdfast.ha.identity.IdentityOptions.OnMove;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Collects {@link IdentityOptions}; confined to the thread that uses it. The values are checked by {@link #build()}. */
public final class IdentityOptionsBuilder {

    private @Nullable String app;
    private @Nullable String clientName;
    private @Nullable String instance;
    private boolean kubernetes;
    private String nameTemplate = IdentityOptions.DEFAULT_TEMPLATE;
    private @Nullable Path stateDir;
    private Mode mode = Mode.PERSISTENT;
    private OnDamage onDamage = OnDamage.REFUSE;
    private OnCopy onCopy = OnCopy.REFUSE;
    private OnMove onMove = OnMove.ACCEPT;
    private Disclose disclose = Disclose.FULL;

    IdentityOptionsBuilder() {}

    IdentityOptionsBuilder(IdentityOptions from) {
        app = from.app();
        clientName = from.clientName();
        instance = from.instance();
        kubernetes = from.kubernetes();
        nameTemplate = from.nameTemplate();
        stateDir = from.stateDir();
        mode = from.mode();
        onDamage = from.onDamage();
        onCopy = from.onCopy();
        onMove = from.onMove();
        disclose = from.disclose();
    }

    /** The application; default none. */
    public IdentityOptionsBuilder app(@Nullable String value) {
        app = value;
        return this;
    }

    /** The whole client name; default none. */
    public IdentityOptionsBuilder clientName(@Nullable String value) {
        clientName = value;
        return this;
    }

    /** The ordinal of this process; default none. */
    public IdentityOptionsBuilder instance(@Nullable String value) {
        instance = value;
        return this;
    }

    /** Whether the pod's name serves as the instance; default false. */
    public IdentityOptionsBuilder kubernetes(boolean value) {
        kubernetes = value;
        return this;
    }

    /** The form of a generated name; default {@value IdentityOptions#DEFAULT_TEMPLATE}. */
    public IdentityOptionsBuilder nameTemplate(String value) {
        nameTemplate = value;
        return this;
    }

    /** Where names are kept; default the platform's state folder of the user. */
    public IdentityOptionsBuilder stateDir(@Nullable Path value) {
        stateDir = value;
        return this;
    }

    /** Whether the name outlives the process; default {@link Mode#PERSISTENT}. */
    public IdentityOptionsBuilder mode(Mode value) {
        mode = value;
        return this;
    }

    /** What to do with an unreadable name file; default {@link OnDamage#REFUSE}. */
    public IdentityOptionsBuilder onDamage(OnDamage value) {
        onDamage = value;
        return this;
    }

    /** What to do with a copied folder; default {@link OnCopy#REFUSE}. */
    public IdentityOptionsBuilder onCopy(OnCopy value) {
        onCopy = value;
        return this;
    }

    /** What to do with a folder from another machine; default {@link OnMove#ACCEPT}. */
    public IdentityOptionsBuilder onMove(OnMove value) {
        onMove = value;
        return this;
    }

    /** What the correlation id tells; default {@link Disclose#FULL}. */
    public IdentityOptionsBuilder disclose(Disclose value) {
        disclose = value;
        return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException naming the property that is wrong
     */
    public IdentityOptions build() {
        return new IdentityOptions(
                app,
                clientName,
                instance,
                kubernetes,
                nameTemplate,
                stateDir,
                mode,
                onDamage,
                onCopy,
                onMove,
                disclose);
    }
}
