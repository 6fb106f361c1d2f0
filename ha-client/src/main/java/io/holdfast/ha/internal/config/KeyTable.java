package io.holdfast.ha.internal.config;

import static io.holdfast.ha.internal.config.DurationText.between;
import static io.holdfast.ha.internal.config.ValueType.count;
import static io.holdfast.ha.internal.config.ValueType.oneOf;
import static io.holdfast.ha.internal.config.ValueType.size;
import static io.holdfast.ha.internal.config.ValueType.text;

import io.holdfast.client.Limits;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.identity.NameTemplate;
import io.holdfast.ha.store.BookmarkStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All keys, in the order of the documentation. A key is here exactly if it has an effect.
 *
 * <p>To add one: a line here and a component in {@link Settings}. Checks, environment variables, {@code describe()} and
 * {@code docs/configuration.md} follow from the line; tests fail where the two disagree.
 */
public final class KeyTable {

    static final Key SERVERS = new Key(
            "servers",
            Servers.TYPE,
            null,
            "none; a client needs one",
            "The brokers, the first of them first: the next one is tried when an attempt or a session fails by the server's"
                    + " doing. A user and password in a URI count only where `client.user` is not"
                    + " set; a character that has a meaning in URIs is percent-encoded there.",
            "tcp://broker-a:9007/amps/json, tcp://broker-b:9007/amps/json");
    static final Key APP = new Key(
            "app",
            text(
                    IdentityOptions.MAX_PART_LENGTH,
                    "1.." + IdentityOptions.MAX_PART_LENGTH + " characters as in a client name",
                    LogonRequest::checkName),
            null,
            "none; every name but an explicit one needs it",
            "The application: the first part of a generated client name, and the folder of its names under `state.dir`.",
            "orders");

    static final Key CLIENT_NAME = new Key(
            "client.name",
            text(
                    LogonRequest.MAX_NAME_LENGTH,
                    "1.." + LogonRequest.MAX_NAME_LENGTH + " characters, no control characters, no square brackets",
                    LogonRequest::checkName),
            null,
            "made from `app`",
            "The whole client name, for those who assign names themselves. Unique among all programs that publish to the same brokers.",
            "orders-gateway-1");
    static final Key CLIENT_INSTANCE = new Key(
            "client.instance",
            text(
                    IdentityOptions.MAX_PART_LENGTH,
                    "1.." + IdentityOptions.MAX_PART_LENGTH + " characters as in a client name",
                    LogonRequest::checkName),
            null,
            "none",
            "The ordinal that an orchestrator gave this process; the client name is `<app>.<instance>`.",
            "0");
    static final Key CLIENT_NAME_TEMPLATE = new Key(
            "client.name-template",
            text(
                    LogonRequest.MAX_NAME_LENGTH,
                    "plain text with ${app} ${host} ${user} ${slot} ${token}, at least one of the last two",
                    KeyTable::checkTemplate),
            IdentityOptions.DEFAULT_TEMPLATE,
            "",
            "The form of a generated name.",
            "${app}-${user}.${slot}-${token}");
    static final Key CLIENT_USER = new Key(
            "client.user",
            text(256),
            null,
            "the server URI's",
            "The user to log on as, at every server, whatever its URI says.",
            "orders");
    static final Key CLIENT_PASSWORD = new Key(
            "client.password",
            ValueType.SECRET,
            null,
            "none",
            "The password of `client.user`. Never shown: not in logs, problems or descriptions.",
            "****");

    static final Key STATE_DIR = new Key(
            "state.dir",
            ValueType.PATH,
            null,
            "the user's state folder: `$XDG_STATE_HOME/holdfast`, else `~/.local/state/holdfast`; macOS"
                    + " `~/Library/Application Support/holdfast`; Windows `%LOCALAPPDATA%\\holdfast`",
            "Where names, and what belongs to them, are kept. In a container, a volume.",
            "/var/lib/orders");
    static final Key IDENTITY_KUBERNETES = new Key(
            "identity.kubernetes",
            ValueType.BOOLEAN,
            "false",
            "",
            "Whether `POD_NAME`, else `HOSTNAME`, names a StatefulSet's pod and serves as the instance.",
            "true");

    static final Key RECONNECT = new Key(
            "reconnect",
            oneOf(Settings.ReconnectGroup.Mode.class),
            "always",
            "",
            "Whether a client that finds no server, or loses its connection, tries again.",
            "never");
    static final Key RECONNECT_MAX_ATTEMPTS = new Key(
            "reconnect.max-attempts",
            count(1, Integer.MAX_VALUE),
            null,
            "none; it never gives up",
            "After how many attempts without a stable session between them the client gives up. Sessions that a rival for the name ends count too: with fewer than 10 it may give up before it knows.",
            "20");
    static final Key RECONNECT_MAX_OUTAGE = new Key(
            "reconnect.max-outage",
            between("1ms", "3650d"),
            null,
            "none; it never gives up",
            "After how long without a connection the client gives up.",
            "1h");
    static final Key BACKOFF_INITIAL = new Key(
            "backoff.initial",
            between("1ms", "1d"),
            "200ms",
            "",
            "The range of the first delay between attempts; it doubles with each, and the delay is drawn from it.",
            "1s");
    static final Key BACKOFF_MAX = new Key(
            "backoff.max",
            between("1ms", "1d"),
            "20s",
            "",
            "The range that no delay exceeds; not below `backoff.initial`.",
            "1m");

