/** Where pictures are drawn: shapes with smooth edges and text, on OpenGL or in memory. */
package dev.memo.render.canvas;
