/**
 * The command lines, picocli classes that another program can mount: {@code new CommandLine(main).addSubcommand(BrokerCommand.commandLine())}.
 */
@NullMarked
package io.holdfast.broker.cli;

import org.jspecify.annotations.NullMarked;
