#include "core/data/image_decode.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "core/data/image_metadata.h"
#include "core/data/image_resize.h"

namespace lamina {
namespace {

/// The seeds of the fuzzer: one picture of 7 × 5 random colours in every format and a smooth one as JPEG, written by another program.
Path seed(const std::string& name) { return Path(LAMINA_SOURCE_DIR) / "tests/fuzz/corpus/image" / name; }

std::vector<std::byte> bytesOf(const Path& path) {
    auto bytes = readFile(path);
    EXPECT_TRUE(bytes.ok()) << path;
    return bytes ? std::move(*bytes) : std::vector<std::byte>{};
}

Image decode(const std::string& name) {
    auto image = decodeImage(bytesOf(seed(name)));
    EXPECT_TRUE(image.ok()) << name << (image ? "" : image.error().debugText());
    return image ? std::move(*image) : Image{};
}

Result<Image> decodeText(const std::string& text) { return decodeImage(std::as_bytes(std::span(text.data(), text.size()))); }

TEST(DecodeImage, LosslessFormatsGiveTheSamePixels) {
    const auto plain = decode("plain.ppm");
    ASSERT_EQ(plain.channels, 3);
    ASSERT_EQ(plain.width, 7);
    ASSERT_EQ(plain.height, 5);
    for (const char* name : {"colour.png", "plain.bmp", "lossless.webp", "deflated.tif"}) {
        const auto image = decode(name);
        EXPECT_EQ(image.width, 7) << name;
        EXPECT_EQ(image.pixels, plain.pixels) << name;
    }
}

TEST(DecodeImage, PixelsAreThoseOfTheFile) {
    const auto image = decodeText("P3 2 1 255 1 2 3 250 251 252 ");
    ASSERT_TRUE(image.ok()) << image.error().debugText();
    EXPECT_EQ(image->pixels, (std::vector<std::uint8_t>{1, 250, 2, 251, 3, 252}));
}

TEST(DecodeImage, PicturesWithoutColourHaveOneChannel) {
    EXPECT_EQ(decode("grey.png").channels, 1);
    EXPECT_EQ(decode("grey.tif").pixels, decode("grey.png").pixels);
    EXPECT_EQ(decode("bits.pbm").channels, 1);
    EXPECT_EQ(decode("palette.gif").channels, 3);
}

TEST(DecodeImage, PhotosAreTurnedUpright) {
    const auto photo = decode("photo.jpg"), turned = decode("turned.jpg");
    ASSERT_EQ(turned.width, 5);
    ASSERT_EQ(turned.height, 7);
    // Turned clockwise: the first row comes from the first column, from below.
    const auto at = [](const Image& i, std::int64_t y, std::int64_t x) { return static_cast<int>(i.pixels[static_cast<std::size_t>(y * i.width + x)]); };
    for (std::int64_t y = 0; y < 7; ++y)
        for (std::int64_t x = 0; x < 5; ++x) EXPECT_NEAR(at(turned, y, x), at(photo, 4 - x, y), 2);
}

TEST(DecodeImage, WhatIsTransparentStandsOnWhite) {
    const auto seen = decode("alpha.png"), colour = decode("colour.png");
    ASSERT_EQ(seen.pixels.size(), colour.pixels.size());
    for (std::size_t i = 0; i < seen.pixels.size(); ++i) EXPECT_NEAR(seen.pixels[i], (colour.pixels[i] * 100 + 255 * 155) / 255.0, 1.0);
}

TEST(DecodeImage, SixteenBitsWithTransparencyAreWhatAnotherProgramMakesOfThem) {
    std::ifstream numbers(Path(LAMINA_SOURCE_DIR) / "tests/core/data/deep_alpha.txt");
    int pictures = 0;
    for (std::string line; std::getline(numbers, line); ++pictures) {
        std::istringstream words(line);
        std::string name;
        words >> name;
        SampleFacts facts;
        const auto image = decodeImage(bytesOf(seed(name)), {}, &facts);
        ASSERT_TRUE(image.ok()) << name;
        EXPECT_TRUE(facts.transparent) << name;
        EXPECT_TRUE(facts.deep && facts.natural) << name;
        for (const std::uint8_t pixel : image->pixels) {
            double expected = -1;
            ASSERT_TRUE(words >> expected) << name;
            EXPECT_NEAR(pixel, expected, 1.001) << name;  // rounded to a byte, and again on white
        }
        std::string rest;
        EXPECT_FALSE(words >> rest) << name << ": fewer channels than expected";
    }
    EXPECT_EQ(pictures, 2);
}

TEST(DecodeImage, ARangeCountsForSixteenBitsWithTransparencyToo) {
    const auto all = decode("alpha16.png");
    const auto ranged = decodeImage(bytesOf(seed("alpha16.png")), {.values = {0, 20000}});
    ASSERT_TRUE(ranged.ok());
    EXPECT_NE(ranged->pixels, all.pixels);
    EXPECT_EQ(ranged->pixels[0], 255) << "nothing is seen of it: white";
}

TEST(DecodeImage, WhatIsNoPictureIsRefused) {
    EXPECT_EQ(decodeText("").error().code, "image.unknown_format");
    EXPECT_EQ(decodeText("hello").error().code, "image.unknown_format");
    EXPECT_EQ(decodeText("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>").error().code, "image.unknown_format");
    EXPECT_EQ(decodeText("\xFF\xD8\xFF").error().code, "image.damaged");
    const auto cut = decodeImage(bytesOf(seed("cut.png")));
    ASSERT_FALSE(cut.ok());
    EXPECT_EQ(cut.error().code, "image.damaged");
    EXPECT_EQ(cut.error().argument("format"), "png");
}

TEST(DecodeImage, APhotoThatIsCutShortIsRefusedInsteadOfFilledWithGrey) {
    const auto photo = bytesOf(seed("photo.jpg"));
    for (const std::size_t size : {photo.size() - 2, photo.size() - 20}) EXPECT_EQ(decodeImage(std::span(photo).first(size)).error().code, "image.damaged");
}

TEST(DecodeImage, HugeClaimsAreRefusedBeforeAnythingIsAllocated) {
    const auto huge = decodeText("P6 20000 20000 255 xyz");
    ASSERT_FALSE(huge.ok());
    EXPECT_EQ(huge.error().code, "image.too_large");
    EXPECT_EQ(huge.error().argument("width"), "20000");
}

/// Soft waves of colour, which survive a JPEG.
Image wavesOf(std::int64_t width, std::int64_t height) {
    Image image{3, height, width, {}};
    for (std::int64_t channel = 0; channel < 3; ++channel)
        for (std::int64_t y = 0; y < height; ++y)
            for (std::int64_t x = 0; x < width; ++x)
                image.pixels.push_back(static_cast<std::uint8_t>(128 + 100 * std::sin(0.03 * static_cast<double>(x + channel * 20)) * std::cos(0.02 * static_cast<double>(y))));
    return image;
}

double meanDifference(const Image& a, const Image& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(double(a.pixels[i]) - double(b.pixels[i]));
    return sum / static_cast<double>(a.pixels.size());
}

TEST(ImageDecode, AJpegForASmallFrameIsDecodedSmallerAndLooksTheSame) {
    const auto file = encodeJpeg(wavesOf(640, 480));
    ASSERT_TRUE(file.ok());
    const auto whole = decodeImage(*file);
    ASSERT_TRUE(whole.ok());
    EXPECT_EQ(whole->width, 640);
    const std::pair<std::int64_t, std::int64_t> expected[] = {{400, 640}, {200, 320}, {100, 160}, {50, 80}, {3, 80}};
    for (const auto& [wanted, width] : expected) {
        const auto small = decodeImage(*file, {0, wanted * 3 / 4, wanted});
        ASSERT_TRUE(small.ok());
        EXPECT_EQ(small->width, width) << wanted;
        const ImageForm form{3, 24, 32, ImageFit::Stretch};
        EXPECT_LT(meanDifference(*imageInForm(*small, form), *imageInForm(*whole, form)), 1.0) << wanted;
    }
    EXPECT_LT(meanDifference(*whole, wavesOf(640, 480)), 4);
}

TEST(ImageDecode, ATurnedJpegIsTurnedAndCutWhereItIsCut) {
    auto file = *encodeJpeg(wavesOf(320, 160));
    const char exif[] = "\xFF\xE1\x00\x22" "Exif\0\0" "MM\0*\0\0\0\x08" "\0\x01" "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0" "\0\0\0\0";
    const auto* bytes = reinterpret_cast<const std::byte*>(exif);
    std::vector<std::byte> turned(file.begin(), file.begin() + 2);
    turned.insert(turned.end(), bytes, bytes + sizeof exif - 1);
    turned.insert(turned.end(), file.begin() + 2, file.end());
    const auto plain = decodeImage(file), upright = decodeImage(turned);
    ASSERT_TRUE(plain.ok() && upright.ok());
    EXPECT_EQ(upright->width, 160);
    EXPECT_EQ(upright->height, 320);
    // A quarter to the right: the lower left corner comes to the upper left.
    EXPECT_EQ(upright->plane(0)[0], plain->plane(0)[159 * 320]);
    EXPECT_EQ(upright->plane(2)[159], plain->plane(2)[0]);
    EXPECT_EQ(decodeImage(turned, {0, 100, 40})->height, 160);
    EXPECT_EQ(readImageHead(turned)->height, 320);
    turned.resize(turned.size() / 2);
    EXPECT_EQ(decodeImage(turned).error().code, "image.damaged");
}

// What picture files tell beside the picture

std::string asText(const std::vector<std::byte>& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
std::vector<std::byte> asBytes(const std::string& text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

TEST(ImageMetadata, APhotoKeepsItsPixelsAndHowItWasHeldAndNothingElse) {
    const std::string photo = asText(bytesOf(seed("photo.jpg")));
    // EXIF, big-endian, orientation 6 and a place; a comment; XMP; and a second picture behind the end.
    const std::string exif("\xFF\xE1\x00\x2A" "Exif\0\0" "MM\0*\0\0\0\x08" "\0\x01" "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0" "\0\0\0\0" "GPSGPSGP", 44);
    const std::string xmp = std::string("\xFF\xE1\x00\x0F", 4) + "xmp: anna bel", comment = std::string("\xFF\xFE\x00\x08", 4) + "secret";
    const std::string file = photo.substr(0, 2) + exif + xmp + comment + photo.substr(2) + "GPS hangs on" + photo;
    const auto turned = decodeImage(asBytes(file));
    ASSERT_TRUE(turned.ok()) << turned.error().debugText();
    const auto stripped = withoutMetadata(asBytes(file));
    ASSERT_TRUE(stripped);
    for (const char* word : {"GPS", "secret", "anna"}) EXPECT_EQ(asText(*stripped).find(word), std::string::npos) << word;
    EXPECT_LT(stripped->size(), photo.size() + 40);
    const auto image = decodeImage(*stripped);
    ASSERT_TRUE(image.ok()) << image.error().debugText();
    EXPECT_EQ(image->width, turned->width);
    EXPECT_EQ(image->pixels, turned->pixels);
    EXPECT_NE(image->width, decode("photo.jpg").width);
    EXPECT_EQ(*withoutMetadata(*stripped), *stripped);
}

TEST(ImageMetadata, TextsOfPngAndExifOfWebpGoAndThePixelsStay) {
    const std::string png = asText(bytesOf(seed("colour.png")));
    const std::string chunk = std::string("\0\0\0\x0B", 4) + "tEXt" + std::string("Author\0Anna", 11) + std::string(4, '\0');
    const auto stripped = withoutMetadata(asBytes(png.substr(0, 33) + chunk + png.substr(33) + "behind"));
    ASSERT_TRUE(stripped);
    EXPECT_EQ(asText(*stripped).find("Anna"), std::string::npos);
    EXPECT_EQ(asText(*stripped).find("behind"), std::string::npos);
    EXPECT_EQ(decodeImage(*stripped)->pixels, decode("colour.png").pixels);
    const std::string webp = asText(bytesOf(seed("lossless.webp")));
    const auto plain = withoutMetadata(asBytes(webp + std::string("EXIF\x04\0\0\0GPS!", 12)));
    ASSERT_TRUE(plain);
    EXPECT_EQ(asText(*plain).find("GPS"), std::string::npos);
    EXPECT_EQ(decodeImage(*plain)->pixels, decode("lossless.webp").pixels);
}

/// A TIFF of 3 × 2 grey pixels as cameras write them, in either byte order: a description, a camera, an owner, EXIF with a
/// place, a second small picture, notes of the maker between them.
class WrittenTiff {
public:
    explicit WrittenTiff(bool bigEndian, int bits = 8) : m_big(bigEndian) {
        text(bigEndian ? "MM" : "II");
        number(42, 2);
        const std::size_t first = place();
        text("MakerNote: lens of Anna");
        const std::size_t pixels = m_bytes.size();
        for (const int grey : {10, 20, 30, 40, 50, 60}) m_bytes.push_back(static_cast<char>(grey));
        const std::size_t description = m_bytes.size();
        text(std::string("Anna's garden, GPS 48.1 11.5\0", 29));
        const std::size_t exif = directory({{0x9003, 2, 20, text(std::string("2026:01:02 03:04:05\0", 20))}}, 0);
        const std::size_t gps = directory({{1, 2, 2, static_cast<std::size_t>('N')}, {2, 5, 3, text(std::string("GPSGPSGPSGPSGPSGPSGPSGPS"))}}, 0);
        const auto picture = [&](std::size_t subfile) {
            return std::vector<Tag>{{254, 4, 1, subfile}, {256, 3, 1, 3}, {257, 3, 1, 2}, {258, 3, 1, static_cast<std::size_t>(bits)}, {259, 3, 1, 1}, {262, 3, 1, 1}, {270, 2, 29, description},
                                    {273, 4, 1, pixels}, {274, 3, 1, 1}, {277, 3, 1, 1}, {278, 3, 1, 2}, {279, 4, 1, 6}, {315, 2, 29, description},
                                    {34665, 4, 1, exif}, {34853, 4, 1, gps}};
        };
        const std::size_t small = directory(picture(1), 0);
        put(first, directory(picture(0), small), 4);
        text("behind the end: secret");
    }
    const std::string& bytes() const { return m_bytes; }

private:
    struct Tag {
        int tag, type;
        std::size_t count, value;
    };
    std::size_t text(const std::string& what) {
        m_bytes += what;
        return m_bytes.size() - what.size();
    }
    void number(std::size_t value, int count) {
        m_bytes.append(static_cast<std::size_t>(count), '\0');
        put(m_bytes.size() - static_cast<std::size_t>(count), value, count);
    }
    std::size_t place() {
        number(0, 4);
        return m_bytes.size() - 4;
    }
    void put(std::size_t at, std::size_t value, int count) {
        for (int i = 0; i < count; ++i) m_bytes[at + static_cast<std::size_t>(m_big ? count - 1 - i : i)] = static_cast<char>(value >> (8 * i));
    }
    std::size_t directory(const std::vector<Tag>& tags, std::size_t next) {
        const std::size_t begin = m_bytes.size();
        number(tags.size(), 2);
        for (const Tag& tag : tags) {
            number(static_cast<std::size_t>(tag.tag), 2);
            number(static_cast<std::size_t>(tag.type), 2);
            number(tag.count, 4);
            // Short values stand at the beginning of their field.
            const int bytes = tag.type == 3 && tag.count == 1 ? 2 : tag.type == 2 && tag.count <= 4 ? 1 : 4;
            number(tag.value, bytes);
            m_bytes.append(static_cast<std::size_t>(4 - bytes), '\0');
        }
        number(next, 4);
        return begin;
    }
    bool m_big;
    std::string m_bytes;
};

TEST(ImageMetadata, TheNotesOfATiffGoAndItsPixelsStay) {
    for (const bool big : {false, true}) {
        SCOPED_TRACE(big ? "big-endian" : "little-endian");
        const std::string file = WrittenTiff(big).bytes();
        const auto before = decodeImage(asBytes(file));
        ASSERT_TRUE(before.ok()) << before.error().debugText();
        EXPECT_EQ(before->pixels, (std::vector<std::uint8_t>{10, 20, 30, 40, 50, 60}));
        const auto stripped = withoutMetadata(asBytes(file));
        ASSERT_TRUE(stripped);
        for (const char* word : {"Anna", "GPS", "2026", "lens", "secret"}) EXPECT_EQ(asText(*stripped).find(word), std::string::npos) << word;
        const auto after = decodeImage(*stripped);
        ASSERT_TRUE(after.ok()) << after.error().debugText();
        EXPECT_EQ(after->pixels, before->pixels);
        EXPECT_EQ(*withoutMetadata(*stripped), *stripped);
        for (std::size_t end = 0; end < file.size(); ++end) (void)withoutMetadata(asBytes(file.substr(0, end)));
        for (std::size_t at = 0; at < file.size(); ++at)
            for (const char odd : {'\xFF', '\x01', '\0'}) {
                std::string wrong = file;
                wrong[at] = odd;
                (void)withoutMetadata(asBytes(wrong));
            }
        EXPECT_EQ(decodeImage(asBytes(WrittenTiff(big, 64).bytes())).error().code, "image.sample_bits");
    }
    for (const char* name : {"deflated.tif", "grey.tif"}) {
        const auto stripped = withoutMetadata(bytesOf(seed(name)));
        ASSERT_TRUE(stripped) << name;
        EXPECT_EQ(decodeImage(*stripped)->pixels, decode(name).pixels) << name;
    }
}

TEST(ImageMetadata, WhatCannotBeFollowedIsSaidInsteadOfTorn) {
    EXPECT_FALSE(withoutMetadata(bytesOf(seed("palette.gif"))));
    EXPECT_FALSE(withoutMetadata({}));
    // Every file cut at every place, and every length field wrong: no more than an empty answer or a file.
    for (const char* name : {"turned.jpg", "colour.png", "lossless.webp"}) {
        const std::string whole = asText(bytesOf(seed(name)));
        for (std::size_t end = 0; end < whole.size(); end += 7) (void)withoutMetadata(asBytes(whole.substr(0, end)));
        for (std::size_t at = 0; at < std::min<std::size_t>(whole.size(), 400); ++at) {
            std::string wrong = whole;
            wrong[at] = '\xFF';
            (void)withoutMetadata(asBytes(wrong));
        }
    }
}

TEST(ImageDecode, APngComesBackAsItWas) {
    const Image waves = wavesOf(31, 17);
    const auto again = decodeImage(*encodePng(waves));
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->pixels, waves.pixels);
    EXPECT_EQ(decodeImage(*encodePng(waves), {3, 0, 0}).error().code, "image.no_page");
}

}  // namespace
}  // namespace lamina
