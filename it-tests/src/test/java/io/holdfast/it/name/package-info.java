/**
 * Programs that keep a name on a volume: containers where there is an engine, processes and folders where there is none.
 *
 * <pre>
 * test --&gt; {@link io.holdfast.it.name.StateVolume#create} --&gt; {@link io.holdfast.it.name.ContainerVolume}   a named volume, samples/Dockerfile
 *               |                       --&gt; {@link io.holdfast.it.name.FolderVolume}      a folder, the same jar
 *               +-- start --&gt; {@link io.holdfast.it.name.NameProgram}: "name --hold"
 * </pre>
 */
@NullMarked
package io.holdfast.it.name;

import org.jspecify.annotations.NullMarked;
