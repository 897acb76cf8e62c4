#include <gtest/gtest.h>

#include <cmath>

#include "core/data/picture_tone.h"
#include "core/data/profile/picture_profile.h"
#include "core/data/profile/profile_rows.h"
#include "core/data/profile/row_groups.h"
#include "core/data/split_leaks.h"
#include "core/tensor/random.h"
#include "tests/core/data/made_table.h"

namespace lamina {
namespace {

constexpr std::int64_t side = 48;
using Pixels = std::vector<std::uint8_t>;

Pixels smoothPicture(std::uint64_t seed) {
    const RandomStream random(seed, streamOf("picture"));
    Pixels pixels;
    for (std::int64_t y = 0; y < side; ++y)
        for (std::int64_t x = 0; x < side; ++x) {
            double value = 128;
            for (std::uint64_t wave = 0; wave < 6; ++wave)
                value += 30 * std::sin((random.uniform(4 * wave) - 0.5f) * 0.4 * static_cast<double>(x) +
                                       (random.uniform(4 * wave + 1) - 0.5f) * 0.4 * static_cast<double>(y) + 6.3 * random.uniform(4 * wave + 2));
            pixels.push_back(static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0)));
        }
    return pixels;
}

/// The sensor's noise.
Pixels withNoise(Pixels pixels, std::uint64_t seed, double levels) {
    const RandomStream random(seed, streamOf("noise"));
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = static_cast<std::uint8_t>(std::clamp(pixels[i] + levels * static_cast<double>(random.normal(i)), 0.0, 255.0));
    return pixels;
}

Pixels withDefect(Pixels pixels, std::uint64_t seed) {
    const RandomStream random(seed, streamOf("defect"));
    const auto x0 = static_cast<std::int64_t>(random.below(0, side - 4)), y0 = static_cast<std::int64_t>(random.below(1, side - 4));
    for (std::int64_t y = y0; y < y0 + 3; ++y)
        for (std::int64_t x = x0; x < x0 + 3; ++x) pixels[static_cast<std::size_t>(y * side + x)] = 20;
    return pixels;
}

Table tableOfPictures(MadeTable& made, const std::vector<Pixels>& pictures, const std::vector<std::int32_t>& classes) {
    Pixels all;
    for (const Pixels& picture : pictures) all.insert(all.end(), picture.begin(), picture.end());
    return made.tensor<std::uint8_t>("image", {1, side, side}, all).category("class", {"good", "defect"}, classes).open();
}

TEST(PictureSignature, IsTheSameForTheSamePictureInAnotherSize) {
    Image small, large;
    small.channels = 1;
    small.height = small.width = side;
    small.pixels = smoothPicture(5);
    large.channels = 3;
    large.height = large.width = 2 * side;
    for (int channel = 0; channel < 3; ++channel)
        for (std::int64_t y = 0; y < 2 * side; ++y)
            for (std::int64_t x = 0; x < 2 * side; ++x) large.pixels.push_back(small.pixels[static_cast<std::size_t>(y / 2 * side + x / 2)]);
    const auto a = signatureOf(small), b = signatureOf(large);
    EXPECT_LE(hashDistance(a.hash, b.hash), 2);
    EXPECT_LT(pictureDistance(a, b), 0.01);
    Image other = small;
    other.pixels = smoothPicture(6);
    EXPECT_GT(hashDistance(a.hash, signatureOf(other).hash), 10);
    Image dot;
    dot.channels = dot.height = dot.width = 1;
    dot.pixels = {7};
    EXPECT_EQ(signatureOf(dot).grey[200], 7 * 256);
}

