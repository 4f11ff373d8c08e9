#version 330 core
// A rectangle for each shape, a pixel larger than the shape so that its edge can be smooth.

uniform vec2 size; // of the picture, px

layout(location = 0) in vec4 place; // middle x, y (px, y downwards), half width, half height
layout(location = 1) in vec4 form; // cosine and sine of the angle, corner radius, border (px)
layout(location = 2) in vec4 clip; // left, top, right, bottom (px)
layout(location = 3) in vec4 glyph; // left, top, width, height in the atlas (px); width 0: a shape
layout(location = 4) in vec4 fill;
layout(location = 5) in vec4 edge;

out vec2 local; // from the middle, along the shape's own axes
flat out vec2 halfSize;
flat out vec2 cornerBorder;
flat out vec4 clipped;
flat out vec4 letter;
flat out vec4 fillColor;
flat out vec4 edgeColor;

void main() {
    vec2 side = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
    local = side * (place.zw + 1.0);
    // y points down, so that counter-clockwise is clockwise here.
    vec2 turned = vec2(form.x * local.x + form.y * local.y, form.x * local.y - form.y * local.x);
    vec2 at = (place.xy + turned) / size * 2.0 - 1.0;
    gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
    halfSize = place.zw;
    cornerBorder = form.zw;
    clipped = clip;
    letter = glyph;
    fillColor = fill;
    edgeColor = edge;
}
