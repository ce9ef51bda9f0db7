package io.stead.schema.yaml;

import io.stead.model.Text;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody probably meant by a word that is not known. */
public final class NearMiss {
    private static final int FARTHEST = 2;
    private static final int LONGEST = 64;

    private NearMiss() {}

    /** The mend for an unknown word: {@code did you mean "allow"?}, or else {@code use allow, deny or prefer}. */
    public static String advice(String word, Collection<String> known) {
        return closest(word, known)
                .map(meant -> "did you mean " + Text.quoted(meant) + "?")
                .orElseGet(() -> "use " + listed(known));
    }

    private static Optional<String> closest(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(k -> distance(word, k) <= Math.min(FARTHEST, k.length() / 2))
                .min(Comparator.comparingInt(k -> distance(word, k)));
    }

    private static String listed(Collection<String> words) {
        String all = String.join(", ", words);
        int last = all.lastIndexOf(", ");
        return last < 0 ? all : all.substring(0, last) + " or " + all.substring(last + 2);
    }

    /** Levenshtein's: how many letters must be put in, taken out or changed. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
