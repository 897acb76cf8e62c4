// YOLO's texts without the pictures beside them: sizes come from where the pictures are, found by their names.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "core/annotation/formats/format_type.h"
#include "core/annotation/formats/set_writer.h"
#include "core/data/image_decode.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

class YoloApart : public testing::Test {
protected:
    void write(const Path& name, const std::string& text) {
        std::filesystem::create_directories((folder / name).parent_path());
        ASSERT_TRUE(writeFileAtomically(folder / name, text));
    }
    void picture(const Path& name, std::int64_t width, std::int64_t height) {
        const auto png = *encodePng(Image{1, height, width, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), 90)});
        write(name, std::string(reinterpret_cast<const char*>(png.data()), png.size()));
    }
    Result<AnnotationSet> read() const { return findAnnotationFormat("yolo")->readApart(folder / "labels", picturesBelow(folder / "photos"), {}); }

    TemporaryFolder folder;
};

TEST_F(YoloApart, BoxesOutlinesAndKeyPointsGetTheSizesOfPicturesThatLieElsewhere) {
    picture("photos/train/A.PNG", 100, 50);
    picture("photos/val/b.png", 40, 20);
    for (const auto& [kind, line, shape] : {std::tuple{"box", "0 0.5 0.5 0.2 0.4", ShapeKind::Box}, {"outline", "0 0 0 1 0 1 1", ShapeKind::Polygon}, {"points", "0 0.5 0.5 1 1 0.25 0.5 2 0 0 0", ShapeKind::Points}}) {
        SCOPED_TRACE(kind);
        write("labels/data.yaml", std::string("names: [cat]\n") + (shape == ShapeKind::Points ? "kpt_shape: [2, 3]\n" : ""));
        write("labels/labels/train/a.txt", std::string(line) + "\n");
        write("labels/labels/val/b.txt", "");
        const auto set = read();
        ASSERT_TRUE(set) << set.error().debugText();
        ASSERT_EQ(set->images.size(), 2u);
        EXPECT_EQ(set->images[0].file, "train/A.PNG");
        EXPECT_EQ(set->images[0].subset, "training");
        EXPECT_EQ(set->images[0].width, 100);
        ASSERT_EQ(set->images[0].shapes.size(), 1u);
        EXPECT_EQ(set->images[0].shapes[0].kind, shape);
        const ShapeBounds box = boundsOf(set->images[0].shapes[0]);
        const double left = shape == ShapeKind::Box ? 40 : shape == ShapeKind::Polygon ? 0 : 25, right = shape == ShapeKind::Box ? 60 : shape == ShapeKind::Polygon ? 100 : 25;
        EXPECT_EQ(box.left, left);
        EXPECT_EQ(box.right, right);
        EXPECT_EQ(set->images[1].state, "checked_empty");
        EXPECT_TRUE(set->issues.empty());
    }
}

TEST_F(YoloApart, FoldersTellPicturesOfOneNameApart) {
    picture("photos/images/train/1.png", 100, 100);
    picture("photos/images/val/1.png", 50, 50);
    write("labels/data.yaml", "names: [cat]\n");
    write("labels/train/labels/1.txt", "0 0.5 0.5 1 1\n");
    write("labels/val/labels/1.txt", "0 0.5 0.5 1 1\n");
    const auto set = read();
    ASSERT_TRUE(set) << set.error().debugText();
    std::map<std::string, double> widths;
    for (const auto& image : set->images) widths[image.file] = boundsOf(image.shapes.at(0)).width();
    EXPECT_EQ(widths, (std::map<std::string, double>{{"images/train/1.png", 100}, {"images/val/1.png", 50}}));
}

TEST_F(YoloApart, NamesThatFitSeveralAreRefusedWithThem) {
    picture("photos/cats/1.png", 10, 10);
    picture("photos/dogs/1.png", 20, 20);
    write("labels/data.yaml", "names: [cat]\n");
    write("labels/labels/1.txt", "0 0.5 0.5 1 1\n");
    auto refused = read();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "annotation.ambiguous_picture");
    EXPECT_EQ(refused.error().argument("file"), "labels/1.txt");
    EXPECT_EQ(refused.error().argument("pictures"), "cats/1.png, dogs/1.png");
    std::filesystem::remove(folder / "photos/dogs/1.png");
    write("labels/labels/more/1.txt", "0 0.5 0.5 1 1\n");
    refused = read();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "annotation.ambiguous_text");
    EXPECT_EQ(refused.error().argument("picture"), "cats/1.png");
}

TEST_F(YoloApart, WhatHasNoPictureIsToldAndListsOfPicturesAreNoLabels) {
    picture("photos/a.png", 10, 10);
    write("labels/data.yaml", "names: [cat]\n");
    write("labels/labels/lost.txt", "0 0.5 0.5 1 1\n");
    write("labels/train.txt", "images/a.png\n");
    auto set = read();
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().code, "annotation.no_such_pictures");
    EXPECT_EQ(set.error().argument("example"), "labels/lost.txt");
    write("labels/labels/a.txt", "0 0.5 0.5 1 1\n");
    set = read();
    ASSERT_TRUE(set) << set.error().debugText();
    ASSERT_EQ(set->images.size(), 1u);
    ASSERT_EQ(set->issues.size(), 1u);
    EXPECT_EQ(set->issues[0].what.code, "annotation.no_picture");
    // The same where the pictures lie beside the texts.
    std::filesystem::create_directories(folder / "labels/images");
    std::filesystem::copy_file(folder / "photos/a.png", folder / "labels/images/a.png");
    set = findAnnotationFormat("yolo")->read(folder / "labels", {});
    ASSERT_TRUE(set) << set.error().debugText();
    ASSERT_EQ(set->issues.size(), 1u);
    EXPECT_EQ(set->issues[0].what.argument("file"), "labels/lost.txt");
}

