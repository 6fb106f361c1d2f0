package io.holdfast.it.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A source file for those who look for text in it by pattern. */
final class JavaSource {

    /** Whatever can hide the beginning of something else, the longest first. */
    private static final Pattern TOKEN =
            Pattern.compile("(?<text>\"\"\"(?:[^\"\\\\]|\\\\.|\"(?!\"\"))*\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\")"
                    + "|(?<other>'(?:[^'\\\\]|\\\\.)+'|//[^\\n]*|/\\*(?s:.*?)\\*/)");

    private JavaSource() {}

    /** The source without comments and character constants; strings are as they were. */
    static String withoutComments(String source) {
        return TOKEN.matcher(source)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2) == null ? found.group() : " "));
    }
}
