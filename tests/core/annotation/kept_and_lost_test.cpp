// What formats keep of labels, and that they say what they cannot: shapes of several parts, masks, turned boxes, classes of whole pictures, emptiness.
#include <algorithm>
#include <set>
#include <sstream>

#include "core/annotation/formats/set_writer.h"
#include "core/annotation/mask_outline.h"
#include "core/annotation/outer_rings.h"
#include "core/data/image_decode.h"
#include "gtest/gtest.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

using Codes = std::vector<std::string>;

AnnotationShape keptShape(ShapeKind kind, std::vector<std::vector<ShapePoint>> parts) {
    AnnotationShape shape;
    shape.label = "cat";
    shape.kind = kind;
    shape.parts = std::move(parts);
    return shape;
}

AnnotatedImage keptImage(const std::string& file, std::vector<AnnotationShape> shapes = {}, const std::string& state = {}) {
    AnnotatedImage image;
    image.file = file;
    image.width = 40;
    image.height = 20;
    image.shapes = std::move(shapes);
    image.state = state;
    return image;
}

AnnotationSet keptSet(std::vector<AnnotatedImage> images) {
    AnnotationSet set;
    set.label("cat");
    set.images = std::move(images);
    return set;
}

class KeptAndLost : public testing::Test {
protected:
    /// Written in this format and read back from there, beside the pictures; the remarks of writing are in `told`.
    AnnotationSet thereAndBack(const char* id, AnnotationSet set) {
        told.clear();
        const Path out = folder / id;
        for (const AnnotatedImage& image : set.images) {
            const Path name = Path(image.file).filename();
            for (const char* place : {"images/train", "JPEGImages", "."}) {
                const bool wanted = std::string(place) == (id == std::string("yolo") || id == std::string("mask_png") ? "images/train" : id == std::string("voc") ? "JPEGImages" : ".");
                if (!wanted) continue;
                const auto png = encodePng(Image{1, 20, 40, std::vector<std::uint8_t>(800, 90)});
                std::filesystem::create_directories(out / place);
                EXPECT_TRUE(writeFileAtomically(out / place / name, std::span(*png)));
            }
        }
        const auto written = writeAnnotations(*findAnnotationFormat(id), set, out);
        EXPECT_TRUE(written) << id << ": " << written.error().debugText();
        labels = written ? written->labels : -1;
        if (written)
            for (const Issue& issue : written->issues) told.push_back(issue.what.code + (issue.what.argument("count").empty() ? "" : " " + issue.what.argument("count")));
        auto back = findAnnotationFormat(id)->read(out, {});
        EXPECT_TRUE(back) << id << ": " << back.error().debugText();
        return back ? std::move(*back) : AnnotationSet();
    }
    static const AnnotatedImage& named(const AnnotationSet& set, const std::string& name) {
        for (const AnnotatedImage& image : set.images)
            if (Path(image.file).stem() == name) return image;
        ADD_FAILURE() << "no picture " << name;
        static const AnnotatedImage none;
        return none;
    }
    std::string text(const Path& file) { return readTextFile(folder / file).ok() ? *readTextFile(folder / file) : "(not there)"; }

    TemporaryFolder folder;
    Codes told;
    std::int64_t labels = 0;
};

TEST_F(KeptAndLost, NobodysSilenceBecomesNothingHere) {
    const auto all = [] {
        auto set = keptSet({keptImage("box.png", {boxShape("cat", 1, 1, 9, 9)}), keptImage("empty.png", {}, "checked_empty"), keptImage("checked.png", {}, "checked"), keptImage("skipped.png", {}, "skipped"),
                            keptImage("untouched.png"), keptImage("classified.png")});
        set.images.back().classes = {"cat"};
        return set;
    };
    for (const char* format : {"yolo", "voc", "mask_png"}) {
        const auto back = thereAndBack(format, all());
        EXPECT_EQ(told, (Codes{"annotation.unseen_left_out 3", "annotation.classes_lost 1"})) << format;
        EXPECT_EQ(labels, 1) << format;
        for (const char* name : {"empty", "checked"}) EXPECT_EQ(named(back, name).state, "checked_empty") << format;
        for (const char* name : {"skipped", "untouched", "classified"})
            EXPECT_TRUE(std::none_of(back.images.begin(), back.images.end(), [&](const auto& image) { return Path(image.file).stem() == name && !image.state.empty(); })) << format << ' ' << name;
    }
    EXPECT_FALSE(std::filesystem::exists(folder / "yolo/labels/train/skipped.txt"));
    EXPECT_TRUE(std::filesystem::exists(folder / "yolo/labels/train/empty.txt"));
    EXPECT_FALSE(std::filesystem::exists(folder / "voc/Annotations/untouched.xml"));
    EXPECT_EQ(thereAndBack("coco", all()).images.size(), 6u) << "it says of each picture how far it is";
    EXPECT_EQ(labels, 2);
    EXPECT_EQ(told, Codes());
}

