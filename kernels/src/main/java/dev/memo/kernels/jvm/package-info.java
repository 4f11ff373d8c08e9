/**
 * The JVM device: programs by SIMD through the Vector API on a team of threads.
 *
 * <p>Results are the same bytes for every number of threads, every width of vectors, and before and
 * after the JIT has compiled: every entry is computed by the same operations in the same order,
 * sums over many entries run in fixed blocks and a fixed number of virtual lanes, and nothing is
 * used whose last bits the JIT may change (lanewise transcendentals, reduceLanes).
 *
 * <p>Kernels are static methods over arrays with offsets. Buffers start at multiples of 16 rows and
 * are padded, so that flat kernels run in whole vectors: what they write behind the last row is
 * never read as a value.
 */
package dev.memo.kernels.jvm;
