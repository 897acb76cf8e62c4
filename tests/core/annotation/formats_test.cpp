#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/annotation/formats/format_type.h"
#include "core/data/image_decode.h"
#include "gtest/gtest.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

/// A picture of 20 × 10 pixels, for formats that ask for its size.
void writePicture(const Path& file) {
    std::filesystem::create_directories(file.parent_path());
    const auto bytes = encodePng(Image{1, 10, 20, std::vector<std::uint8_t>(200, 128)});
    ASSERT_TRUE(bytes);
    ASSERT_TRUE(writeFileAtomically(file, std::span(*bytes)));
}

void writeText(const Path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    ASSERT_TRUE(writeFileAtomically(file, text));
}

AnnotationShape triangle(const std::string& label) {
    AnnotationShape shape;
    shape.label = label;
    shape.kind = ShapeKind::Polygon;
    shape.parts = {{{1, 1}, {9, 1}, {5, 8}}};
    return shape;
}

/// Two pictures with boxes.
AnnotationSet boxes() {
    AnnotationSet set;
    set.label("cat");
    set.label("狗, \"big\"");
    AnnotatedImage first, second;
    first.file = "images/train/a.png";
    first.width = second.width = 20;
    first.height = second.height = 10;
    first.subset = "training";
    first.shapes = {boxShape("cat", 1, 2, 11, 7), boxShape("狗, \"big\"", 0.5, 0.25, 19.5, 9.75)};
    second.file = "images/val/b.png";
    second.subset = "validation";
    second.shapes = {boxShape("cat", 4, 4, 8, 6)};
    set.images = {first, second};
    return set;
}

std::vector<std::string> codesOf(const std::vector<Issue>& issues) {
    std::vector<std::string> codes;
    for (const Issue& issue : issues) codes.push_back(issue.what.code);
    return codes;
}

std::string argumentOf(const Issue& issue, const std::string& name) {
    for (const auto& [key, value] : issue.what.arguments)
        if (key == name) return value;
    return {};
}

const AnnotatedImage* imageNamed(const AnnotationSet& set, const std::string& name) {
    for (const auto& image : set.images)
        if (Path(image.file).filename() == name) return &image;
    return nullptr;
}

class AnnotationFormats : public testing::TestWithParam<const AnnotationFormatType*> {
protected:
    TemporaryFolder folder;
};
class BoxFormats : public AnnotationFormats {};
INSTANTIATE_TEST_SUITE_P(Boxes, BoxFormats,
                         testing::ValuesIn([] {
                             std::vector<const AnnotationFormatType*> types;
                             for (const char* id : {"coco", "voc", "yolo", "cvat", "labelme", "boxes_csv"}) types.push_back(findAnnotationFormat(id));
                             return types;
                         }()),
                         [](const auto& info) { return info.param->id; });
INSTANTIATE_TEST_SUITE_P(All, AnnotationFormats, testing::ValuesIn(annotationFormatCatalogue()), [](const auto& info) { return info.param->id; });

TEST_P(BoxFormats, BoxesComeBackAsTheyWere) {
    const AnnotationSet set = boxes();
    for (const auto& image : set.images) writePicture(folder.path() / image.file);
    const auto written = GetParam()->write(set, folder.path(), {});
    ASSERT_TRUE(written) << written.error().code;
    EXPECT_TRUE(written->issues.empty());
    const Path source = GetParam()->id == "boxes_csv" ? written->files.front() : folder.path();
    EXPECT_GT(GetParam()->probe(source), 0.3);
    const auto read = GetParam()->read(source, {});
    ASSERT_TRUE(read) << read.error().debugText();
    ASSERT_EQ(read->images.size(), 2u);
    for (const auto& image : set.images) {
        const AnnotatedImage* back = imageNamed(*read, Path(image.file).filename().string());
        ASSERT_TRUE(back) << image.file;
        EXPECT_EQ(back->subset, image.subset);
        ASSERT_EQ(back->shapes.size(), image.shapes.size()) << (read->issues.empty() ? "" : read->issues[0].what.debugText());
        for (std::size_t i = 0; i < image.shapes.size(); ++i) {
            EXPECT_EQ(back->shapes[i].label, image.shapes[i].label);
            const ShapeBounds is = boundsOf(back->shapes[i]), was = boundsOf(image.shapes[i]);
            for (const auto& [a, b] : {std::pair(is.left, was.left), std::pair(is.top, was.top), std::pair(is.right, was.right), std::pair(is.bottom, was.bottom)})
                EXPECT_NEAR(a, b, 1e-9);
        }
    }
}

