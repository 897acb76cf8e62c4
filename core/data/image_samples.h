// Values of picture files that are no bytes (10 … 16 bits, signed, 32 bits, floating point) and how they become bytes.
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/image_decode.h"

namespace lamina {

/// One plane after the other. What is no number is NaN.
struct SamplePlanes {
    std::int64_t channels = 0, height = 0, width = 0;
    std::vector<float> values;
    bool deep = false;
    ValueRange natural;      ///< all that such values can be; not given where that says nothing (signed, 32 bits, floating point)
    ValueRange declared;     ///< by the file
    bool inverted = false;   ///< the lowest value is white

    float* plane(std::int64_t channel) { return values.data() + channel * height * width; }
};

/// With `wanted` as DecodeOptions::values says. `facts` may be null.
Image imageOfSamples(const SamplePlanes& samples, const ValueRange& wanted, SampleFacts* facts);

/// Grey and colours on white, as a page shows them; bands stay as they are. `alpha`: each pixel's share that is seen, 0 … 1; `premultiplied`: the values are
/// those of this share already. Says facts->transparent; `facts` may be null.
void putOnWhite(Image& image, const std::vector<float>& alpha, bool premultiplied, SampleFacts* facts);

}  // namespace lamina
