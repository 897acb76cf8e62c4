#include "core/data/image_samples.h"

#include <algorithm>
#include <cmath>

namespace lamina {
namespace image_samples_parts {

struct Spread {
    float lowest = 0, highest = 0;
    std::int64_t notNumbers = 0;
};

Spread spreadOf(const std::vector<float>& values) {
    Spread spread;
    bool any = false;
    for (const float value : values) {
        if (std::isnan(value)) {
            ++spread.notNumbers;
            continue;
        }
        spread.lowest = any ? std::min(spread.lowest, value) : value;
        spread.highest = any ? std::max(spread.highest, value) : value;
        any = true;
    }
    return spread;
}

/// 0 … 1 is what most programs mean where all values lie there.
ValueRange rangeAround(double lowest, double highest) { return lowest >= 0 && highest <= 1 ? ValueRange{0, 1} : ValueRange{lowest, highest}; }

}  // namespace image_samples_parts

Image imageOfSamples(const SamplePlanes& samples, const ValueRange& wanted, SampleFacts* facts) {
    using namespace image_samples_parts;
    const Spread spread = spreadOf(samples.values);
    ValueRange range = samples.natural;
    if (samples.declared.given()) range = samples.declared;
    if (samples.deep && wanted.given()) range = wanted;
    if (!range.given()) range = rangeAround(spread.lowest, spread.highest);
    const auto low = static_cast<float>(range.low), high = static_cast<float>(range.high), scale = high > low ? 255 / (high - low) : 0;
    Image image{samples.channels, samples.height, samples.width, {}};
    image.pixels.resize(samples.values.size());
    std::int64_t cut = 0;
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        const float value = samples.values[i];
        if (std::isnan(value)) continue;
        cut += value < low || value > high;
        const auto byte = static_cast<std::uint8_t>((std::clamp(value, low, high) - low) * scale + 0.5F);
        image.pixels[i] = samples.inverted ? static_cast<std::uint8_t>(255 - byte) : byte;
    }
    if (!facts || !samples.deep) return image;
    facts->deep = true;
    facts->natural = samples.natural.given();
    facts->lowest = spread.lowest;
    facts->highest = spread.highest;
    facts->declared = samples.declared;
    facts->cut = cut;
    facts->notNumbers = spread.notNumbers;
    return image;
}

void putOnWhite(Image& image, const std::vector<float>& alpha, bool premultiplied, SampleFacts* facts) {
    if (image.channels != 1 && image.channels != 3) return;
    bool any = false;
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        const float share = alpha[i % alpha.size()];
        if (share >= 1) continue;
        any = true;
        const float seen = premultiplied ? image.pixels[i] : image.pixels[i] * share;
        image.pixels[i] = static_cast<std::uint8_t>(std::min(255.0F, seen + 255 * (1 - share)) + 0.5F);
    }
    if (facts) facts->transparent = any;
}

void ValueSurvey::add(const SampleFacts& facts) {
    if (!facts.deep) return;
    const auto take = [first = !m_deep](double& mine, double theirs, bool lower) { mine = first ? theirs : lower ? std::min(mine, theirs) : std::max(mine, theirs); };
    take(m_lowest, facts.lowest, true);
    take(m_highest, facts.highest, false);
    take(m_said.low, facts.declared.low, true);
    take(m_said.high, facts.declared.high, false);
    ++m_deeps;
    m_naturals += facts.natural;
    m_declared = m_declared && facts.declared.given();
    m_deep = true;
}

ValueRange ValueSurvey::range() const {
    constexpr double longest = 65535;
    if (!m_deep) return {};
    if (m_declared) return m_said;
    if (mixed()) return {};
    if (m_naturals == 0) return image_samples_parts::rangeAround(m_lowest, m_highest);
    for (const double bits : {1023.0, 4095.0, 16383.0})
        if (m_highest <= bits) return {0, bits};
    return {0, longest};
}

}  // namespace lamina
