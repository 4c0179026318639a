package dev.listrakrelay.suggest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A line of two texts: only in the first one, only in the second one, or in both.
 *
 * @param sign {@code -}, {@code +} or a space
 */
record LineEdit(char sign, String line) {

    boolean isSame() {
        return sign == ' ';
    }

    /** Finds the fewest differences (Myers, "An O(ND) Difference Algorithm", 1986). It is fast if the texts differ in few lines. */
    static List<LineEdit> between(List<String> before, List<String> after) {
        int most = before.size() + after.size();
        int[] furthest = new int[2 * most + 3];
        List<int[]> rounds = new ArrayList<>();
        for (int round = 0; ; round++) {
            rounds.add(Arrays.copyOfRange(furthest, most - round, most + round + 3));
            for (int diagonal = -round; diagonal <= round; diagonal += 2) {
                int at = most + 1 + diagonal;
                boolean isDown = diagonal == -round || diagonal != round && furthest[at - 1] < furthest[at + 1];
                int x = isDown ? furthest[at + 1] : furthest[at - 1] + 1;
                while (x < before.size()
                        && x - diagonal < after.size()
                        && before.get(x).equals(after.get(x - diagonal))) {
                    x++;
                }
                furthest[at] = x;
                if (x >= before.size() && x - diagonal >= after.size()) {
                    return walkedBack(before, after, rounds);
                }
            }
        }
    }

    private static List<LineEdit> walkedBack(List<String> before, List<String> after, List<int[]> rounds) {
        List<LineEdit> edits = new ArrayList<>();
        int x = before.size();
        int y = after.size();
        for (int round = rounds.size() - 1; round >= 0; round--) {
            int[] furthest = rounds.get(round);
            int at = x - y + round + 1;
            boolean isDown = x - y == -round || x - y != round && furthest[at - 1] < furthest[at + 1];
            int fromX = round == 0 ? 0 : isDown ? furthest[at + 1] : furthest[at - 1];
            int fromY = round == 0 ? 0 : fromX - (isDown ? x - y + 1 : x - y - 1);
            while (x > fromX && y > fromY) {
                edits.add(new LineEdit(' ', before.get(--x)));
                y--;
            }
            if (round > 0) {
                edits.add(isDown ? new LineEdit('+', after.get(--y)) : new LineEdit('-', before.get(--x)));
            }
        }
        Collections.reverse(edits);
        return edits;
    }
}
