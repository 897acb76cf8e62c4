#include "core/data/image_tiff.h"

#include <tiffio.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>

#include "core/data/image_jpeg.h"
#include "core/data/image_samples.h"

namespace lamina {
namespace image_tiff_parts {

/// The bytes as a file that libtiff reads, or writes.
struct TiffMemory {
    std::span<const std::byte> read;
    std::vector<std::byte> written;
    bool writing = false;
    std::uint64_t at = 0;

    std::uint64_t size() const { return writing ? written.size() : read.size(); }
};

TiffMemory& memoryOf(thandle_t handle) { return *static_cast<TiffMemory*>(handle); }

tmsize_t readFromMemory(thandle_t handle, void* to, tmsize_t count) {
    TiffMemory& memory = memoryOf(handle);
    const std::byte* from = memory.writing ? memory.written.data() : memory.read.data();
    const std::uint64_t left = memory.at < memory.size() ? memory.size() - memory.at : 0;
    const std::uint64_t taken = std::min(left, static_cast<std::uint64_t>(std::max<tmsize_t>(count, 0)));
    if (taken > 0) std::memcpy(to, from + memory.at, static_cast<std::size_t>(taken));
    memory.at += taken;
    return static_cast<tmsize_t>(taken);
}

tmsize_t writeToMemory(thandle_t handle, void* from, tmsize_t count) try {
    TiffMemory& memory = memoryOf(handle);
    if (!memory.writing || count < 0) return 0;
    const auto end = static_cast<std::size_t>(memory.at) + static_cast<std::size_t>(count);
    if (end > memory.written.size()) memory.written.resize(end);
    std::memcpy(memory.written.data() + memory.at, from, static_cast<std::size_t>(count));
    memory.at = end;
    return count;
} catch (const std::bad_alloc&) {
    return 0;
}

toff_t seekInMemory(thandle_t handle, toff_t offset, int whence) {
    TiffMemory& memory = memoryOf(handle);
    const std::uint64_t base = whence == SEEK_CUR ? memory.at : whence == SEEK_END ? memory.size() : 0;
    return memory.at = base + offset;
}

int closeMemory(thandle_t) { return 0; }
toff_t sizeOfMemory(thandle_t handle) { return memoryOf(handle).size(); }
/// What libtiff would print comes back as an error anyway.
int sayNothing(TIFF*, void*, const char*, const char*, va_list) { return 1; }

constexpr std::int64_t mostSamples = 3 * imageMaximumPixels;
constexpr tmsize_t largestBlock = tmsize_t{1} << 30;

class OpenTiff {
public:
    explicit OpenTiff(TiffMemory& memory, const char* mode = "rm") {
        const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(), TIFFOpenOptionsFree);
        if (!options) throw std::bad_alloc();
        TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), largestBlock);
        TIFFOpenOptionsSetErrorHandlerExtR(options.get(), sayNothing, nullptr);
        TIFFOpenOptionsSetWarningHandlerExtR(options.get(), sayNothing, nullptr);
        m_tiff = TIFFClientOpenExt("picture", mode, &memory, readFromMemory, writeToMemory, seekInMemory, closeMemory, sizeOfMemory, nullptr, nullptr, options.get());
    }
    OpenTiff(const OpenTiff&) = delete;
    OpenTiff& operator=(const OpenTiff&) = delete;
    ~OpenTiff() {
        if (m_tiff) TIFFClose(m_tiff);
    }
    explicit operator bool() const { return m_tiff != nullptr; }
    TIFF* get() const { return m_tiff; }
    std::uint32_t number(std::uint32_t tag, std::uint32_t otherwise = 0) const {
        std::uint32_t value = 0;
        return TIFFGetField(m_tiff, tag, &value) ? value : otherwise;
    }
    std::uint16_t word(std::uint32_t tag, std::uint16_t otherwise = 0) const {
        std::uint16_t value = 0;
        return TIFFGetField(m_tiff, tag, &value) ? value : otherwise;
    }

private:
    TIFF* m_tiff = nullptr;
};

Error damagedTiff() { return fail("image.damaged", {{"format", "tiff"}}); }

struct TiffLayout {
    std::int64_t width = 0, height = 0, samples = 1;
    int bits = 1, format = SAMPLEFORMAT_UINT, photometric = PHOTOMETRIC_MINISBLACK, orientation = 1;
    bool planar = false;
    std::int64_t alpha = -1;  ///< which sample; -1: none
    bool premultiplied = false;

