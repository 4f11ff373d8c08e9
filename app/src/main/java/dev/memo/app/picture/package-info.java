/**
 * Pictures for reports: worlds from above and charts, in the style of the MEMO blog, as PNG files.
 *
 * <p>Sizes are in CSS pixels, as a page shows them; a PNG holds two dots per pixel so that it stays
 * sharp on dense screens. Everything is drawn at the width at which a phone shows it, so text is as
 * large there as on a desk. Colours are told apart by brightness as well as hue, and things also by
 * shape, for people who see fewer colours.
 */
package dev.memo.app.picture;
