package io.holdfast.samples.doctor.report;

import io.holdfast.samples.doctor.admin.Holdings;
import io.holdfast.samples.doctor.diagnose.Finding;
import io.holdfast.samples.doctor.read.FileSummary;
import java.util.List;

/** Tells what was found, in one form or another. */
public sealed interface Report permits TextReport, JsonReport {

    /** What logs told, and what did not fit into memory. */
    void logs(List<FileSummary> files, List<Finding> findings, List<String> gaps);

    /** Who holds a name. */
    void holders(Holdings holdings);
}
