package dev.listrakrelay.start;

import dev.listrakrelay.admin.AdminConfig;
import dev.listrakrelay.alert.AlertsConfig;
import dev.listrakrelay.alert.QuietConfig;
import dev.listrakrelay.delivery.DeliveryFailure;
import dev.listrakrelay.delivery.DestinationConfig;
import dev.listrakrelay.file.FileConfig;
import dev.listrakrelay.file.UnreadableFile;
import dev.listrakrelay.http.IntakeConfig;
import dev.listrakrelay.ingest.RestConfig;
import dev.listrakrelay.ingest.ShapesConfig;
import dev.listrakrelay.ingest.UnreadableRequest;
import dev.listrakrelay.kafka.KafkaAccess;
import dev.listrakrelay.listrak.ListrakConfig;
import dev.listrakrelay.mapping.MappingConfig;
import dev.listrakrelay.queue.AmqpConfig;
import dev.listrakrelay.queue.KafkaConfig;
import dev.listrakrelay.sandbox.SandboxConfig;
import dev.listrakrelay.spool.DeliveryConfig;
import dev.listrakrelay.spool.DeliveryLogConfig;
import dev.listrakrelay.spool.DeliveryLogKafkaConfig;
import dev.listrakrelay.spool.IdentityConfig;
import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.tracing.TracingConfig;
import dev.listrakrelay.webhook.WebhookConfig;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ExpressionEvaluationException;
import org.apache.camel.RuntimeExpressionException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedMessageAggregationStrategy;
import org.apache.camel.processor.aggregate.StringAggregationStrategy;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** Lists the classes that route files and {@link Setting} look up by reflection, so that a native executable keeps them. */
@RegisterForReflection(
        ignoreNested = false,
        targets = {
            // each key of the configuration is a method of these
            IntakeConfig.class,
            RestConfig.class,
            ShapesConfig.class,
            KafkaConfig.class,
            KafkaAccess.class,
            AmqpConfig.class,
            FileConfig.class,
            SpoolConfig.class,
            KafkaSpoolConfig.class,
            IdentityConfig.class,
            MappingConfig.class,
            ListrakConfig.class,
            WebhookConfig.class,
            DeliveryConfig.class,
            DeliveryLogConfig.class,
            DeliveryLogKafkaConfig.class,
            DestinationConfig.class,
            AlertsConfig.class,
            QuietConfig.class,
            SandboxConfig.class,
            AdminConfig.class,
            TracingConfig.class,
            // onException and doCatch name these, also in mounted route files
            DeliveryFailure.class,
            UnreadableRequest.class,
            UnreadableFile.class,
            ExpressionEvaluationException.class,
            RuntimeExpressionException.class,
            CamelExecutionException.class,
            HttpOperationFailedException.class,
            TypeConversionException.class,
            IOException.class,
            IllegalArgumentException.class,
            IllegalStateException.class,
            RuntimeException.class,
            Exception.class,
            // how a consumer group shares the spool's lanes
            CooperativeStickyAssignor.class,
            // #class:… in your own routes
            GroupedBodyAggregationStrategy.class,
            GroupedExchangeAggregationStrategy.class,
            GroupedMessageAggregationStrategy.class,
            StringAggregationStrategy.class,
            UseLatestAggregationStrategy.class,
            UseOriginalAggregationStrategy.class,
            // ${bodyAs(String).replace('a','b')}, ${body.size}, ${header.count.intValue}
            String.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Double.class,
            BigDecimal.class,
            List.class,
            ArrayList.class,
            Map.class,
            HashMap.class,
            LinkedHashMap.class,
            Instant.class
        },
        classNames = {
            // the functions of JSONPath, such as $.properties.products.length()
            "com.jayway.jsonpath.internal.function.json.Append",
            "com.jayway.jsonpath.internal.function.json.KeySetFunction",
            "com.jayway.jsonpath.internal.function.numeric.Average",
            "com.jayway.jsonpath.internal.function.numeric.Max",
            "com.jayway.jsonpath.internal.function.numeric.Min",
            "com.jayway.jsonpath.internal.function.numeric.StandardDeviation",
            "com.jayway.jsonpath.internal.function.numeric.Sum",
            "com.jayway.jsonpath.internal.function.sequence.First",
            "com.jayway.jsonpath.internal.function.sequence.Index",
            "com.jayway.jsonpath.internal.function.sequence.Last",
            "com.jayway.jsonpath.internal.function.text.Concatenate",
            "com.jayway.jsonpath.internal.function.text.Length",
            // how Kafka unpacks LZ4, in Java
            "net.jpountz.lz4.LZ4JavaUnsafeCompressor",
            "net.jpountz.lz4.LZ4JavaSafeCompressor",
            "net.jpountz.lz4.LZ4HCJavaUnsafeCompressor",
            "net.jpountz.lz4.LZ4HCJavaSafeCompressor",
            "net.jpountz.lz4.LZ4JavaUnsafeFastDecompressor",
            "net.jpountz.lz4.LZ4JavaSafeFastDecompressor",
            "net.jpountz.lz4.LZ4JavaUnsafeSafeDecompressor",
            "net.jpountz.lz4.LZ4JavaSafeSafeDecompressor",
            "net.jpountz.xxhash.XXHash32JavaUnsafe",
            "net.jpountz.xxhash.XXHash32JavaSafe",
            "net.jpountz.xxhash.XXHash64JavaUnsafe",
            "net.jpountz.xxhash.XXHash64JavaSafe",
            "net.jpountz.xxhash.StreamingXXHash32JavaUnsafe$Factory",
            "net.jpountz.xxhash.StreamingXXHash32JavaSafe$Factory",
            "net.jpountz.xxhash.StreamingXXHash64JavaUnsafe$Factory",
            "net.jpountz.xxhash.StreamingXXHash64JavaSafe$Factory"
        })
final class NativeReflection {

    private NativeReflection() {}
}