    static final Key TLS_CERT = new Key(
            "tls.cert",
            ValueType.PATH,
            null,
            "none",
            "A PEM file with our own certificate and its chain, for mutual TLS; together with `tls.key`.",
            "/etc/orders/client.pem");
    static final Key TLS_KEY = new Key(
            "tls.key",
            ValueType.PATH,
            null,
            "none",
            "A PEM file (PKCS#8) with the private key of `tls.cert`.",
            "/etc/orders/client.key");
    static final Key TLS_KEY_PASSWORD = new Key(
            "tls.key-password",
            ValueType.SECRET,
            null,
            "none; the key is not encrypted",
            "The password of `tls.key`. Never shown.",
            "****");

    static final Key CONFIG = new Key(
            "config",
            ValueType.PATH,
            null,
            "none",
            "A property file to read. Not to be set within that file.",
            "/etc/orders/holdfast.properties");

    private static final List<Key> UP_TO_COLLISIONS = List.of(
            SERVERS,
            APP,
            CLIENT_NAME,
            CLIENT_INSTANCE,
            CLIENT_NAME_TEMPLATE,
            CLIENT_USER,
            CLIENT_PASSWORD,
            new Key(
                    "client.message-type",
                    text(64),
                    null,
                    "the server URI's",
                    "The type of all payloads, whatever the URIs say.",
                    "json"),
            new Key(
                    "client.correlation-id",
                    text(
                            IdentityStamp.MAX_APPLICATION_LENGTH,
                            "1.." + IdentityStamp.MAX_APPLICATION_LENGTH + " characters of A-Z a-z 0-9 + / =",
                            CorrelationId::of),
                    null,
                    "none",
                    "A token of your own that the broker shows next to the name, within what the client says of itself.",
                    "b3JkZXJz"),
            new Key(
                    "client.logon-options",
                    text(1_024),
                    null,
                    "none",
                    "Options of the logon, a comma list that is passed on as it is.",
                    "ack_conflation=10ms"),
            STATE_DIR,
            new Key(
                    "identity.mode",
                    oneOf(IdentityOptions.Mode.class),
                    "persistent",
                    "",
                    "Whether the name outlives the process. `ephemeral` keeps no folder and no lock: for tests and short jobs.",
                    "ephemeral"),
            IDENTITY_KUBERNETES,
            new Key(
                    "identity.on-damage",
                    oneOf(IdentityOptions.OnDamage.class),
                    "refuse",
                    "",
                    "What to do with a name file that cannot be read: fail, or keep it under another name and make a new one.",
                    "set-aside"),
            new Key(
                    "identity.on-copy",
                    oneOf(IdentityOptions.OnCopy.class),
                    "refuse",
                    "",
                    "What to do when the name's folder is a copy: fail, make a new name, or go on under the copied one.",
                    "regenerate"),
            new Key(
                    "identity.on-move",
                    oneOf(IdentityOptions.OnMove.class),
                    "accept",
                    "",
                    "What to do when the name's folder is now on another machine: go on with a warning, or fail.",
                    "refuse"),
            new Key(
                    "identity.disclose",
                    oneOf(IdentityOptions.Disclose.class),
                    "full",
                    "",
                    "What the correlation id tells the broker and rivals about this process: who and where, or a nonce only.",
                    "nonce"),
            new Key(
                    "connect.timeout",
                    between("1ms", "1d"),
                    "10s",
                    "",
                    "The deadline over DNS, TCP, TLS and logon together.",
                    "30s"),
            new Key(
                    "command.timeout",
                    between("1ms", "1d"),
                    "10s",
                    "",
                    "From sending a command to its answer, where the call names no deadline; and how long a FailedResubscribeHandler may take.",
                    "2m"),
            new Key(
                    "publish.timeout",
                    between("1ms", "1d"),
                    "10s",
                    "",
                    "How long a publish may wait for room in the store; without one (`publish.store=none`), in the in-flight window and the"
                            + " write queue. The wait for a disk is not bounded.",
                    "500ms"),
            new Key(
                    "publish.store",
                    oneOf(PublishStoreOptions.Kind.class),
                    null,
                    "`memory`; `none` with `reconnect=never`",
                    "Where published messages are kept until the broker confirms them: nowhere, in this process, or in files"
                            + " beside the client's name, which survive it.",
                    "file"),
            new Key(
                    "publish.sync",
                    oneOf(PublishStoreOptions.Sync.class),
                    "interval",
                    "",
                    "When a file store is made durable against a power failure: before `publish` returns, every second, or"
                            + " never. The death of the process loses nothing in any case.",
                    "always"),
            new Key(
                    "publish.store-dir",
                    ValueType.PATH,
                    null,
                    "`stores/publish` in the folder of the client's name",
                    "The folder of a file store, this client's alone.",
                    "/var/lib/orders/publish"),
            new Key(
                    "publish.store-messages",
                    count(1, Integer.MAX_VALUE),
                    "100000",
                    "",
                    "The most messages in the store.",
                    "1000000"),
            new Key(
                    "publish.store-bytes",
                    size(1, Integer.MAX_VALUE),
                    "64MiB",
                    "",
                    "The most bytes in the store, 64 for each message beside body and topic; one message may exceed it.",
                    "1GiB"),
            new Key(
                    "publish.store-full",
                    oneOf(StoreFullPolicy.class),
                    "block",
                    "",
                    "What a publish does that finds the store full: wait up to `publish.timeout`, fail at once, or give up the"
                            + " oldest message, which is told.",
                    "reject"),
            new Key(
                    "collision.in-doubt",
                    oneOf(InDoubtPolicy.class),
                    "hold",
                    "",
                    "What becomes of messages that were sent and not confirmed when another program is seen to publish under"
                            + " this client's name, or had it while this client stood by: kept until the program decides, sent again, or told to have failed.",
                    "fail"));

