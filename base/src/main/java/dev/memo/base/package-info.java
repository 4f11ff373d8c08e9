/**
 * What every module stands on: counter-based random numbers, the thread team, tensors in files,
 * atomic writes and the errors that a user sees.
 */
package dev.memo.base;
