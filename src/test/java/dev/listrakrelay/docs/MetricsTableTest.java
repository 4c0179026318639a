package dev.listrakrelay.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Each row of the page of metrics has all of its cells. {@code MetricsIT} compares the rows with a running relay. */
class MetricsTableTest {

    @Test
    void everyRowHasNameTypeLabelsUnitMeaningAndWhatToDo() {
        assertEquals(MetricsTable.names(), MetricsTable.read().keySet());
    }
}
