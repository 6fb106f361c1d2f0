package io.holdfast.ha.internal.identity;

import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.NameTemplate;
import java.util.Map;

/** Makes names from the template: readable, and with random characters so that two machines of one name stay apart. */
final class NameMaker {

    /** Without what looks alike, and without vowels, so that no token spells a word. */
    private static final String ALPHABET = "bcdfghjkmnpqrstvwxz23456789";

    private static final int TOKEN_LENGTH = 4;

    /** Nothing keeps an ephemeral name apart from others but its token. */
    private static final int EPHEMERAL_TOKEN_LENGTH = 10;

    private static final int MAX_HOST_LENGTH = 40;
    private static final int MAX_USER_LENGTH = 32;

    private final NameTemplate template;
    private final Wanted wanted;
    private final Surroundings around;

    NameMaker(IdentityOptions options, Wanted wanted, Surroundings around) {
        this.template = NameTemplate.parse(options.nameTemplate());
        this.wanted = wanted;
        this.around = around;
    }

    NewName forSlot(int slot) {
        return make(Integer.toString(slot), TOKEN_LENGTH);
    }

    NewName ephemeral() {
        return make("e", EPHEMERAL_TOKEN_LENGTH);
    }

    /** What a name would look like that is not to be made yet. */
    String unmade(String slot) {
        return expand(slot, "*".repeat(TOKEN_LENGTH));
    }

    private NewName make(String slot, int tokenLength) {
        String token = token(tokenLength);
        return new NewName(expand(slot, token), wanted.app(), around.clock().instant(), token);
    }

    private String expand(String slot, String token) {
        return wanted.name() != null
                ? wanted.name()
                : template.expand(Map.of(
                        "app", wanted.app(),
                        "host", plain(firstLabel(around.host().hostName()), "host", MAX_HOST_LENGTH),
                        "user", plain(around.host().user(), "user", MAX_USER_LENGTH),
                        "slot", slot,
                        "token", token));
    }

    private String token(int length) {
        StringBuilder token = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            token.append(ALPHABET.charAt(around.random().nextInt(ALPHABET.length())));
        }
        return token.toString();
    }

    private static String firstLabel(String hostName) {
        int dot = hostName.indexOf('.');
        return dot < 0 ? hostName : hostName.substring(0, dot);
    }

    private static String plain(String text, String ifEmpty, int most) {
        String cut = text.length() > most ? text.substring(0, most) : text;
        String plain = cut.replaceAll("[^A-Za-z0-9_-]", "-");
        return plain.isEmpty() ? ifEmpty : plain;
    }
}