TEST(NearDuplicates, CopiesWithLittleNoiseAreFoundAndOthersAreNot) {
    std::vector<Pixels> pictures;
    std::vector<std::int32_t> classes;
    for (std::uint64_t i = 0; i < 120; ++i) pictures.push_back(smoothPicture(i));
    pictures.push_back(withNoise(pictures[10], 1, 2));
    pictures.push_back(withNoise(pictures[10], 2, 2));
    pictures.push_back(pictures[40]);
    for (std::size_t i = 0; i < pictures.size(); ++i) classes.push_back(i % 2);
    MadeTable made;
    ProfileInput input;
    input.table = tableOfPictures(made, pictures, classes);
    for (const int threads : {1, 4}) {
        ProfileSettings settings;
        settings.threads = threads;
        const auto profile = profileTable(input, settings);
        ASSERT_TRUE(profile.ok()) << profile.error().debugText();
        ASSERT_EQ(profile->nearDuplicates.size(), 1u);
        const RowGroups& groups = profile->nearDuplicates[0].groups;
        ASSERT_EQ(groups.groups.size(), 2u);
        EXPECT_EQ(rowsOf(input, *profile, {.what = ProfileQuery::What::NearDuplicates, .group = 0}).value(),
                  (std::vector<std::int64_t>{10, 120, 121}));
        EXPECT_EQ(rowsOf(input, *profile, {.what = ProfileQuery::What::NearDuplicates, .group = 1}).value(), (std::vector<std::int64_t>{40, 122}));
        EXPECT_EQ(profile->columns[0].pictures->read, 123);
        EXPECT_EQ(profile->columns[0].pictures->sizes[0].text, "48 × 48");
    }
}

/// Every pixel through a tone curve.
Pixels withTone(Pixels pixels, double gain, double offset, double gamma = 1) {
    for (std::uint8_t& pixel : pixels) pixel = static_cast<std::uint8_t>(std::clamp(255 * std::pow(std::clamp((pixel * gain + offset) / 255, 0.0, 1.0), gamma), 0.0, 255.0));
    return pixels;
}

PictureSignature signatureOfPixels(const Pixels& pixels) { return signatureOf(pixels.data(), 1, side, side); }

TEST(NearDuplicates, BrighterDarkerAndFlatterCopiesAreFoundAndNoOthers) {
    constexpr std::uint64_t originals = 150;
    std::vector<PictureSignature> signatures;
    for (std::uint64_t i = 0; i < originals; ++i) signatures.push_back(signatureOfPixels(smoothPicture(i)));
    const std::vector<Pixels> copies{withTone(smoothPicture(3), 1.3, 0),  withTone(smoothPicture(4), 0.7, 0),       withTone(smoothPicture(5), 1, 40),
                                     withTone(smoothPicture(6), 0.6, 50), withTone(smoothPicture(7), 1, 0, 1 / 1.4), withNoise(withTone(smoothPicture(8), 1.2, 0), 1, 2)};
    for (const Pixels& copy : copies) signatures.push_back(signatureOfPixels(copy));
    for (const int threads : {1, 3}) {
        const auto alike = findAlikePictures(signatures, threads);
        ASSERT_TRUE(alike.ok());
        for (std::size_t i = 0; i < originals + copies.size(); ++i) {
            const bool copied = (i >= 3 && i <= 8) || i >= originals;
            EXPECT_EQ(alike->leaders[i], !copied ? -1 : static_cast<std::int64_t>(i < originals ? i : i - originals + 3)) << i;
        }
    }
}

TEST(NearDuplicates, AFixedCameraWhoseExposureDriftsKeepsItsPictures) {
    const Pixels scene = smoothPicture(99);
    const RandomStream random(7, streamOf("exposure"));
    std::vector<PictureSignature> signatures;
    for (std::uint64_t i = 0; i < 300; ++i) {
        const Pixels lit = withTone(scene, 0.8 + 0.4 * static_cast<double>(random.uniform(i)), 0);
        signatures.push_back(signatureOfPixels(withNoise(i % 3 == 0 ? withDefect(lit, i) : lit, i, 3)));
    }
    const auto alike = findAlikePictures(signatures);
    ASSERT_TRUE(alike.ok());
    EXPECT_EQ(std::ranges::count(alike->leaders, -1), 300);
}

TEST(PictureTone, WhatIsFlatOrEvenHasNone) {
    const Pixels flat = withTone(smoothPicture(1), 0.02, 100);
    EXPECT_FALSE(withoutTone(signatureOfPixels(flat), ToneRule::Even)) << "every grey wall is as grey as another";
    EXPECT_FALSE(withoutTone({}, ToneRule::Even));
    Pixels digit(side * side, 0);
    for (std::size_t i = 0; i < digit.size() / 5; ++i) digit[i] = static_cast<std::uint8_t>(i);
    EXPECT_TRUE(withoutTone(signatureOfPixels(digit), ToneRule::Even));
    EXPECT_FALSE(withoutTone(signatureOfPixels(digit), ToneRule::Ranked));
    const auto bright = withoutTone(signatureOfPixels(withTone(smoothPicture(1), 0.5, 90)), ToneRule::Even);
    EXPECT_LT(pictureDistance(*bright, *withoutTone(signatureOfPixels(smoothPicture(1)), ToneRule::Even)), 1);
}