TEST_F(KeptAndLost, EachFormatTellsOnceWhatItCannotHold) {
    struct Case {
        const char* format;
        Codes told;
    };
    const std::string classes = "annotation.classes_lost 2", items = "annotation.item_attributes_lost 1", shapes = "annotation.shape_attributes_lost 2", relations = "annotation.relations_lost 1", empty = "annotation.emptiness_lost 1";
    for (const Case& one : {Case{"coco", {relations}}, Case{"voc", {classes, items, relations}}, Case{"yolo", {classes, items, shapes, relations}}, Case{"cvat", {items, relations, empty}},
                            Case{"labelme", {relations}}, Case{"mask_png", {classes, items, shapes, relations, "annotation.instances_merged 1"}}, Case{"boxes_csv", {classes, items, shapes, relations, empty}}}) {
        auto set = keptSet({keptImage("a.png", {boxShape("cat", 1, 1, 9, 9), boxShape("cat", 20, 5, 30, 15)}), keptImage("b.png", {}, "checked_empty")});
        set.label("night");
        set.images[0].classes = {"cat", "night"};
        set.images[0].attributes = {{"light", "dim"}};
        for (auto& shape : set.images[0].shapes) shape.attributes = {{"colour", "red"}};
        set.images[0].relations = {{"chases", 0, 1}};
        const auto back = thereAndBack(one.format, set);
        EXPECT_EQ(told, one.told) << one.format;
        const auto has = [&](const std::string& code) { return std::find(told.begin(), told.end(), code) != told.end(); };
        const AnnotatedImage& image = named(back, "a");
        EXPECT_EQ(labels, has(classes) ? 2 : 4) << one.format;
        EXPECT_EQ(image.classes, has(classes) ? Codes() : set.images[0].classes) << one.format;
        EXPECT_EQ(image.attributes.count("light"), has(items) ? 0u : 1u) << one.format;
        const std::size_t same = one.format == std::string("mask_png") ? 1 : 2;  // one mask of both
        ASSERT_EQ(image.shapes.size(), same) << one.format;
        EXPECT_EQ(image.shapes[0].attributes.count("colour"), has(shapes) ? 0u : 1u) << one.format;
        if (!has(empty)) { EXPECT_EQ(named(back, "b").state, "checked_empty") << one.format; }
    }
}

TEST_F(KeptAndLost, PolygonsOfSeveralPartsKeepEveryOuterRing) {
    auto islands = keptShape(ShapeKind::Polygon, {{{1, 1}, {4, 1}, {4, 4}}, {{10, 1}, {30, 1}, {30, 15}, {10, 15}}, {{35, 2}, {39, 2}, {39, 9}}});
    islands.holes = {false, false, false};
    auto ring = keptShape(ShapeKind::Polygon, {{{5, 5}, {9, 5}, {9, 9}, {5, 9}}, {{6, 6}, {8, 6}, {8, 8}}});
    ring.holes = {false, true};
    const auto set = keptSet({keptImage("a.png", {islands, ring})});
    const auto yolo = thereAndBack("yolo", set);
    ASSERT_EQ(named(yolo, "a").shapes.size(), 4u);
    double area = 0;
    for (int i = 0; i < 3; ++i) area += areaOf(named(yolo, "a").shapes[static_cast<std::size_t>(i)]);
    EXPECT_NEAR(area, areaOf(islands), 1e-6);
    EXPECT_EQ(told, (Codes{"annotation.parts_apart", "annotation.became_outline"})) << "the islands are shapes of their own, the hole is filled";
    const auto labelme = thereAndBack("labelme", set);
    ASSERT_EQ(named(labelme, "a").shapes.size(), 2u) << "what shares a group is one again";
    EXPECT_EQ(named(labelme, "a").shapes[0].parts, islands.parts);
    EXPECT_TRUE(named(labelme, "a").shapes[0].attributes.empty());
    EXPECT_EQ(told, Codes{"annotation.became_outline"});
    EXPECT_EQ(labels, 2);
}

