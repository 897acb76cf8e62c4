#include "core/data/seen_picture.h"

#include <algorithm>

#include "core/data/image_reader.h"

namespace lamina {

namespace {

/// A JPEG is decoded no larger than a signature of 16 × 16 fields needs.
constexpr std::int64_t decodedSide = 64;

SeenPicture seenIn(const Image& image, std::int64_t width, std::int64_t height) { return {signatureOf(image), width, height, isGrey(image)}; }

SeenPicture pictureOfTensor(const ColumnView& view, const Shape& shape, std::int64_t row) {
    const bool flat = shape.size() == 2;
    Image image;
    image.channels = flat ? 1 : shape[0];
    image.height = shape[shape.size() - 2];
    image.width = shape.back();
    const auto bytes = view.element(row);
    image.pixels.assign(reinterpret_cast<const std::uint8_t*>(bytes.data()), reinterpret_cast<const std::uint8_t*>(bytes.data()) + bytes.size());
    return seenIn(image, image.width, image.height);
}

Result<SeenPicture> pictureOfBytes(std::span<const std::byte> bytes, std::int64_t page) {
    LAMINA_TRY(const auto head, readImageHead(bytes));
    LAMINA_TRY(const auto image, decodeImage(bytes, {.page = page, .forHeight = decodedSide, .forWidth = decodedSide}));
    return seenIn(image, head.width, head.height);
}

Result<SeenPicture> pictureOfValue(std::string_view value) {
    if (!isImageReference(value)) return pictureOfBytes(std::as_bytes(std::span(value.data(), value.size())), 0);
    LAMINA_TRY(const auto bytes, ImageReader().bytes(value));
    return pictureOfBytes(bytes, readImageReference(value).page);
}

}  // namespace

bool holdsPictures(const ColumnInfo& info) {
    if (info.kind != ColumnKind::Tensor) return info.kind == ColumnKind::Image;
    const Shape& shape = info.elementShape;
    const bool planes = shape.size() == 2 || (shape.size() == 3 && (shape[0] == 1 || shape[0] == 3));
    return planes && info.elementType == DType::UInt8 && std::all_of(shape.begin(), shape.end(), [](std::int64_t side) { return side > 0; }) &&
           shape.back() > 1 && shape[shape.size() - 2] > 1;
}

SeenPicture seenPicture(const ColumnView& view, const ColumnInfo& info, std::int64_t row) {
    if (view.isMissing(row)) return {};
    if (view.kind == ColumnKind::Tensor) return pictureOfTensor(view, info.elementShape, row);
    auto picture = pictureOfValue(view.text(row));
    return picture ? std::move(*picture) : SeenPicture{};
}

bool isReadablePicture(const ColumnView& view, std::int64_t row) { return view.kind != ColumnKind::Image || pictureOfValue(view.text(row)).ok(); }

}  // namespace lamina
