#include "core/data/preparation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/data/moments.h"
#include "tests/core/data/made_table.h"

namespace lamina {
namespace {

const double nan = std::nan("");

/// "tttvu": the part of each row by its letter.
Split splitOf(const std::string& letters) {
    Split split;
    for (const char letter : letters) split.parts.push_back(static_cast<std::uint8_t>(std::string("tvxu").find(letter)));
    for (const auto part : split.parts) ++split.counts[part];
    return split;
}

PreparationSettings predicting(const std::string& target, const std::string& task = "") {
    PreparationSettings settings;
    settings.target = target;
    settings.task = task;
    return settings;
}

std::vector<float> applied(const Preparation& preparation, const std::vector<RawValue>& values) {
    std::vector<float> out(static_cast<std::size_t>(preparation.inputCount()), -99.0f);
    const auto result = preparation.apply(values, out);
    EXPECT_TRUE(result.ok()) << (result ? "" : result.error().debugText());
    return out;
}

bool hasIssue(const Preparation& preparation, const std::string& code, const std::string& column) {
    return std::any_of(preparation.issues.begin(), preparation.issues.end(),
                       [&](const Issue& issue) { return issue.what.code == code && issue.what.argument("column") == column; });
}

TEST(Moments, AgreeWithTheTwoPassFormulasAfterAnyMerge) {
    SlicedMoments sliced;
    std::vector<double> values;
    for (int i = 0; i < 10000; ++i) values.push_back(1e9 + std::sin(i) * (i % 7));
    for (const double value : values) sliced.add(value);
    const double mean = std::accumulate(values.begin(), values.end(), 0.0L) / static_cast<double>(values.size());
    long double squares = 0;
    for (const double value : values) squares += (value - mean) * static_cast<long double>(value - mean);
    const Moments total = sliced.total();
    EXPECT_EQ(total.count, 10000);
    EXPECT_NEAR(total.mean, mean, 1e-5);
    EXPECT_NEAR(total.deviation(), std::sqrt(static_cast<double>(squares) / 10000.0), 1e-6);
    EXPECT_EQ(total.maximum, *std::max_element(values.begin(), values.end()));
}

TEST(Preparation, NumbersAreStandardisedWithTheTrainingRowsOnly) {
    MadeTable made;
    // Training: 1 2 3 6, mean 3, deviation sqrt(14/4).
    const Table table = made.number("x", {1, 2, 1000, 3, 6}).category("y", {"no", "yes"}, {0, 1, 0, 0, 1}).open();
    const auto preparation = fitPreparation(table, splitOf("ttvtt"), predicting("y"));
    ASSERT_TRUE(preparation.ok()) << preparation.error().debugText();
    ASSERT_EQ(preparation->features.size(), 1u);
    EXPECT_DOUBLE_EQ(preparation->features[0].mean, 3.0);
    EXPECT_DOUBLE_EQ(preparation->features[0].deviation, std::sqrt(3.5));
    EXPECT_FALSE(preparation->features[0].hasMissingFlag);
    EXPECT_EQ(preparation->inputShape(), Shape{1});
    EXPECT_FLOAT_EQ(applied(*preparation, {{.number = 5.0}})[0], static_cast<float>(2.0 / std::sqrt(3.5)));
    EXPECT_EQ(applied(*preparation, {{}})[0], 0.0f);
    EXPECT_EQ(applied(*preparation, {{.number = INFINITY}})[0], 0.0f);
}

TEST(Preparation, MissingTrainingValuesGiveAFlag) {
    MadeTable made;
    const Table table = made.integer("age", {{10}, {}, {30}, {20}}).boolean("y", {true, false, true, false}).open();
    const auto preparation = fitPreparation(table, splitOf("tttt"), predicting("y"));
    ASSERT_TRUE(preparation.ok()) << preparation.error().debugText();
    EXPECT_EQ(preparation->inputCount(), 2);
    EXPECT_EQ(preparation->inputName(1), "age is missing");
    EXPECT_EQ(applied(*preparation, {{}}), (std::vector<float>{0.0f, 1.0f}));
    EXPECT_EQ(applied(*preparation, {{.number = 20.0}}), (std::vector<float>{0.0f, 0.0f}));
    EXPECT_EQ(preparation->target.classNames, (std::vector<std::string>{"false", "true"}));
    EXPECT_EQ(preparation->label("true"), 1);
    EXPECT_EQ(preparation->label("perhaps"), -1);
}

TEST(Preparation, ConstantColumnsDivideByOne) {
    MadeTable made;
    const Table table = made.number("x", {7, 7, 7, 7}).boolean("y", {true, false, true, false}).open();
    const auto preparation = fitPreparation(table, splitOf("tttt"), predicting("y"));
    EXPECT_EQ(preparation->features[0].deviation, 1.0);
    EXPECT_TRUE(hasIssue(*preparation, "preparation.constant", "x"));
    EXPECT_EQ(applied(*preparation, {{.number = 9.0}})[0], 2.0f);
}

TEST(Preparation, CategoriesAreThoseOfTheTrainingRows) {
    MadeTable made;
    const Table table = made.category("colour", {"red", "green", "blue"}, {0, 2, 1, 0, -1}).boolean("y", {true, false, true, false, true}).open();
    const auto preparation = fitPreparation(table, splitOf("ttvtt"), predicting("y"));
    ASSERT_TRUE(preparation.ok()) << preparation.error().debugText();
    EXPECT_EQ(preparation->features[0].categories, (std::vector<std::string>{"red", "blue"}));
    EXPECT_EQ(preparation->inputName(1), "colour = blue");
    EXPECT_EQ(applied(*preparation, {{.text = "blue"}}), (std::vector<float>{0, 1}));
    EXPECT_EQ(applied(*preparation, {{.text = "green"}}), (std::vector<float>{0, 0}));
    EXPECT_EQ(applied(*preparation, {{}}), (std::vector<float>{0, 0}));
}

TEST(Preparation, IdentifiersAndLongTextsAreLeftOutWithANote) {
    MadeTable made;
    std::vector<std::optional<std::int64_t>> ids;
    std::vector<std::string> names, few;
    std::vector<double> x;
    std::vector<bool> y;
    for (int i = 0; i < 40; ++i) {
        ids.push_back(1000 + i);
        names.push_back("person " + std::to_string(i));
        few.push_back(i % 2 ? "north" : "south");
        x.push_back(i * i);
        y.push_back(i % 3 == 0);
    }
    const Table table = made.integer("id", ids).text("name", names).text("side", few).number("x", x).boolean("y", y).open();
    const auto preparation = fitPreparation(table, splitOf(std::string(40, 't')), predicting("y"));
    ASSERT_TRUE(preparation.ok()) << preparation.error().debugText();
    EXPECT_TRUE(hasIssue(*preparation, "preparation.identifier", "id"));
    EXPECT_TRUE(hasIssue(*preparation, "preparation.identifier", "name"));
    ASSERT_EQ(preparation->features.size(), 2u);
    EXPECT_EQ(preparation->features[0].categories, (std::vector<std::string>{"north", "south"}));
    EXPECT_EQ(preparation->features[1].outputOffset, 2);
    PreparationSettings strict = predicting("y");
    strict.maximumCategories = 1;
    EXPECT_TRUE(hasIssue(*fitPreparation(table, splitOf(std::string(40, 't')), strict), "preparation.many_categories", "side"));
}

TEST(Preparation, ImagesAreStandardisedByChannel) {
    MadeTable made;
    // Two images of 2 channels × 1 × 2: channel 0: 0 255 255 0, channel 1: 51 51 51 51. The third image is not for training.
    const Table table = made.tensor<std::uint8_t>("image", {2, 1, 2}, {0, 255, 51, 51, 255, 0, 51, 51, 9, 9, 9, 9}).category("y", {"a", "b"}, {0, 1, 0}).open();
    const auto preparation = fitPreparation(table, splitOf("ttv"), predicting("y"));
    ASSERT_TRUE(preparation.ok()) << preparation.error().debugText();
    const FeatureColumn& image = preparation->features[0];
    EXPECT_EQ(preparation->inputShape(), (Shape{2, 1, 2}));
    EXPECT_EQ(image.divisor, 255.0);
    EXPECT_DOUBLE_EQ(image.channelMean[0], 0.5);
    EXPECT_DOUBLE_EQ(image.channelDeviation[0], 0.5);
    EXPECT_DOUBLE_EQ(image.channelMean[1], 0.2);
    EXPECT_DOUBLE_EQ(image.channelDeviation[1], 1.0);
    EXPECT_EQ(image.channelOf(1), 0);
    EXPECT_EQ(image.channelOf(2), 1);
    const std::vector<std::byte> pixels{std::byte{255}, std::byte{0}, std::byte{51}, std::byte{255}};
    const auto out = applied(*preparation, {{.tensor = pixels}});
    EXPECT_EQ(out[0], 1.0f);
    EXPECT_EQ(out[1], -1.0f);
    EXPECT_NEAR(out[2], 0.0f, 1e-7);
    EXPECT_NEAR(out[3], 0.8f, 1e-7);
    std::vector<float> room(4);
    EXPECT_EQ(preparation->apply(std::vector<RawValue>{{.tensor = std::span(pixels).first(3)}}, room).error().code, "preparation.tensor_size");
}

TEST(Preparation, FloatTensorsWithBadElementsAreReported) {
    MadeTable made;
    const Table table = made.tensor<float>("signal", {2}, {1, 3, NAN, 5, 3, INFINITY}).category("y", {"a", "b"}, {0, 1, 0}).open();
    const auto preparation = fitPreparation(table, splitOf("ttt"), predicting("y"));
    ASSERT_TRUE(preparation.ok()) << preparation.error().debugText();
    EXPECT_DOUBLE_EQ(preparation->features[0].channelMean[0], 3.0);
    ASSERT_TRUE(hasIssue(*preparation, "preparation.not_finite", "signal"));
    EXPECT_EQ(preparation->issues[0].what.argument("row"), "2");
    EXPECT_EQ(preparation->issues[0].count, 2);
}

TEST(Preparation, InfiniteNumbersCountAsMissingAndAreReported) {
    MadeTable made;
    const Table table = made.number("x", {1, 3, -INFINITY, 1e300}).boolean("y", {true, false, true, false}).open();
    const auto preparation = fitPreparation(table, splitOf("tttt"), predicting("y"));
    EXPECT_EQ(preparation->features[0].mean, 2.0);
    EXPECT_TRUE(preparation->features[0].hasMissingFlag);
    ASSERT_TRUE(hasIssue(*preparation, "preparation.not_finite", "x"));
    EXPECT_EQ(preparation->issues[0].what.argument("row"), "3");
}

TEST(Preparation, ARegressionTargetIsStandardisedAndComesBack) {
    MadeTable made;
    const Table table = made.number("x", {1, 2, 3, 4}).number("price", {10, 20, 30, 1000}).open();
    const auto preparation = fitPreparation(table, splitOf("tttx"), predicting("price"));
    ASSERT_TRUE(preparation.ok()) << preparation.error().debugText();
    EXPECT_EQ(preparation->task, "regression");
    EXPECT_FALSE(preparation->target.classes);
    EXPECT_EQ(preparation->outputCount(), 1);
    EXPECT_DOUBLE_EQ(preparation->target.mean, 20.0);
    EXPECT_DOUBLE_EQ(preparation->target.original((35.0 - 20.0) / preparation->target.deviation), 35.0);
}

TEST(Preparation, WholeNumbersAreClassesWhereAskedFor) {
    MadeTable made;
    const Table table = made.number("x", {1, 2, 3, 5}).integer("y", {{5}, {3}, {5}, {-1}}).open();
    EXPECT_EQ(fitPreparation(table, splitOf("tttt"), predicting("y"))->task, "regression");
    const auto preparation = fitPreparation(table, splitOf("tttt"), predicting("y", "classification"));
    EXPECT_EQ(preparation->target.classNames, (std::vector<std::string>{"-1", "3", "5"}));
}

TEST(Preparation, CodesFromZeroOrOneAreClassesAndScoresAreNumbers) {
    const auto task = [&](const std::vector<std::optional<std::int64_t>>& y) {
        std::vector<double> numbers(y.size());
        for (std::size_t i = 0; i < y.size(); ++i) numbers[i] = static_cast<double>(i);
        MadeTable made;
        const Table table = made.number("x", numbers).integer("y", y).open();
        const auto preparation = fitPreparation(table, splitOf(std::string(y.size(), 't')), predicting("y"));
        EXPECT_EQ(preparation->task == "classification", hasIssue(*preparation, "preparation.codes_are_classes", "y"));
        return preparation->task;
    };
    EXPECT_EQ(task({0, 1, 1, 0, 1, 0, 0, 1, 0, 1}), "classification");
    EXPECT_EQ(task({1, 2, 2, 1, 1, 2, 1, 2, {}, 2, 1}), "classification");
    EXPECT_EQ(task({3, 4, 4, 3, 3, 4, 3, 4, 3, 4}), "regression") << "a score";
    EXPECT_EQ(task({0, 2, 2, 0, 2, 0, 0, 2, 0, 2}), "regression") << "a gap";
    EXPECT_EQ(task({0, 1, 2, 1, 0}), "regression") << "too few rows to tell";
}

TEST(Preparation, AClassOfTheOtherPartsOnlyIsReported) {
    MadeTable made;
    const Table table = made.number("x", {1, 2, 3, 5}).category("y", {"a", "b", "never", "c"}, {0, 1, 3, 0}).open();
    const auto preparation = fitPreparation(table, splitOf("ttvt"), predicting("y"));
    EXPECT_EQ(preparation->target.classNames, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_TRUE(hasIssue(*preparation, "preparation.untrained_class", "y"));
}

TEST(Preparation, RefusesWhatItCannotPrepare) {
    MadeTable made;
    const Table table = made.number("x", {1, 2, 3, 4})
                            .number("holes", {1, nan, 3, 4})
                            .tensor<std::uint8_t>("image", {1, 1, 1}, {1, 2, 3, 4})
                            .tensor<float>("signal", {1}, {1, 2, 3, 4})
                            .category("one", {"a", "b"}, {0, 0, 0, 1})
                            .category("y", {"a", "b"}, {0, 1, 0, 1})
                            .number("fraction", {0.5, 1, 2, 3})
                            .open();
    const auto code = [&](PreparationSettings settings, std::vector<std::string> features, const std::string& parts = "tttv") {
        settings.features = std::move(features);
        return codeOf(fitPreparation(table, splitOf(parts), settings));
    };
    EXPECT_EQ(code(predicting("z"), {"x"}), "preparation.no_target_column");
    EXPECT_EQ(code(predicting(""), {"x"}), "preparation.no_target_chosen");
    EXPECT_EQ(code(predicting("y"), {"z"}), "preparation.no_column");
    EXPECT_EQ(code(predicting("y"), {"y"}), "preparation.no_features");
    EXPECT_EQ(code(predicting("y"), {"x"}, "vvvv"), "preparation.no_training_rows");
    EXPECT_EQ(code(predicting("y"), {"x"}, "ttt"), "preparation.rows");
    EXPECT_EQ(code(predicting("one"), {"x"}), "preparation.one_class");
    EXPECT_EQ(code(predicting("image"), {"x"}), "preparation.target_kind");
    EXPECT_EQ(code(predicting("y", "regression"), {"x"}), "preparation.target_kind");
    EXPECT_EQ(code(predicting("y", "guessing"), {"x"}), "preparation.task");
    EXPECT_EQ(code(predicting("fraction", "classification"), {"x"}), "data.not_classes");
    EXPECT_EQ(code(predicting("holes"), {"x"}), "preparation.target_not_finite");
    EXPECT_EQ(code(predicting("y"), {"x", "image"}), "preparation.mixed_inputs");
    EXPECT_EQ(code(predicting("y"), {"signal", "image"}), "preparation.several_tensors");
    EXPECT_EQ(code(predicting("y"), {"x"}), "");
}

TEST(Preparation, ComesBackFromJson) {
    MadeTable made;
    const Table table = made.number("x", {1.1, nan, 3.7, 4}).category("c", {"red", "blue"}, {0, 1, 0, 1}).boolean("y", {true, false, true, false}).open();
    for (const char* target : {"y", "x"}) {
        PreparationSettings settings = predicting(target);
        const auto first = fitPreparation(table, splitOf("tutt"), settings);
        ASSERT_TRUE(first.ok()) << first.error().debugText();
        const auto back = preparationFromJson(nlohmann::json::parse(toJson(*first).dump()));
        ASSERT_TRUE(back.ok()) << back.error().debugText();
        EXPECT_EQ(toJson(*back), toJson(*first));
        EXPECT_EQ(back->inputCount(), first->inputCount());
        EXPECT_EQ(back->features[1].outputOffset, first->features[1].outputOffset);
    }
    MadeTable pictures;
    const Table images = pictures.tensor<std::uint8_t>("image", {1, 2, 2}, {0, 1, 2, 3, 4, 5, 6, 7}).boolean("y", {true, false}).open();
    const auto preparation = fitPreparation(images, splitOf("tt"), predicting("y"));
    EXPECT_EQ(toJson(*preparationFromJson(toJson(*preparation))), toJson(*preparation));
}

TEST(Preparation, DamagedJsonIsRefused) {
    MadeTable made;
    const Table table = made.tensor<std::uint8_t>("image", {1, 2, 2}, {0, 1, 2, 3, 4, 5, 6, 7}).boolean("y", {true, false}).open();
    const nlohmann::json sound = toJson(*fitPreparation(table, splitOf("tt"), predicting("y")));
    const auto refused = [&](const char* pointer, const nlohmann::json& value) {
        nlohmann::json json = sound;
        json[nlohmann::json::json_pointer(pointer)] = value;
        EXPECT_EQ(codeOf(preparationFromJson(json)), "preparation.damaged") << pointer;
    };
    refused("/features/0/deviation", {0.0});
    refused("/features/0/deviation", nlohmann::json::array());
    refused("/features/0/mean", {1, 2, 3});
    refused("/features/0/shape", {1, 4294967296, 4294967296});
    refused("/features/0/shape", {1, -2, 2});
    refused("/features/0/type", "complex");
    refused("/features/0/kind", "smell");
    refused("/features", nlohmann::json::array());
    refused("/target/classes", {"only"});
    refused("/task", "regression");
    refused("/format", 2);
    EXPECT_EQ(codeOf(preparationFromJson(nlohmann::json::array())), "preparation.damaged");
}

}  // namespace
}  // namespace lamina