TEST_F(KeptAndLost, PolygonsOfOneGroupStayApartWhereTheirClassesDiffer) {
    auto head = keptShape(ShapeKind::Polygon, {{{1, 1}, {4, 1}, {4, 4}}}), body = keptShape(ShapeKind::Polygon, {{{5, 1}, {9, 1}, {9, 4}}}), apart = keptShape(ShapeKind::Polygon, {{{1, 6}, {4, 6}, {4, 9}}, {{6, 6}, {9, 6}, {9, 9}}});
    head.attributes = body.attributes = {{"group", "1"}};
    body.label = "dog";
    auto set = keptSet({keptImage("a.png", {head, body, apart})});
    set.label("dog");
    const auto back = thereAndBack("labelme", set);
    ASSERT_EQ(named(back, "a").shapes.size(), 3u);
    EXPECT_EQ(named(back, "a").shapes[0], head);
    EXPECT_EQ(named(back, "a").shapes[1], body);
    EXPECT_EQ(named(back, "a").shapes[2].parts.size(), 2u) << "in a group that was free";
}

TEST_F(KeptAndLost, BrushMasksBecomeTheirOutline) {
    auto mask = keptShape(ShapeKind::Mask, {});
    mask.mask = rasterise({{{2, 2}, {18, 2}, {18, 16}, {2, 16}}, {{25, 4}, {37, 4}, {31, 18}}}, 40, 20);
    auto nothing = keptShape(ShapeKind::Mask, {});
    nothing.mask = {40, 20, {800}};
    for (const char* format : {"yolo", "labelme"}) {
        const auto back = thereAndBack(format, keptSet({keptImage("a.png", {mask, nothing})}));
        std::vector<std::vector<ShapePoint>> rings;
        for (const auto& shape : named(back, "a").shapes) {
            EXPECT_EQ(shape.kind, ShapeKind::Polygon) << format;
            rings.insert(rings.end(), shape.parts.begin(), shape.parts.end());
        }
        EXPECT_EQ(rings.size(), 2u) << format;
        EXPECT_NEAR(static_cast<double>(areaOf(rasterise(rings, 40, 20))), static_cast<double>(areaOf(mask.mask)), 0.05 * static_cast<double>(areaOf(mask.mask))) << format;
        EXPECT_EQ(std::count(told.begin(), told.end(), "annotation.became_outline"), 1) << format;
        EXPECT_EQ(std::count(told.begin(), told.end(), "annotation.not_written"), 1) << format << ": it covers nothing";
        EXPECT_EQ(labels, 1) << format;
    }
}

TEST_F(KeptAndLost, TheSmallestMasksKeepAnOutline) {
    auto pixel = keptShape(ShapeKind::Mask, {});
    pixel.mask = {40, 20, {45, 1, 754}};
    const auto outer = outerRingsOf(pixel);
    ASSERT_EQ(outer.rings.size(), 1u);
    EXPECT_EQ(areaOf(rasterise(outer.rings, 40, 20)), 1);
    EXPECT_FALSE(outer.exact);
}

TEST_F(KeptAndLost, TurnedBoxesAndEllipsesKeepTheirOutlineInCoco) {
    auto turned = boxShape("cat", 12, 8, 28, 12);
    turned.rotation = 30;
    const auto ellipse = keptShape(ShapeKind::Ellipse, {{{2, 2}, {18, 12}}});
    const auto back = thereAndBack("coco", keptSet({keptImage("a.png", {turned, ellipse})}));
    EXPECT_EQ(told, (Codes{"annotation.became_outline", "annotation.became_outline"}));
    ASSERT_EQ(named(back, "a").shapes.size(), 2u);
    EXPECT_EQ(named(back, "a").shapes[0].parts, outlineOf(turned));
    EXPECT_NEAR(areaOf(named(back, "a").shapes[0]), 64, 1e-6);
    EXPECT_EQ(named(back, "a").shapes[1].parts, outlineOf(ellipse));
}

