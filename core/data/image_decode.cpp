#include "core/data/image_decode.h"

#include <QBuffer>
#include <QByteArray>
#include <QImage>
#include <QImageReader>
#include <QLoggingCategory>
#include <QImageIOHandler>
#include <QString>
#include <algorithm>
#include <cstring>
#include <mutex>
#include <new>
#include <string_view>

#include "core/data/image_jpeg.h"
#include "core/data/image_samples.h"
#include "core/data/image_tiff.h"

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

Image inOneChannelWhereGrey(Image image) { return isGrey(image) ? withChannels(std::move(image), 1) : image; }

Image emptyPlanes(const QImage& picture, std::int64_t channels) {
    Image image{channels, picture.height(), picture.width(), {}};
    image.pixels.resize(static_cast<std::size_t>(channels * image.height * image.width));
    return image;
}

Image greyPlane(const QImage& picture) {
    Image image = emptyPlanes(picture, 1);
    for (int y = 0; y < picture.height(); ++y)
        std::memcpy(image.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width()), picture.constScanLine(y),
                    static_cast<std::size_t>(picture.width()));
    return image;
}

/// Of red, green, blue, alpha in 16 bits: each pixel's share that is seen.
std::vector<float> sharesOfWords(const QImage& picture) {
    std::vector<float> shares;
    shares.reserve(static_cast<std::size_t>(picture.height()) * static_cast<std::size_t>(picture.width()));
    for (int y = 0; y < picture.height(); ++y) {
        const auto* const row = reinterpret_cast<const std::uint16_t*>(picture.constScanLine(y));
        for (int x = 0; x < picture.width(); ++x) shares.push_back(static_cast<float>(row[4 * x + 3]) / 65535.0F);
    }
    return shares;
}

/// 16 bits of grey, or of red, green, blue and what is seen of them (or nothing).
Image fromWords(const QImage& picture, const DecodeOptions& options, SampleFacts* facts) {
    const bool grey = picture.format() == QImage::Format_Grayscale16;
    const std::int64_t step = grey ? 1 : 4;
    SamplePlanes samples;
    samples.channels = grey ? 1 : 3;
    samples.height = picture.height();
    samples.width = picture.width();
    samples.values.resize(static_cast<std::size_t>(samples.channels * samples.height * samples.width));
    samples.deep = true;
    samples.natural = {0, 65535};
    for (std::int64_t y = 0; y < samples.height; ++y) {
        const auto* const row = reinterpret_cast<const std::uint16_t*>(picture.constScanLine(static_cast<int>(y)));
        for (std::int64_t channel = 0; channel < samples.channels; ++channel) {
            float* const to = samples.plane(channel) + y * samples.width;
            for (std::int64_t x = 0; x < samples.width; ++x) to[x] = row[x * step + channel];
        }
    }
    Image image = imageOfSamples(samples, options.values, facts);
    if (picture.format() == QImage::Format_RGBA64) putOnWhite(image, sharesOfWords(picture), false, facts);
    return inOneChannelWhereGrey(std::move(image));
}

/// From red, green, blue, alpha.
Image toPlanes(const QImage& picture, SampleFacts* facts) {
    Image image = emptyPlanes(picture, 3);
    const auto area = static_cast<std::size_t>(image.height * image.width);
    std::size_t i = 0;
    bool transparent = false;
    for (int y = 0; y < picture.height(); ++y) {
        const std::uint8_t* from = picture.constScanLine(y);
        for (int x = 0; x < picture.width(); ++x, ++i, from += 4) {
            transparent = transparent || from[3] != 255;
            image.pixels[i] = onWhite(from[0], from[3]);
            image.pixels[area + i] = onWhite(from[1], from[3]);
            image.pixels[2 * area + i] = onWhite(from[2], from[3]);
        }
    }
    if (facts) facts->transparent = transparent;
    return inOneChannelWhereGrey(std::move(image));
}

