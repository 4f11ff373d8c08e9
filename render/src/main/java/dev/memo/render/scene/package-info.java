/** How worlds look from above: views, panels, paths, lidar halos and numbers. */
package dev.memo.render.scene;
