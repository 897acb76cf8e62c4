#include "core/data/image_jpeg.h"

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <vector>

#include <jpeglib.h>

namespace lamina {
namespace {

/// What libjpeg jumps back to where it gives up; it says nothing to the terminal.
struct JpegTrouble {
    jpeg_error_mgr manager;
    std::jmp_buf back;
};

[[noreturn]] void giveUpOnJpeg(j_common_ptr info) { std::longjmp(reinterpret_cast<JpegTrouble*>(info->err)->back, 1); }
void saySilently(j_common_ptr) {}
void warnSilently(j_common_ptr info, int level) {
    if (level < 0) ++info->err->num_warnings;
}

void listenToJpeg(jpeg_decompress_struct& info, JpegTrouble& trouble) {
    info.err = jpeg_std_error(&trouble.manager);
    trouble.manager.error_exit = giveUpOnJpeg;
    trouble.manager.output_message = saySilently;
    trouble.manager.emit_message = warnSilently;
}

void feedJpeg(jpeg_decompress_struct& info, std::span<const std::byte> bytes) {
    jpeg_mem_src(&info, const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(bytes.data())), static_cast<unsigned long>(bytes.size()));
}

/// The EXIF block is a small TIFF: its first directory may have the entry 0x0112.
class ExifReader {
public:
    explicit ExifReader(std::span<const std::uint8_t> bytes) : m_bytes(bytes), m_little(bytes.size() > 1 && bytes[0] == 'I') {}

    int orientation() const {
        if (m_bytes.size() < 8) return 1;
        const std::size_t directory = number(4, 4);
        const std::size_t entries = number(directory, 2);
        for (std::size_t i = 0; i < entries; ++i) {
            const std::size_t at = directory + 2 + 12 * i;
            if (at + 12 > m_bytes.size()) break;
            if (number(at, 2) != 0x0112) continue;
            const auto value = static_cast<int>(number(at + 8, 2));
            return value >= 1 && value <= 8 ? value : 1;
        }
        return 1;
    }

private:
    std::size_t number(std::size_t at, std::size_t bytes) const {
        if (at + bytes > m_bytes.size()) return 0;
        std::size_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) value = value << 8 | m_bytes[m_little ? at + bytes - 1 - i : at + i];
        return value;
    }
    std::span<const std::uint8_t> m_bytes;
    bool m_little;
};

int orientationOf(const jpeg_decompress_struct& info) {
    for (auto* marker = info.marker_list; marker; marker = marker->next)
        if (marker->data_length > 6 && std::memcmp(marker->data, "Exif\0\0", 6) == 0)
            return ExifReader({marker->data + 6, marker->data_length - 6}).orientation();
    return 1;
}

/// Reads line after line into planes; `line` has room for one.
void readJpegLines(jpeg_decompress_struct& info, std::uint8_t* pixels, std::uint8_t* line) {
    const std::size_t width = info.output_width, area = width * info.output_height;
    while (info.output_scanline < info.output_height) {
        std::uint8_t* const out = pixels + info.output_scanline * width;
        if (info.output_components == 1) {
            JSAMPROW row = out;
            jpeg_read_scanlines(&info, &row, 1);
            continue;
        }
        JSAMPROW row = line;
        jpeg_read_scanlines(&info, &row, 1);
        for (std::size_t x = 0; x < width; ++x) {
            out[x] = line[3 * x];
            out[area + x] = line[3 * x + 1];
            out[2 * area + x] = line[3 * x + 2];
        }
    }
}

/// A jump back may leave locals of its function undefined: the two halves of the work have none that matter.
bool beginJpeg(jpeg_decompress_struct& info, JpegTrouble& trouble, std::span<const std::byte> bytes, int part) {
    if (setjmp(trouble.back)) return false;
    feedJpeg(info, bytes);
    jpeg_read_header(&info, TRUE);
    info.scale_num = 1;
    info.scale_denom = static_cast<unsigned>(part);
    info.out_color_space = info.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_start_decompress(&info);
    return true;
}

bool finishJpeg(jpeg_decompress_struct& info, JpegTrouble& trouble, std::uint8_t* pixels, std::uint8_t* line) {
    if (setjmp(trouble.back)) return false;
    readJpegLines(info, pixels, line);
    jpeg_finish_decompress(&info);
    return true;
}

/// Whatever happens, libjpeg's memory is given back.
struct JpegDecoder {
    jpeg_decompress_struct info{};
    JpegTrouble trouble{};
    JpegDecoder() {
        listenToJpeg(info, trouble);
        jpeg_create_decompress(&info);
    }
    JpegDecoder(const JpegDecoder&) = delete;
    JpegDecoder& operator=(const JpegDecoder&) = delete;
    ~JpegDecoder() { jpeg_destroy_decompress(&info); }
};

bool readHead(JpegDecoder& decoder, std::span<const std::byte> bytes) {
    if (setjmp(decoder.trouble.back)) return false;
    jpeg_save_markers(&decoder.info, JPEG_APP0 + 1, 0xFFFF);
    feedJpeg(decoder.info, bytes);
    jpeg_read_header(&decoder.info, TRUE);
    return true;
}

}  // namespace

std::optional<JpegHead> readJpegHead(std::span<const std::byte> bytes) {
    JpegDecoder decoder;
    if (!readHead(decoder, bytes)) return std::nullopt;
    return JpegHead{decoder.info.image_width, decoder.info.image_height, decoder.info.num_components, orientationOf(decoder.info)};
}

std::optional<Image> readJpeg(std::span<const std::byte> bytes, int part) {
    JpegDecoder decoder;
    if (!beginJpeg(decoder.info, decoder.trouble, bytes, part)) return std::nullopt;
    const auto& info = decoder.info;
    Image image{info.output_components, info.output_height, info.output_width, {}};
    image.pixels.resize(std::size_t{info.output_width} * info.output_height * static_cast<std::size_t>(info.output_components));
    std::vector<std::uint8_t> line(std::size_t{info.output_width} * 3);
    if (!finishJpeg(decoder.info, decoder.trouble, image.pixels.data(), line.data())) return std::nullopt;
    return image;
}

int exifOrientation(std::span<const std::uint8_t> exif) { return ExifReader(exif).orientation(); }

Image upright(Image image, int orientation) {
    if (orientation < 2 || orientation > 8) return image;
    const bool swapped = orientation >= 5;
    const bool mirrorX = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool mirrorY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    Image turned{image.channels, swapped ? image.width : image.height, swapped ? image.height : image.width, {}};
    turned.pixels.resize(image.pixels.size());
    for (std::int64_t channel = 0; channel < image.channels; ++channel) {
        const std::uint8_t* const from = image.plane(channel);
        std::uint8_t* out = turned.plane(channel);
        for (std::int64_t y = 0; y < turned.height; ++y) {
            for (std::int64_t x = 0; x < turned.width; ++x) {
                const std::int64_t sourceX = swapped ? y : x, sourceY = swapped ? x : y;
                *out++ = from[(mirrorY ? image.height - 1 - sourceY : sourceY) * image.width + (mirrorX ? image.width - 1 - sourceX : sourceX)];
            }
        }
    }
    return turned;
}

}  // namespace lamina