Result<void> checkImageSize(std::int64_t width, std::int64_t height, const std::string& format) {
    if (width <= 0 || height <= 0) return fail("image.damaged", {{"format", format}});
    if (width <= imageMaximumPixels / height) return {};
    return fail("image.too_large",
                {{"width", std::to_string(width)}, {"height", std::to_string(height)}, {"limit", std::to_string(imageMaximumPixels)}});
}

/// Held while a large picture is decoded.
std::unique_lock<std::mutex> aloneWhereLarge(std::int64_t pixels) {
    static std::mutex large;
    return pixels > largePixels ? std::unique_lock(large) : std::unique_lock<std::mutex>();
}

/// A TIFF's pages are counted through a second handle, which begins where the device stands.
std::int64_t pagesOf(QImageReader& reader) {
    reader.device()->seek(0);
    const std::int64_t pages = std::clamp<std::int64_t>(reader.imageCount(), 1, imageMaximumPages);
    reader.device()->seek(0);
    return pages;
}

/// A GIF gives its frames one after the other; a TIFF is opened at any page.
bool goToPage(QImageReader& reader, const std::string& format, std::int64_t page) {
    if (page == 0) return true;
    if (page < 0 || page >= pagesOf(reader)) return false;
    if (format != "gif") return reader.jumpToImage(static_cast<int>(page));
    QImage skipped;
    for (std::int64_t i = 0; i < page; ++i)
        if (!reader.read(&skipped)) return false;
    return true;
}

Result<Image> decodeAs(const std::string& format, QBuffer& buffer, const DecodeOptions& options, SampleFacts* facts) {
    QImageReader reader(&buffer, QByteArray::fromStdString(format));
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    if (!goToPage(reader, format, options.page)) return fail("image.no_page", {{"page", std::to_string(options.page + 1)}});
    const QSize size = reader.size();
    LAMINA_CHECK(checkImageSize(size.width(), size.height(), format));
    const auto alone = aloneWhereLarge(std::int64_t{size.width()} * size.height());
    QImage picture;
    if (!reader.read(&picture) || picture.isNull()) return fail("image.damaged", {{"format", format}});
    if (picture.format() == QImage::Format_Grayscale8) return greyPlane(picture);
    const bool words = picture.format() == QImage::Format_Grayscale16 || picture.format() == QImage::Format_RGBX64 || picture.format() == QImage::Format_RGBA64;
    if (words) return fromWords(picture, options, facts);
    picture = std::move(picture).convertToFormat(QImage::Format_RGBA8888);
    if (picture.isNull()) return fail("image.out_of_memory");
    return toPlanes(picture, facts);
}

/// 1, 2, 4 or 8: the picture shrunk so much is still half as large again as it is wanted.
int jpegPart(const JpegHead& head, const DecodeOptions& options) {
    if (options.forHeight <= 0 || options.forWidth <= 0) return 1;
    const bool turned = head.orientation >= 5;
    const std::int64_t height = turned ? options.forWidth : options.forHeight, width = turned ? options.forHeight : options.forWidth;
    int part = 8;
    while (part > 1 && (2 * (head.width / part) < 3 * width || 2 * (head.height / part) < 3 * height)) part /= 2;
    return part;
}

Result<Image> decodeJpeg(std::span<const std::byte> bytes, const JpegHead& head, const DecodeOptions& options) {
    LAMINA_CHECK(checkImageSize(head.width, head.height, "jpeg"));
    const int part = jpegPart(head, options);
    const auto alone = aloneWhereLarge(head.width * head.height / (part * part));
    auto image = readJpeg(bytes, part);
    if (!image) return fail("image.damaged", {{"format", "jpeg"}});
    return inOneChannelWhereGrey(upright(std::move(*image), head.orientation));
}

/// Opens the bytes as Qt reads them; nothing is copied.
void openBytes(QBuffer& buffer, std::span<const std::byte> bytes) {
    buffer.setData(QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())));
    buffer.open(QIODevice::ReadOnly);
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
    if (beginsWith(b, std::string_view("II+\0", 4)) || beginsWith(b, std::string_view("MM\0+", 4))) return "tiff";  // with places of 8 bytes
    if (beginsWith(b, "BM")) return "bmp";
    const bool portable = b.size() > 2 && b[0] == std::byte{'P'} && b[1] >= std::byte{'1'} && b[1] <= std::byte{'6'};
    if (portable && (b[2] == std::byte{' '} || b[2] == std::byte{'\t'} || b[2] == std::byte{'\n'} || b[2] == std::byte{'\r'})) return "ppm";
    return {};
}