TEST_P(AnnotationFormats, NonsenseIsRefusedInWords) {
    std::ofstream(folder.path() / "x.json") << std::string(200, '[');
    std::ofstream(folder.path() / "x.xml") << "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><annotation>&b;</annotation>";
    std::ofstream(folder.path() / "x.csv") << "a,b\n1,2\n";
    std::ofstream(folder.path() / "x.yaml") << "names: [a, [[[[[[[[[[[[[[[[[[[";
    for (const char* name : {"x.json", "x.xml", "x.csv", "x.yaml", "not there", "."}) {
        const auto read = GetParam()->read(folder.path() / name, {});
        EXPECT_FALSE(read) << name;
    }
}

TEST(Annotations, PolygonsPointsAndMasksGoThroughCoco) {
    TemporaryFolder folder;
    AnnotationSet set;
    set.label("face").points = {"left eye", "right eye"};
    set.label("face").skeleton = {{0, 1}};
    set.label("face").parent = "person";
    set.label("face").number = 7;
    AnnotatedImage image;
    image.file = "a.png";
    image.width = 20;
    image.height = 10;
    image.classes = {"face"};
    AnnotationShape points;
    points.label = "face";
    points.kind = ShapeKind::Points;
    points.parts = {{{3, 4}, {0, 0}}};
    points.visibility = {2, 0};
    AnnotationShape mask = triangle("face");
    mask.mask = rasterise(mask.parts, 20, 10);
    mask.kind = ShapeKind::Mask;
    mask.parts.clear();
    mask.crowd = true;
    image.shapes = {triangle("face"), points, mask};
    image.shapes[0].attributes["colour"] = "red";
    set.images = {image};
    writePicture(folder.path() / "a.png");
    const auto* coco = findAnnotationFormat("coco");
    ASSERT_TRUE(coco->write(set, folder.path(), {}));
    const auto read = coco->read(folder.path(), {});
    ASSERT_TRUE(read) << read.error().debugText();
    EXPECT_EQ(read->labels, set.labels);
    EXPECT_EQ(read->images, set.images);
    EXPECT_TRUE(read->issues.empty());
}

TEST(Annotations, PackedRunsOfCocoAreUnpacked) {
    TemporaryFolder folder;
    writePicture(folder.path() / "a.png");
    // pycocotools' encode() of a 10 × 20 mask with rows 2–4 of columns 3–5 set
    writeText(folder.path() / "i.json",
              R"({"categories":[{"id":1,"name":"x"}],"annotations":[{"id":1,"image_id":"7","category_id":1,"segmentation":{"size":[10,20],"counts":"P137000Z4"}},
                  {"id":2,"image_id":"7","category_id":1,"segmentation":{"size":[10,20],"counts":[5,5]}},
                  {"id":3,"image_id":9,"category_id":1,"bbox":[0,0,1,1]}],"images":[{"id":"7","file_name":"a.png","width":20,"height":10}]})");
    const auto read = findAnnotationFormat("coco")->read(folder.path() / "i.json", {});
    ASSERT_TRUE(read) << read.error().debugText();
    ASSERT_EQ(read->images[0].shapes.size(), 1u) << "runs that do not add up and unknown pictures are refused";
    EXPECT_EQ(codesOf(read->issues), (std::vector<std::string>{"annotation.refused", "annotation.refused"}));
    EXPECT_EQ(read->images[0].shapes[0].mask.runs, (std::vector<std::uint32_t>{32, 3, 7, 3, 7, 3, 145}));
    EXPECT_EQ(areaOf(read->images[0].shapes[0].mask), 9);
    const ShapeBounds bounds = boundsOf(read->images[0].shapes[0]);
    EXPECT_EQ(bounds.left, 3);
    EXPECT_EQ(bounds.right, 6);
    EXPECT_EQ(bounds.top, 2);
    EXPECT_EQ(bounds.bottom, 5);
}

