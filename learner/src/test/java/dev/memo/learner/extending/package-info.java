/** The examples of docs/extending.md, which a test holds against the text. */
package dev.memo.learner.extending;
