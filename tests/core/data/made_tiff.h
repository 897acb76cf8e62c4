// TIFF files of any number of samples of any kind, uncompressed, for tests.
#pragma once

#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lamina {

/// Little-endian. `values`: row after row, sample after sample.
template <class Value>
struct MadeTiff {
    std::uint32_t width = 1, height = 1;
    std::uint16_t samples = 1;
    std::vector<Value> values;
    std::uint16_t format = 1;                 ///< 1 unsigned, 2 signed, 3 floating point, 6 complex
    std::vector<std::uint16_t> extras = {};   ///< 0 a band, 1 and 2 transparency
    bool planar = false;
    std::uint16_t photometric = 1;            ///< 0 white is zero, 1 black is zero, 2 red green blue
    std::uint16_t orientation = 1;
    std::pair<double, double> declared = {};  ///< SMinSampleValue, SMaxSampleValue
    std::string noData = {};                  ///< as GDAL writes it
    bool big = false;                         ///< BigTIFF

    std::string bytes() const {
        std::string file = big ? std::string("II+\0\x08\0\0\0", 8) : std::string("II*\0", 4);
        const std::size_t link = file.size();
        number(file, 0, big ? 8 : 4);
        std::vector<Tag> tags;
        const auto pixels = pixelBytes();
        const std::size_t place = file.size();
        file += pixels;
        const std::size_t planes = planar ? samples : 1, planeBytes = pixels.size() / planes;
        const auto words = [&](const std::vector<std::uint16_t>& list) {
            std::string text;
            for (const std::uint16_t word : list) number(text, word, 2);
            return text;
        };
        const auto places = [&](bool sizes) {
            std::string text;
            for (std::size_t plane = 0; plane < planes; ++plane) number(text, sizes ? planeBytes : place + plane * planeBytes, 4);
            return text;
        };
        tags.push_back({256, 3, 1, words({static_cast<std::uint16_t>(width)})});
        tags.push_back({257, 3, 1, words({static_cast<std::uint16_t>(height)})});
        tags.push_back({258, 3, samples, words(std::vector<std::uint16_t>(samples, static_cast<std::uint16_t>(8 * sizeof(Value))))});
        tags.push_back({259, 3, 1, words({1})});
        tags.push_back({262, 3, 1, words({photometric})});
        tags.push_back({273, 4, planes, places(false)});
        tags.push_back({274, 3, 1, words({orientation})});
        tags.push_back({277, 3, 1, words({samples})});
        tags.push_back({278, 3, 1, words({static_cast<std::uint16_t>(height)})});
        tags.push_back({279, 4, planes, places(true)});
        tags.push_back({284, 3, 1, words({static_cast<std::uint16_t>(planar ? 2 : 1)})});
        if (!extras.empty()) tags.push_back({338, 3, extras.size(), words(extras)});
        tags.push_back({339, 3, samples, words(std::vector<std::uint16_t>(samples, format))});
        if (declared.second > declared.first)
            for (const auto& [tag, value] : {std::pair{340, declared.first}, {341, declared.second}}) {
                std::string text(sizeof(double) * samples, '\0');
                for (std::size_t i = 0; i < samples; ++i) std::memcpy(text.data() + i * sizeof(double), &value, sizeof(double));
                tags.push_back({static_cast<std::uint16_t>(tag), 12, samples, text});
            }
        if (!noData.empty()) tags.push_back({42113, 2, noData.size() + 1, noData + std::string(1, '\0')});
        const std::size_t field = big ? 8 : 4;
        for (Tag& tag : tags) {
            if (tag.value.size() <= field) continue;
            std::string where;
            number(where, file.size(), field);
            file += tag.value;
            tag.value = where;
        }
        const std::size_t directory = file.size();
        std::string at;
        number(at, directory, field);
        file.replace(link, field, at);
        number(file, tags.size(), big ? 8 : 2);
        for (const Tag& tag : tags) {
            number(file, tag.id, 2);
            number(file, tag.type, 2);
            number(file, tag.count, field);
            file += tag.value + std::string(field - tag.value.size(), '\0');
        }
        number(file, 0, field);
        return file;
    }

private:
    struct Tag {
        std::uint16_t id, type;
        std::size_t count;
        std::string value;
    };
    static void number(std::string& to, std::uint64_t value, std::size_t bytes) {
        for (std::size_t i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i));
    }
    std::string pixelBytes() const {
        std::vector<Value> ordered = values;
        const std::size_t area = static_cast<std::size_t>(width) * height;
        for (std::size_t i = 0; planar && i < values.size(); ++i) ordered[i % samples * area + i / samples] = values[i];
        return {reinterpret_cast<const char*>(ordered.data()), ordered.size() * sizeof(Value)};
    }
};

}  // namespace lamina
