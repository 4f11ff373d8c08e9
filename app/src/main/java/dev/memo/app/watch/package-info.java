/** Worlds that run in real time beside the window that shows them. */
package dev.memo.app.watch;
