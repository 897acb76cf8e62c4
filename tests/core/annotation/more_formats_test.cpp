// CVAT, LabelMe, mask pictures, spaCy and CoNLL: there and back, what they cannot hold, and what hostile files get.
#include <algorithm>
#include <ctime>
#include <fstream>

#include "core/annotation/formats/format_type.h"
#include "core/data/image_decode.h"
#include "gtest/gtest.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

const Path detectionFormats = Path(LAMINA_SOURCE_DIR).parent_path() / "shared/data/detection-formats";

AnnotationShape shapeOf(ShapeKind kind, std::vector<std::vector<ShapePoint>> parts, const std::string& label = "cat") {
    AnnotationShape shape;
    shape.label = label;
    shape.kind = kind;
    shape.parts = std::move(parts);
    return shape;
}

/// A picture with a shape of each kind that pictures have.
AnnotationSet everyKind() {
    AnnotationSet set;
    set.label("cat");
    set.label("face").points = {"left eye", "right eye"};
    AnnotatedImage image;
    image.file = "a.png";
    image.width = 20;
    image.height = 10;
    image.subset = "training";
    auto box = boxShape("cat", 1.5, 2, 11, 7);
    box.rotation = 30;
    box.attributes = {{"occluded", "1"}, {"colour", "red"}};
    auto eyes = shapeOf(ShapeKind::Points, {{{3, 4}, {5.5, 4}}}, "face");
    eyes.visibility = {2, 1};
    auto dots = shapeOf(ShapeKind::Points, {{{1, 1}, {2, 2}}});
    dots.visibility = {2, 2};
    auto mask = shapeOf(ShapeKind::Mask, {});
    mask.mask = rasterise({{{2, 1}, {9, 1}, {5, 8}}}, 20, 10);
    image.shapes = {box,
                    shapeOf(ShapeKind::Polygon, {{{1, 1}, {9, 1}, {5, 8}}}),
                    shapeOf(ShapeKind::Polyline, {{{0, 0}, {5, 5}, {7, 1}}}),
                    shapeOf(ShapeKind::Ellipse, {{{4, 2}, {10, 6}}}),
                    eyes,
                    dots,
                    mask};
    image.classes = {"cat"};
    set.images = {image};
    return set;
}

void writePng(const Path& file, std::int64_t width, std::int64_t height) {
    const auto bytes = encodePng(Image{1, height, width, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), 90)});
    ASSERT_TRUE(bytes);
    std::filesystem::create_directories(file.parent_path());
    ASSERT_TRUE(writeFileAtomically(file, std::span(*bytes)));
}

std::vector<std::string> issueCodes(const std::vector<Issue>& issues) {
    std::vector<std::string> codes;
    for (const Issue& issue : issues) codes.push_back(issue.what.code);
    return codes;
}

Result<AnnotationSet> readText(const TemporaryFolder& folder, const char* id, const char* name, const std::string& text) {
    std::ofstream(folder.path() / name, std::ios::binary) << text;  // without waiting for the disk: times are taken
    return findAnnotationFormat(id)->read(folder.path() / name, {});
}

TEST(MoreFormats, CvatHoldsEveryKindOfShape) {
    TemporaryFolder folder;
    const auto set = everyKind();
    writePng(folder.path() / "a.png", 20, 10);
    const auto written = findAnnotationFormat("cvat")->write(set, folder.path(), {});
    ASSERT_TRUE(written) << written.error().debugText();
    EXPECT_EQ(issueCodes(written->issues), std::vector<std::string>{});
    EXPECT_EQ(annotationFormatOf(folder.path())->id, "cvat");
    const auto back = findAnnotationFormat("cvat")->read(folder.path(), {});
    ASSERT_TRUE(back) << back.error().debugText();
    EXPECT_EQ(back->images, set.images);
    EXPECT_EQ(back->labels, set.labels);
}

