package dev.listrakrelay.mapping;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/** Collects the results of an event's parts into a list, in order, after each part was mapped. */
@ApplicationScoped
@Named("gatherParts")
public class GatherParts extends GroupedBodyAggregationStrategy {}
