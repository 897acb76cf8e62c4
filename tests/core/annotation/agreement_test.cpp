// Agreement, masks and documents against other implementations and published examples.
#include "core/annotation/agreement.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/annotation/mask_runs.h"
#include "core/annotation/shape_document.h"
#include "core/base/files.h"
#include "gtest/gtest.h"

namespace lamina {
namespace {

std::vector<std::string> oracleLines(const std::string& first) {
    std::ifstream file(Path(LAMINA_SOURCE_DIR) / "tests/core/annotation/agreement_and_masks.txt");
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        if (line.rfind(first + " ", 0) == 0) lines.push_back(line.substr(first.size() + 1));
    EXPECT_FALSE(lines.empty());
    return lines;
}

TEST(Agreement, CohensKappaIsThatOfScikitLearn) {
    for (const std::string& line : oracleLines("kappa")) {
        std::istringstream text(line);
        std::vector<std::int64_t> lists[2];
        int which = 0;
        for (std::string word; which < 2 && text >> word;) {
            if (word == "|") ++which;
            else lists[which].push_back(std::atoll(word.c_str()));
        }
        double plain = 0, linear = 0, quadratic = 0;
        text >> plain >> linear >> quadratic;
        EXPECT_NEAR(cohenKappa(lists[0], lists[1]), plain, 1e-12);
        EXPECT_NEAR(cohenKappa(lists[0], lists[1], KappaWeights::Linear), linear, 1e-12);
        EXPECT_NEAR(cohenKappa(lists[0], lists[1], KappaWeights::Quadratic), quadratic, 1e-12);
    }
    const std::vector<std::int64_t> same{1, 1, 1};
    EXPECT_TRUE(std::isnan(cohenKappa(same, same))) << "one class alone says nothing";
}

TEST(Agreement, FleissKappaOfHisPaper) {
    // Fleiss' example of 14 psychiatrists and 10 subjects: 0.210
    const std::vector<std::vector<std::int64_t>> counts{{0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
                                                        {7, 7, 0, 0, 0},  {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}};
    EXPECT_NEAR(fleissKappa(counts), 0.20993070442195522, 1e-12);
    EXPECT_TRUE(std::isnan(fleissKappa({{2, 0}, {1, 0}}))) << "each item needs as many judgements";
}

TEST(Agreement, KrippendorffsAlphaOfHisExample) {
    // "Computing Krippendorff's alpha-reliability", 2011, part C: four observers, twelve units with gaps: nominal 0.743, interval 0.849
    const double none = std::nan("");
    const std::vector<std::vector<double>> ratings{{1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none},
                                                   {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3},
                                                   {none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none},
                                                   {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none}};
    EXPECT_NEAR(krippendorffAlpha(ratings), 0.743, 5e-4);
    EXPECT_NEAR(krippendorffAlpha(ratings, AlphaLevel::Interval), 0.849, 5e-4);
}

TEST(Agreement, ShapesMatchByTheirOverlap) {
    const std::vector<AnnotationShape> a{boxShape("x", 0, 0, 10, 10), boxShape("x", 20, 0, 30, 10), boxShape("x", 5, 5, 5, 5)};
    const std::vector<AnnotationShape> b{boxShape("y", 21, 0, 31, 10), boxShape("x", 0, 0, 10, 5)};
    EXPECT_DOUBLE_EQ(overlapOf(a[0], b[1]), 0.5);
    EXPECT_DOUBLE_EQ(overlapOf(a[1], b[0]), 9.0 / 11.0);
    const auto matches = matchShapes(a, b);
    ASSERT_EQ(matches.size(), 2u);
    EXPECT_EQ(matches[0].a, 1u);
    EXPECT_EQ(matches[0].b, 0u);
    AnnotationShape square;
    square.kind = ShapeKind::Polygon;
    square.parts = {{{0, 0}, {10, 0}, {10, 10}, {0, 10}}};
    EXPECT_DOUBLE_EQ(overlapOf(square, b[1], 40, 40), 0.5);
    auto turned = a[0];
    turned.rotation = 90;
    EXPECT_DOUBLE_EQ(overlapOf(turned, a[0], 40, 40), 1.0);
}

TEST(Masks, RunsArePackedAsPycocotoolsDoesIt) {
    for (const std::string& line : oracleLines("mask")) {
        std::istringstream text(line);
        std::int64_t height = 0, width = 0, area = 0;
        std::string bits, packed;
        text >> height >> width >> bits >> packed >> area;
        std::vector<std::uint8_t> pixels;
        for (const char bit : bits) pixels.push_back(static_cast<std::uint8_t>(bit - '0'));
        const MaskRuns mask = runsOfPixels(pixels.data(), width, height, 1);
        EXPECT_EQ(packRuns(mask.runs), packed);
        EXPECT_EQ(areaOf(mask), area);
        MaskRuns back{width, height, {}};
        ASSERT_TRUE(unpackRuns(packed, back.runs));
        EXPECT_TRUE(isWhole(back));
        EXPECT_EQ(pixelsOfRuns(back), pixels);
    }
    std::vector<std::uint32_t> runs;
    EXPECT_FALSE(unpackRuns("o", runs)) << "says that more follows";
}

TEST(ShapeDocuments, EveryKindOfShapeComesBackAsItWas) {
    std::vector<AnnotationShape> shapes(shapeKinds);
    for (int kind = 0; kind < shapeKinds; ++kind) {
        AnnotationShape& shape = shapes[static_cast<std::size_t>(kind)];
        shape.label = "a";
        shape.kind = static_cast<ShapeKind>(kind);
        shape.parts = {{{1.25, 2}, {0.1, 7}}, {{3, 4}}};
        shape.holes = {false, true};
        shape.visibility = {2, 1};
        shape.rotation = 12.5;
        shape.crowd = kind % 2 == 0;
        shape.attributes = {{"颜色", "red \"x\""}};
        if (shape.kind == ShapeKind::Mask) shape.mask = {4, 2, {1, 3, 4}};
        if (shape.kind >= ShapeKind::Span) shape.begin = 3, shape.end = 9;
        const auto back = shapeFromDocument(nlohmann::json::parse(shapeToDocument(shape).dump()), "a");
        ASSERT_TRUE(back) << back.error().debugText();
        EXPECT_EQ(*back, shape) << shapeKindName(shape.kind);
    }
    for (const char* wrong : {"[]", "{}", R"({"kind":"star"})", R"({"kind":"box","parts":[[1]]})", R"({"kind":"box","parts":[["a","b"]]})",
                              R"({"kind":"mask","mask":[4,4,"1"]})", R"({"kind":"box","holes":["x"]})", R"({"kind":"box","rotation":"x"})",
                              R"({"kind":"box","attributes":{"a":1}})"})
        EXPECT_EQ(shapeFromDocument(nlohmann::json::parse(wrong), "a").error().code, "annotation.damaged_document") << wrong;
}

}  // namespace
}  // namespace lamina
