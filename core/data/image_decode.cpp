#include "core/data/image_decode.h"

#include <QBuffer>
#include <QByteArray>
#include <QImage>
#include <QImageReader>
#include <QLoggingCategory>
#include <QString>
#include <cstring>
#include <mutex>
#include <new>
#include <string_view>

namespace lamina {
namespace {

/// Larger pictures are decoded one at a time, so that memory does not grow with the threads.
constexpr std::int64_t largePixels = 16'000'000;
constexpr int allocationMegabytes = 1024;

bool beginsWith(std::span<const std::byte> bytes, std::string_view text, std::size_t at = 0) {
    return bytes.size() >= at + text.size() && std::memcmp(bytes.data() + at, text.data(), text.size()) == 0;
}

/// The decoder fills what is missing with grey and is content. A whole JPEG has an end behind its last beginning of pixels (inside those,
/// these two bytes cannot stand).
bool jpegIsWhole(std::span<const std::byte> bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const auto scan = text.rfind("\xFF\xDA"), end = text.rfind("\xFF\xD9");
    return scan != std::string_view::npos && end != std::string_view::npos && end > scan;
}

void setUpOnce() {
    static std::once_flag once;
    std::call_once(once, [] {
        QImageReader::setAllocationLimit(allocationMegabytes);
        // What a decoder says to the terminal about a damaged file comes back as an error anyway.
        QLoggingCategory::setFilterRules(QStringLiteral("qt.gui.imageio*=false\nqt.gui.icc*=false"));
    });
}

/// On white, as a page shows it.
std::uint8_t onWhite(unsigned value, unsigned alpha) { return static_cast<std::uint8_t>((value * alpha + 255 * (255 - alpha) + 127) / 255); }

Image toPlanes(const QImage& picture) {
    Image image{3, picture.height(), picture.width(), {}};
    const auto area = static_cast<std::size_t>(image.height * image.width);
    image.pixels.resize(area * 3);
    std::size_t i = 0;
    for (int y = 0; y < picture.height(); ++y) {
        const std::uint8_t* from = picture.constScanLine(y);
        for (int x = 0; x < picture.width(); ++x, ++i, from += 4) {
            image.pixels[i] = onWhite(from[0], from[3]);
            image.pixels[area + i] = onWhite(from[1], from[3]);
            image.pixels[2 * area + i] = onWhite(from[2], from[3]);
        }
    }
    return isGrey(image) ? withChannels(std::move(image), 1) : image;
}

Result<Image> decodeAs(const std::string& format, QBuffer& buffer) {
    QImageReader reader(&buffer, QByteArray::fromStdString(format));
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.width() <= 0 || size.height() <= 0) return fail("image.damaged", {{"format", format}});
    const std::int64_t pixels = std::int64_t{size.width()} * size.height();
    if (pixels > imageMaximumPixels)
        return fail("image.too_large", {{"width", std::to_string(size.width())},
                                        {"height", std::to_string(size.height())},
                                        {"limit", std::to_string(imageMaximumPixels)}});
    static std::mutex large;
    std::unique_lock<std::mutex> alone;
    if (pixels > largePixels) alone = std::unique_lock(large);
    QImage picture;
    if (!reader.read(&picture) || picture.isNull()) return fail("image.damaged", {{"format", format}});
    picture = std::move(picture).convertToFormat(QImage::Format_RGBA8888);
    if (picture.isNull()) return fail("image.out_of_memory");
    return toPlanes(picture);
}

}  // namespace

const std::vector<std::string>& imagePatterns() {
    static const std::vector<std::string> patterns{"*.png", "*.jpg", "*.jpeg", "*.bmp", "*.webp", "*.gif",
                                                   "*.ppm", "*.pgm", "*.pbm",  "*.tif", "*.tiff"};
    return patterns;
}

std::string imageFormat(std::span<const std::byte> b) {
    if (beginsWith(b, "\x89PNG\r\n\x1a\n")) return "png";
    if (beginsWith(b, "\xFF\xD8\xFF")) return "jpeg";
    if (beginsWith(b, "GIF87a") || beginsWith(b, "GIF89a")) return "gif";
    if (beginsWith(b, "RIFF") && beginsWith(b, "WEBP", 8)) return "webp";
    if (beginsWith(b, std::string_view("II*\0", 4)) || beginsWith(b, std::string_view("MM\0*", 4))) return "tiff";
    if (beginsWith(b, "BM")) return "bmp";
    const bool portable = b.size() > 2 && b[0] == std::byte{'P'} && b[1] >= std::byte{'1'} && b[1] <= std::byte{'6'};
    if (portable && (b[2] == std::byte{' '} || b[2] == std::byte{'\t'} || b[2] == std::byte{'\n'} || b[2] == std::byte{'\r'})) return "ppm";
    return {};
}

Result<Image> decodeImage(std::span<const std::byte> bytes) {
    setUpOnce();
    const std::string format = imageFormat(bytes);
    if (format.empty()) return fail("image.unknown_format");
    if (format == "jpeg" && !jpegIsWhole(bytes)) return fail("image.damaged", {{"format", format}});
    try {
        const QByteArray view = QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
        QBuffer buffer;
        buffer.setData(view);
        buffer.open(QIODevice::ReadOnly);
        return decodeAs(format, buffer);
    } catch (const std::bad_alloc&) {
        return fail("image.out_of_memory");
    }
}

}  // namespace lamina
