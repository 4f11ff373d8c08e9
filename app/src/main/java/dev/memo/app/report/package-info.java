/**
 * The report: one page about a run, made only from the files in the run's folder, which needs no
 * other file, no network and no script to be read.
 */
package dev.memo.app.report;
