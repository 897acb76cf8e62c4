#include "core/data/image_feature.h"

#include "core/base/parallel.h"
#include "core/data/image_reference.h"

namespace lamina {
namespace {

DecodeOptions decodeOptionsFor(const FeatureColumn& feature) { return {0, feature.elementShape[1], feature.elementShape[2], feature.values}; }

constexpr std::size_t picturesPerPiece = 64;

}  // namespace

Result<Image> pictureElements(const FeatureColumn& feature, std::string_view value, const ImageReader& reader) try {
    LAMINA_TRY(auto image, reader.read(value, decodeOptionsFor(feature)));
    return imageInForm(std::move(image), feature.pictureForm());
} catch (const std::bad_alloc&) {
    return fail("image.out_of_memory");
}

std::string pictureValue(const ColumnView& view, std::int64_t row) {
    if (view.kind == ColumnKind::Image) return std::string(view.text(row));
    const auto place = static_cast<std::size_t>(row);
    ImageReference file;
    file.path = view.kind == ColumnKind::Category ? std::string(view.dictionary[static_cast<std::size_t>(view.codes[place])]) : std::string(view.text(row));
    return imageReferenceValue(file);
}

Result<Image> pictureElements(const FeatureColumn& feature, const Path& file) try {
    LAMINA_TRY(const auto bytes, readImageFile(file));
    auto image = decodeImage(bytes, decodeOptionsFor(feature));
    if (!image) return image.takeError().with("file", file.string());
    auto made = imageInForm(std::move(*image), feature.pictureForm());
    if (!made) return made.takeError().with("file", file.string());
    return made;
} catch (const std::bad_alloc&) {
    return fail("image.out_of_memory", {{"file", file.string()}});
}

Result<std::span<const std::byte>> tensorElements(const FeatureColumn& feature, const ColumnView& view, std::int64_t row, const ImageReader& reader,
                                                  Image& kept) {
    if (!feature.picture) return view.element(row);
    LAMINA_TRY(kept, pictureElements(feature, pictureValue(view, row), reader));
    return std::as_bytes(std::span(kept.pixels));
}

Result<void> PictureMoments::run(const std::vector<std::int64_t>& rows, int threads, const CancelToken& cancel, const ProgressFunction& progress) {
    for (std::size_t first = 0; first < rows.size(); first += picturesPerPiece) {
        const std::size_t count = std::min(picturesPerPiece, rows.size() - first);
        parallelFor(count, threads, [&](std::size_t i) {
            if (!cancel.cancelled()) add(rows[first + i]);
        });
        if (cancel.cancelled()) return fail("job.cancelled");
        if (progress) progress({"pictures", static_cast<std::int64_t>(first + count), static_cast<std::int64_t>(rows.size()), "rows"});
    }
    return {};
}

void PictureMoments::add(std::int64_t row) {
    const auto image = pictureElements(m_feature, pictureValue(m_view, row), m_reader);
    std::vector<std::uint64_t> sums(m_sums.size()), squares(m_sums.size());
    if (image) {
        const std::size_t perChannel = image->pixels.size() / sums.size();
        for (std::size_t i = 0; i < image->pixels.size(); ++i) {
            const std::uint64_t x = image->pixels[i];
            sums[i / perChannel] += x;
            squares[i / perChannel] += x * x;
        }
    }
    const std::lock_guard lock(m_mutex);
    if (!image) {
        if (m_unreadable < 0 || row < m_unreadable) m_unreadable = row;
        return;
    }
    ++m_present;
    for (std::size_t c = 0; c < sums.size(); ++c) {
        m_sums[c] += sums[c];
        m_squares[c] += squares[c];
    }
}

}  // namespace lamina
