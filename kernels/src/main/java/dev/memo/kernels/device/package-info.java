/**
 * What devices share: parameters on the host, bindings of inputs and outputs, optimiser factors.
 */
package dev.memo.kernels.device;
