package dev.listrakrelay.mapping;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;

/**
 * Transforms an event or a part into Camel's data type {@code listrak:event}, by the rule that {@link FindRule} found.
 *
 * <p>In: the event or part, or the JSON that an earlier step put in its place. Out: a {@link ListrakEvent}, or {@link
 * DroppedEvent}.
 */
@Singleton
@Unremovable
public class TransformEvent extends Transformer implements CamelContextCustomizer {

    /** The header with the part, which stays if a step replaces the body. */
    static final String PART = "eventPart";

    private static final DataType LISTRAK_EVENT = new DataType("listrak:event");

    private final FieldCheck check;

    TransformEvent(FieldCheck check) {
        this.check = check;
    }

    @Override
    public void configure(CamelContext camel) {
        camel.getTransformerRegistry().put(new TransformerKey(DataType.ANY, LISTRAK_EVENT), this);
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        MatchedEvent event = MatchedEvent.of(message.getExchange());
        EventPart part = message.getHeader(PART, EventPart.class);
        Rule rule = part == null ? event.rules().get(0) : part.rule();
        boolean isUnchanged = part != null && message.getBody() == part;
        message.setBody(rule.transform(
                event.event(), isUnchanged ? part.tree() : event.json(message).tree(), check));
    }
}
