// Folders of masks that lie beside pictures are no pictures to label.
#include <gtest/gtest.h>

#include "app/jobs/annotation_jobs.h"
#include "core/data/image_decode.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

class AnnotationMasks : public testing::Test {
protected:
    void SetUp() override { project = *Project::create(folder / "p.lamina"); }
    void picture(const Path& name) {
        const auto bytes = encodePng(Image{1, 80, 100, std::vector<std::uint8_t>(8000, 90)});
        std::filesystem::create_directories((folder / name).parent_path());
        ASSERT_TRUE(writeFileAtomically(folder / name, std::span(*bytes)));
    }
    void write(const Path& name, std::string_view text) {
        std::filesystem::create_directories((folder / name).parent_path());
        ASSERT_TRUE(writeFileAtomically(folder / name, text));
    }
    std::vector<std::string> namesOf(const Path& source) {
        AnnotationImportRequest request;
        request.source = source;
        const auto outcome = importAnnotations(*project, request);
        EXPECT_TRUE(outcome) << outcome.error().debugText();
        std::vector<std::string> names;
        if (!outcome) return names;
        const auto items = *project->labelItems().list(outcome->labelling.key, {}, 0, 100);
        for (const auto& item : items) names.push_back(item.identity);
        return names;
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
};

TEST_F(AnnotationMasks, ThoseOfVocAndThoseOfPanopticCocoStayOut) {
    picture("voc/JPEGImages/a.png");
    for (const char* masks : {"SegmentationClass", "SegmentationObject"}) picture(Path("voc") / masks / "a.png");
    write("voc/Annotations/a.xml", "<annotation><filename>a.png</filename><size><width>100</width><height>80</height></size><object><name>cat</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object></annotation>");
    EXPECT_EQ(namesOf(folder / "voc"), (std::vector<std::string>{"JPEGImages/a.png"}));
    picture("coco/images/val/b.png");
    picture("coco/annotations/panoptic_val/b.png");
    write("coco/annotations/panoptic_val.json", R"({"images":[],"annotations":[],"categories":[]})");
    write("coco/annotations/instances_val.json", R"({"categories":[{"id":1,"name":"cat"}],"images":[{"id":1,"file_name":"b.png","width":100,"height":80}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,1,5,5]}]})");
    EXPECT_EQ(namesOf(folder / "coco"), (std::vector<std::string>{"images/val/b.png"}));
}

TEST_F(AnnotationMasks, ThoseThatWereWrittenWithTheirListStayOut) {
    picture("out/images/a.png");
    picture("out/masks/a.png");
    write("out/masks/classes.csv", "value,class\n90,cat\n");
    EXPECT_EQ(namesOf(folder / "out"), (std::vector<std::string>{"images/a.png"}));
}

TEST_F(AnnotationMasks, AFolderOfTheSameNameWithoutWhatBelongsToItHoldsPictures) {
    for (const char* name : {"Segmentation", "panoptic", "masks"}) picture(Path("plain") / name / "a.png");
    const auto imported = importDataset(*project, {folder / "plain", "", nlohmann::json::object(), "", ""});
    ASSERT_TRUE(imported) << imported.error().debugText();
    EXPECT_EQ(imported->dataset.rows, 3) << "they are classes";
}

}  // namespace
}  // namespace lamina
