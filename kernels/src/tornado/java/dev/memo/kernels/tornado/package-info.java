/**
 * The TornadoVM device: programs compiled from Java to OpenCL, PTX or CUDA.
 *
 * <p>A program becomes one task graph of few kernels over one array, the device's memory, in which
 * every parameter, moment and value has its place: {@link dev.memo.kernels.tornado.Layout} plans
 * it. Operations on rows run in {@link dev.memo.kernels.tornado.RowKernel}, which reads them as
 * instructions; products and sums over rows have kernels of their own in {@link
 * dev.memo.kernels.tornado.MatrixKernels} and {@link dev.memo.kernels.tornado.TableKernels}.
 *
 * <p>What TornadoVM compiles is a subset of Java: static methods over its arrays, no objects, and
 * only shifts whose result does not depend on the sign. Numbers among a kernel's parameters are
 * constants of the compiled code; what changes from run to run stands in arrays.
 */
package dev.memo.kernels.tornado;