TEST(MoreFormats, CvatReadsRealFilesWithTracksAndSubsets) {
    if (!std::filesystem::exists(detectionFormats)) GTEST_SKIP() << "the sample files of other programs are not on this machine";
    const auto* cvat = findAnnotationFormat("cvat");
    const auto task = cvat->read(detectionFormats / "cvat_dataset/for_images/export_task", {});
    ASSERT_TRUE(task) << task.error().debugText();
    ASSERT_EQ(task->images.size(), 2u);
    ASSERT_EQ(task->images[0].shapes.size(), 1u) << "a line without a label is refused and told";
    EXPECT_EQ(task->images[0].shapes[0].attributes.at("a3"), "0003");
    EXPECT_EQ(std::ranges::count(issueCodes(task->issues), "annotation.refused"), 2);
    const auto project = cvat->read(detectionFormats / "cvat_dataset/for_images/export_project", {});
    ASSERT_TRUE(project);
    EXPECT_EQ(project->images.size(), 6u);
    const auto video = cvat->read(detectionFormats / "cvat_dataset/for_video", {});
    ASSERT_TRUE(video) << video.error().debugText();
    ASSERT_EQ(video->images.size(), 3u);
    EXPECT_EQ(video->images[0].file, "images/frame_000010.png");
    EXPECT_EQ(video->images[0].shapes.size(), 2u);
}

TEST(MoreFormats, TheXmlOfLabelMesWebToolIsReadAsOutlines) {
    TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "Annotations/part");
    writePng(folder.path() / "Images/part/a.png", 102, 77);
    std::ofstream(folder.path() / "Annotations/part/a.xml")
        << "<annotation><filename>a.png</filename><folder>part</folder><imagesize><nrows>77</nrows><ncols>102</ncols></imagesize>"
           "<object><name>window</name><deleted>0</deleted><polygon><pt><x>43</x><y>34</y></pt><pt><x>45</x><y>34</y></pt><pt><x>45</x><y>37</y></pt></polygon></object>"
           "<object><name>plate</name><segm><box><xmin>58</xmin><ymin>66</ymin><xmax>62</xmax><ymax>68</ymax></box><mask>m.png</mask></segm></object>"
           "<object><name>gone</name><deleted>1</deleted><polygon><pt><x>1</x><y>1</y></pt><pt><x>2</x><y>1</y></pt><pt><x>2</x><y>2</y></pt></polygon></object></annotation>";
    const auto* format = annotationFormatOf(folder.path());
    ASSERT_TRUE(format);
    const auto set = format->read(folder.path(), {});
    ASSERT_TRUE(set) << set.error().debugText();
    ASSERT_EQ(set->images.size(), 1u);
    const AnnotatedImage& image = set->images[0];
    EXPECT_EQ(image.file, "Images/part/a.png");
    EXPECT_EQ(image.width, 102);
    ASSERT_EQ(image.shapes.size(), 2u);
    EXPECT_EQ(image.shapes[0].kind, ShapeKind::Polygon);
    EXPECT_EQ(boundsOf(image.shapes[0]).bottom, 37);
    EXPECT_EQ(image.shapes[1].kind, ShapeKind::Box);
    EXPECT_EQ(issueCodes(set->issues), (std::vector<std::string>{"annotation.mask_as_box"}));
}

/// A box of 12 × 4 around (20, 20), standing on end.
TEST(MoreFormats, ATurnedBoxBecomesTheUprightBoxAroundWhatIsSeenInFormatsWithoutTurning) {
    for (const char* format : {"voc", "coco", "yolo", "boxes_csv"}) {
        TemporaryFolder folder;
        AnnotationSet set;
        set.label("cat");
        AnnotatedImage image;
        image.file = "a.png";
        image.width = image.height = 40;
        image.subset = "training";
        auto box = boxShape("cat", 14, 18, 26, 22);
        box.rotation = 90;
        image.shapes = {box};
        set.images.push_back(image);
        writePng(folder.path() / "images/train/a.png", 40, 40);
        const auto* type = findAnnotationFormat(format);
        ASSERT_TRUE(type) << format;
        const auto written = type->write(set, folder.path(), {});
        ASSERT_TRUE(written) << format;
        const char* told = format == std::string("coco") ? "annotation.became_outline" : "annotation.became_box";
        EXPECT_EQ(issueCodes(written->issues), (std::vector<std::string>{told})) << format;
        EXPECT_EQ(annotationFormatOf(folder.path()), type) << format;
        const auto back = type->read(folder.path(), {});
        ASSERT_TRUE(back) << format << back.error().debugText();
        ASSERT_EQ(back->images.at(0).shapes.size(), 1u) << format;
        const auto bounds = boundsOf(back->images[0].shapes[0]);
        EXPECT_NEAR(bounds.left, 18, 0.01) << format;
        EXPECT_NEAR(bounds.top, 14, 0.01) << format;
        EXPECT_NEAR(bounds.right, 22, 0.01) << format;
        EXPECT_NEAR(bounds.bottom, 26, 0.01) << format;
    }
}