    private static final List<Key> AFTER_COLLISIONS = List.of(
            new Key(
                    "close.timeout",
                    between("1ms", "1d"),
                    "5s",
                    "",
                    "How long closing takes at most: up to four fifths of it for confirmations, then for what is queued.",
                    "PT30S"),
            new Key(
                    "heartbeat.interval",
                    DurationText.heartbeat(),
                    "5s",
                    "",
                    "The longest silence on a connection, in both directions; a peer that says nothing for two intervals is given up.",
                    "off"),
            RECONNECT,
            RECONNECT_MAX_ATTEMPTS,
            RECONNECT_MAX_OUTAGE,
            BACKOFF_INITIAL,
            BACKOFF_MAX,
            new Key(
                    "backoff.stable-after",
                    between("1ms", "1d"),
                    "60s",
                    "",
                    "How long a session has to last until the failures before it are forgotten.",
                    "5m"),
            new Key(
                    "bookmark.store",
                    oneOf(BookmarkStoreOptions.Kind.class),
                    "memory",
                    "",
                    "Where it is kept how far each subscription has been acknowledged: `file`, in the folder of the client's name, survives"
                            + " the process.",
                    "file"),
            new Key(
                    "subscribe.bookmark",
                    oneOf(Settings.SubscribeGroup.Start.class),
                    "none",
                    "",
                    "Where subscriptions start that do not say: after what was acknowledged last, at the beginning of the log, now, or"
                            + " live without a position.",
                    "most-recent"),
            new Key(
                    "limits.max-frame-bytes",
                    size(1, Limits.MAX_FRAME_BYTES),
                    "16MiB",
                    "",
                    "The largest message sent or accepted, header and body.",
                    "64MiB"),
            new Key(
                    "limits.write-queue-bytes",
                    size(1, Integer.MAX_VALUE),
                    "4MiB",
                    "",
                    "What may wait to be written to the socket.",
                    "512k"),
            new Key(
                    "limits.publishes-in-flight",
                    count(1, Integer.MAX_VALUE),
                    "65536",
                    "",
                    "Publishes sent and not yet confirmed.",
                    "1000"),
            new Key(
                    "limits.commands-in-flight",
                    count(1, Integer.MAX_VALUE),
                    "4096",
                    "",
                    "Commands sent and not yet answered.",
                    "100"),
            new Key(
                    "limits.lane-messages",
                    count(1, Integer.MAX_VALUE),
                    "4096",
                    "",
                    "Messages that wait in one subscription's lane.",
                    "20000"),
            new Key(
                    "limits.lane-bytes",
                    size(1, Integer.MAX_VALUE),
                    "8MiB",
                    "",
                    "Bytes of payload that wait in one subscription's lane; one message may exceed it. Streams are bounded by messages only.",
                    "64MiB"),
            new Key(
                    "tls.ca",
                    ValueType.PATH,
                    null,
                    "what the JDK trusts",
                    "A PEM file with the only certificates to trust at `tcps` servers.",
                    "/etc/orders/ca.pem"),
            TLS_CERT,
            TLS_KEY,
            TLS_KEY_PASSWORD,
            new Key(
                    "tls.verify-host-name",
                    ValueType.BOOLEAN,
                    "true",
                    "",
                    "Whether the certificate must name the host. `false` is for tunnels; the certificate is still checked.",
                    "false"),
            CONFIG);

    /** All of them. */
    public static final List<Key> ALL = Stream.of(UP_TO_COLLISIONS, CollisionKeys.ALL, AFTER_COLLISIONS)
            .flatMap(List::stream)
            .toList();

    private KeyTable() {}

    /** The key of this name, without a prefix. */
    static Optional<Key> find(String name) {
        return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    private static void checkTemplate(String text) {
        try {
            NameTemplate.parse(text);
        } catch (IllegalArgumentException e) {
            // the message begins with the default prefix's key, which a problem names already
            String message = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    message.substring(message.indexOf(": ") + 1).strip(), e);
        }
    }
}