Result<Image> decodeImage(std::span<const std::byte> bytes, const DecodeOptions& options, SampleFacts* facts) {
    setUpOnce();
    const std::string format = imageFormat(bytes);
    if (format.empty()) return fail("image.unknown_format");
    if (format == "jpeg" && !jpegIsWhole(bytes)) return fail("image.damaged", {{"format", format}});
    try {
        const auto head = format == "jpeg" && options.page == 0 ? readJpegHead(bytes) : std::nullopt;
        if (head && (head->components == 1 || head->components == 3)) return decodeJpeg(bytes, *head, options);
        if (format == "tiff")
            if (auto image = readTiff(bytes, options, facts)) return std::move(*image);
        QBuffer buffer;
        openBytes(buffer, bytes);
        return decodeAs(format, buffer, options, facts);
    } catch (const std::bad_alloc&) {
        return fail("image.out_of_memory");
    }
}

Result<ImageHead> readImageHead(std::span<const std::byte> bytes) {
    setUpOnce();
    ImageHead head;
    head.format = imageFormat(bytes);
    if (head.format.empty()) return fail("image.unknown_format");
    try {
        if (head.format == "tiff") {
            LAMINA_TRY(head, readTiffHead(bytes));
            LAMINA_CHECK(checkImageSize(head.width, head.height, head.format));
            return head;
        }
        QBuffer buffer;
        openBytes(buffer, bytes);
        QImageReader reader(&buffer, QByteArray::fromStdString(head.format));
        reader.setAutoDetectImageFormat(false);
        if (head.format == "gif") head.pages = pagesOf(reader);
        QSize size = reader.size();
        if (reader.transformation() & QImageIOHandler::TransformationRotate90) size.transpose();
        head.width = size.width();
        head.height = size.height();
    } catch (const std::bad_alloc&) {
        return fail("image.out_of_memory");
    }
    LAMINA_CHECK(checkImageSize(head.width, head.height, head.format));
    return head;
}

bool isDeep(std::span<const std::byte> bytes) {
    constexpr std::size_t pngDepth = 24;
    if (imageFormat(bytes) == "tiff") return isDeepTiff(bytes);
    return imageFormat(bytes) == "png" && bytes.size() > pngDepth && bytes[pngDepth] == std::byte{16};
}

static Result<std::vector<std::byte>> encodeAs(const char* format, const Image& image, int quality) try {
    QImage picture(static_cast<int>(image.width), static_cast<int>(image.height), image.channels == 1 ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
    if (picture.isNull()) return fail("image.out_of_memory");
    for (std::int64_t y = 0; y < image.height; ++y) {
        std::uint8_t* line = picture.scanLine(static_cast<int>(y));
        for (std::int64_t x = 0; x < image.width; ++x)
            for (std::int64_t channel = 0; channel < image.channels; ++channel) *line++ = image.plane(channel)[y * image.width + x];
    }
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!picture.save(&buffer, format, quality)) return fail("image.out_of_memory");
    const auto bytes = std::as_bytes(std::span(buffer.data().constData(), static_cast<std::size_t>(buffer.data().size())));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
} catch (const std::bad_alloc&) {
    return fail("image.out_of_memory");
}

Result<std::vector<std::byte>> encodePng(const Image& image) { return encodeAs("PNG", image, -1); }
Result<std::vector<std::byte>> encodeJpeg(const Image& image, int quality) { return encodeAs("JPEG", image, quality); }
Result<std::vector<std::byte>> encodeLossless(const Image& image) { return image.channels == 1 || image.channels == 3 ? encodePng(image) : encodeTiff(image); }

}  // namespace lamina