TEST(MoreFormats, LabelMeKeepsWhatItHasAndSaysWhatBecomesAnOutline) {
    TemporaryFolder folder;
    auto set = everyKind();
    auto& shapes = set.images[0].shapes;
    set.images[0].classes.clear();
    set.images[0].attributes = {{"light", "dim"}};
    set.images[0].state = "checked";
    shapes[3].parts = {{{4, 2}, {8, 6}}};  // a circle
    shapes[1].attributes = {{"description", "behind the tree"}, {"group", "3"}, {"sure", "true"}};
    writePng(folder.path() / "train/a.png", 20, 10);
    const auto written = findAnnotationFormat("labelme")->write(set, folder.path(), {});
    ASSERT_TRUE(written);
    EXPECT_EQ(issueCodes(written->issues),
              (std::vector<std::string>{"annotation.became_outline", "annotation.visibility_lost", "annotation.became_outline"}))
        << "the turned box, the hidden eye, the mask";
    EXPECT_EQ(annotationFormatOf(folder.path())->id, "labelme");
    const auto back = findAnnotationFormat("labelme")->read(folder.path(), {});
    ASSERT_TRUE(back) << back.error().debugText();
    ASSERT_EQ(back->images.size(), 1u);
    EXPECT_EQ(back->images[0].state, "checked");
    EXPECT_EQ(back->images[0].attributes, set.images[0].attributes);
    EXPECT_EQ(back->images[0].subset, "training");
    ASSERT_EQ(back->images[0].shapes.size(), 7u);
    for (const std::size_t same : {1u, 2u, 3u, 5u}) EXPECT_EQ(back->images[0].shapes[same], shapes[same]) << same;
}

TEST(MoreFormats, KeyPointsThatAreNotThereNeverBecomeVisibleOnes) {
    auto set = everyKind();
    auto person = shapeOf(ShapeKind::Points, {{{3, 4}, {0, 0}, {5, 6}}});
    person.visibility = {2, 0, 1};
    set.images[0].shapes = {person};
    set.images[0].classes.clear();
    TemporaryFolder cvat, labelme;
    const auto inCvat = findAnnotationFormat("cvat")->write(set, cvat.path(), {});
    ASSERT_TRUE(inCvat && inCvat->issues.empty());
    const auto back = findAnnotationFormat("cvat")->read(cvat.path(), {});
    ASSERT_TRUE(back);
    EXPECT_EQ(back->images[0].shapes.at(0).visibility, person.visibility) << "though the class has no names for its points";
    const auto inLabelme = findAnnotationFormat("labelme")->write(set, labelme.path(), {});
    ASSERT_TRUE(inLabelme);
    EXPECT_EQ(issueCodes(inLabelme->issues), std::vector<std::string>{"annotation.visibility_lost"});
    const auto left = findAnnotationFormat("labelme")->read(labelme.path(), {});
    ASSERT_TRUE(left);
    EXPECT_EQ(left->images[0].shapes.at(0).parts[0].size(), 2u);
}

TEST(MoreFormats, PicturesOfOneNameThatLieElsewhereAreToldApartByTheirFolders) {
    for (const char* format : {"coco", "cvat", "labelme"}) {
        TemporaryFolder folder;
        AnnotationSet set;
        set.label("cat");
        for (const char* file : {"Train/img0.jpg", "Test/img0.jpg"}) {
            AnnotatedImage image;
            image.file = file;
            image.width = 20;
            image.height = 10;
            image.shapes = {boxShape("cat", 1, 1, 5, 5)};
            set.images.push_back(image);
        }
        ASSERT_TRUE(findAnnotationFormat(format)->write(set, folder.path(), {})) << format;
        const auto back = findAnnotationFormat(format)->read(folder.path(), {});
        ASSERT_TRUE(back) << format;
        std::vector<std::string> files;
        for (const auto& image : back->images) files.push_back(image.file);
        std::sort(files.begin(), files.end());
        EXPECT_EQ(files, (std::vector<std::string>{"Test/img0.jpg", "Train/img0.jpg"})) << format;
    }
}