    /// Is it what every program writes?
    bool isPlain() const {
        const bool bytes = format == SAMPLEFORMAT_UINT && bits <= 8;
        return bytes && (samples == 1 || (samples == 3 && photometric == PHOTOMETRIC_RGB));
    }
    bool isKnownLight() const { return photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE || photometric == PHOTOMETRIC_RGB; }
};

TiffLayout layoutOf(const OpenTiff& tiff) {
    TiffLayout layout;
    layout.width = tiff.number(TIFFTAG_IMAGEWIDTH);
    layout.height = tiff.number(TIFFTAG_IMAGELENGTH);
    layout.samples = tiff.word(TIFFTAG_SAMPLESPERPIXEL, 1);
    layout.bits = tiff.word(TIFFTAG_BITSPERSAMPLE, 1);
    layout.format = tiff.word(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
    if (layout.format == SAMPLEFORMAT_VOID) layout.format = SAMPLEFORMAT_UINT;
    layout.photometric = tiff.word(TIFFTAG_PHOTOMETRIC, layout.samples == 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK);
    layout.orientation = tiff.word(TIFFTAG_ORIENTATION, 1);
    layout.planar = tiff.word(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
    std::uint16_t extras = 0;
    std::uint16_t* kinds = nullptr;
    if (!TIFFGetField(tiff.get(), TIFFTAG_EXTRASAMPLES, &extras, &kinds) || !kinds) return layout;
    for (std::int64_t i = 0; i < extras && layout.alpha < 0; ++i) {
        if (kinds[i] != EXTRASAMPLE_ASSOCALPHA && kinds[i] != EXTRASAMPLE_UNASSALPHA) continue;
        layout.alpha = layout.samples - extras + i;
        layout.premultiplied = kinds[i] == EXTRASAMPLE_ASSOCALPHA;
    }
    return layout;
}

/// Sizes are those that the file claims.
Result<void> checkLayout(const TiffLayout& layout, std::size_t fileBytes) {
    constexpr double mostShrunk = 1200, roomForSmall = 1 << 20;
    if (layout.width <= 0 || layout.height <= 0 || layout.samples <= 0) return damagedTiff();
    const bool fits = layout.width <= imageMaximumPixels / layout.height;
    if (!fits || layout.width * layout.height > mostSamples / layout.samples)
        return fail("image.too_large", {{"width", std::to_string(layout.width)}, {"height", std::to_string(layout.height)}, {"limit", std::to_string(imageMaximumPixels)}});
    if (layout.samples > imageMaximumChannels)
        return fail("image.too_many_channels", {{"channels", std::to_string(layout.samples)}, {"limit", std::to_string(imageMaximumChannels)}});
    const double claimed = static_cast<double>(layout.width * layout.height * layout.samples) * layout.bits / 8;
    if (claimed > static_cast<double>(fileBytes) * mostShrunk + roomForSmall) return damagedTiff();
    const bool real = layout.format == SAMPLEFORMAT_IEEEFP, whole = layout.format == SAMPLEFORMAT_UINT || layout.format == SAMPLEFORMAT_INT;
    if (!real && !whole) return fail("image.sample_kind");
    const bool readable = real                                 ? layout.bits == 16 || layout.bits == 32 || layout.bits == 64
                          : layout.format == SAMPLEFORMAT_INT ? layout.bits == 8 || layout.bits == 16 || layout.bits == 32
                                                              : layout.bits >= 1 && layout.bits <= 32;
    if (!readable) return fail("image.sample_bits", {{"bits", std::to_string(layout.bits)}});
    return {};
}

float halfAsFloat(std::uint16_t half) {
    const int exponent = half >> 10 & 31, mantissa = half & 1023;
    const float sign = half & 0x8000 ? -1.0F : 1.0F;
    if (exponent == 31) return std::numeric_limits<float>::quiet_NaN();
    return sign * (exponent == 0 ? std::ldexp(static_cast<float>(mantissa), -24) : std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25));
}

/// Values of a row, whatever they are, as floats.
class RowReader {
public:
    explicit RowReader(const TiffLayout& layout) : m_layout(layout) {}

    float at(const std::uint8_t* row, std::int64_t index) const {
        switch (m_layout.format) {
            case SAMPLEFORMAT_IEEEFP:
                if (m_layout.bits == 16) return halfAsFloat(get<std::uint16_t>(row, index));
                return m_layout.bits == 32 ? get<float>(row, index) : static_cast<float>(get<double>(row, index));
            case SAMPLEFORMAT_INT:
                if (m_layout.bits == 8) return get<std::int8_t>(row, index);
                return m_layout.bits == 16 ? get<std::int16_t>(row, index) : static_cast<float>(get<std::int32_t>(row, index));
            default: break;
        }
        if (m_layout.bits == 8) return row[index];
        if (m_layout.bits == 16) return get<std::uint16_t>(row, index);
        return m_layout.bits == 32 ? static_cast<float>(get<std::uint32_t>(row, index)) : packed(row, index);
    }

private:
    template <class Value>
    static Value get(const std::uint8_t* row, std::int64_t index) {
        Value value;
        std::memcpy(&value, row + index * static_cast<std::int64_t>(sizeof value), sizeof value);
        return value;
    }
    /// The first bit of a row is the highest of its first value.
    float packed(const std::uint8_t* row, std::int64_t index) const {
        std::uint32_t value = 0;
        for (std::int64_t bit = index * m_layout.bits, end = bit + m_layout.bits; bit < end; ++bit)
            value = value << 1 | (row[bit >> 3] >> (7 - (bit & 7)) & 1U);
        return static_cast<float>(value);
    }

    const TiffLayout& m_layout;
};

/// What the file calls no data, as GDAL writes it.
float missingValueOf(const OpenTiff& tiff) {
    constexpr std::uint32_t gdalNoData = 42113;
    std::uint32_t count = 0;
    const char* text = nullptr;
    double value = std::numeric_limits<double>::quiet_NaN();
    if (!TIFFGetField(tiff.get(), gdalNoData, &count, &text) || !text || count == 0) return static_cast<float>(value);
    const char* const end = std::find(text, text + count, '\0');
    while (text < end && *text == ' ') ++text;
    std::from_chars(text, end, value);
    return static_cast<float>(value);
}

ValueRange declaredIn(const OpenTiff& tiff, const TiffLayout& layout) {
    double low = 0, high = 0;
    if (TIFFGetField(tiff.get(), TIFFTAG_SMINSAMPLEVALUE, &low) && TIFFGetField(tiff.get(), TIFFTAG_SMAXSAMPLEVALUE, &high) && std::isfinite(low) && std::isfinite(high))
        return {low, high};
    std::uint16_t least = 0, most = 0;
    const bool said = layout.format == SAMPLEFORMAT_UINT && TIFFGetField(tiff.get(), TIFFTAG_MAXSAMPLEVALUE, &most);
    if (!said) return {};
    TIFFGetField(tiff.get(), TIFFTAG_MINSAMPLEVALUE, &least);
    return {static_cast<double>(least), static_cast<double>(most)};
}

class TiffPixels {
public:
    TiffPixels(const OpenTiff& tiff, const TiffLayout& layout) : m_tiff(tiff), m_layout(layout), m_reader(layout), m_missing(missingValueOf(tiff)) {}

    bool read(SamplePlanes& all) {
        all.height = m_layout.height;
        all.width = m_layout.width;
        all.channels = m_layout.samples;
        all.values.resize(static_cast<std::size_t>(all.channels * all.height * all.width));
        const std::int64_t planes = m_layout.planar ? m_layout.samples : 1;
        for (std::int64_t plane = 0; plane < planes; ++plane)
            if (!(TIFFIsTiled(m_tiff.get()) ? readTiles(all, plane) : readStrips(all, plane))) return false;
        return true;
    }

private:
    bool readStrips(SamplePlanes& all, std::int64_t plane) {
        const tmsize_t size = TIFFStripSize(m_tiff.get()), line = TIFFScanlineSize(m_tiff.get());
        if (size <= 0 || size > largestBlock || line < rowBytes(m_layout.width)) return false;
        m_block.resize(static_cast<std::size_t>(size));
        const std::int64_t step = std::clamp<std::int64_t>(m_tiff.number(TIFFTAG_ROWSPERSTRIP, std::numeric_limits<std::uint32_t>::max()), 1, m_layout.height);
        for (std::int64_t top = 0; top < m_layout.height; top += step) {
            const std::int64_t rows = std::min(step, m_layout.height - top);
            const auto strip = TIFFComputeStrip(m_tiff.get(), static_cast<std::uint32_t>(top), static_cast<std::uint16_t>(plane));
            if (TIFFReadEncodedStrip(m_tiff.get(), strip, m_block.data(), std::min(size, rows * line)) < rows * line) return false;
            spread(all, plane, {0, top, m_layout.width, rows}, line);
        }
        return true;
    }

    bool readTiles(SamplePlanes& all, std::int64_t plane) {
        const tmsize_t size = TIFFTileSize(m_tiff.get()), line = TIFFTileRowSize(m_tiff.get());
        const std::int64_t width = m_tiff.number(TIFFTAG_TILEWIDTH), height = m_tiff.number(TIFFTAG_TILELENGTH);
        if (size <= 0 || size > largestBlock || width <= 0 || height <= 0 || line < rowBytes(width) || height > size / line) return false;
        m_block.resize(static_cast<std::size_t>(size));
        for (std::int64_t top = 0; top < m_layout.height; top += height)
            for (std::int64_t left = 0; left < m_layout.width; left += width) {
                const auto tile = TIFFComputeTile(m_tiff.get(), static_cast<std::uint32_t>(left), static_cast<std::uint32_t>(top), 0, static_cast<std::uint16_t>(plane));
                if (TIFFReadEncodedTile(m_tiff.get(), tile, m_block.data(), size) < size) return false;
                spread(all, plane, {left, top, std::min(width, m_layout.width - left), std::min(height, m_layout.height - top)}, line);
            }
        return true;
    }

    struct Place {
        std::int64_t left, top, width, height;
    };
    void spread(SamplePlanes& all, std::int64_t plane, const Place& place, std::int64_t line) const {
        const std::int64_t together = m_layout.planar ? 1 : m_layout.samples;
        for (std::int64_t sample = 0; sample < together; ++sample)
            for (std::int64_t y = 0; y < place.height; ++y) {
                const std::uint8_t* const row = m_block.data() + y * line;
                float* out = all.plane(plane + sample) + (place.top + y) * m_layout.width + place.left;
                for (std::int64_t x = 0; x < place.width; ++x) *out++ = number(m_reader.at(row, x * together + sample));
            }
    }

    /// Fillers of 1e38 are no numbers, either.
    float number(float value) const { return std::abs(value) < 1e30F && value != m_missing ? value : std::numeric_limits<float>::quiet_NaN(); }
    std::int64_t rowBytes(std::int64_t width) const { return (width * (m_layout.planar ? 1 : m_layout.samples) * m_layout.bits + 7) / 8; }

    const OpenTiff& m_tiff;
    const TiffLayout& m_layout;
    const RowReader m_reader;
    const float m_missing;
    std::vector<std::uint8_t> m_block;
};

double fullValue(const TiffLayout& layout) { return layout.format == SAMPLEFORMAT_UINT ? std::ldexp(1.0, layout.bits) - 1 : layout.format == SAMPLEFORMAT_INT ? std::ldexp(1.0, layout.bits - 1) - 1 : 1; }

/// Takes the plane out; each pixel's share that is seen.
std::vector<float> takeAlpha(SamplePlanes& samples, const TiffLayout& layout) {
    const auto area = static_cast<std::ptrdiff_t>(layout.width * layout.height), first = static_cast<std::ptrdiff_t>(layout.alpha) * area;
    std::vector<float> alpha(samples.values.begin() + first, samples.values.begin() + first + area);
    samples.values.erase(samples.values.begin() + first, samples.values.begin() + first + area);
    --samples.channels;
    const auto full = static_cast<float>(fullValue(layout));
    for (float& share : alpha) share = std::isnan(share) ? 0 : std::clamp(share / full, 0.0F, 1.0F);
    return alpha;
}

Result<Image> imageOf(const OpenTiff& tiff, const TiffLayout& layout, const DecodeOptions& options, SampleFacts* facts) {
    SamplePlanes samples;
    if (!TiffPixels(tiff, layout).read(samples)) return damagedTiff();
    const bool unsignedWhole = layout.format == SAMPLEFORMAT_UINT;
    samples.deep = !unsignedWhole || layout.bits > 8;
    samples.inverted = layout.photometric == PHOTOMETRIC_MINISWHITE;
    if (unsignedWhole && layout.bits <= 16) samples.natural = {0, fullValue(layout)};
    if (samples.deep) samples.declared = declaredIn(tiff, layout);
    std::vector<float> alpha;
    if (layout.alpha >= 0 && layout.alpha < layout.samples && layout.samples > 1) alpha = takeAlpha(samples, layout);
    Image image = imageOfSamples(samples, options.values, facts);
    samples.values = {};
    if (!alpha.empty()) putOnWhite(image, alpha, layout.premultiplied, facts);
    if (image.channels == 3 && isGrey(image)) image = withChannels(std::move(image), 1);
    return upright(std::move(image), layout.orientation);
}

}  // namespace image_tiff_parts

