/** JSON text from people: read whole, parsed strictly, refused with place, value and rule. */
package dev.memo.sim.json;
