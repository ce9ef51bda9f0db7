package io.stead.model.service;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;

/** What one node says of one service, as long as its session lives. */
public record Holding(ServiceName service, NodeId node, Incarnation incarnation, long generation, HoldingState state) {}