Result<ImageHead> readTiffHead(std::span<const std::byte> bytes) {
    using namespace image_tiff_parts;
    TiffMemory memory{bytes, {}};
    const OpenTiff tiff(memory);
    if (!tiff) return damagedTiff();
    const TiffLayout layout = layoutOf(tiff);
    ImageHead head;
    head.format = "tiff";
    head.width = layout.orientation >= 5 ? layout.height : layout.width;
    head.height = layout.orientation >= 5 ? layout.width : layout.height;
    while (head.pages < imageMaximumPages && TIFFReadDirectory(tiff.get())) ++head.pages;
    return head;
}

bool isDeepTiff(std::span<const std::byte> bytes) {
    using namespace image_tiff_parts;
    TiffMemory memory{bytes, {}};
    const OpenTiff tiff(memory);
    if (!tiff) return false;
    const TiffLayout layout = layoutOf(tiff);
    return layout.bits > 8 || layout.format != SAMPLEFORMAT_UINT;
}

std::optional<Result<Image>> readTiff(std::span<const std::byte> bytes, const DecodeOptions& options, SampleFacts* facts) {
    using namespace image_tiff_parts;
    TiffMemory memory{bytes, {}};
    const OpenTiff tiff(memory);
    if (!tiff) return damagedTiff();
    const bool counted = options.page >= 0 && options.page < imageMaximumPages;
    if (options.page != 0 && !(counted && TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(options.page))))
        return fail("image.no_page", {{"page", std::to_string(options.page + 1)}});
    const TiffLayout layout = layoutOf(tiff);
    if (!layout.isKnownLight() || layout.isPlain()) return std::nullopt;
    if (auto sound = checkLayout(layout, bytes.size()); !sound) return sound.takeError();
    return imageOf(tiff, layout, options, facts);
}

