// TIFF files of bands and of values that are no bytes.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/data/image_decode.h"
#include "core/data/image_metadata.h"
#include "core/data/image_resize.h"
#include "tests/core/data/made_tiff.h"

namespace lamina {
namespace {

using Pixels = std::vector<std::uint8_t>;

std::span<const std::byte> bytesIn(const std::string& text) { return std::as_bytes(std::span(text)); }

Image decodeTiff(const std::string& file, const ValueRange& values = {}, SampleFacts* facts = nullptr) {
    auto image = decodeImage(bytesIn(file), {.values = values}, facts);
    EXPECT_TRUE(image.ok()) << (image ? "" : image.error().debugText());
    return image ? std::move(*image) : Image{};
}

std::string codeOf(const std::string& file) {
    const auto image = decodeImage(bytesIn(file));
    return image ? "" : image.error().code;
}

TEST(TiffBands, EveryBandComesOverTogetherOrPlaneByPlane) {
    for (const bool planar : {false, true})
        for (const bool big : {false, true}) {
            SCOPED_TRACE(planar);
            MadeTiff<std::uint8_t> tiff{.width = 2, .height = 1, .samples = 5, .values = {1, 2, 3, 4, 5, 11, 12, 13, 14, 15}};
            tiff.extras = {0, 0, 0, 0};
            tiff.planar = planar;
            tiff.big = big;
            const Image image = decodeTiff(tiff.bytes());
            EXPECT_EQ(image.channels, 5);
            EXPECT_EQ(image.width, 2);
            EXPECT_EQ(image.pixels, (Pixels{1, 11, 2, 12, 3, 13, 4, 14, 5, 15}));
            EXPECT_EQ(readImageHead(bytesIn(tiff.bytes()))->width, 2);
        }
}

TEST(TiffBands, TwoBandsAreNoTransparencyAndThreeAreColours) {
    MadeTiff<std::uint8_t> two{.width = 2, .height = 1, .samples = 2, .values = {1, 2, 3, 4}};
    two.extras = {0};
    EXPECT_EQ(decodeTiff(two.bytes()).pixels, (Pixels{1, 3, 2, 4}));
    const MadeTiff<std::uint8_t> three{.width = 1, .height = 1, .samples = 3, .values = {1, 2, 3}, .extras = {0, 0}};
    EXPECT_EQ(decodeTiff(three.bytes()).channels, 3);
    EXPECT_EQ(decodeTiff(three.bytes()).pixels, (Pixels{1, 2, 3}));
    MadeTiff<std::uint8_t> four{.width = 1, .height = 1, .samples = 4, .values = {1, 2, 3, 4}, .extras = {0}, .photometric = 2};
    EXPECT_EQ(decodeTiff(four.bytes()).channels, 4) << "near infrared";
}

TEST(TiffBands, TransparencyIsPutOnWhite) {
    SampleFacts facts;
    const MadeTiff<std::uint8_t> grey{.width = 3, .height = 1, .samples = 2, .values = {100, 255, 100, 0, 100, 51}, .extras = {2}};
    EXPECT_EQ(decodeTiff(grey.bytes(), {}, &facts).pixels, (Pixels{100, 255, 224}));
    EXPECT_TRUE(facts.transparent);
    const MadeTiff<std::uint8_t> premultiplied{.width = 1, .height = 1, .samples = 4, .values = {20, 0, 0, 51}, .extras = {1}, .photometric = 2};
    EXPECT_EQ(decodeTiff(premultiplied.bytes()).pixels, (Pixels{224, 204, 204}));
}

TEST(TiffBands, PicturesAreTurnedUpright) {
    const MadeTiff<std::uint8_t> turned{.width = 2, .height = 1, .samples = 2, .values = {1, 2, 3, 4}, .extras = {0}, .orientation = 6};
    const Image image = decodeTiff(turned.bytes());
    EXPECT_EQ(image.height, 2);
    EXPECT_EQ(readImageHead(bytesIn(turned.bytes()))->height, 2);
}

TEST(TiffValues, SixteenBitsAreReducedByTheirFullRangeOrTheOneThatIsGiven) {
    const MadeTiff<std::uint16_t> tiff{.width = 3, .height = 1, .values = {0, 4095, 65535}};
    SampleFacts facts;
    EXPECT_EQ(decodeTiff(tiff.bytes(), {}, &facts).pixels, (Pixels{0, 16, 255}));
    EXPECT_TRUE(facts.deep && facts.natural);
    EXPECT_EQ(facts.highest, 65535);
    EXPECT_EQ(facts.cut, 0);
    EXPECT_EQ(decodeTiff(tiff.bytes(), {0, 4095}, &facts).pixels, (Pixels{0, 255, 255}));
    EXPECT_EQ(facts.cut, 1);
    EXPECT_TRUE(isDeep(bytesIn(tiff.bytes())));
}

TEST(TiffValues, BytesStayWhatTheyAreWhateverRangeIsGiven) {
    const MadeTiff<std::uint8_t> tiff{.width = 1, .height = 1, .samples = 2, .values = {7, 200}, .extras = {0}};
    EXPECT_EQ(decodeTiff(tiff.bytes(), {0, 4095}).pixels, (Pixels{7, 200}));
    EXPECT_FALSE(isDeep(bytesIn(tiff.bytes())));
}

TEST(TiffValues, FloatingPointNumbersOfAnyWidthAreRead) {
    EXPECT_EQ(decodeTiff(MadeTiff<float>{.width = 3, .height = 1, .values = {0.0F, 0.5F, 1.0F}, .format = 3}.bytes()).pixels, (Pixels{0, 128, 255}));
    EXPECT_EQ(decodeTiff(MadeTiff<double>{.width = 3, .height = 1, .values = {250.0, 300.0, 350.0}, .format = 3}.bytes(), {250, 350}).pixels, (Pixels{0, 128, 255}));
    const MadeTiff<std::uint16_t> half{.width = 2, .height = 1, .values = {0x3C00, 0x3800}, .format = 3};
    EXPECT_EQ(decodeTiff(half.bytes()).pixels, (Pixels{255, 128}));
}

TEST(TiffValues, SignedAndLongNumbersAreRead) {
    EXPECT_EQ(decodeTiff(MadeTiff<std::int8_t>{.width = 3, .height = 1, .values = {-128, 0, 127}, .format = 2}.bytes()).pixels, (Pixels{0, 128, 255}));
    EXPECT_EQ(decodeTiff(MadeTiff<std::int16_t>{.width = 3, .height = 1, .values = {-1000, 0, 1000}, .format = 2}.bytes(), {-1000, 1000}).pixels, (Pixels{0, 128, 255}));
    EXPECT_EQ(decodeTiff(MadeTiff<std::int32_t>{.width = 2, .height = 1, .values = {-70000, 70000}, .format = 2}.bytes()).pixels, (Pixels{0, 255}));
    EXPECT_EQ(decodeTiff(MadeTiff<std::uint32_t>{.width = 2, .height = 1, .values = {5, 3'000'000'000}}.bytes()).pixels, (Pixels{0, 255}));
}

TEST(TiffValues, WhatIsNoNumberBecomesZeroAndIsCounted) {
    const float nan = std::numeric_limits<float>::quiet_NaN(), infinite = std::numeric_limits<float>::infinity();
    MadeTiff<float> tiff{.width = 5, .height = 1, .values = {nan, infinite, 1.0F, -9999.0F, 0.0F}, .format = 3};
    tiff.noData = "-9999";
    SampleFacts facts;
    EXPECT_EQ(decodeTiff(tiff.bytes(), {}, &facts).pixels, (Pixels{0, 0, 255, 0, 0}));
    EXPECT_EQ(facts.notNumbers, 3);
    EXPECT_EQ(facts.lowest, 0);
    EXPECT_EQ(facts.highest, 1);
    const MadeTiff<float> nothing{.width = 2, .height = 1, .values = {nan, nan}, .format = 3};
    EXPECT_EQ(decodeTiff(nothing.bytes()).pixels, (Pixels{0, 0}));
}

TEST(TiffValues, TheRangeThatAFileDeclaresIsFollowed) {
    MadeTiff<float> tiff{.width = 2, .height = 1, .values = {10.0F, 20.0F}, .format = 3};
    tiff.declared = {0, 20};
    SampleFacts facts;
    EXPECT_EQ(decodeTiff(tiff.bytes(), {}, &facts).pixels, (Pixels{128, 255}));
    EXPECT_EQ(facts.declared, (ValueRange{0, 20}));
    EXPECT_EQ(decodeTiff(tiff.bytes(), {0, 40}).pixels, (Pixels{64, 128}));
    const auto stripped = withoutMetadata(bytesIn(tiff.bytes()));
    ASSERT_TRUE(stripped);
    EXPECT_EQ(decodeImage(*stripped)->pixels, (Pixels{128, 255}));
}

TEST(TiffValues, WhiteMayBeZero) {
    EXPECT_EQ(decodeTiff(MadeTiff<std::uint16_t>{.width = 2, .height = 1, .values = {0, 65535}, .photometric = 0}.bytes()).pixels, (Pixels{255, 0}));
}

TEST(TiffValues, OneRangeFitsAllPicturesOfADataSet) {
    const auto surveyed = [](std::initializer_list<SampleFacts> all) {
        ValueSurvey survey;
        for (const SampleFacts& facts : all) survey.add(facts);
        return survey.range();
    };
    const auto deep = [](double lowest, double highest, bool natural = false, ValueRange declared = {}) {
        SampleFacts facts;
        facts.deep = true;
        facts.natural = natural;
        facts.lowest = lowest;
        facts.highest = highest;
        facts.declared = declared;
        return facts;
    };
    EXPECT_FALSE(surveyed({{}, {}}).given());
    EXPECT_EQ(surveyed({deep(0, 900, true), deep(5, 3000, true)}), (ValueRange{0, 4095}));
    EXPECT_EQ(surveyed({deep(0, 900, true)}), (ValueRange{0, 1023}));
    EXPECT_EQ(surveyed({deep(0, 50000, true), {}}), (ValueRange{0, 65535}));
    EXPECT_EQ(surveyed({deep(0.2, 0.9)}), (ValueRange{0, 1}));
    EXPECT_EQ(surveyed({deep(250, 300), deep(-5, 20)}), (ValueRange{-5, 300}));
    EXPECT_FALSE(surveyed({deep(0, 1), deep(0, 900, true)}).given()) << "no range suits both";
    EXPECT_EQ(surveyed({deep(0, 7, false, {0, 10}), deep(0, 9, false, {-1, 5})}), (ValueRange{-1, 10}));
}

TEST(TiffFiles, WhatCannotBeReadIsSaidInItsOwnWords) {
    EXPECT_EQ(codeOf(MadeTiff<double>{.width = 1, .height = 1, .values = {1.0}, .format = 6}.bytes()), "image.sample_kind");
    EXPECT_EQ(codeOf(MadeTiff<std::uint64_t>{.width = 1, .height = 1, .values = {1}}.bytes()), "image.sample_bits");
    MadeTiff<std::uint8_t> many{.width = 1, .height = 1, .samples = 300, .values = Pixels(300, 1)};
    many.extras = std::vector<std::uint16_t>(299, 0);
    EXPECT_EQ(codeOf(many.bytes()), "image.too_many_channels");
    const std::string whole = MadeTiff<float>{.width = 40, .height = 1, .values = std::vector<float>(40, 1.0F), .format = 3}.bytes();
    constexpr std::size_t nextPage = 4;  // that there is none need not be said
    for (std::size_t end = 4; end < whole.size() - nextPage; end += 3) EXPECT_EQ(codeOf(whole.substr(0, end)), "image.damaged") << end;
    for (std::size_t at = 4; at < whole.size(); ++at)
        for (const char odd : {'\xFF', '\x01', '\0'}) {
            std::string wrong = whole;
            wrong[at] = odd;
            (void)codeOf(wrong);
        }
}

TEST(TiffFiles, HugeClaimsAreRefusedBeforeAnythingIsAllocated) {
    MadeTiff<float> tiff{.width = 60000, .height = 1600, .samples = 2, .values = {1.0F, 2.0F}, .format = 3};
    tiff.extras = {0};
    EXPECT_EQ(codeOf(tiff.bytes()), "image.damaged");
    tiff.height = 60000;
    EXPECT_EQ(codeOf(tiff.bytes()), "image.too_large");
}

TEST(TiffFiles, PicturesOfAnyNumberOfChannelsAreWrittenWithoutLoss) {
    for (const std::int64_t channels : {1, 2, 3, 4, 7}) {
        Image image{channels, 3, 5, {}};
        for (std::int64_t i = 0; i < channels * 15; ++i) image.pixels.push_back(static_cast<std::uint8_t>(i * 7 % 251));
        const auto file = encodeLossless(image);
        ASSERT_TRUE(file.ok()) << file.error().debugText();
        const auto again = decodeImage(*file);
        ASSERT_TRUE(again.ok()) << again.error().debugText();
        EXPECT_EQ(again->channels, channels);
        EXPECT_EQ(again->pixels, image.pixels);
    }
}

TEST(ImageChannels, GreyAndColoursAreMadeOfBandsAndBandsOfNothing) {
    const Image bands{5, 1, 1, {10, 20, 30, 40, 51}}, two{2, 1, 1, {8, 9}};
    EXPECT_FALSE(isGrey(bands) || isGrey(two));
    EXPECT_EQ(withChannels(bands, 3).pixels, (Pixels{10, 20, 30}));
    EXPECT_EQ(withChannels(bands, 1).pixels, (Pixels{30}));
    EXPECT_EQ(withChannels(two, 3).pixels, (Pixels{8, 9, 0}));
    EXPECT_EQ(imageInForm(bands, {5, 2, 1, ImageFit::Stretch})->pixels, (Pixels{10, 10, 20, 20, 30, 30, 40, 40, 51, 51}));
    const auto refused = imageInForm(two, {5, 1, 1});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "image.channels");
    EXPECT_EQ(refused.error().argument("wanted"), "5");
    ChannelSurvey survey;
    EXPECT_EQ(survey.usual(), 3);
    for (const std::int64_t channels : {5, 5, 1}) survey.add(channels);
    EXPECT_EQ(survey.usual(), 5);
    for (const std::int64_t channels : {3, 3}) survey.add(channels);
    EXPECT_EQ(survey.usual(), 3);
}

}  // namespace
}  // namespace lamina
