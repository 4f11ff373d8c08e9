/**
 * Programs on devices: mathematics written once as a static graph of operations over float32
 * tensors, with gradients and optimiser steps, and run by a device.
 *
 * <p>Letters used throughout: R rows of a batch (any number up to the compiled maximum), K inputs
 * and N outputs of a linear map, C codes of a codebook, D its dimensions, T rows of one sample. A
 * tensor is row-major.
 */
package dev.memo.kernels;
