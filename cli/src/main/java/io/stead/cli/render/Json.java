package io.stead.cli.render;

/** A leaf of a tree that is JSON already. It can be written as JSON only. */
public record Json(String text) {}
