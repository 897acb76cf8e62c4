#include "app/jobs/blurred_picture.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/data/image_decode.h"

namespace lamina {
namespace blurred_picture_parts {

constexpr std::int64_t mostBlocks = 6, leastPixels = 8;

/// The block's mean in all of its pixels.
void fillWithMean(std::uint8_t* plane, std::int64_t stride, std::int64_t left, std::int64_t top, std::int64_t right, std::int64_t bottom) {
    std::int64_t sum = 0;
    for (std::int64_t y = top; y < bottom; ++y)
        for (std::int64_t x = left; x < right; ++x) sum += plane[y * stride + x];
    const auto mean = static_cast<std::uint8_t>(sum / ((right - left) * (bottom - top)));
    for (std::int64_t y = top; y < bottom; ++y) std::fill(plane + y * stride + left, plane + y * stride + right, mean);
}

void coarsen(Image& image, const ShapeBounds& box) {
    const auto left = static_cast<std::int64_t>(box.left), top = static_cast<std::int64_t>(box.top);
    // The size that was noted when the picture was labelled need not be that of the file.
    const std::int64_t right = std::min(static_cast<std::int64_t>(box.right), image.width), bottom = std::min(static_cast<std::int64_t>(box.bottom), image.height);
    const std::int64_t block = std::max(leastPixels, (std::max(right - left, bottom - top) + mostBlocks - 1) / mostBlocks);
    for (std::int64_t channel = 0; channel < image.channels; ++channel)
        for (std::int64_t y = top; y < bottom; y += block)
            for (std::int64_t x = left; x < right; x += block)
                fillWithMean(image.plane(channel), image.width, x, y, std::min(x + block, right), std::min(y + block, bottom));
}

}  // namespace blurred_picture_parts

ShapeBounds coveredBy(const AnnotationShape& shape, std::int64_t width, std::int64_t height) {
    ShapeBounds box = boundsOf(shape);
    if (const auto rings = outlineOf(shape); !rings.empty() && !rings.front().empty()) {
        box = {rings.front().front().x, rings.front().front().y, rings.front().front().x, rings.front().front().y};
        for (const auto& ring : rings)
            for (const ShapePoint& point : ring)
                box = {std::min(box.left, point.x), std::min(box.top, point.y), std::max(box.right, point.x), std::max(box.bottom, point.y)};
    }
    const auto within = [](double value, std::int64_t most) { return std::clamp(value, 0.0, static_cast<double>(most)); };
    return {within(std::floor(box.left), width), within(std::floor(box.top), height), within(std::ceil(box.right), width), within(std::ceil(box.bottom), height)};
}

Result<PictureFile> blurred(std::span<const std::byte> file, const std::vector<ShapeBounds>& boxes, const ValueRange& values) {
    LAMINA_TRY(auto image, decodeImage(file, {.values = values}));
    for (const ShapeBounds& box : boxes)
        if (box.right > box.left && box.bottom > box.top) blurred_picture_parts::coarsen(image, box);
    PictureFile made;
    if (imageFormat(file) != "jpeg") made.ending = image.channels == 1 || image.channels == 3 ? ".png" : ".tif";
    LAMINA_TRY(made.bytes, made.ending.empty() ? encodeJpeg(image, 92) : encodeLossless(image));
    return made;
}

}  // namespace lamina
