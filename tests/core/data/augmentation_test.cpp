#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/data/augmentations/augmenter.h"
#include "core/data/loader.h"
#include "tests/core/data/made_table.h"

namespace lamina {
namespace {

constexpr std::int64_t edge = 12;

/// Colour pictures of 12 × 12, the row's number in them; y: whether it is odd.
struct Pictures {
    MadeTable files;
    Table table;
    std::unique_ptr<PreparedData> data;

    explicit Pictures(int rows = 10) {
        std::vector<std::uint8_t> pixels;
        std::vector<bool> odd;
        for (int row = 0; row < rows; ++row) {
            for (std::int64_t i = 0; i < 3 * edge * edge; ++i) pixels.push_back(static_cast<std::uint8_t>((i * 7 + row * 20) % 256));
            odd.push_back(row % 2 == 1);
        }
        table = files.tensor<std::uint8_t>("picture", {3, edge, edge}, pixels).boolean("y", odd).open();
        Split split;
        split.parts.assign(static_cast<std::size_t>(rows), 0);
        PreparationSettings settings;
        settings.target = "y";
        data = std::make_unique<PreparedData>(std::move(*PreparedData::create(table, *fitPreparation(table, split, settings), split)));
    }

    Augmenter augmenter(const std::string& text) const {
        auto made = Augmenter::create(*augmentationsFromText(text), data->preparation());
        EXPECT_TRUE(made.ok()) << (made ? "" : made.error().debugText());
        return made ? *made : Augmenter();
    }
    std::vector<float> plain(std::int64_t row) const {
        std::vector<float> values(static_cast<std::size_t>(data->inputCount()));
        data->writePicture(row, values.data());
        return values;
    }
    std::vector<float> changed(const Augmenter& augmenter, const AugmentedItem& item, AugmentedGeometry* geometry = nullptr) const {
        std::vector<float> values(static_cast<std::size_t>(data->inputCount()));
        AugmentationScratch scratch;
        const auto done = augmenter.writePicture(*data, item, data->rows(Part::Training), scratch, values.data());
        if (geometry) *geometry = done;
        return values;
    }
};

TEST(Augmentation, EveryKindKeepsValuesInRangeAndIsAFunctionOfItsItem) {
    const Pictures pictures;
    for (const auto* type : augmentationCatalogue()) {
        if (type->data != AugmentedData::Picture) continue;
        ASSERT_GE(type->samples.size(), 2u) << type->id;
        for (const auto& sample : type->samples) {
            const std::vector<AugmentationStep> steps{{type->id, propertiesToJson(type->properties, sample), 1}};
            const auto augmenter = Augmenter::create(steps, pictures.data->preparation());
            ASSERT_TRUE(augmenter.ok()) << type->id << augmenter.error().debugText();
            for (std::int64_t epoch = 0; epoch < 8; ++epoch) {
                const AugmentedItem item{3, epoch, 2, 0};
                const auto once = pictures.changed(*augmenter, item);
                EXPECT_EQ(once, pictures.changed(*augmenter, item)) << type->id;
                EXPECT_TRUE(std::ranges::all_of(once, [](float x) { return x >= 0 && x <= 255; })) << type->id;
            }
        }
    }
}

TEST(Augmentation, DiffersBetweenEpochsRowsOccurrencesAndSeeds) {
    const Pictures pictures;
    const auto augmenter = pictures.augmenter("rotate=90");
    const auto first = pictures.changed(augmenter, {1, 0, 0, 0});
    EXPECT_NE(first, pictures.changed(augmenter, {1, 1, 0, 0}));
    EXPECT_NE(first, pictures.changed(augmenter, {1, 0, 0, 1}));
    EXPECT_NE(first, pictures.changed(augmenter, {2, 0, 0, 0}));
}

TEST(Augmentation, AFlippedPictureIsTheMirrorImageToTheBit) {
    const Pictures pictures;
    const auto augmenter = pictures.augmenter("flip");
    const auto plain = pictures.plain(1);
    int flipped = 0;
    for (std::int64_t epoch = 0; epoch < 40; ++epoch) {
        AugmentedGeometry geometry;
        const auto changed = pictures.changed(augmenter, {1, epoch, 1, 0}, &geometry);
        if (geometry.map.a > 0) {
            EXPECT_EQ(changed, plain);
            continue;
        }
        ++flipped;
        for (std::int64_t i = 0; i < std::ssize(plain); ++i) {
            const std::int64_t x = i % edge;
            ASSERT_EQ(changed[static_cast<std::size_t>(i)], plain[static_cast<std::size_t>(i - x + edge - 1 - x)]);
        }
    }
    EXPECT_GT(flipped, 8);
    EXPECT_LT(flipped, 32);
}

TEST(Augmentation, AProbabilityOfNothingChangesNothing) {
    const Pictures pictures;
    EXPECT_EQ(pictures.changed(pictures.augmenter("rotate=90@0,noise=1@0"), {1, 0, 3, 0}), pictures.plain(3));
}

TEST(Augmentation, OneMoreStepLeavesTheNumbersOfTheOthers) {
    const Pictures pictures;
    AugmentedGeometry alone, together;
    pictures.changed(pictures.augmenter("rotate=30"), {1, 4, 5, 0}, &alone);
    pictures.changed(pictures.augmenter("rotate=30,noise=0.1"), {1, 4, 5, 0}, &together);
    EXPECT_EQ(alone.map.a, together.map.a);
    EXPECT_EQ(alone.map.shiftX, together.map.shiftX);
}

TEST(Augmentation, BoxesAndPolygonsAndMasksGoWhereThePixelsGo) {
    // A bright square; wherever the picture goes, the box around the moved polygon holds it.
    const PlaneSize frame{1, 40, 40};
    std::vector<float> picture(1600, 0);
    std::vector<std::uint8_t> mask(1600, 0);
    for (int y = 15; y < 25; ++y)
        for (int x = 12; x < 22; ++x) picture[static_cast<std::size_t>(y * 40 + x)] = 255, mask[static_cast<std::size_t>(y * 40 + x)] = 7;
    const PlaneMap map = PlaneMap::about({20, 20}, 0.8, -0.4, 0.4, 0.8).then({1, 0, 0, 1, 3, -2});
    std::vector<float> kept;
    transformPixels(map, frame, picture, kept);
    const auto moved = transformMask(map, mask, frame);
    const PlanePoint corners[] = {{12, 15}, {22, 15}, {22, 25}, {12, 25}};
    const auto polygon = transformPolygon(map, corners, frame);
    ASSERT_EQ(polygon.size(), 4u);
    double visible = 0;
    const PlaneBox box = transformBox(map, {12, 15, 22, 25}, frame, &visible);
    EXPECT_DOUBLE_EQ(visible, 1);
    int inMask = 0;
    for (int y = 0; y < 40; ++y) {
        for (int x = 0; x < 40; ++x) {
            const auto i = static_cast<std::size_t>(y * 40 + x);
            if (moved[i] == 7) EXPECT_GT(picture[i], 100) << x << ' ' << y;
            else EXPECT_LT(picture[i], 200) << x << ' ' << y;
            if (moved[i] != 7) continue;
            ++inMask;
            EXPECT_TRUE(x + 1 > box.left && x < box.right && y + 1 > box.top && y < box.bottom);
        }
    }
    EXPECT_NEAR(inMask, 100 * 0.8, 8);  // the map's determinant is 0.8
    const PlanePoint back = transformPoint(map.undone(), transformPoint(map, {5, 9}));
    EXPECT_NEAR(back.x, 5, 1e-9);
    EXPECT_NEAR(back.y, 9, 1e-9);
}

TEST(Augmentation, WhatLeavesTheFrameIsCutAndCounted) {
    const PlaneSize frame{1, 10, 10};
    const PlaneMap right{1, 0, 0, 1, 6, 0};
    double visible = 0;
    const PlaneBox box = transformBox(right, {2, 2, 6, 8}, frame, &visible);
    EXPECT_EQ(box.left, 8);
    EXPECT_EQ(box.right, 10);
    EXPECT_DOUBLE_EQ(visible, 0.5);
    const PlanePoint square[] = {{2, 2}, {6, 2}, {6, 8}, {2, 8}};
    for (const auto& point : transformPolygon(right, square, frame)) EXPECT_LE(point.x, 10);
    EXPECT_TRUE(transformBox(right, {6, 0, 9, 9}, frame).empty());
}

TEST(Augmentation, MixedAnswersAreAsFrequentAsTheirShares) {
    const Pictures pictures;
    for (const char* kind : {"mixup=1", "cutmix=1"}) {
        const auto augmenter = pictures.augmenter(kind);
        double shares = 0, others = 0;
        for (std::int64_t epoch = 0; epoch < 2000; ++epoch) {
            const AugmentedItem item{1, epoch, 4, 0};
            AugmentedGeometry geometry;
            pictures.changed(augmenter, item, &geometry);
            ASSERT_GE(geometry.other, 0);
            shares += 1 - geometry.ownShare;
            others += Augmenter::takesOtherAnswer(item, geometry);
        }
        EXPECT_NEAR(others / 2000, shares / 2000, 0.03) << kind;
        EXPECT_GT(shares / 2000, 0.15) << kind;
    }
}

TEST(Augmentation, CutmixPastesTheOtherPictureWhereItSays) {
    const Pictures pictures;
    const auto augmenter = pictures.augmenter("cutmix");
    for (std::int64_t epoch = 0; epoch < 20; ++epoch) {
        AugmentedGeometry geometry;
        const auto mixed = pictures.changed(augmenter, {1, epoch, 4, 0}, &geometry);
        const auto own = pictures.plain(4), other = pictures.plain(geometry.other);
        for (std::int64_t i = 0; i < std::ssize(mixed); ++i) {
            const auto x = static_cast<double>(i % edge), y = static_cast<double>(i / edge % edge);
            const bool pasted = x >= geometry.pasted.left && x < geometry.pasted.right && y >= geometry.pasted.top && y < geometry.pasted.bottom;
            const auto at = static_cast<std::size_t>(i);
            ASSERT_EQ(mixed[at], pasted ? other[at] : own[at]);
        }
    }
}

TEST(Augmentation, TypedWordsBecomeStepsOrAReason) {
    const auto steps = augmentationsFromText("flip,rotate=20,crop:smallest=0.5:shape=1.5@0.25");
    ASSERT_TRUE(steps.ok()) << steps.error().debugText();
    ASSERT_EQ(steps->size(), 3u);
    EXPECT_EQ((*steps)[1].settings, (nlohmann::json{{"degrees", 20.0}}));
    EXPECT_EQ((*steps)[2].settings, (nlohmann::json{{"smallest", 0.5}, {"shape", 1.5}}));
    EXPECT_EQ((*steps)[2].probability, 0.25);
    EXPECT_TRUE(augmentationsFromText("")->empty());
    EXPECT_EQ(augmentationsFromText("twist").error().code, "augmentation.unknown");
    EXPECT_EQ(augmentationsFromText("flip@2").error().code, "augmentation.probability");
    EXPECT_EQ(augmentationsFromText("rotate=much").error().code.substr(0, 9), "property.");
    EXPECT_EQ(augmentationsFromText("rotate:turn=3").error().code, "property.unknown");
    EXPECT_FALSE(augmentationsFromText("flip,,rotate").ok());
}

TEST(Augmentation, KindsForOtherDataAreRefused) {
    const Pictures pictures;
    EXPECT_EQ(Augmenter::create({{"table_noise", nlohmann::json::object(), 1}}, pictures.data->preparation()).error().code, "augmentation.not_for_data");
    EXPECT_EQ(Augmenter::create({{"rotate", {{"degrees", 999}}, 1}}, pictures.data->preparation()).error().code, "property.out_of_range");
}

TEST(Augmentation, NoiseOnATableLeavesCategoriesAndFlags) {
    MadeTable files;
    const Table table = files.number("x", {1, 2, std::nan(""), 4}).category("c", {"a", "b"}, {0, 1, 0, 1}).boolean("y", {true, false, true, false}).open();
    Split split;
    split.parts = {0, 0, 0, 0};
    PreparationSettings settings;
    settings.target = "y";
    const auto preparation = fitPreparation(table, split, settings);
    ASSERT_TRUE(preparation.ok());
    const auto data = PreparedData::create(table, *preparation, split);
    const auto augmenter = Augmenter::create({{"table_noise", {{"amount", 1}}, 1}}, *preparation);
    ASSERT_TRUE(augmenter.ok());
    std::vector<float> plain(static_cast<std::size_t>(data->inputCount())), noisy = plain;
    AugmentationScratch scratch;
    data->writeInput(0, plain.data());
    augmenter->writeInput(*data, {1, 0, 0, 0}, {}, scratch, noisy.data());
    EXPECT_NE(plain[0], noisy[0]);
    EXPECT_TRUE(std::equal(plain.begin() + 1, plain.end(), noisy.begin() + 1));
}

TEST(Augmentation, PicturesBesideOtherColumnsAreChangedLikePicturesAlone) {
    const int rows = 6;
    std::vector<std::uint8_t> pixels;
    for (int i = 0; i < rows * 3 * edge * edge; ++i) pixels.push_back(static_cast<std::uint8_t>(i * 37 % 251));
    MadeTable files;
    const Table table = files.tensor<std::uint8_t>("picture", {3, edge, edge}, pixels)
                            .number("x", {1, 2, 3, 4, 5, 9}).boolean("y", {true, false, true, false, true, false}).open();
    Split split;
    split.parts.assign(rows, 0);
    PreparationSettings settings;
    settings.target = "y";
    settings.features = {"picture"};
    const auto alone = *fitPreparation(table, split, settings);
    settings.features = {};
    settings.inputs = {{"photo", {"picture"}, {3, edge, edge}}, {"numbers", {"x"}, {1}}};
    const auto both = *fitPreparation(table, split, settings);
    const auto aloneData = PreparedData::create(table, alone, split), bothData = PreparedData::create(table, both, split);
    ASSERT_TRUE(aloneData && bothData);
    const auto steps = *augmentationsFromText("flip,rotate=20,brightness");
    AugmentationScratch scratch;
    std::vector<float> picture(static_cast<std::size_t>(alone.inputCount())), row(picture.size() + 1), plain = row;
    Augmenter::create(steps, alone)->writeInput(*aloneData, {1, 2, 3, 0}, {}, scratch, picture.data());
    Augmenter::create(steps, both)->writeInput(*bothData, {1, 2, 3, 0}, {}, scratch, row.data());
    bothData->writeInput(3, plain.data());
    EXPECT_TRUE(std::equal(picture.begin(), picture.end(), row.begin()));
    EXPECT_EQ(row.back(), plain.back());
    Augmenter::create(*augmentationsFromText("table_noise=1"), both)->writeInput(*bothData, {1, 2, 3, 0}, {}, scratch, row.data());
    EXPECT_TRUE(std::equal(plain.begin(), plain.end() - 1, row.begin()));
    EXPECT_NE(row.back(), plain.back());
    EXPECT_EQ(Augmenter::create(*augmentationsFromText("mixup"), both).error().code, "augmentation.not_for_data");
}

TEST(Augmentation, AWarpedSeriesKeepsItsEndsAndItsOrder) {
    MadeTable files;
    std::vector<float> values(2 * 30);
    std::iota(values.begin(), values.end(), 0.0f);
    const Table table = files.tensor<float>("curve", {30}, values).boolean("y", {true, false}).open();
    Split split;
    split.parts = {0, 0};
    PreparationSettings settings;
    settings.target = "y";
    const auto preparation = fitPreparation(table, split, settings);
    const auto data = PreparedData::create(table, *preparation, split);
    const auto augmenter = Augmenter::create({{"warp", {{"amount", 0.3}}, 1}}, *preparation);
    ASSERT_TRUE(augmenter.ok()) << augmenter.error().debugText();
    std::vector<float> plain(30), warped(30);
    AugmentationScratch scratch;
    data->writeInput(0, plain.data());
    for (std::int64_t epoch = 0; epoch < 20; ++epoch) {
        augmenter->writeInput(*data, {1, epoch, 0, 0}, {}, scratch, warped.data());
        EXPECT_EQ(warped.front(), plain.front());
        EXPECT_NEAR(warped.back(), plain.back(), 1e-5);
        EXPECT_TRUE(std::ranges::is_sorted(warped));
        EXPECT_NE(warped, plain);
    }
}

TEST(Augmentation, AScaledSeriesKeepsItsShape) {
    const AugmentationType& type = *findAugmentation("scaling");
    RandomDraw draw(RandomStream(7, 1, 2), 0);
    std::vector<float> values{1, -10, 2, -20, 3, -30};
    type.series(type.defaults, {3, 2, values}, draw);
    for (std::size_t f = 0; f < 2; ++f) {
        const float factor = values[f] / (f == 0 ? 1.0f : -10.0f);
        EXPECT_NE(factor, 1.0f);
        EXPECT_NEAR(factor, 1.0f, 0.11f);
        EXPECT_NEAR(values[2 + f], 2 * values[f], 1e-5);
        EXPECT_NEAR(values[4 + f], 3 * values[f], 1e-5);
    }
    EXPECT_NE(values[0], values[1] / -10) << "each column by a factor of its own";
}

TEST(Augmentation, WordDropoutMakesWordsUnknownAndLeavesPaddingAlone) {
    MadeTable files;
    std::vector<float> values(2 * 400, 0.0f);
    for (std::size_t i = 100; i < 400; ++i) values[i] = values[400 + i] = static_cast<float>(2 + i % 7);
    const Table table = files.tensor<float>("text sequence", {400}, values).boolean("y", {true, false}).open();
    Split split;
    split.parts = {0, 0};
    PreparationSettings settings;
    settings.target = "y";
    settings.wordNumbers = {"text sequence"};
    const auto fitted = fitPreparation(table, split, settings);
    ASSERT_TRUE(fitted.ok()) << fitted.error().debugText();
    const auto preparation = preparationFromJson(toJson(*fitted));
    const auto data = PreparedData::create(table, *preparation, split);
    const auto augmenter = Augmenter::create({{"word_dropout", {{"share", 0.25}}, 1}}, *preparation);
    ASSERT_TRUE(augmenter.ok()) << augmenter.error().debugText();
    EXPECT_FALSE(Augmenter::create({{"jitter", nlohmann::json::object(), 1}}, *preparation).ok()) << "numbers of words are no measurements";
    std::vector<float> changed(400);
    AugmentationScratch scratch;
    data->writeInput(0, changed.data());
    EXPECT_TRUE(std::equal(changed.begin(), changed.end(), values.begin())) << "word numbers reach the network as they are";
    augmenter->writeInput(*data, {1, 0, 0, 0}, {}, scratch, changed.data());
    EXPECT_TRUE(std::all_of(changed.begin(), changed.begin() + 100, [](float x) { return x == 0; }));
    const auto dropped = std::count(changed.begin(), changed.end(), 1.0f);
    EXPECT_GT(dropped, 45);
    EXPECT_LT(dropped, 105);
    for (std::size_t i = 100; i < 400; ++i) EXPECT_TRUE(changed[i] == 1 || changed[i] == values[i]);
}

std::vector<std::vector<float>> someBatches(const Pictures& pictures, LoaderSettings settings, std::int64_t from, std::int64_t to, std::vector<std::int64_t> rows = {}) {
    settings.batchSize = 4;
    settings.augmenter = std::make_shared<const Augmenter>(pictures.augmenter("flip,rotate=20,crop,noise,mixup@0.5"));
    if (rows.empty()) rows.assign(pictures.data->rows(Part::Training).begin(), pictures.data->rows(Part::Training).end());
    auto loader = Loader::create(*pictures.data, rows, settings);
    EXPECT_TRUE(loader.ok());
    const std::int64_t perEpoch = loader->batchesPerEpoch();
    loader->setPosition({from / perEpoch, from % perEpoch});
    std::vector<std::vector<float>> batches;
    for (std::int64_t i = from; i < to; ++i) {
        const Batch& batch = loader->next();
        batches.emplace_back(batch.inputs.begin(), batch.inputs.end());
        for (const auto label : batch.labels) batches.back().push_back(static_cast<float>(label));
    }
    return batches;
}

TEST(Augmentation, BatchesAreTheSameForAnyWorkersPrefetchAndInterruption) {
    const Pictures pictures;
    const auto whole = someBatches(pictures, {.prefetch = 0}, 0, 12);
    EXPECT_NE(whole[0], whole[3]);
    for (const int workers : {1, 2, 5})
        for (const int prefetch : {1, 3}) EXPECT_EQ(someBatches(pictures, {.prefetch = prefetch, .workers = workers}, 0, 12), whole);
    for (std::int64_t cut = 1; cut < 12; cut += 3) {
        auto parts = someBatches(pictures, {.prefetch = 2, .workers = 2}, 0, cut);
        const auto rest = someBatches(pictures, {.prefetch = 2, .workers = 3}, cut, 12);
        parts.insert(parts.end(), rest.begin(), rest.end());
        EXPECT_EQ(parts, whole) << cut;
    }
}

TEST(Augmentation, TheSameRowTwiceInAnEpochIsChangedInTwoWays) {
    const Pictures pictures;
    const auto batches = someBatches(pictures, {.shuffle = false, .prefetch = 0}, 0, 1, {3, 3});
    const std::size_t half = static_cast<std::size_t>(pictures.data->inputCount());
    EXPECT_FALSE(std::equal(batches[0].begin(), batches[0].begin() + static_cast<std::ptrdiff_t>(half), batches[0].begin() + static_cast<std::ptrdiff_t>(half)));
}

TEST(Augmentation, TheGalleryShowsWhatTrainingWillSee) {
    const Pictures pictures;
    const auto augmenter = pictures.augmenter("rotate=40,brightness");
    const auto versions = augmentedVersions(*pictures.data, augmenter, 6, 5);
    ASSERT_TRUE(versions.ok());
    ASSERT_EQ(versions->size(), 5u);
    const auto third = pictures.changed(augmenter, {1, 2, 6, 0});
    EXPECT_NEAR((*versions)[2].pixels[50], third[50], 0.51);
    EXPECT_NE((*versions)[0].pixels, (*versions)[1].pixels);
}

}  // namespace
}  // namespace lamina