TEST(MoreFormats, AFolderOutsideIsNoPartOfThePlaceOfAPicture) {
    EXPECT_EQ(pictureElsewhere("a/b.jpg"), "a/b.jpg");
    EXPECT_EQ(pictureElsewhere("a/../../b.jpg"), "b.jpg");
    EXPECT_EQ(pictureElsewhere("/etc/b.jpg"), "b.jpg");
}

TEST(MoreFormats, YoloWithoutItsPicturesSaysWhatIsMissing) {
    TemporaryFolder folder;
    std::filesystem::create_directories(folder / "labels");
    std::ofstream(folder / "data.yaml") << "names: [cat]\n";
    std::ofstream(folder / "labels/a.txt") << "0 0.5 0.5 0.1 0.1\n";
    const auto read = findAnnotationFormat("yolo")->read(folder.path(), {});
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, "annotation.needs_pictures");
}

TEST(MoreFormats, MaskPicturesGiveAMaskForEachClass) {
    TemporaryFolder folder;
    auto set = everyKind();
    auto& shapes = set.images[0].shapes;
    shapes = {shapeOf(ShapeKind::Polygon, {{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{2, 2}, {5, 2}, {5, 5}, {2, 5}}}), boxShape("face", 15, 0, 20, 10),
              shapeOf(ShapeKind::Polyline, {{{0, 0}, {5, 5}}})};
    writePng(folder.path() / "images/train/a.png", 20, 10);
    const auto written = findAnnotationFormat("mask_png")->write(set, folder.path(), {});
    ASSERT_TRUE(written) << written.error().debugText();
    EXPECT_EQ(issueCodes(written->issues), std::vector<std::string>{"annotation.not_written"});
    EXPECT_EQ(annotationFormatOf(folder.path())->id, "mask_png");
    const auto back = findAnnotationFormat("mask_png")->read(folder.path(), {});
    ASSERT_TRUE(back) << back.error().debugText();
    ASSERT_EQ(back->images.size(), 1u);
    EXPECT_EQ(back->images[0].file, "images/train/a.png");
    ASSERT_EQ(back->images[0].shapes.size(), 2u);
    EXPECT_EQ(areaOf(back->images[0].shapes[0].mask), 91) << "the inner ring is a hole";
    EXPECT_EQ(areaOf(back->images[0].shapes[1].mask), 50);
    EXPECT_EQ(back->images[0].shapes[1].label, "face");
}

/// "Anna 王 works at Acme." with two entities and what connects them.
AnnotationSet sentence() {
    AnnotationSet set;
    set.label("PERSON");
    set.label("ORG");
    AnnotatedImage item;
    item.file = "train.jsonl#1";
    item.subset = "training";
    item.text = "Anna 王 works at Acme.";
    auto anna = shapeOf(ShapeKind::Span, {}, "PERSON"), acme = shapeOf(ShapeKind::Span, {}, "ORG");
    anna.begin = 0, anna.end = 6;
    acme.begin = 16, acme.end = 20;
    item.shapes = {anna, acme};
    item.relations = {{"works for", 0, 1}};
    item.attributes = {{"source", "news"}};
    set.images = {item};
    return set;
}

TEST(MoreFormats, SpacyKeepsSpansRelationsAndOverlaps) {
    TemporaryFolder folder;
    auto set = sentence();
    for (const bool overlapping : {false, true}) {
        if (overlapping) {
            set.images[0].shapes.push_back(set.images[0].shapes[0]);
            set.images[0].shapes.back().end = 12;
        }
        ASSERT_TRUE(findAnnotationFormat("spacy")->write(set, folder.path(), {}));
        const auto back = findAnnotationFormat("spacy")->read(folder.path(), {});
        ASSERT_TRUE(back) << back.error().debugText();
        EXPECT_EQ(back->images, set.images);
    }
    EXPECT_EQ(annotationFormatOf(folder.path())->id, "spacy");
    const auto older =
        readText(folder, "spacy", "old.json", R"([["I like London",{"entities":[[7,13,"LOC"],[7,99,"LOC"]],"cats":{"good":1.0,"bad":0.0}}]])");
    ASSERT_TRUE(older) << older.error().debugText();
    EXPECT_EQ(older->images[0].shapes.size(), 1u);
    EXPECT_EQ(older->images[0].classes, std::vector<std::string>{"good"});
    EXPECT_EQ(issueCodes(older->issues), std::vector<std::string>{"annotation.refused"});
}