TEST(Annotations, APolygonCoversTheMiddlesOfItsPixels) {
    const MaskRuns square = rasterise({{{2, 1}, {5, 1}, {5, 4}, {2, 4}}}, 8, 6);
    EXPECT_EQ(areaOf(square), 9);
    EXPECT_EQ(square.runs, (std::vector<std::uint32_t>{13, 3, 3, 3, 3, 3, 20}));
    EXPECT_EQ(areaOf(rasterise({{{0, 0}, {8, 0}, {8, 6}, {0, 6}}, {{2, 1}, {5, 1}, {5, 4}, {2, 4}}}, 8, 6)), 48 - 9) << "the inner ring is a hole";
    EXPECT_EQ(areaOf(rasterise({}, 8, 6)), 0);
}

TEST(Annotations, ShapesWithoutAreaAndOutsideAreToldWithTheirPlace) {
    AnnotationSet set = boxes();
    set.images[0].shapes.push_back(boxShape("cat", 5, 5, 5, 5));
    set.images[1].shapes.push_back(boxShape("cat", 5, 5, 50, 9));
    checkShapes(set);
    ASSERT_EQ(codesOf(set.issues), (std::vector<std::string>{"annotation.degenerate", "annotation.outside"}));
    EXPECT_EQ(argumentOf(set.issues[0], "number"), "3");
    EXPECT_EQ(argumentOf(set.issues[0], "file"), "images/train/a.png");
}

TEST(Annotations, YoloReadsOutlinesPointsAndSaysWhichLinesAreWrong) {
    TemporaryFolder folder;
    writePicture(folder.path() / "images/test/a.png");
    writeText(folder.path() / "data.yaml", "names: {0: cat, 2: dog}\nkpt_shape: [2, 3]\n");
    writeText(folder.path() / "labels/test/a.txt",
              "0 0.5 0.5 0.5 0.5\n2 0.1 0.1 0.9 0.1 0.5 0.8\n0 0.5 0.5 0.2 0.2 0.4 0.4 2 0.6 0.6 1\n\nx 1 2 3 4\n0 0.5 0.5\n0 0.5 0.5 0.5 nan\n9 0.5 0.5 0.5 0.5\n");
    const auto read = findAnnotationFormat("yolo")->read(folder.path(), {});
    ASSERT_TRUE(read) << read.error().debugText();
    ASSERT_EQ(read->images.size(), 1u);
    const auto& shapes = read->images[0].shapes;
    ASSERT_EQ(shapes.size(), 4u);
    EXPECT_EQ(shapes[0], boxShape("cat", 5, 2.5, 15, 7.5));
    EXPECT_EQ(shapes[1].kind, ShapeKind::Polygon);
    EXPECT_EQ(shapes[1].label, "dog");
    EXPECT_EQ(shapes[2].kind, ShapeKind::Points);
    EXPECT_EQ(shapes[2].visibility, (std::vector<std::uint8_t>{2, 1}));
    EXPECT_EQ(shapes[3].label, "class 9");
    EXPECT_EQ(read->images[0].subset, "test");
    std::vector<std::string> lines;
    for (const Issue& issue : read->issues) lines.push_back(argumentOf(issue, "number"));
    EXPECT_EQ(lines, (std::vector<std::string>{"5", "6", "7"}));
}

TEST(Annotations, YoloRefusesKeyPointsThatNoLineCanHold) {
    TemporaryFolder folder;
    writePicture(folder.path() / "images/a.png");
    writeText(folder.path() / "labels/a.txt", "0 0.5 0.5 0.5 0.5\n0 0.5 0.5 0.5 0.5 0.1 0.2 0.3\n");
    for (const char* shape : {"[1, 0]", "[3, 1]", "[9223372036854775808, 2]", "[4, 5]", "[-1, 3]"}) {
        writeText(folder.path() / "data.yaml", std::string("names: [cat]\nkpt_shape: ") + shape + "\n");
        const auto read = findAnnotationFormat("yolo")->read(folder.path(), {});
        ASSERT_FALSE(read) << shape;
        EXPECT_EQ(read.error().code, "annotation.damaged") << shape;
    }
}

