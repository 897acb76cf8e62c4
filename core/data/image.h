// A picture in memory as networks read it: 8 bits, one plane after the other.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

namespace lamina {

/// Pictures with more values in each pixel are refused.
inline constexpr std::int64_t imageMaximumChannels = 256;

struct Image {
    std::int64_t channels = 0;  ///< 1: grey; 3: red, green, blue; any other number: the file's own bands, in its order
    std::int64_t height = 0, width = 0;
    std::vector<std::uint8_t> pixels;  ///< channels × height × width, row after row

    std::uint8_t* plane(std::int64_t channel) { return pixels.data() + channel * height * width; }
    const std::uint8_t* plane(std::int64_t channel) const { return pixels.data() + channel * height * width; }
};

/// Which values of a file become 0 and 255, where it keeps more than a byte of each. What lies outside is cut.
struct ValueRange {
    double low = 0, high = 0;

    bool given() const { return high > low; }
    bool operator==(const ValueRange&) const = default;
};

/// How many channels pictures of a data set should have, from what some of them have.
class ChannelSurvey {
public:
    void add(std::int64_t channels) { ++m_pictures[channels]; }
    /// That of bands that most of the pictures have; else 3 where one of them has colours (or none was seen), 1 where all are grey.
    std::int64_t usual() const;

private:
    std::map<std::int64_t, std::int64_t> m_pictures;
};

/// No pixel has a colour: always so for one channel, never for bands.
bool isGrey(const Image& image);
/// The picture with 1 or 3 channels: grey = (299 R + 587 G + 114 B) / 1000, rounded; three times the same from grey. Of bands the first three (where there
/// are two, black is the third); the grey of bands is their mean.
Image withChannels(Image image, std::int64_t channels);

}  // namespace lamina
