#include "core/data/image.h"

#include <algorithm>

namespace lamina {

bool isGrey(const Image& image) {
    if (image.channels == 1) return true;
    const std::int64_t area = image.height * image.width;
    return std::equal(image.plane(0), image.plane(0) + area, image.plane(1)) && std::equal(image.plane(1), image.plane(1) + area, image.plane(2));
}

Image withChannels(Image image, std::int64_t channels) {
    if (image.channels == channels) return image;
    const auto area = static_cast<std::size_t>(image.height * image.width);
    Image result{channels, image.height, image.width, std::vector<std::uint8_t>(area * static_cast<std::size_t>(channels))};
    for (std::size_t i = 0; i < area; ++i) {
        if (channels == 3) {
            result.pixels[i] = result.pixels[area + i] = result.pixels[2 * area + i] = image.pixels[i];
        } else {
            const unsigned grey = 299u * image.pixels[i] + 587u * image.pixels[area + i] + 114u * image.pixels[2 * area + i];
            result.pixels[i] = static_cast<std::uint8_t>((grey + 500) / 1000);
        }
    }
    return result;
}

}  // namespace lamina
