/** What other tools read: policies as ONNX and safetensors, figures of a run for TensorBoard. */
package dev.memo.learner.export;
