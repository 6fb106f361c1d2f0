package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.IdentityInUseException.Holder;
import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.NameKeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log lines of the identity. Codes and fields are listed in {@code docs/log-events.md}. */
final class IdentityLog {

    private static final Logger LOG = LoggerFactory.getLogger(NameKeeper.class);

    private IdentityLog() {}

    static void acquired(HeldName name) {
        LOG.info(
                "HF-2001 name-acquired client_name={} name_source={} slot={} folder=\"{}\"",
                Untrusted.escape(name.name()),
                name.source().property(),
                name.slot().isPresent() ? name.slot().getAsInt() : "-",
                name.folder().map(folder -> Untrusted.escape(folder.toString())).orElse("-"));
    }

    static void ephemeral(HeldName name) {
        LOG.info(
                "HF-2002 ephemeral-name client_name={} name_source={} detail=\"no folder and no lock: the name ends with"
                        + " this process, and nothing keeps another process from using it\"",
                Untrusted.escape(name.name()),
                name.source().property());
    }

    static void waitsForMark(Path folder, @Nullable Mark mark) {
        LOG.info(
                "HF-2003 waits-for-mark folder=\"{}\" {} most_s={} detail=\"the folder was held from another boot or"
                        + " machine; it is free if its mark stands still\"",
                Untrusted.escape(folder.toString()),
                holder(mark),
                MarkWatch.STANDS_STILL.toSeconds());
    }

    static void moved(NameRecord found, Fingerprint now) {
        LOG.warn(
                "HF-2010 identity-moved client_name={} made_in=\"{}\" now_in=\"{}\" fix=\"make sure that no clone of this"
                        + " volume is in use; holdfast.identity.on-move=refuse stops here instead\"",
                Untrusted.escape(found.name()),
                Untrusted.escape(found.fingerprint().describe()),
                Untrusted.escape(now.describe()));
    }

    static void copyAccepted(NameRecord found, Fingerprint now) {
        LOG.warn(
                "HF-2011 identity-copy-accepted client_name={} made_in=\"{}\" now_in=\"{}\" fix=\"unset"
                        + " holdfast.identity.on-copy again: the next copy is not to be accepted unseen\"",
                Untrusted.escape(found.name()),
                Untrusted.escape(found.fingerprint().describe()),
                Untrusted.escape(now.describe()));
    }

    static void regenerated(NameRecord found, NameRecord written, Path aside, @Nullable Path stores) {
        LOG.warn(
                "HF-2012 identity-regenerated client_name={} old_name={} made_in=\"{}\" kept=\"{}\" stores_kept=\"{}\"",
                Untrusted.escape(written.name()),
                Untrusted.escape(found.name()),
                Untrusted.escape(found.fingerprint().describe()),
                Untrusted.escape(aside.toString()),
                stores == null ? "" : Untrusted.escape(stores.toString()));
    }

    static void setAside(String name, Path aside, DamagedRecord damage) {
        LOG.warn(
                "HF-2013 name-file-set-aside client_name={} kept=\"{}\" damage={} detail=\"{}\"",
                Untrusted.escape(name),
                Untrusted.escape(aside.toString()),
                damage.damage(),
                damage.detail());
    }

    static void beatFailed(Path folder, String name, IOException error) {
        LOG.warn(
                "HF-2021 mark-not-written client_name={} folder=\"{}\" detail=\"{}\" fix=\"on a volume shared between"
                        + " machines the name is lost if this lasts for {} s\"",
                Untrusted.escape(name),
                Untrusted.escape(folder.toString()),
                Untrusted.escape(error.toString()),
                MarkWatch.STANDS_STILL.toSeconds());
    }

    static void releaseFailed(Path folder, String name, IOException error) {
        LOG.warn(
                "HF-2022 name-not-released client_name={} folder=\"{}\" detail=\"{}\"",
                Untrusted.escape(name),
                Untrusted.escape(folder.toString()),
                Untrusted.escape(error.toString()));
    }

    static void releaseHangs(Path folder, String name, Duration timeout) {
        LOG.warn(
                "HF-2023 release-hangs client_name={} folder=\"{}\" after_ms={} detail=\"the volume does not answer; the"
                        + " lock is given back when it does, or with the process\"",
                Untrusted.escape(name),
                Untrusted.escape(folder.toString()),
                timeout.toMillis());
    }

    static void listenerFailed(String name, RuntimeException error) {
        LOG.error("HF-2024 identity-listener-failed client_name={}", Untrusted.escape(name), error);
    }

    private static String holder(@Nullable Mark mark) {
        if (mark == null) {
            return "rival_host=- rival_pid=- rival_since=-";
        }
        Holder holder = mark.holder();
        return "rival_host=" + Untrusted.escape(holder.host()) + " rival_pid=" + holder.pid() + " rival_since="
                + holder.since();
    }
}