TEST_F(KeptAndLost, AllLinesOfAYoloDataSetAreOfOneKind) {
    auto eyes = keptShape(ShapeKind::Points, {{{10, 10}, {20, 12}}});
    eyes.visibility = {2, 1};
    const auto outline = keptShape(ShapeKind::Polygon, {{{1, 1}, {9, 1}, {5, 9}}}), line = keptShape(ShapeKind::Polyline, {{{1, 1}, {9, 5}}});
    const auto box = boxShape("cat", 2, 2, 6, 8);
    const auto columns = [&] {
        std::set<std::int64_t> numbers;
        std::istringstream lines(text("yolo/labels/train/a.txt"));
        for (std::string one; std::getline(lines, one);) numbers.insert(1 + std::count(one.begin(), one.end(), ' '));
        return numbers;
    };
    thereAndBack("yolo", keptSet({keptImage("a.png", {box, eyes, outline, outline})}));
    EXPECT_EQ(told, Codes{"annotation.boxes_only 3"});
    EXPECT_EQ(columns(), (std::set<std::int64_t>{5}));
    EXPECT_EQ(text("yolo/data.yaml").find("kpt_shape"), std::string::npos);
    thereAndBack("yolo", keptSet({keptImage("a.png", {eyes, outline, line})}));
    EXPECT_EQ(told, (Codes{"annotation.became_box", "annotation.outlines_only 1"}));
    EXPECT_EQ(columns(), (std::set<std::int64_t>{7, 9}));
    const auto pose = thereAndBack("yolo", keptSet({keptImage("a.png", {eyes, line})}));
    EXPECT_EQ(told, Codes{"annotation.became_box"});
    EXPECT_EQ(columns(), (std::set<std::int64_t>{11}));
    ASSERT_EQ(named(pose, "a").shapes.size(), 2u);
    EXPECT_EQ(named(pose, "a").shapes[0].visibility, eyes.visibility);
}

TEST_F(KeptAndLost, ALabelThatCannotBePlacedLeavesNoEmptyFile) {
    auto set = keptSet({keptImage("a.png", {boxShape("cat", 1, 1, 9, 9)}), keptImage("b.png", {boxShape("cat", 1, 1, 9, 9)})});
    set.images[0].width = 0;
    set.images[1].shapes[0].label = "of no class";
    thereAndBack("yolo", set);
    EXPECT_EQ(told, (Codes{"annotation.no_size", "annotation.not_written"}));
    EXPECT_EQ(labels, 0);
    EXPECT_EQ(text("yolo/labels/train/a.txt"), "(not there)");
    EXPECT_EQ(text("yolo/labels/train/b.txt"), "(not there)");
}

TEST_F(KeptAndLost, FlagsOfLabelMeAreClassesWhereTheyAreSet) {
    std::filesystem::create_directories(folder / "flags");
    ASSERT_TRUE(writeFileAtomically(folder / "flags/a.json", R"({"version":"5.0.1","flags":{"night":true,"rain":false,"camera":"left"},"shapes":[],"imagePath":"a.png","imageHeight":20,"imageWidth":40})"));
    const auto read = findAnnotationFormat("labelme")->read(folder / "flags", {});
    ASSERT_TRUE(read) << read.error().debugText();
    EXPECT_EQ(read->images[0].classes, Codes{"night"});
    EXPECT_EQ(read->images[0].attributes, (std::map<std::string, std::string>{{"camera", "left"}}));
    Codes names;
    for (const AnnotationLabel& label : read->labels) names.push_back(label.name);
    EXPECT_EQ(names, (Codes{"night", "rain"}));
}

TEST_F(KeptAndLost, SpansOfTextsAreNoBoxes) {
    AnnotationShape span = keptShape(ShapeKind::Span, {});
    span.begin = 1, span.end = 4;
    for (const char* format : {"coco", "voc", "yolo", "boxes_csv", "labelme", "cvat"}) {
        auto set = keptSet({keptImage("a.png", {span, boxShape("cat", 1, 1, 9, 9)})});
        const auto back = thereAndBack(format, set);
        EXPECT_EQ(told, Codes{"annotation.not_written"}) << format;
        EXPECT_EQ(labels, 1) << format;
        EXPECT_EQ(back.shapeCount(), 1) << format;
    }
}

TEST_F(KeptAndLost, AGroupIsToldWhereItBecomesASingleThing) {
    for (const char* format : {"coco", "voc", "yolo", "cvat", "labelme", "boxes_csv", "mask_png"}) {
        auto set = keptSet({keptImage("a.png", {boxShape("cat", 1, 1, 9, 9)})});
        set.images[0].shapes[0].crowd = true;
        const auto back = thereAndBack(format, set);
        const bool kept = format == std::string("coco");
        EXPECT_EQ(told, kept ? Codes() : Codes{"annotation.crowds_lost 1"}) << format;
        EXPECT_EQ(named(back, "a").shapes.at(0).crowd, kept) << format;
    }
}

