package dev.listrakrelay.mapping;

/** What became of an event: something for Listrak, or a drop with its reason. */
public sealed interface MappingResult permits ListrakEvent, Dropped {}
