package io.holdfast.ha.config;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;

/** A class path with one file on it, {@code holdfast.properties}, whose text the test gives. */
final class MemoryClassPath extends ClassLoader {

    private final byte[] content;

    private MemoryClassPath(byte[] content) {
        super(null);
        this.content = content;
    }

    static ClassLoader with(String text) {
        return new MemoryClassPath(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public URL getResource(String name) {
        if (!name.equals("holdfast.properties")) {
            return null;
        }
        try {
            return new URL(null, "memory:/app.jar!/" + name, new Handler());
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Handler extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(content);
                }
            };
        }
    }
}
