package io.holdfast.samples.doctor;

import io.holdfast.client.error.Untrusted;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.cli.Surroundings;
import io.holdfast.samples.doctor.diagnose.CaseFile;
import io.holdfast.samples.doctor.diagnose.Diagnosis;
import io.holdfast.samples.doctor.diagnose.Finding;
import io.holdfast.samples.doctor.read.FileSummary;
import io.holdfast.samples.doctor.read.LogReader;
import io.holdfast.samples.doctor.read.ReadOptions;
import io.holdfast.samples.doctor.report.Report;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads all files, each once, and tells what is in them; on the calling thread. */
final class LogCheck {

    private static final String STDIN = "-";

    private final ReadOptions options;
    private final Surroundings surroundings;
    private final CaseFile caseFile = new CaseFile();

    LogCheck(ReadOptions options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
    }

    /** The exit code. A file that cannot be read is told on stderr, and the others are read all the same. */
    int run(List<String> files, Report report) {
        List<FileSummary> summaries = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (String file : files) {
            if (seen.add(key(file))) {
                summaries.add(read(file));
            }
        }
        List<Finding> findings = Diagnosis.of(caseFile);
        report.logs(summaries, findings, caseFile.gaps());
        List<FileSummary> broken =
                summaries.stream().filter(each -> each.problem() != null).toList();
        broken.forEach(each -> surroundings
                .err()
                .println("holdfast doctor: cannot read " + Untrusted.escape(each.file()) + ": "
                        + Untrusted.escape(each.problem())));
        if (findings.stream().anyMatch(Finding::isCollision)) {
            return DoctorExit.FOUND;
        }
        return (broken.isEmpty() ? ExitCode.OK : ExitCode.INPUT_OUTPUT).code();
    }

    private FileSummary read(String file) {
        if (file.equals(STDIN)) {
            return reader(file, LocalDate.ofInstant(Instant.now(), options.zone()))
                    .read(surroundings.in());
        }
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new IOException("it is a folder");
            }
            try (InputStream in = Files.newInputStream(path)) {
                Instant written = Files.getLastModifiedTime(path).toInstant();
                return reader(file, LocalDate.ofInstant(written, options.zone()))
                        .read(in);
            }
        } catch (IOException | InvalidPathException e) {
            return new FileSummary(file, 0, 0, null, null, List.of(), reason(e));
        }
    }

    private LogReader reader(String file, LocalDate date) {
        return new LogReader(file, date, options, caseFile);
    }

    private static String reason(Exception e) {
        boolean missing = e instanceof NoSuchFileException || e instanceof FileNotFoundException;
        return missing ? "there is no such file" : String.valueOf(e.getMessage());
    }

    /** One file under two paths is one log. */
    private static Object key(String file) {
        try {
            return file.equals(STDIN) ? STDIN : Path.of(file).toRealPath();
        } catch (IOException | InvalidPathException e) {
            return file;
        }
    }
}
