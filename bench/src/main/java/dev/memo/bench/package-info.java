/**
 * How fast MEMO is: environment steps, layouts, networks and training, beside the arithmetic peak
 * of the machine that they were measured on.
 */
package dev.memo.bench;
