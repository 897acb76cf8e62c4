#include "core/data/tensor_picture.h"

#include <algorithm>
#include <cstring>

namespace lamina {

bool isTensorPicture(const ColumnInfo& info) {
    const Shape& shape = info.elementShape;
    if (info.kind != ColumnKind::Tensor || shape.size() != 3 || shape[1] <= 0 || shape[2] <= 0) return false;
    const bool bands = info.elementType == DType::UInt8 && shape[0] > 0 && shape[0] <= imageMaximumChannels;
    return bands || shape[0] == 1 || shape[0] == 3 || shape[0] == 4;
}

std::optional<std::size_t> pictureColumn(const Table& table) {
    for (std::size_t column = 0; column < table.columnCount(); ++column)
        if (table.info(column).kind == ColumnKind::Image || isTensorPicture(table.info(column))) return column;
    return {};
}

std::vector<std::uint8_t> tensorBytes(const ColumnInfo& info, std::span<const std::byte> element) {
    std::vector<std::uint8_t> bytes;
    if (element.empty()) return bytes;
    if (info.elementType == DType::UInt8) {
        bytes.resize(element.size());
        std::memcpy(bytes.data(), element.data(), element.size());
        return bytes;
    }
    std::vector<float> values(element.size() / sizeof(float));
    std::memcpy(values.data(), element.data(), values.size() * sizeof(float));
    if (values.empty()) return bytes;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const bool unit = *low >= 0.0F && *high <= 1.0F;
    const float offset = unit ? 0.0F : *low, range = unit ? 1.0F : std::max(*high - *low, 1e-12F);
    bytes.reserve(values.size());
    for (const float value : values) bytes.push_back(static_cast<std::uint8_t>(std::clamp((value - offset) / range, 0.0F, 1.0F) * 255.0F + 0.5F));
    return bytes;
}

std::optional<Image> tensorImage(const ColumnInfo& info, std::span<const std::byte> element) {
    if (!isTensorPicture(info) || element.size() < elementBytes(info)) return {};
    return Image{info.elementShape[0], info.elementShape[1], info.elementShape[2], tensorBytes(info, element)};
}

}  // namespace lamina
