package dev.listrakrelay.tracing;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import jakarta.annotation.Priority;

/** Switches OpenTelemetry off unless {@code tracing.endpoint} is set. */
@Priority(TracingSwitch.AFTER_EXPRESSIONS)
public final class TracingSwitch implements ConfigSourceInterceptor {

    static final int AFTER_EXPRESSIONS = 4_000;

    private static final String IS_OFF = "quarkus.otel.sdk.disabled";

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        if (!name.equals(IS_OFF)) {
            return context.proceed(name);
        }
        ConfigValue endpoint = context.proceed(TracingConfig.ENDPOINT);
        boolean isOff = endpoint == null
                || endpoint.getValue() == null
                || endpoint.getValue().isBlank();
        return ConfigValue.builder()
                .withName(name)
                .withValue(String.valueOf(isOff))
                .build();
    }
}
