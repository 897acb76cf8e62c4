#include "core/data/preparation.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/data/prepare_tensor.h"

namespace lamina {

std::int64_t FeatureColumn::channelOf(std::int64_t element) const {
    const auto channels = static_cast<std::int64_t>(channelMean.size());
    return channels <= 1 ? 0 : element / (elementCount(elementShape) / channels);
}

float prepareNumber(const FeatureColumn& feature, double x) { return static_cast<float>((x - feature.mean) / feature.deviation); }

bool numberIsMissing(const FeatureColumn& feature, double x) { return !std::isfinite(x) || !std::isfinite(prepareNumber(feature, x)); }

Shape Preparation::inputShape() const {
    if (isImage()) return features[0].elementShape;
    return {inputCount()};
}

std::int64_t Preparation::inputCount() const {
    std::int64_t count = 0;
    for (const auto& feature : features) count += feature.outputCount;
    return count;
}

std::int64_t Preparation::outputCountOf(std::size_t place) const {
    const TargetColumn& asked = targetAt(place);
    return asked.classes ? static_cast<std::int64_t>(asked.classNames.size()) : 1;
}

std::string Preparation::inputName(std::int64_t index) const {
    for (const auto& feature : features) {
        const std::int64_t inside = index - feature.outputOffset;
        if (inside < 0 || inside >= feature.outputCount) continue;
        if (feature.kind == FeatureKind::Category) return feature.name + " = " + feature.categories[static_cast<std::size_t>(inside)];
        if (feature.kind == FeatureKind::Number) return inside == 0 ? feature.name : feature.name + " is missing";
    }
    return {};
}

int Preparation::targetPlace(std::string_view column) const {
    for (std::size_t place = 0; place <= moreTargets.size(); ++place)
        if (targetAt(place).name == column) return static_cast<int>(place);
    return -1;
}

Preparation Preparation::asking(std::size_t place) const {
    Preparation other = *this;
    if (place == 0) return other;
    other.moreTargets.erase(other.moreTargets.begin() + static_cast<std::ptrdiff_t>(place) - 1);
    other.moreTargets.insert(other.moreTargets.begin(), target);
    other.target = moreTargets[place - 1];
    other.task = other.target.classes ? "classification" : "regression";
    return other;
}

std::int32_t Preparation::label(const TargetColumn& target, std::string_view className) {
    const auto found = std::find(target.classNames.begin(), target.classNames.end(), className);
    return found == target.classNames.end() ? -1 : static_cast<std::int32_t>(found - target.classNames.begin());
}

namespace {

void applyNumber(const FeatureColumn& feature, double x, float* out) {
    const bool missing = numberIsMissing(feature, x);
    out[0] = prepareNumber(feature, missing ? feature.fill : x);
    if (feature.hasMissingFlag) out[1] = missing ? 1.0f : 0.0f;
}

void applyCategory(const FeatureColumn& feature, std::string_view text, float* out) {
    for (std::size_t i = 0; i < feature.categories.size(); ++i) out[i] = !text.empty() && feature.categories[i] == text ? 1.0f : 0.0f;
}

Result<void> applyTensor(const FeatureColumn& feature, std::span<const std::byte> bytes, float* out) {
    const auto expected = static_cast<std::size_t>(feature.outputCount) * dtypeSize(feature.elementType);
    if (bytes.size() != expected) {
        return fail("preparation.tensor_size", {{"column", feature.name}, {"found", std::to_string(bytes.size())}, {"expected", std::to_string(expected)}});
    }
    prepareTensor(feature, bytes.data(), out);
    return {};
}

}  // namespace

void prepareTensor(const FeatureColumn& feature, const std::byte* bytes, float* out) {
    const auto channels = static_cast<std::int64_t>(feature.channelMean.size()), perChannel = feature.outputCount / channels;
    for (std::int64_t c = 0; c < channels; ++c) {
        for (std::int64_t i = c * perChannel; i < (c + 1) * perChannel; ++i) out[i] = prepareElement(feature, c, storedElement(feature, bytes, i));
    }
}

double storedElement(const FeatureColumn& feature, const std::byte* bytes, std::int64_t element) {
    if (feature.elementType == DType::UInt8) return std::to_integer<int>(bytes[element]);
    float value;
    std::memcpy(&value, bytes + element * static_cast<std::int64_t>(sizeof value), sizeof value);
    return value;
}

float prepareElement(const FeatureColumn& feature, std::int64_t channel, double x) {
    const auto c = static_cast<std::size_t>(channel);
    const auto prepared = static_cast<float>((x / feature.divisor - feature.channelMean[c]) / feature.channelDeviation[c]);
    return std::isfinite(prepared) ? prepared : 0.0f;
}

Result<void> Preparation::apply(std::span<const RawValue> values, std::span<float> out) const {
    if (values.size() != features.size() || out.size() != static_cast<std::size_t>(inputCount())) {
        return fail("preparation.value_count", {{"found", std::to_string(values.size())}, {"expected", std::to_string(features.size())}});
    }
    for (std::size_t f = 0; f < features.size(); ++f) {
        const FeatureColumn& feature = features[f];
        float* place = out.data() + feature.outputOffset;
        switch (feature.kind) {
            case FeatureKind::Number: applyNumber(feature, values[f].number, place); break;
            case FeatureKind::Category: applyCategory(feature, values[f].text, place); break;
            case FeatureKind::Tensor: LAMINA_CHECK(applyTensor(feature, values[f].tensor, place)); break;
        }
    }
    return {};
}

}  // namespace lamina
