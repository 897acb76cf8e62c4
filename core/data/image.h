// A picture in memory as networks read it: 8 bits, one plane after the other.
#pragma once

#include <cstdint>
#include <vector>

namespace lamina {

struct Image {
    std::int64_t channels = 0;  ///< 1: grey; 3: red, green, blue
    std::int64_t height = 0, width = 0;
    std::vector<std::uint8_t> pixels;  ///< channels × height × width, row after row

    std::uint8_t* plane(std::int64_t channel) { return pixels.data() + channel * height * width; }
    const std::uint8_t* plane(std::int64_t channel) const { return pixels.data() + channel * height * width; }
};

/// No pixel has a colour (always so for one channel).
bool isGrey(const Image& image);
/// The picture with 1 or 3 channels: grey = (299 R + 587 G + 114 B) / 1000, rounded; three times the same from grey.
Image withChannels(Image image, std::int64_t channels);

}  // namespace lamina
