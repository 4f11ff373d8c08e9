#version 330 core
// How much of each pixel a rounded rectangle covers, by its signed distance.

uniform vec2 size;
uniform sampler2D atlas;

in vec2 local;
flat in vec2 halfSize;
flat in vec2 cornerBorder;
flat in vec4 clipped;
flat in vec4 letter;
flat in vec4 fillColor;
flat in vec4 edgeColor;

out vec4 color; // premultiplied

float covered(float distance) {
    return clamp(0.5 - distance, 0.0, 1.0);
}

void main() {
    vec2 pixel = vec2(gl_FragCoord.x, size.y - gl_FragCoord.y);
    if (any(lessThan(pixel, clipped.xy)) || any(greaterThanEqual(pixel, clipped.zw))) {
        discard;
    }
    if (letter.z > 0.0) {
        vec2 inLetter = floor(local + halfSize);
        if (any(lessThan(inLetter, vec2(0.0))) || any(greaterThanEqual(inLetter, letter.zw))) {
            discard;
        }
        float share = texelFetch(atlas, ivec2(letter.xy + inLetter), 0).r * fillColor.a;
        color = vec4(fillColor.rgb * share, share);
        return;
    }
    float corner = min(cornerBorder.x, min(halfSize.x, halfSize.y));
    vec2 beyond = abs(local) - halfSize + corner;
    float distance = length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - corner;
    float outer = covered(distance);
    float inner = covered(distance + cornerBorder.y);
    float fillShare = fillColor.a * inner;
    float edgeShare = edgeColor.a * (outer - inner);
    color = vec4(fillColor.rgb * fillShare + edgeColor.rgb * edgeShare, fillShare + edgeShare);
    if (color.a <= 0.0) {
        discard;
    }
}