TEST_F(YoloApart, TextsThatAreWrittenFindTheirPicturesAgainWhateverFolderTheyLieIn) {
    AnnotationSet set;
    set.label("cat").number = 1;
    for (const char* name : {"cats/1.png", "dogs/1.png", "dogs/2.png"}) {
        picture(Path("photos") / name, 10, 10);
        set.images.emplace_back();
        set.images.back().file = name;
        set.images.back().width = set.images.back().height = 10;
        set.images.back().subset = "training";
        set.images.back().shapes = {boxShape("cat", 0, 0, 5, name[0] == 'c' ? 5 : 10)};
    }
    AnnotationSet written = set;
    ASSERT_TRUE(writeAnnotations(*findAnnotationFormat("yolo"), written, folder / "labels"));
    EXPECT_TRUE(std::filesystem::exists(folder / "labels/labels/train/2.txt"));
    const auto back = read();
    ASSERT_TRUE(back) << back.error().debugText();
    auto images = back->images;
    std::sort(images.begin(), images.end(), [](const auto& a, const auto& b) { return a.file < b.file; });
    EXPECT_EQ(images, set.images);
}

TEST_F(YoloApart, APictureThatCannotBeReadIsTold) {
    write("photos/a.png", "no picture");
    picture("photos/b.png", 10, 10);
    write("labels/data.yaml", "names: [cat]\n");
    write("labels/labels/a.txt", "0 0.5 0.5 1 1\n");
    write("labels/labels/b.txt", "0 0.5 0.5 1 1\n");
    const auto set = read();
    ASSERT_TRUE(set) << set.error().debugText();
    ASSERT_EQ(set->issues.size(), 1u);
    EXPECT_EQ(set->issues[0].what.code, "annotation.no_size");
}

TEST(ClassNumbers, ANewOrderIsToldAndAnotherWayOfCountingIsNone) {
    const auto setOf = [](std::vector<std::int64_t> numbers) {
        AnnotationSet set;
        for (std::size_t i = 0; i < numbers.size(); ++i) set.label(std::string("a, b ") + std::to_string(i)).number = numbers[i];
        return set;
    };
    const auto& yolo = *findAnnotationFormat("yolo");
    EXPECT_FALSE(isRenumbered(setOf({0, 1, 2}), yolo));
    EXPECT_FALSE(isRenumbered(setOf({1, 2, 3}), yolo));
    EXPECT_FALSE(isRenumbered(setOf({-1, -1}), yolo)) << "they had none";
    EXPECT_TRUE(isRenumbered(setOf({1, 3}), yolo));
    EXPECT_TRUE(isRenumbered(setOf({0, 2}), yolo));
    EXPECT_FALSE(isRenumbered(setOf({1, 3}), *findAnnotationFormat("coco")));
    EXPECT_TRUE(isRenumbered(setOf({1, 1}), *findAnnotationFormat("coco"))) << "of two files that each count from 1";
    EXPECT_FALSE(isRenumbered(setOf({1, 1}), *findAnnotationFormat("voc"))) << "it knows names alone";
    TemporaryFolder folder;
    const auto map = writeClassNumbers(setOf({1, 3}), yolo, "source", folder.path());
    ASSERT_TRUE(map);
    EXPECT_EQ(*readTextFile(*map), "class,number in the source,number in the files\n\"a, b 0\",1,0\n\"a, b 1\",3,1\n");
}

TEST(UnfinishedExports, AFolderSaysUntilItsLastFileThatItIsAPart) {
    TemporaryFolder folder;
    EXPECT_TRUE(unfinishedIssues(folder / "out").empty());
    ASSERT_TRUE(markUnfinished(folder / "out"));
    ASSERT_EQ(unfinishedIssues(folder / "out").size(), 1u);
    EXPECT_EQ(unfinishedIssues(folder / "out/data.yaml")[0].what.code, "annotation.unfinished");
    std::filesystem::create_directories(folder / "out/annotations");
    ASSERT_EQ(unfinishedIssues(folder / "out/annotations/instances_train.json").size(), 1u) << "COCO's files lie deeper";
    EXPECT_EQ(unfinishedIssues(folder / "out/annotations/instances_train.json")[0].what.argument("file"), (folder / "out").string());
    std::filesystem::remove(folder / "out/annotations");
    ASSERT_TRUE(markFinished(folder / "out"));
    EXPECT_TRUE(unfinishedIssues(folder / "out").empty());
    EXPECT_TRUE(std::filesystem::is_empty(folder / "out"));
}

}  // namespace
}  // namespace lamina
