/** Pictures as files: stills, animations and videos. */
package dev.memo.render.film;
