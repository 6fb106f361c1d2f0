package io.holdfast.samples.doctor.read;

import io.holdfast.samples.doctor.diagnose.CaseFile;
import io.holdfast.samples.doctor.diagnose.Form;
import io.holdfast.samples.doctor.evidence.LogEvent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads one log, whatever its form, into a {@link CaseFile}. Used once; confined to its thread. */
public final class LogReader {

    private final String file;
    private final ReadOptions options;
    private final CaseFile caseFile;
    private final LineClock clock;
    private final BrokerLines broker = new BrokerLines();
    private final HoldfastLines holdfast = new HoldfastLines();
    private final BareLines bare;
    private long lines;
    private long cut;
    private long events;
    private long bareEvents;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private @Nullable String onlyName;
    private boolean severalNames;
    private boolean knownForm;

    /** A reader of this file, for which times without a date are of this one. */
    public LogReader(String file, LocalDate date, ReadOptions options, CaseFile caseFile) {
        this.file = file;
        this.options = options;
        this.caseFile = caseFile;
        this.clock = new LineClock(options.zone(), date);
        boolean own = !options.disconnects().isEmpty() || !options.connects().isEmpty();
        this.bare = new BareLines(BarePatterns.with(options.disconnects(), options.connects()), own);
    }

    /** Reads it to its end, unpacking gzip; what was read before a failure counts. The stream stays the caller's to close. */
    public FileSummary read(InputStream in) {
        String problem = null;
        try {
            BoundedLines text = new BoundedLines(unpacked(in));
            for (String line = text.next(); line != null; line = text.next()) {
                lines++;
                LogLine timed = clock.read(line);
                if (timed != null) {
                    take(timed);
                }
            }
            cut = text.cut();
        } catch (IOException e) {
            problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        broker.flush(event -> keep(Form.BROKER, event));
        if (knownForm) {
            caseFile.forget(file, Form.BARE);
            events -= bareEvents;
        }
        return new FileSummary(file, lines, events, first, last, notes(), problem);
    }

    private void take(LogLine line) {
        if (broker.take(line, event -> keep(Form.BROKER, event))
                || holdfast.take(line, event -> keep(Form.HOLDFAST, event))) {
            knownForm = true;
        } else if (!knownForm) {
            bare.take(line, event -> keep(Form.BARE, event));
        }
    }

    private void keep(Form form, LogEvent event) {
        String name = form == Form.BARE ? bareName(event.name()) : event.name();
        boolean wanted =
                options.name() == null || name == null || options.name().equals(name);
        if (!wanted || !options.isWanted(event.at())) {
            return;
        }
        events++;
        bareEvents += form == Form.BARE ? 1 : 0;
        first = first == null || event.at().isBefore(first) ? event.at() : first;
        last = last == null || event.at().isAfter(last) ? event.at() : last;
        String known = name == null ? options.name() : name;
        caseFile.add(file, form, known == null ? event : event.named(known));
    }

    /** The line's own name, else the one that this file speaks of, if it is one. */
    private @Nullable String bareName(@Nullable String told) {
        if (told == null) {
            return severalNames ? null : onlyName;
        }
        severalNames |= onlyName != null && !onlyName.equals(told);
        onlyName = told;
        return told;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (cut > 0) {
            notes.add(cut + " lines were cut at " + BoundedLines.MOST_BYTES + " bytes");
        }
        if (clock.hasGuessedDate()) {
            notes.add(
                    "its times have no date: the file's was taken, so that its events may be days off those of other files");
        }
        return notes;
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 64 << 10);
        buffered.mark(2);
        int magic = buffered.read() | buffered.read() << 8;
        buffered.reset();
        return magic == GZIPInputStream.GZIP_MAGIC ? new GZIPInputStream(buffered, 64 << 10) : buffered;
    }
}
