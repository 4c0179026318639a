package dev.listrakrelay.mapping;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/** Brings the parts of an event together again after each was mapped: a list of what became of them, in order. */
@ApplicationScoped
@Named("gatherParts")
public class GatherParts extends GroupedBodyAggregationStrategy {}
