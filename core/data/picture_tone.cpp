#include "core/data/picture_tone.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lamina {
namespace picture_tone_parts {

using Fields = std::array<double, std::tuple_size_v<decltype(PictureSignature::grey)>>;
constexpr double unitsOfGrey = 256, leastContrast = 4, middleGrey = 128, madeContrast = 32;

struct Tone {
    double mean = 0, deviation = 0;
};

Tone toneOf(const Fields& fields) {
    const auto count = static_cast<double>(fields.size());
    const double mean = std::accumulate(fields.begin(), fields.end(), 0.0) / count;
    const double squares = std::accumulate(fields.begin(), fields.end(), 0.0, [&](double sum, double field) { return sum + (field - mean) * (field - mean); });
    return {mean, std::sqrt(squares / count)};
}

/// Each field's place in the order of all, equal ones in the middle of theirs. False where more than half of the fields have an equal.
bool rank(Fields& fields) {
    std::array<std::size_t, std::tuple_size_v<Fields>> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return fields[a] < fields[b]; });
    const Fields values = fields;
    std::size_t equal = 0;
    for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
        while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
        if (end - first > 1) equal += end - first;
        for (std::size_t i = first; i < end; ++i) fields[order[i]] = static_cast<double>(first + end - 1) / 2;
    }
    return 2 * equal <= order.size();
}

}  // namespace picture_tone_parts

std::optional<PictureSignature> withoutTone(const PictureSignature& picture, ToneRule rule) {
    using namespace picture_tone_parts;
    if (!picture.readable) return {};
    Fields fields;
    std::copy(picture.grey.begin(), picture.grey.end(), fields.begin());
    Tone tone = toneOf(fields);
    if (tone.deviation < leastContrast * unitsOfGrey) return {};
    if (rule == ToneRule::Ranked) {
        if (!rank(fields)) return {};
        tone = toneOf(fields);
    }
    PictureSignature made = picture;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const double level = middleGrey + (fields[i] - tone.mean) / tone.deviation * madeContrast;
        made.grey[i] = static_cast<std::uint16_t>(std::clamp(std::lround(level * unitsOfGrey), 0L, 65535L));
    }
    return made;
}

}  // namespace lamina
