package io.holdfast.ha.identity;

import io.holdfast.client.error.IdentityLostException;

/** Told when a name is lost; the client that has it closes its connection then. */
@FunctionalInterface
public interface IdentityListener {

    /**
     * Another process took over the folder of the name: it must not be used any more. Called once at most, on the thread
     * that writes the mark; {@link HeldName#close()} may be called from here, and takes effect when this
     * call returns.
     *
     * @param name what is lost
     * @param lost who has it now
     */
    void onIdentityLost(HeldName name, IdentityLostException lost);
}
