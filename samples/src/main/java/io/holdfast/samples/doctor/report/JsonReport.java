package io.holdfast.samples.doctor.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.samples.doctor.admin.Holding;
import io.holdfast.samples.doctor.admin.Holdings;
import io.holdfast.samples.doctor.diagnose.Cause;
import io.holdfast.samples.doctor.diagnose.Finding;
import io.holdfast.samples.doctor.diagnose.Participant;
import io.holdfast.samples.doctor.evidence.Party;
import io.holdfast.samples.doctor.read.FileSummary;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Findings as one JSON document, in ASCII: what others wrote is in it as it was, and cannot move a terminal's cursor. */
public final class JsonReport implements Report {

    /** Counts up when a field changes its meaning; fields may be added without. */
    private static final int FORMAT = 1;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final ObjectWriter WRITER = JSON.writer(SerializationFeature.INDENT_OUTPUT);

    private final PrintStream out;

    /** A report on {@code out}. */
    public JsonReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public void logs(List<FileSummary> files, List<Finding> findings, List<String> gaps) {
        ObjectNode document = JSON.createObjectNode();
        document.put("format", FORMAT);
        document.put("collision", findings.stream().anyMatch(Finding::isCollision));
        document.put("complete", gaps.isEmpty() && files.stream().allMatch(each -> each.problem() == null));
        ArrayNode list = document.putArray("findings");
        findings.forEach(each -> finding(list.addObject(), each));
        ArrayNode read = document.putArray("files");
        files.forEach(each -> file(read.addObject(), each));
        strings(document.putArray("notes"), gaps);
        print(document);
    }

    private static void finding(ObjectNode node, Finding finding) {
        node.put("client_name", finding.name());
        node.put("cause", finding.cause().word());
        node.put("certainty", finding.certainty().word());
        node.put("losses", finding.losses());
        if (finding.perMinute().isPresent()) {
            node.put("per_minute", Math.round(finding.perMinute().getAsDouble() * 10) / 10.0);
        } else {
            node.putNull("per_minute");
        }
        node.put("first", finding.first().toString());
        node.put("last", finding.last().toString());
        node.put("active_ms", finding.active().toMillis());
        ArrayNode who = node.putArray("participants");
        for (Participant each : finding.participants()) {
            party(who.addObject(), each.party()).put("lost", each.lost()).put("log", each.log());
        }
        strings(node.putArray("why"), finding.why());
        strings(node.putArray("remedy"), finding.remedy());
        strings(node.putArray("files"), finding.files());
    }

    private static void file(ObjectNode node, FileSummary file) {
        node.put("file", file.file()).put("lines", file.lines()).put("events", file.events());
        node.put("first", text(file.first())).put("last", text(file.last())).put("problem", file.problem());
        strings(node.putArray("notes"), file.notes());
    }

    @Override
    public void holders(Holdings holdings) {
        ObjectNode document = JSON.createObjectNode();
        document.put("format", FORMAT);
        document.put("client_name", holdings.name());
        document.put("collision", holdings.isSilentCollision());
        document.put("complete", holdings.failures().isEmpty());
        ArrayNode list = document.putArray("holders");
        for (Holding each : holdings.holdings()) {
            party(list.addObject(), each.party())
                    .put("instance", each.instance())
                    .put("connection_name", each.connection())
                    .put("held_since", each.since())
                    .put("auth_id", each.user());
        }
        ArrayNode failures = document.putArray("failures");
        holdings.failures()
                .forEach((instance, reason) ->
                        failures.addObject().put("instance", instance).put("reason", reason));
        strings(
                document.putArray("remedy"),
                holdings.isSilentCollision() ? Cause.SILENT_COLLISION.remedy() : List.of());
        print(document);
    }

    private static ObjectNode party(ObjectNode node, Party party) {
        return node.put("host", party.host())
                .put("pid", party.pid() < 0 ? null : party.pid())
                .put("since", text(party.since()))
                .put("address", party.address())
                .put("nonce", party.nonce())
                .put("sdk", party.sdkVersion())
                .put("correlation_id", party.token());
    }

    private static void strings(ArrayNode node, List<String> texts) {
        texts.forEach(node::add);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private void print(ObjectNode document) {
        try {
            out.println(WRITER.writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
