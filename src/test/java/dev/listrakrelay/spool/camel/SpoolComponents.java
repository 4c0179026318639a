package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Spools;
import dev.listrakrelay.tracing.Tracing;

/** Makes the Camel component of spools, for tests of other packages. */
public final class SpoolComponents {

    private SpoolComponents() {}

    public static SpoolComponent of(Spools spools) {
        return new SpoolComponent(spools, Tracing.OFF);
    }

    /** Makes the component of the delivery log. */
    public static DeliveryLogComponent log(Spools spools) {
        return new DeliveryLogComponent(spools);
    }
}
