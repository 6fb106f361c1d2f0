package io.holdfast.ha.internal.config;

import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.IdentityOptions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The one line an operator sees of every configured client that starts: who it is, how it came to that, where it goes. */
public final class StartLine {

    private StartLine() {}

    /** The line, code HF-2101, safe for logs; fields as in {@code docs/log-events.md}. */
    public static String of(HeldName name, List<Endpoint> servers, IdentityOptions identity) {
        return "HF-2101 client-start client_name=" + Untrusted.escape(name.name())
                + " name_source=" + name.source().property()
                + " slot=" + (name.slot().isPresent() ? name.slot().getAsInt() : "-")
                + " folder=\""
                + name.folder().map(path -> Untrusted.escape(path.toString())).orElse("-") + "\""
                + " servers=" + servers.stream().map(Endpoint::address).collect(Collectors.joining(","))
                + " mode=" + word(identity.mode())
                + " on_damage=" + word(identity.onDamage())
                + " on_copy=" + word(identity.onCopy())
                + " on_move=" + word(identity.onMove());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
