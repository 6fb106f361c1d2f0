/** Tests of doctor: stories told by logs. */
package io.holdfast.samples.doctor;