Result<std::vector<std::byte>> encodeTiff(const Image& image) try {
    using namespace image_tiff_parts;
    TiffMemory memory;
    memory.writing = true;
    {
        const OpenTiff tiff(memory, "w");
        if (!tiff) return fail("image.out_of_memory");
        TIFF* const to = tiff.get();
        TIFFSetField(to, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(image.width));
        TIFFSetField(to, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(image.height));
        TIFFSetField(to, TIFFTAG_SAMPLESPERPIXEL, static_cast<std::uint16_t>(image.channels));
        TIFFSetField(to, TIFFTAG_BITSPERSAMPLE, 8);
        TIFFSetField(to, TIFFTAG_PHOTOMETRIC, image.channels == 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK);
        TIFFSetField(to, TIFFTAG_PLANARCONFIG, PLANARCONFIG_SEPARATE);
        TIFFSetField(to, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
        TIFFSetField(to, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(image.height));
        const std::vector<std::uint16_t> bands(static_cast<std::size_t>(image.channels == 3 ? 0 : image.channels - 1), EXTRASAMPLE_UNSPECIFIED);
        if (!bands.empty()) TIFFSetField(to, TIFFTAG_EXTRASAMPLES, static_cast<std::uint16_t>(bands.size()), bands.data());
        std::vector<std::uint8_t> plane;
        for (std::int64_t channel = 0; channel < image.channels; ++channel) {
            plane.assign(image.plane(channel), image.plane(channel) + image.height * image.width);  // libtiff writes into what it is given
            if (TIFFWriteEncodedStrip(to, static_cast<std::uint32_t>(channel), plane.data(), static_cast<tmsize_t>(plane.size())) < 0) return fail("image.out_of_memory");
        }
        if (!TIFFWriteDirectory(to)) return fail("image.out_of_memory");
    }
    return std::move(memory.written);
} catch (const std::bad_alloc&) {
    return fail("image.out_of_memory");
}

}  // namespace lamina
