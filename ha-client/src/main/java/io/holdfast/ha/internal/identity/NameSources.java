package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.NameSource;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks the sources of a name in their order: explicit, ordinal, pod, template. Pure. */
final class NameSources {

    static final String DEFAULT_APP = "default";

    /**
     * A StatefulSet's pod is called {@code <set>-<ordinal>}. A Deployment's ends with five random characters, which may all be
     * digits: so an ordinal has at most four here.
     */
    private static final Pattern STATEFUL_POD = Pattern.compile(".*-(0|[1-9][0-9]{0,3})");

    private NameSources() {}

    /**
     * What the options ask for.
     *
     * @throws IllegalArgumentException naming the property that is missing or does not fit
     */
    static Wanted resolve(IdentityOptions options, String hostName, UnaryOperator<@Nullable String> environment) {
        if (options.clientName() != null) {
            String app = options.app() == null ? DEFAULT_APP : options.app();
            return new Wanted(NameSource.EXPLICIT, app, options.clientName());
        }
        if (options.app() == null) {
            throw new IllegalArgumentException("there is nothing to make a client name from: set holdfast.app, from"
                    + " which each process gets a name of its own, or holdfast.client.name");
        }
        if (options.instance() != null) {
            return new Wanted(NameSource.INSTANCE, options.app(), options.app() + "." + options.instance());
        }
        if (options.kubernetes()) {
            return new Wanted(
                    NameSource.KUBERNETES, options.app(), options.app() + "." + podName(hostName, environment));
        }
        boolean ephemeral = options.mode() == IdentityOptions.Mode.EPHEMERAL;
        return new Wanted(ephemeral ? NameSource.EPHEMERAL : NameSource.SLOT, options.app(), null);
    }

    private static String podName(String hostName, UnaryOperator<@Nullable String> environment) {
        String pod = environment.apply("POD_NAME");
        if (pod == null || pod.isBlank()) {
            pod = environment.apply("HOSTNAME");
        }
        if (pod == null || pod.isBlank()) {
            pod = hostName;
        }
        if (pod.length() > IdentityOptions.MAX_PART_LENGTH
                || !STATEFUL_POD.matcher(pod).matches()) {
            throw new IllegalArgumentException("holdfast.identity.kubernetes=true, but '" + Untrusted.escape(pod)
                    + "' (POD_NAME, else HOSTNAME) is not the name of a StatefulSet's pod, '<set>-<ordinal>': pass"
                    + " metadata.name as POD_NAME, or unset holdfast.identity.kubernetes");
        }
        return pod;
    }
}
