package io.holdfast.samples.cli;

import io.holdfast.client.connect.Connector;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What a command takes from the process around it, so that a test can supply it.
 *
 * @param in standard input
 * @param out standard output: payloads and reports; unbuffered, and it reports a closed pipe
 * @param err standard error: one line for each thing worth telling
 * @param environment the environment variables
 * @param connectors makes the connector of each client; whoever asked for it closes it
 * @param stop completes when the process is asked to end (SIGTERM, SIGINT)
 */
public record Surroundings(
        InputStream in,
        OutputStream out,
        PrintStream err,
        Map<String, String> environment,
        Supplier<Connector> connectors,
        CompletionStage<Void> stop) {}
