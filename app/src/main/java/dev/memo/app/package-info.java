/**
 * The command line: one class per command, the flags that all of them share, and how work shows its
 * progress, fails and is stopped. The only package that prints.
 */
package dev.memo.app;
