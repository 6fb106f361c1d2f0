package io.holdfast.ha.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads a property file whole: bounded, UTF-8 only, and with a problem instead of an exception when it cannot be read. */
final class PropertiesFile {

    /** The largest file read. A configuration has some dozen lines; what is larger is something else. */
    static final int MAX_BYTES = 1 << 20;

    private final String fileKey;
    private final List<Problem> problems;

    /**
     * A reader.
     *
     * @param fileKey the key that names the file, for problems of the file as a whole
     * @param problems where they are reported
     */
    PropertiesFile(String fileKey, List<Problem> problems) {
        this.fileKey = fileKey;
        this.problems = problems;
    }

    /** The file named by {@code named}; only a regular file, since reading a pipe may never end. */
    List<Assignment> read(Assignment named) {
        try {
            Path path = Path.of(named.text()).toAbsolutePath().normalize();
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return refuse(named, "is not a regular file");
            }
            try (InputStream in = Files.newInputStream(path)) {
                return parse(in.readNBytes(MAX_BYTES + 1), new Source(Layer.FILE, path.toString(), 0));
            }
        } catch (InvalidPathException e) {
            return refuse(named, "is not a path: " + PlainText.escape(e.getReason()));
        } catch (NoSuchFileException e) {
            return refuse(named, "there is no such file");
        } catch (AccessDeniedException e) {
            return refuse(named, "the file may not be read by this user");
        } catch (IOException e) {
            return refuse(named, "the file cannot be read: " + PlainText.escape(e.toString()));
        }
    }

    /** A resource of the class path. */
    List<Assignment> read(URL resource) {
        Source source = new Source(Layer.CLASS_PATH, resource.toString(), 0);
        try {
            URLConnection connection = resource.openConnection();
            connection.setUseCaches(false); // a cached connection would keep the jar open
            try (InputStream in = connection.getInputStream()) {
                return parse(in.readNBytes(MAX_BYTES + 1), source);
            }
        } catch (IOException e) {
            problems.add(Problem.unreadable(fileKey, source, "cannot be read: " + PlainText.escape(e.toString())));
            return List.of();
        }
    }

    private List<Assignment> refuse(Assignment named, String what) {
        problems.add(Problem.of(fileKey, "\"" + PlainText.escape(named.text()) + "\"", named.source(), what));
        return List.of();
    }

    private List<Assignment> parse(byte[] bytes, Source source) {
        if (bytes.length > MAX_BYTES) {
            problems.add(Problem.unreadable(fileKey, source, "the file is larger than " + MAX_BYTES + " bytes"));
            return List.of();
        }
        CharsetDecoder utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = utf8.decode(in, out, true);
        if (result.isError()) {
            int line = lineOf(bytes, in.position());
            problems.add(Problem.unreadable(fileKey, source.atLine(line), "the file is not UTF-8 from this line on"));
            return List.of();
        }
        return PropertiesText.parse(withoutByteOrderMark(out.flip().toString()), source, fileKey, problems);
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static int lineOf(byte[] bytes, int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            boolean loneReturn = bytes[i] == '\r' && (i + 1 == bytes.length || bytes[i + 1] != '\n');
            if (bytes[i] == '\n' || loneReturn) {
                line++;
            }
        }
        return line;
    }
}
