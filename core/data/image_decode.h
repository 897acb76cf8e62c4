// From the bytes of a picture file to pixels: PNG, JPEG, BMP, WebP, GIF, PPM (and PGM, PBM), TIFF.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/base/files.h"
#include "core/data/image.h"

namespace lamina {

/// Pictures with more pixels than this are refused: "image.too_large".
inline constexpr std::int64_t imageMaximumPixels = 100'000'000;
/// Later pages of a file are not looked at.
inline constexpr std::int64_t imageMaximumPages = 1000;

/// File names that pictures have: "*.png", "*.jpg" …
const std::vector<std::string>& imagePatterns();
/// "png", "jpeg" …, told from the first bytes; empty where they are of no format that is read.
std::string imageFormat(std::span<const std::byte> beginning);

struct DecodeOptions {
    std::int64_t page = 0;  ///< of a TIFF or GIF with several, from 0
    /// What the picture will be made into afterwards; 0: it stays as large as it is. A JPEG is then decoded at a half, a quarter or an eighth of its
    /// size as long as that is at least half as large again as this. A function of the file and these numbers alone.
    std::int64_t forHeight = 0, forWidth = 0;
    /// Which values become 0 and 255 in files that keep more than a byte of each. Not given: those that the file declares, else all that 9 … 16 bits can be;
    /// of signed, longer and floating-point numbers 0 … 1 where all lie there, else from this picture's lowest to its highest (to look at: not comparable).
    ValueRange values = {};
};

/// What the values of a file were before they became bytes.
struct SampleFacts {
    bool deep = false;            ///< more than a byte of each; what follows (but for `transparent`) is of such files only
    bool natural = false;         ///< whole numbers of 9 … 16 bits from 0 on
    double lowest = 0, highest = 0;
    ValueRange declared;          ///< by the file itself
    std::int64_t cut = 0;         ///< lay outside
    std::int64_t notNumbers = 0;  ///< NaN, infinite, or what the file calls no data; they become 0
    bool transparent = false;     ///< some pixels were put on white
};

/// One range for all pictures of a data set, so that their values can be compared, from what some of them hold.
class ValueSurvey {
public:
    void add(const SampleFacts& facts);
    bool anyDeep() const { return m_deep; }
    /// Some are whole numbers of 9 … 16 bits, others are not: no range suits them all.
    bool mixed() const { return m_naturals > 0 && m_naturals < m_deeps; }
    /// What the files declare; else whole numbers of 9 … 16 bits: as many bits as they use, of 10, 12, 14, 16; else 0 … 1 where all lie there, or from the
    /// lowest to the highest. Not given where no picture is deep, all values are equal, or kinds are mixed.
    ValueRange range() const;

private:
    bool m_deep = false, m_declared = true;
    std::int64_t m_deeps = 0, m_naturals = 0;
    double m_lowest = 0, m_highest = 0;
    ValueRange m_said;
};

/// The picture, upright (the camera's note of how it was held is followed), what is transparent on white, longer values reduced to a byte; one channel
/// where no pixel has a colour, else three, or the bands of a TIFF whose further samples are not transparency. Nothing but the bytes is looked at; any number
/// of threads. Errors, to which the caller adds {file}: "image.unknown_format", "image.damaged" {format}, "image.too_large" {width, height, limit},
/// "image.too_many_channels" {channels, limit}, "image.sample_bits" {bits}, "image.sample_kind", "image.no_page" {page}, "image.out_of_memory".
Result<Image> decodeImage(std::span<const std::byte> bytes, const DecodeOptions& options = {}, SampleFacts* facts = nullptr);

/// What the beginning of a file says, quickly and without decoding: the size as shown (upright) and how many pages there are (TIFF, GIF; else 1).
/// The same errors; a file that is cut short may be taken for whole.
struct ImageHead {
    std::string format;
    std::int64_t width = 0, height = 0, pages = 1;
};
Result<ImageHead> readImageHead(std::span<const std::byte> bytes);

/// Does the file keep more than a byte of each value? Told from its head.
bool isDeep(std::span<const std::byte> bytes);

/// A file of a grey or coloured picture: PNG, without loss, or JPEG of a quality of 1 … 100.
Result<std::vector<std::byte>> encodePng(const Image& image);
Result<std::vector<std::byte>> encodeJpeg(const Image& image, int quality = 90);
/// Without loss: PNG where the picture is grey or in colour, TIFF where it has bands.
Result<std::vector<std::byte>> encodeLossless(const Image& image);

}  // namespace lamina
