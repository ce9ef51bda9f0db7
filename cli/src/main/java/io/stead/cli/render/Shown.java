package io.stead.cli.render;

/** A result that can be shown in every format. */
public interface Shown {
    /** Maps, lists, texts, numbers and truths, in the order in which they are to be written. */
    Object tree();

    /** The same for people. */
    void on(Page page);
}
