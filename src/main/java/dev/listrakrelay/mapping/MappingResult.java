package dev.listrakrelay.mapping;

/** The result of mapping an event: an event for Listrak, or a drop with its reason. */
public sealed interface MappingResult permits ListrakEvent, DroppedEvent {}
