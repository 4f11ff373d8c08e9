/**
 * What every module stands on: counter-based random numbers, the thread team, the width of SIMD
 * vectors and the most that they can do, tensors in files, atomic writes and the errors that a user
 * sees.
 */
package dev.memo.base;
