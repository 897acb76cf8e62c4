#include "core/data/seen_picture.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "core/base/parallel.h"
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
    const bool planes = shape.size() == 2 || (shape.size() == 3 && shape[0] <= imageMaximumChannels);
    return planes && info.elementType == DType::UInt8 && std::all_of(shape.begin(), shape.end(), [](std::int64_t side) { return side > 0; }) &&
           shape.back() > 1 && shape[shape.size() - 2] > 1;
}

SeenPicture seenPicture(const ColumnView& view, const ColumnInfo& info, std::int64_t row) {
    if (view.isMissing(row)) return {};
    if (view.kind == ColumnKind::Tensor) return pictureOfTensor(view, info.elementShape, row);
    auto picture = pictureOfValue(view.text(row));
    return picture ? std::move(*picture) : SeenPicture{};
}

std::optional<std::size_t> SourcePictures::indexOf(const TableColumn& column) const {
    for (std::size_t c = 0; c < source.columnCount(); ++c)
        if (const TableColumn& mine = source.column(c); mine.owner && mine.owner == column.owner && mine.info.kind == column.info.kind && mine.info.rows == column.info.rows) return c;
    return {};
}

static Result<std::vector<SeenPicture>> readPictures(const TableColumn& column, const SeeingSettings& how) {
    constexpr std::size_t picturesOfPiece = 16;
    std::vector<SeenPicture> pictures(static_cast<std::size_t>(column.view.rows));
    std::atomic<std::int64_t> done{0};
    std::mutex reporting;
    parallelFor((pictures.size() + picturesOfPiece - 1) / picturesOfPiece, how.threads, [&](std::size_t piece) {
        const std::size_t first = piece * picturesOfPiece, last = std::min(pictures.size(), first + picturesOfPiece);
        for (std::size_t row = first; row < last && !how.cancel.cancelled(); ++row)
            if (const auto at = static_cast<std::int64_t>(row); !how.isThere || how.isThere(at)) pictures[row] = seenPicture(column.view, column.info, at);
        const std::int64_t now = done += static_cast<std::int64_t>(last - first);
        if (!how.progress) return;
        const std::lock_guard lock(reporting);
        how.progress({"pictures", now, static_cast<std::int64_t>(pictures.size()), "pictures"});
    });
    if (how.cancel.cancelled()) return fail("job.cancelled");
    return pictures;
}

static Result<PictureLikeness> likenessOf(const std::vector<SeenPicture>& pictures, const SeeingSettings& how) {
    std::vector<PictureSignature> signatures;
    signatures.reserve(pictures.size());
    for (const SeenPicture& picture : pictures) signatures.push_back(picture.signature);
    return findAlikePictures(signatures, how.threads, how.cancel);
}

/// What cannot be read today may be there tomorrow.
static bool allRead(const SeenPictures& seen, const ColumnView& view) {
    for (std::size_t row = 0; row < seen.pictures.size(); ++row)
        if (!seen.pictures[row].signature.readable && !view.isMissing(static_cast<std::int64_t>(row))) return false;
    return true;
}

Result<SeenPictures> seePictures(const TableColumn& column, const SeeingSettings& how) {
    const auto rows = static_cast<std::size_t>(column.view.rows);
    bool some = false;
    for (std::size_t row = 0; row < rows && how.isThere && !some; ++row) some = !how.isThere(static_cast<std::int64_t>(row));
    SeenPictures seen;
    auto known = how.remembered && how.memory.find ? how.memory.find(*how.remembered) : std::nullopt;
    if (known && known->pictures.size() == rows && known->likeness.leaders.size() == rows) {
        if (!some) return std::move(*known);
        seen.pictures = std::move(known->pictures);
        for (std::size_t row = 0; row < rows; ++row)
            if (!how.isThere(static_cast<std::int64_t>(row))) seen.pictures[row] = {};
    } else {
        LAMINA_TRY(seen.pictures, readPictures(column, how));
    }
    LAMINA_TRY(seen.likeness, likenessOf(seen.pictures, how));
    if (!some && how.remembered && how.memory.keep && allRead(seen, column.view)) how.memory.keep(*how.remembered, seen);
    return seen;
}

bool isReadablePicture(const ColumnView& view, std::int64_t row) { return view.kind != ColumnKind::Image || pictureOfValue(view.text(row)).ok(); }

}  // namespace lamina
