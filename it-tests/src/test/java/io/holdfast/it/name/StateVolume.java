package io.holdfast.it.name;

import io.holdfast.it.broker.Engine;

/** What is mounted as the state folder of programs; the same stories run against every kind. */
interface StateVolume extends AutoCloseable {

    /** A new, empty one. */
    static StateVolume create() {
        return Engine.isThere() ? ContainerVolume.create() : FolderVolume.create();
    }

    /** Starts a program of the application {@code orders} that holds a name until it is stopped. */
    NameProgram start();

    /** A copy of everything in it, made by {@code cp -a}. */
    StateVolume copy();

    /** Removes it; every program on it has ended. */
    @Override
    void close();
}
