/**
 * Drawing by OpenGL 3.3, in a window (GLFW) or without one (EGL). The only package that knows
 * LWJGL.
 */
package dev.memo.render.gl;
