/** What a run leaves on disk: a folder that training can go on from, bit for bit. */
package dev.memo.learner.checkpoint;