/// Real data beside the project; tests that need it are skipped where it is not.
const Path realData = Path(LAMINA_SOURCE_DIR).parent_path() / "shared" / "data";

TEST(Annotations, BloodCellsComeWithTheirTwoDegenerateBoxes) {
    if (!std::filesystem::exists(realData / "bccd-voc")) GTEST_SKIP() << "the blood cell pictures are not on this machine";
    const auto voc = findAnnotationFormat("voc")->read(realData / "bccd-voc", {});
    ASSERT_TRUE(voc) << voc.error().debugText();
    EXPECT_EQ(voc->images.size(), 364u);
    EXPECT_EQ(voc->shapeCount(), 4888);
    EXPECT_EQ(std::count_if(voc->images.begin(), voc->images.end(), [](const auto& image) { return image.subset == "training"; }), 205);
    std::vector<std::string> degenerate;
    for (const Issue& issue : voc->issues)
        if (issue.what.code == "annotation.degenerate") degenerate.push_back(Path(argumentOf(issue, "file")).stem().string());
    std::sort(degenerate.begin(), degenerate.end());
    EXPECT_EQ(degenerate, (std::vector<std::string>{"BloodImage_00338", "BloodImage_00343"}));
    const auto csv = findAnnotationFormat("boxes_csv")->read(realData / "bccd-voc" / "bccd_boxes.csv", {});
    ASSERT_TRUE(csv) << csv.error().debugText();
    EXPECT_EQ(csv->shapeCount(), 4888);
    TemporaryFolder folder;
    for (const char* id : {"coco", "voc"}) {
        ASSERT_TRUE(findAnnotationFormat(id)->write(*voc, folder.path() / id, {}));
        const auto back = findAnnotationFormat(id)->read(folder.path() / id, {});
        ASSERT_TRUE(back) << id;
        EXPECT_EQ(back->shapeCount(), 4888) << id;
    }
}

TEST(Annotations, LayoutsOfOtherProgramsAreRead) {
    const Path formats = realData / "detection-formats";
    if (!std::filesystem::exists(formats)) GTEST_SKIP() << "the collection of formats is not on this machine";
    struct Layout {
        const char *folder, *format;
        std::size_t images;
        std::int64_t shapes;
    };
    for (const Layout& layout : {Layout{"coco_dataset/coco_instances", "coco", 2, 3}, Layout{"coco_dataset/coco_roboflow", "coco", 2, 3},
                                 Layout{"coco_dataset/mmdet_coco", "coco", 2, 3}, Layout{"yolo_dataset/strict", "yolo", 1, 2},
                                 Layout{"yolo_dataset/labels", "yolo", 2, 4}, Layout{"yolo_dataset/annotations", "yolo", 1, 2},
                                 Layout{"voc_dataset/voc_dataset1", "voc", 1, 2}, Layout{"kaggle_dataset/relaxed_voc1", "voc", 1, 2},
                                 Layout{"kaggle_dataset/image_csv_det/ann.csv", "boxes_csv", 3, 6}}) {
        const AnnotationFormatType* found = annotationFormatOf(formats / layout.folder);
        ASSERT_TRUE(found) << layout.folder;
        EXPECT_EQ(found->id, layout.format) << layout.folder;
        const auto read = findAnnotationFormat(layout.format)->read(formats / layout.folder, {});
        ASSERT_TRUE(read) << layout.folder << " " << read.error().debugText();
        EXPECT_EQ(read->images.size(), layout.images) << layout.folder;
        EXPECT_EQ(read->shapeCount(), layout.shapes) << layout.folder << (read->issues.empty() ? "" : " " + read->issues[0].what.debugText());
    }
}

}  // namespace
}  // namespace lamina
