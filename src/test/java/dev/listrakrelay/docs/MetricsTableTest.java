package dev.listrakrelay.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Each row of the page of metrics has all of its cells. What they say is compared with a relay by {@code MetricsIT}. */
class MetricsTableTest {

    @Test
    void everyRowHasNameTypeLabelsUnitMeaningAndWhatToDo() {
        assertEquals(MetricsTable.names(), MetricsTable.read().keySet());
    }
}
