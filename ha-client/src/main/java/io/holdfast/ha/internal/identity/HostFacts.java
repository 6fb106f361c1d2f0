package io.holdfast.ha.internal.identity;

import java.time.Instant;

/**
 * What a process knows about itself and its machine; read once by {@link HostFactsReader}, given by a test.
 *
 * @param hostName the machine's name, for people: it need not be unique
 * @param user who runs the process
 * @param pid the process id, in its own namespace
 * @param processStart when the process started
 * @param machineId the installation of the machine; clones share it, containers may share it or lack one
 * @param bootId the boot of the kernel; every container on a kernel has the same
 */
record HostFacts(String hostName, String user, long pid, Instant processStart, String machineId, String bootId) {}
