#include "core/data/image.h"

#include <algorithm>

namespace lamina {

namespace {

void meanOfBands(const Image& image, std::size_t area, std::uint8_t* grey) {
    const auto bands = static_cast<unsigned>(image.channels);
    for (std::size_t i = 0; i < area; ++i) {
        unsigned sum = bands / 2;
        for (unsigned band = 0; band < bands; ++band) sum += image.pixels[band * area + i];
        grey[i] = static_cast<std::uint8_t>(sum / bands);
    }
}

void greyOfColours(const Image& image, std::size_t area, std::uint8_t* grey) {
    for (std::size_t i = 0; i < area; ++i) {
        const unsigned sum = 299u * image.pixels[i] + 587u * image.pixels[area + i] + 114u * image.pixels[2 * area + i];
        grey[i] = static_cast<std::uint8_t>((sum + 500) / 1000);
    }
}

}  // namespace

std::int64_t ChannelSurvey::usual() const {
    std::int64_t all = 0, bands = 0, most = 0;
    for (const auto& [channels, pictures] : m_pictures) {
        all += pictures;
        if (channels == 1 || channels == 3 || pictures <= most) continue;
        most = pictures;
        bands = channels;
    }
    if (2 * most > all) return bands;
    return m_pictures.size() == 1 && m_pictures.contains(1) ? 1 : 3;
}

bool isGrey(const Image& image) {
    if (image.channels != 3) return image.channels == 1;
    const std::int64_t area = image.height * image.width;
    return std::equal(image.plane(0), image.plane(0) + area, image.plane(1)) && std::equal(image.plane(1), image.plane(1) + area, image.plane(2));
}

Image withChannels(Image image, std::int64_t channels) {
    if (image.channels == channels) return image;
    const auto area = static_cast<std::size_t>(image.height * image.width);
    Image result{channels, image.height, image.width, std::vector<std::uint8_t>(area * static_cast<std::size_t>(channels))};
    if (channels == 1) {
        if (image.channels == 3) greyOfColours(image, area, result.pixels.data());
        else meanOfBands(image, area, result.pixels.data());
        return result;
    }
    for (std::int64_t channel = 0; channel < channels; ++channel) {
        const std::int64_t from = image.channels == 1 ? 0 : channel;
        if (from < image.channels) std::copy_n(image.plane(from), area, result.plane(channel));
    }
    return result;
}

}  // namespace lamina