TEST(MoreFormats, ConllTagsWordsAndSplitsThemWhereASpanEnds) {
    TemporaryFolder folder;
    const auto set = sentence();
    ASSERT_TRUE(findAnnotationFormat("conll")->write(set, folder.path(), {}));
    EXPECT_EQ(*readTextFile(folder.path() / "train.conll"), "-DOCSTART-\tO\n\nAnna\tB-PERSON\n王\tI-PERSON\nworks\tO\nat\tO\nAcme\tB-ORG\n.\tO\n\n");
    const auto back = findAnnotationFormat("conll")->read(folder.path(), {});
    ASSERT_TRUE(back) << back.error().debugText();
    ASSERT_EQ(back->images.size(), 1u);
    EXPECT_EQ(back->images[0].text, "Anna 王 works at Acme .");
    EXPECT_EQ(back->images[0].shapes, set.images[0].shapes);
    const auto four = readText(folder, "conll", "eng.iob",
                               "EU NNP B-NP S-ORG\nrejects VBZ B-VP O\nNew JJ B-NP B-LOC\nYork NN I-NP E-LOC\n\nPeter NNP B-NP I-PER\nbroken\n");
    ASSERT_TRUE(four) << four.error().debugText();
    ASSERT_EQ(four->images.size(), 2u);
    ASSERT_EQ(four->images[0].shapes.size(), 2u);
    EXPECT_EQ(four->images[0].shapes[1].begin, 11);
    EXPECT_EQ(four->images[0].shapes[1].end, 19);
    EXPECT_EQ(four->images[1].shapes[0].label, "PER");
    EXPECT_EQ(issueCodes(four->issues), std::vector<std::string>{"annotation.refused"});
}

TEST(MoreFormats, HostileFilesAreRefusedAtOnce) {
    TemporaryFolder folder;
    std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE annotations [<!ENTITY a \"aaaaaaaaaa\">";
    for (char c = 'b'; c < 'z'; ++c) bomb += std::string("<!ENTITY ") + c + " \"" + std::string(8, '&') + static_cast<char>(c - 1) + ";\">";
    bomb += "]><annotations>&y;</annotations>";
    std::string deep;
    for (int i = 0; i < 200'000; ++i) deep += "<a>";
    const std::clock_t begin = std::clock();
    for (const char* id : {"cvat", "voc"})
        for (const std::string& text : {bomb, "<annotations>" + deep, std::string("<annotations/>"), std::string("\0\xff", 2)})
            EXPECT_FALSE(readText(folder, id, "x.xml", text)) << id;
    for (const char* id : {"labelme", "spacy", "coco"})
        for (const std::string& text :
             {std::string(300'000, '['), "{\"shapes\":" + std::string(300'000, '['), std::string("[1e999]"), std::string("{\"text\":\"\\ud800\"}")})
            EXPECT_FALSE(readText(folder, id, "x.json", text)) << id << text.substr(0, 20);
    EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 5.0) << "of the processor, for all of them together";
    // Sizes that lie: runs that leave their box, masks larger than memory.
    const auto lying = readText(
        folder, "cvat", "l.xml",
        R"(<annotations><image id="0" name="a.png" width="20" height="10"><mask label="x" rle="5, 9999999999" left="0" top="0" width="4" height="4"/>
                                   <mask label="x" rle="1" left="0" top="0" width="1e300" height="4"/><box label="x" xtl="nan" ytl="0" xbr="1" ybr="1"/></image>
                                   <image id="1" name="b.png" width="900000" height="900000"><mask label="x" rle="1" left="0" top="0" width="1" height="1"/></image></annotations>)");
    ASSERT_TRUE(lying) << lying.error().debugText();
    EXPECT_EQ(lying->shapeCount(), 0);
    EXPECT_EQ(std::ranges::count(issueCodes(lying->issues), "annotation.refused"), 4);
}

}  // namespace
}  // namespace lamina