TEST_F(KeptAndLost, MasksTellWhatTheyPaintOverAndNeverSayThatNothingIsThere) {
    auto set = keptSet({keptImage("a.png", {boxShape("cat", 1, 1, 9, 9), boxShape("dog", 5, 5, 20, 12), boxShape("cat", 30, 1, 35, 9)}),
                        keptImage("line.png", {keptShape(ShapeKind::Polyline, {{{0, 0}, {5, 5}}})})});
    set.label("dog");
    const auto back = thereAndBack("mask_png", set);
    EXPECT_EQ(told, (Codes{"annotation.not_written", "annotation.instances_merged 1", "annotation.shapes_hidden 1"}));
    ASSERT_EQ(back.images.size(), 1u) << "the line has no pixels: an empty mask would say that nothing is on its picture";
    EXPECT_EQ(named(back, "a").shapes.size(), 2u);
}

TEST_F(KeptAndLost, PartsOfASplitComeBackWhereverThePicturesLie) {
    for (const char* format : {"coco", "voc", "yolo", "cvat", "labelme", "boxes_csv", "mask_png"}) {
        auto set = keptSet({keptImage("JPEGImages/a.png", {boxShape("cat", 1, 1, 9, 9)}), keptImage("train/b.png", {boxShape("cat", 1, 1, 9, 9)}), keptImage("JPEGImages/c, d.png", {boxShape("cat", 1, 1, 9, 9)})});
        for (auto& image : set.images) image.subset = "test";
        const Path out = folder / format;
        ASSERT_TRUE(writeAnnotations(*findAnnotationFormat(format), set, out)) << format;
        for (const AnnotatedImage& image : set.images) {
            const auto png = encodePng(Image{1, 20, 40, std::vector<std::uint8_t>(800, 90)});
            const Path place = format == std::string("yolo") ? Path("images/test") / Path(image.file).filename() : Path(image.file);
            std::filesystem::create_directories((out / place).parent_path());
            ASSERT_TRUE(writeFileAtomically(out / place, std::span(*png)));
        }
        const auto back = *findAnnotationFormat(format)->read(out, {});
        ASSERT_EQ(back.images.size(), 3u) << format;
        for (const AnnotatedImage& image : back.images) EXPECT_EQ(image.subset, "test") << format << ' ' << image.file;
    }
}

TEST_F(KeptAndLost, ANameWithABlankTakesNothingFromThePictureOfItsFirstWord) {
    auto set = keptSet({keptImage("photo.png", {boxShape("cat", 1, 1, 9, 9)}), keptImage("photo two.png", {boxShape("cat", 1, 1, 9, 9)})});
    set.images[0].subset = "validation";
    set.images[1].subset = "training";
    ASSERT_TRUE(writeAnnotations(*findAnnotationFormat("voc"), set, folder / "voc"));
    const auto back = *findAnnotationFormat("voc")->read(folder / "voc", {});
    ASSERT_EQ(back.images.size(), 2u);
    for (const AnnotatedImage& image : back.images) EXPECT_EQ(image.subset, Path(image.file).filename() == "photo.png" ? "validation" : "training") << image.file;
}

TEST_F(KeptAndLost, AnAttributeThatIsCalledPartStaysAnAttributeInLabelMe) {
    auto set = keptSet({keptImage("train/b.png", {boxShape("cat", 1, 1, 9, 9)})});
    set.images[0].subset = "training";
    set.images[0].attributes["part"] = "left";
    ASSERT_TRUE(writeAnnotations(*findAnnotationFormat("labelme"), set, folder / "labelme"));
    const auto back = *findAnnotationFormat("labelme")->read(folder / "labelme", {});
    ASSERT_EQ(back.images.size(), 1u);
    EXPECT_EQ(back.images[0].attributes, set.images[0].attributes);
    EXPECT_EQ(back.images[0].subset, "training");
}

TEST_F(KeptAndLost, WhatSeveralFilesSayOfOnePictureIsWrittenOnce) {
    for (const char* format : {"voc", "yolo", "cvat", "labelme", "boxes_csv", "coco"}) {
        auto set = keptSet({keptImage("a.png", {boxShape("cat", 1, 1, 9, 9)}), keptImage("a.png", {}, "checked_empty"), keptImage("a.png", {boxShape("cat", 10, 1, 19, 9)}), keptImage("b.png", {boxShape("cat", 1, 1, 9, 9)})});
        const auto back = thereAndBack(format, set);
        EXPECT_EQ(labels, 3) << format;
        EXPECT_EQ(back.images.size(), 2u) << format;
        EXPECT_EQ(named(back, "a").shapes.size(), 2u) << format;
    }
}

}  // namespace
}  // namespace lamina
