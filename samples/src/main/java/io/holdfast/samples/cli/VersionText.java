package io.holdfast.samples.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: ours, from the jar's manifest, and the virtual machine's. */
public final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        @Nullable String ours = VersionText.class.getPackage().getImplementationVersion();
        return new String[] {
            "holdfast " + (ours == null ? "dev" : ours),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")"
        };
    }
}