TEST(NearDuplicates, PicturesOfAFixedCameraWithSmallDefectsAllStay) {
    const Pixels scene = smoothPicture(99);
    std::vector<Pixels> pictures;
    std::vector<std::int32_t> classes;
    for (std::uint64_t i = 0; i < 300; ++i) {
        const bool defect = i % 3 == 0;
        pictures.push_back(withNoise(defect ? withDefect(scene, i) : scene, i, 3));
        classes.push_back(defect ? 1 : 0);
    }
    MadeTable made;
    const Table table = tableOfPictures(made, pictures, classes);
    ProfileInput input;
    input.table = table;
    ProfiledColumn column;
    column.rows = table.rows();
    const auto found = profilePictures(input, 0, {}, column);
    ASSERT_TRUE(found.ok());
    EXPECT_LT(found->threshold, 0.5);
    const auto groups = withoutLargeGroups(found->groups);
    SplitSettings settings;
    settings.target = "class";
    settings.method = "near_duplicates";
    auto split = makeSplit(table, settings, SplitRows{{}, groups});
    ASSERT_TRUE(split.ok()) << split.error().debugText();
    const auto check = [&] {
        EXPECT_EQ(split->counts, (PartCounts{240, 30, 30, 0}));
        EXPECT_EQ(split->classes[1].rows, (PartCounts{80, 10, 10, 0}));
    };
    check();
    const std::vector<RowRelation> relations{{"near_duplicate", groups}};
    const auto mended = mendLeaks(table, "class", relations, *split);
    ASSERT_TRUE(mended.ok());
    EXPECT_TRUE(mended->moved.empty());
    check();
}

TEST(NearDuplicates, EvenIdenticalPicturesDoNotCollapseASplit) {
    const std::vector<Pixels> pictures(60, smoothPicture(1));
    std::vector<std::int32_t> classes;
    for (int i = 0; i < 60; ++i) classes.push_back(i % 2);
    MadeTable made;
    const Table table = tableOfPictures(made, pictures, classes);
    ProfileInput input;
    input.table = table;
    ProfiledColumn column;
    column.rows = table.rows();
    const auto found = profilePictures(input, 0, {}, column);
    ASSERT_TRUE(found.ok());
    ASSERT_EQ(found->groups.groups.size(), 1u);
    EXPECT_TRUE(found->groups.groups[0].large);
    SplitSettings settings;
    settings.target = "class";
    auto split = makeSplit(table, settings);
    ASSERT_TRUE(split.ok());
    const auto before = split->parts;
    const std::vector<RowRelation> relations{{"near_duplicate", found->groups.groupOf}};
    const auto mended = mendLeaks(table, "class", relations, *split);
    ASSERT_TRUE(mended.ok());
    EXPECT_EQ(mended->leftGroups, 1);
    EXPECT_EQ(split->parts, before);
}

TEST(NearDuplicates, WhatIsNoPictureIsCountedAsWrong) {
    ColumnData data(ColumnKind::Image);
    data.addText("P5\n2 2\n255\nabcd");
    data.addText("no picture");
    data.addMissing();
    ProfileInput input;
    input.table = *Table::of({TableColumn::inMemory(std::move(data), "p", "p")});
    const auto profile = profileTable(input);
    ASSERT_TRUE(profile.ok()) << profile.error().debugText();
    EXPECT_EQ(profile->columns[0].wrong, 1);
    EXPECT_EQ(profile->columns[0].wrongReason, "unreadable_picture");
    EXPECT_EQ(profile->columns[0].valid, 1);
    EXPECT_EQ(rowsOf(input, *profile, {ProfileQuery::What::Wrong, "p"}).value(), (std::vector<std::int64_t>{1}));
}

}  // namespace
}  // namespace lamina
