#include "core/data/prepared_data.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/data/importers/importer.h"
#include "core/data/loader.h"
#include "tests/core/data/made_table.h"

namespace lamina {
namespace {

const double missingNumber = std::nan("");

Split splitFrom(const std::string& letters) {
    Split split;
    for (const char letter : letters) split.parts.push_back(static_cast<std::uint8_t>(std::string("tvxu").find(letter)));
    return split;
}

std::vector<float> rowOf(const PreparedData& data, std::int64_t row) {
    std::vector<float> out(static_cast<std::size_t>(data.inputCount()), -99.0f);
    data.writeInput(row, out.data());
    return out;
}

const Issue* findIssue(const PreparedData& data, const std::string& code) {
    const auto found = std::find_if(data.issues().begin(), data.issues().end(), [&](const Issue& issue) { return issue.what.code == code; });
    return found == data.issues().end() ? nullptr : &*found;
}

struct Made {
    MadeTable files;
    Table table;
    Split split = splitFrom("ttttvxxu");
    Preparation preparation;

    Made() {
        table = files.number("x", {1, 2, 3, 6, missingNumber, INFINITY, 3, 4})
                    .integer("age", {{10}, {}, {30}, {20}, {20}, {}, {40}, {1}})
                    .category("colour", {"red", "green", "blue"}, {0, 2, 0, 2, 1, -1, 0, 0})
                    .category("y", {"no", "yes"}, {0, 1, 0, 1, 1, 0, -1, 0})
                    .open();
        PreparationSettings settings;
        settings.target = "y";
        preparation = *fitPreparation(table, split, settings);
    }
};

TEST(PreparedData, GivesWhatApplyGives) {
    Made made;
    for (const std::size_t budget : {std::size_t{0}, std::size_t{1} << 20}) {
        const auto data = PreparedData::create(made.table, made.preparation, made.split, {.matrixBudget = budget});
        ASSERT_TRUE(data.ok()) << data.error().debugText();
        EXPECT_EQ(data->inputShape(), Shape{5});
        for (std::int64_t row = 0; row < made.table.rows(); ++row) {
            const std::vector<RawValue> values{{.number = made.table.view(0).number(row)}, {.number = made.table.view(1).number(row)},
                                               {.text = made.table.view(2).text(row)}};
            std::vector<float> expected(5);
            ASSERT_TRUE(made.preparation.apply(values, expected).ok());
            EXPECT_EQ(rowOf(*data, row), expected) << row;
        }
    }
}

TEST(PreparedData, RowsWithoutTargetAreInNoPart) {
    Made made;
    const auto data = PreparedData::create(made.table, made.preparation, made.split);
    ASSERT_TRUE(data.ok());
    const auto test = data->rows(Part::Test);
    EXPECT_EQ(std::vector<std::int64_t>(test.begin(), test.end()), (std::vector<std::int64_t>{5}));
    EXPECT_EQ(data->rows(Part::Unused).size(), 2u);
    EXPECT_EQ(data->label(1), 1);
    EXPECT_EQ(data->label(6), -1);
    EXPECT_TRUE(std::isnan(data->target(1)));
}

TEST(PreparedData, ReportsWhatTheNetworkDoesNotSee) {
    Made made;
    const auto data = PreparedData::create(made.table, made.preparation, made.split);
    ASSERT_NE(findIssue(*data, "preparation.filled"), nullptr);
    EXPECT_EQ(findIssue(*data, "preparation.filled")->what.argument("row"), "5");
    ASSERT_NE(findIssue(*data, "preparation.not_finite"), nullptr);
    EXPECT_EQ(findIssue(*data, "preparation.not_finite")->what.argument("row"), "6");
    EXPECT_EQ(findIssue(*data, "preparation.unknown_category")->what.argument("column"), "colour");
    EXPECT_EQ(findIssue(*data, "preparation.unknown_category")->count, 1);
}

TEST(PreparedData, PredictsATableWithoutTargetAndWithOtherCodes) {
    Made made;
    MadeTable fresh;
    const Table table = fresh.text("colour", {"blue", "pink"}).number("age", {20, missingNumber}).integer("x", {{3}, {5}}).open();
    const auto data = PreparedData::createForPrediction(table, made.preparation);
    ASSERT_TRUE(data.ok()) << data.error().debugText();
    EXPECT_EQ(data->rows(Part::Test).size(), 2u);
    EXPECT_EQ(data->label(0), -1);
    const std::vector<RawValue> values{{.number = 3}, {.number = 20}, {.text = "blue"}};
    std::vector<float> expected(5);
    ASSERT_TRUE(made.preparation.apply(values, expected).ok());
    EXPECT_EQ(rowOf(*data, 0), expected);
    EXPECT_EQ(rowOf(*data, 1)[3], 0.0f);
    EXPECT_EQ(rowOf(*data, 1)[4], 0.0f);
}

TEST(PreparedData, RegressionTargetsAreStandardised) {
    MadeTable files;
    const Table table = files.number("x", {1, 2, 3, 4}).number("y", {1, 3, 7, missingNumber}).open();
    PreparationSettings settings;
    settings.target = "y";
    const Split split = splitFrom("ttvx");
    const auto preparation = fitPreparation(table, split, settings);
    const auto data = PreparedData::create(table, *preparation, split);
    ASSERT_TRUE(data.ok()) << data.error().debugText();
    EXPECT_EQ(data->target(0), -1.0f);
    EXPECT_EQ(data->target(2), 5.0f);
    EXPECT_TRUE(data->rows(Part::Test).empty());
    EXPECT_EQ(data->label(0), -1);
}

TEST(PreparedData, RefusesATableThatDoesNotFit) {
    Made made;
    MadeTable other, images, bigger;
    EXPECT_EQ(codeOf(PreparedData::create(made.table, made.preparation, splitFrom("tt"))), "preparation.rows");
    const Table without = other.number("x", {1, 2}).open();
    EXPECT_EQ(codeOf(PreparedData::createForPrediction(without, made.preparation)), "preparation.no_column");
    const Table texts = other.number("age", {1, 2}).number("colour", {1, 2}).open();
    EXPECT_EQ(codeOf(PreparedData::createForPrediction(texts, made.preparation)), "");
    EXPECT_EQ(codeOf(PreparedData::create(texts, made.preparation, splitFrom("tt"))), "preparation.no_target_column");
    MadeTable wrong;
    const Table kinds = wrong.text("x", {"a", "b"}).number("age", {1, 2}).text("colour", {"red", "blue"}).open();
    EXPECT_EQ(codeOf(PreparedData::createForPrediction(kinds, made.preparation)), "preparation.column_kind");

    const Table small = images.tensor<std::uint8_t>("image", {1, 1, 2}, {1, 2, 3, 4}).boolean("y", {true, false}).open();
    PreparationSettings settings;
    settings.target = "y";
    const auto preparation = fitPreparation(small, splitFrom("tt"), settings);
    const Table large = bigger.tensor<std::uint8_t>("image", {1, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8}).open();
    EXPECT_EQ(codeOf(PreparedData::createForPrediction(large, *preparation)), "preparation.tensor_shape");
}

/// Red squares of several sizes as PPM texts; one of them broken where asked for.
struct PictureRows {
    std::vector<std::string> values;
    Table table;
    Split split;
    Preparation preparation;

    explicit PictureRows(int count, int broken = -1, const PreparationSettings& given = {}) {
        ColumnData pictures(ColumnKind::Image), labels(ColumnKind::Boolean);
        for (int i = 0; i < count; ++i) {
            const int edge = 6 + i % 3 * 6;
            std::string text = "P3 " + std::to_string(edge) + " " + std::to_string(edge) + " 255\n";
            for (int p = 0; p < edge * edge; ++p) text += std::to_string(20 * i % 256) + " 40 0 ";
            values.push_back(i == broken ? "P3 no picture" : text);
            pictures.addText(values.back());
            labels.addBoolean(i % 2 == 0);
            split.parts.push_back(i % 4 == 3 ? 1 : 0);
        }
        table = *Table::of({TableColumn::inMemory(std::move(pictures), "a", "picture"), TableColumn::inMemory(std::move(labels), "b", "y")});
        PreparationSettings settings = given;
        settings.target = "y";
        auto fitted = fitPreparation(table, split, settings);
        EXPECT_TRUE(fitted.ok()) << (fitted ? "" : fitted.error().debugText());
        if (fitted) preparation = *fitted;
    }
};

TEST(PreparedData, PicturesOfAnySizeComeIntoOneForm) {
    PreparationSettings settings;
    settings.pictures = {0, 4, 5, ImageFit::Stretch};
    const PictureRows made(10, -1, settings);
    ASSERT_EQ(made.preparation.features.size(), 1u);
    EXPECT_EQ(made.preparation.inputShape(), (Shape{3, 4, 5}));
    EXPECT_TRUE(made.preparation.isImage());
    const auto& feature = made.preparation.features[0];
    EXPECT_NEAR(feature.channelMean[1], 40 / 255.0, 1e-9);
    EXPECT_EQ(feature.channelDeviation[2], 1.0);
    const auto again = preparationFromJson(toJson(made.preparation));
    ASSERT_TRUE(again.ok()) << again.error().debugText();
    EXPECT_TRUE(again->features[0].picture);
    EXPECT_EQ(again->features[0].fit, ImageFit::Stretch);
    const auto data = PreparedData::create(made.table, *again, made.split);
    ASSERT_TRUE(data.ok()) << data.error().debugText();
    EXPECT_TRUE(data->isPicture() && data->decodesPictures());
    const auto row = rowOf(*data, 3);
    const auto expected = static_cast<float>((60 / 255.0 - feature.channelMean[0]) / feature.channelDeviation[0]);
    EXPECT_FLOAT_EQ(row[0], expected);
    EXPECT_NEAR(row[25], 0, 1e-6);
    EXPECT_EQ(rowOf(*data, 3), row);  // now from memory
}

TEST(PreparedData, WithoutRoomPicturesAreDecodedEachTime) {
    const PictureRows made(6);
    const auto kept = PreparedData::create(made.table, made.preparation, made.split);
    const auto bare = PreparedData::create(made.table, made.preparation, made.split, {.pictureBudget = 0});
    ASSERT_TRUE(kept.ok() && bare.ok());
    EXPECT_GT(kept->bytes(), bare->bytes());
    for (int pass = 0; pass < 2; ++pass)
        for (std::int64_t row = 0; row < 6; ++row) EXPECT_EQ(rowOf(*kept, row), rowOf(*bare, row));
}

TEST(PreparedData, APictureThatCannotBeReadIsTheMeanPictureAndTold) {
    const PictureRows made(10, 5);
    const auto data = PreparedData::create(made.table, made.preparation, made.split);
    ASSERT_TRUE(data.ok()) << data.error().debugText();
    EXPECT_TRUE(data->pictureIssues().empty());
    for (int pass = 0; pass < 2; ++pass) {
        for (const float x : rowOf(*data, 5)) EXPECT_EQ(x, 0);
        const auto issues = data->pictureIssues();
        ASSERT_EQ(issues.size(), 2u);
        EXPECT_EQ(issues[0].what.code, "preparation.unreadable_pictures");
        EXPECT_EQ(issues[0].what.argument("row"), "6");
        EXPECT_EQ(issues[0].count, 1);
        EXPECT_EQ(issues[1].what.argument("row"), "6");
    }
    std::vector<float> plain(static_cast<std::size_t>(data->inputCount()));
    data->writePicture(5, plain.data());
    data->scalePicture(plain.data());
    for (const float x : plain) EXPECT_NEAR(x, 0, 1e-5);
}

TEST(PreparedData, ABrokenPictureNeverStopsTheLoaderAndBatchesDoNotDependOnItsThreads) {
    const PictureRows made(24, 6);
    std::vector<float> first;
    for (const std::size_t budget : {std::size_t{0}, std::size_t{1} << 20})
        for (const int workers : {0, 1, 4})
            for (const int prefetch : {0, 1, 3}) {
                const auto data = PreparedData::create(made.table, made.preparation, made.split, {.pictureBudget = budget});
                ASSERT_TRUE(data.ok());
                LoaderSettings settings;
                settings.batchSize = 5;
                settings.workers = workers;
                settings.prefetch = prefetch;
                auto loader = Loader::create(*data, data->rows(Part::Training), settings);
                ASSERT_TRUE(loader.ok());
                std::vector<float> seen;
                for (std::int64_t i = 0; i < 3 * loader->batchesPerEpoch(); ++i) {
                    const Batch& batch = loader->next();
                    seen.insert(seen.end(), batch.inputs.begin(), batch.inputs.end());
                }
                if (first.empty()) first = seen;
                EXPECT_EQ(seen, first) << budget << ' ' << workers << ' ' << prefetch;
                EXPECT_EQ(data->pictureIssues().size(), 2u);
                EXPECT_TRUE(data->pictureError(6).has_value());
                EXPECT_FALSE(data->pictureError(5).has_value());
            }
}

TEST(PreparedData, PicturesOfOneSmallSizeKeepItAndAllBrokenOnesAreRefused) {
    ColumnData pictures(ColumnKind::Image), labels(ColumnKind::Boolean), broken(ColumnKind::Image);
    for (int i = 0; i < 4; ++i) {
        pictures.addText("P2 3 2 255\n1 2 3 4 5 6 ");
        broken.addText("nothing");
        labels.addBoolean(i % 2 == 0);
    }
    const auto label = TableColumn::inMemory(std::move(labels), "b", "y");
    Split split;
    split.parts.assign(4, 0);
    PreparationSettings settings;
    settings.target = "y";
    const auto fitted = fitPreparation(*Table::of({TableColumn::inMemory(std::move(pictures), "a", "p"), label}), split, settings);
    ASSERT_TRUE(fitted.ok()) << fitted.error().debugText();
    EXPECT_EQ(fitted->inputShape(), (Shape{1, 2, 3}));
    EXPECT_EQ(codeOf(fitPreparation(*Table::of({TableColumn::inMemory(std::move(broken), "a", "p"), label}), split, settings)),
              "preparation.no_readable_picture");
    CancelToken cancel;
    cancel.cancel();
    const PictureRows made(4);
    EXPECT_EQ(codeOf(fitPreparation(made.table, made.split, settings, cancel)), "job.cancelled");
}

TEST(PreparedData, PreparesTheRealFashionMnist) {
    const Path folder = "/usr/share/datasets/fashion-mnist";
    if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "the package dataset-fashion-mnist is not installed";
    TemporaryFolder target;
    const auto imported = importWith(*findImporter("idx"), folder, nlohmann::json::object(), target.path());
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    const Table table = *Table::open(imported->columns);
    SplitSettings splitSettings;
    splitSettings.target = "label";
    splitSettings.subset = "subset";
    splitSettings.training = 0.9;
    splitSettings.validation = 0.1;
    splitSettings.test = 0.0;
    const auto split = makeSplit(table, splitSettings);
    ASSERT_TRUE(split.ok()) << split.error().debugText();
    EXPECT_EQ(split->counts, (PartCounts{54000, 6000, 10000, 0}));
    EXPECT_EQ(split->classes[9].rows, (PartCounts{5400, 600, 1000, 0}));
    PreparationSettings settings;
    settings.target = "label";
    settings.ignored = {"subset"};
    const auto preparation = fitPreparation(table, *split, settings);
    ASSERT_TRUE(preparation.ok()) << preparation.error().debugText();
    // The published figures of the whole training set: mean 0.2860, deviation 0.3530.
    EXPECT_NEAR(preparation->features[0].channelMean[0], 0.2860, 0.002);
    EXPECT_NEAR(preparation->features[0].channelDeviation[0], 0.3530, 0.002);
    const auto data = PreparedData::create(table, *preparation, *split);
    ASSERT_TRUE(data.ok()) << data.error().debugText();
    EXPECT_EQ(data->inputShape(), (Shape{1, 28, 28}));
    EXPECT_EQ(data->label(0), 9);
}

}  // namespace
}  // namespace lamina
