// Pictures that a project keeps as tensors go out as files that other programs and this one can read.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/item_identity.h"
#include "core/annotation/formats/set_writer.h"
#include "core/data/image_decode.h"
#include "core/data/tensor_picture.h"
#include "core/project/label_edits.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

constexpr int pictures = 6, edge = 8;

class TensorExport : public testing::Test {
protected:
    void SetUp() override {
        project = *Project::create(folder / "p.lamina");
        writeIdx();
        ImportRequest request;
        request.source = folder / "idx";
        request.name = "digits";
        auto imported = importDataset(*project, request);
        ASSERT_TRUE(imported) << imported.error().debugText();
        dataset = imported->dataset;
        labelAll();
    }
    /// Two of them are alike in every pixel.
    void writeIdx() {
        const auto bigEndian = [](std::initializer_list<std::uint32_t> words) {
            std::string bytes;
            for (const std::uint32_t word : words)
                for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(word >> shift & 255);
            return bytes;
        };
        std::string images = bigEndian({0x803, pictures, edge, edge}), labels = bigEndian({0x801, pictures});
        for (int i = 0; i < pictures; ++i) {
            for (int p = 0; p < edge * edge; ++p) images += static_cast<char>(((i == 5 ? 4 : i) * 31 + p * 3) & 255);
            labels += static_cast<char>(i % 2);
        }
        std::filesystem::create_directories(folder / "idx");
        ASSERT_TRUE(writeFileAtomically(folder / "idx/train-images-idx3-ubyte", images));
        ASSERT_TRUE(writeFileAtomically(folder / "idx/train-labels-idx1-ubyte", labels));
    }
    /// A box on each; every second one gets another class.
    void labelAll() {
        auto labelling = beginLabelling(*project, dataset);
        ASSERT_TRUE(labelling) << labelling.error().debugText();
        for (const char* name : {"stroke", "dot"}) {
            LabelClassRecord record;
            record.name = name;
            ASSERT_TRUE(project->labelClasses().add(record).get());
        }
        for (int i = 0; i < pictures; ++i) {
            const auto item = **project->labelItems().at(labelling->key, i);
            AnnotationRecord box;
            box.classNumber = 1 + i % 2;
            box.tool = "box";
            box.document = {{"kind", "box"}, {"parts", {{1 + i % 3, 2, 5, 7}}}};
            LabelGesture gesture;
            gesture.item = item.key;
            gesture.revisions = {box};
            ASSERT_TRUE(project->annotations().apply(addedLabel(item, "stroke"), gesture).get());
        }
    }
    AnnotationExportRequest request(const std::string& format) const {
        AnnotationExportRequest request;
        request.dataset = dataset.id;
        request.format = format;
        request.folder = folder / format;
        request.pictures = true;
        return request;
    }
    /// Pixels of every picture by its name without folders and ending.
    static std::map<std::string, std::vector<std::uint8_t>> pixelsOf(Project& project, const DatasetRecord& dataset) {
        const Table table = *openTable(project, dataset);
        const std::size_t column = *pictureColumn(table);
        const auto names = *itemIdentities(dataset, table);
        std::map<std::string, std::vector<std::uint8_t>> pixels;
        for (std::size_t row = 0; row < names.size(); ++row)
            pixels[Path(names[row]).stem().string()] = tensorImage(table.info(column), table.view(column).element(static_cast<std::int64_t>(row)))->pixels;
        return pixels;
    }
    /// Boxes and their classes by the name of their picture.
    static std::map<std::string, std::string> boxesOf(Project& project, const DatasetRecord& dataset) {
        std::map<std::string, std::string> boxes;
        const auto set = *annotationsOf(project, dataset, {});
        for (const AnnotatedImage& image : set.images)
            for (const AnnotationShape& shape : image.shapes) {
                const ShapeBounds box = boundsOf(shape);
                for (const double value : {box.left, box.top, box.right, box.bottom}) boxes[Path(image.file).stem().string()] += std::to_string(std::lround(value * 1000)) + " ";
                boxes[Path(image.file).stem().string()] += shape.label;
            }
        return boxes;
    }
    std::map<std::string, std::string> filesIn(const std::string& name) const {
        std::map<std::string, std::string> files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / name))
            if (entry.is_regular_file()) files[entry.path().lexically_relative(folder / name).generic_string()] = *readTextFile(entry.path());
        return files;
    }
    static bool tells(const std::vector<Issue>& issues, const std::string& code) {
        return std::any_of(issues.begin(), issues.end(), [&](const Issue& issue) { return issue.what.code == code; });
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
    DatasetRecord dataset;
};

TEST_F(TensorExport, ExportedAndImportedAgainPicturesAndLabelsAreTheSame) {
    const auto pixels = pixelsOf(*project, dataset);
    const auto boxes = boxesOf(*project, dataset);
    ASSERT_EQ(pixels.size(), static_cast<std::size_t>(pictures)) << "two that are alike have names of their own";
    ASSERT_EQ(boxes.size(), static_cast<std::size_t>(pictures));
    for (const char* format : {"coco", "voc", "yolo", "cvat", "labelme", "boxes_csv"}) {
        SCOPED_TRACE(format);
        const auto written = exportAnnotations(*project, request(format));
        ASSERT_TRUE(written) << written.error().debugText();
        EXPECT_EQ(written->items, pictures);
        EXPECT_EQ(written->labels, pictures);
        EXPECT_TRUE(written->issues.empty()) << written->issues.front().what.debugText();
        auto other = *Project::create(folder / (std::string(format) + ".lamina"));
        AnnotationImportRequest again;
        again.source = folder / format;
        const auto read = importAnnotations(*other, again);
        ASSERT_TRUE(read) << read.error().debugText();
        EXPECT_EQ(read->format->id, format);
        EXPECT_TRUE(read->issues.empty()) << read->issues.front().what.debugText();
        EXPECT_EQ(pixelsOf(*other, read->dataset), pixels);
        EXPECT_EQ(boxesOf(*other, read->dataset), boxes);
    }
}

TEST_F(TensorExport, ANameIsTheSameInEveryExportAndLeadsBackToItsPicture) {
    ASSERT_TRUE(exportAnnotations(*project, request("yolo")));
    const auto first = filesIn("yolo");
    std::filesystem::rename(folder / "yolo", folder / "before");
    ASSERT_TRUE(exportAnnotations(*project, request("yolo")));
    EXPECT_EQ(filesIn("yolo"), first);
    EXPECT_FALSE(first.count(unfinishedExport));
    // What another program changed comes back to the dataset it went out from, without the pictures.
    std::filesystem::remove_all(folder / "yolo/images");
    for (const auto& [name, text] : first) {
        if (Path(name).extension() != ".txt") continue;
        ASSERT_TRUE(writeFileAtomically(folder / "yolo" / name, text + "1 0.5 0.5 0.25 0.25\n"));
    }
    AnnotationImportRequest back;
    back.source = folder / "yolo";
    back.dataset = dataset.id;
    const auto read = importAnnotations(*project, back);
    ASSERT_TRUE(read) << read.error().debugText();
    EXPECT_EQ(read->items, pictures);
    EXPECT_EQ(read->labels, pictures) << "those that are new; the others are there";
    for (const auto& [name, box] : boxesOf(*project, dataset)) EXPECT_TRUE(box.ends_with("3000 3000 5000 5000 dot")) << name << ": " << box;
}

TEST_F(TensorExport, PicturesAloneAndBlurredOnesAreFilesToo) {
    auto alone = request(picturesAlone);
    const auto written = exportAnnotations(*project, alone);
    ASSERT_TRUE(written) << written.error().debugText();
    EXPECT_EQ(written->items, pictures);
    const auto files = filesIn(picturesAlone);
    ASSERT_EQ(files.size(), static_cast<std::size_t>(pictures));
    const auto pixels = pixelsOf(*project, dataset);
    for (const auto& [name, bytes] : files) {
        const auto image = decodeImage(std::as_bytes(std::span(bytes)));
        ASSERT_TRUE(image) << name;
        EXPECT_EQ(Path(name).extension(), ".png");
        EXPECT_EQ(image->pixels, pixels.at(Path(name).stem().string())) << name;
    }
    alone.folder = folder / "blurred";
    alone.blur = {"dot"};
    ASSERT_TRUE(exportAnnotations(*project, alone));
    int changed = 0;
    for (const auto& [name, bytes] : filesIn("blurred")) changed += decodeImage(std::as_bytes(std::span(bytes)))->pixels != pixels.at(Path(name).stem().string());
    EXPECT_EQ(changed, pictures / 2);
}

TEST_F(TensorExport, PicturesOfOneNameInSeveralFoldersOrKindsKeepFilesOfTheirOwn) {
    for (const char* name : {"cats/1.png", "dogs/1.png", "dogs/1.bmp", "2.png"}) {
        const auto png = *encodePng(Image{1, edge, edge, std::vector<std::uint8_t>(edge * edge, static_cast<std::uint8_t>(name[0] + name[5]))});
        std::filesystem::create_directories((folder / "photos" / name).parent_path());
        ASSERT_TRUE(writeFileAtomically(folder / "photos" / name, std::span(png)));
    }
    for (const char* keep : {"decoded", "copied"})
        for (const char* format : {"voc", "yolo", "coco"}) {
            SCOPED_TRACE(std::string(keep) + " " + format);
            auto other = *Project::create(folder / (std::string(keep) + format + ".lamina"));
            ImportRequest import;
            import.source = folder / "photos";
            import.settings = {{"keep", keep}};
            const auto imported = importDataset(*other, import);
            ASSERT_TRUE(imported) << imported.error().debugText();
            const auto labelling = *beginLabelling(*other, imported->dataset);
            for (int i = 0; i < 4; ++i) ASSERT_TRUE(other->labelItems().setState({(*other->labelItems().at(labelling.key, i))->key}, ItemState::CheckedEmpty).get());
            auto out = request(format);
            out.dataset = imported->dataset.id;
            out.folder = folder / (std::string(keep) + format);
            const auto written = exportAnnotations(*other, out);
            ASSERT_TRUE(written) << written.error().debugText();
            std::size_t files = 0;
            for (const auto& [name, bytes] : filesIn(std::string(keep) + format)) files += imageFormat(std::as_bytes(std::span(bytes))).empty() ? 0 : 1;
            EXPECT_EQ(files, 4u);
            const auto read = findAnnotationFormat(format)->read(out.folder, {});
            ASSERT_TRUE(read) << read.error().debugText();
            EXPECT_EQ(read->images.size(), 4u);
            EXPECT_EQ(std::count_if(read->images.begin(), read->images.end(), [](const AnnotatedImage& image) { return image.state == "checked_empty"; }), 4);
            EXPECT_TRUE(read->issues.empty()) << read->issues.front().what.debugText();
        }
}

TEST_F(TensorExport, WhatWasLabelledAtAnotherSizeIsToldInsteadOfWrittenWrong) {
    for (const char* name : {"a.png", "b.png"}) {
        const bool wide = name[0] == 'b';
        const auto png = *encodePng(Image{1, 20, wide ? 40 : 20, std::vector<std::uint8_t>(wide ? 800 : 400, 90)});
        std::filesystem::create_directories(folder / "small");
        ASSERT_TRUE(writeFileAtomically(folder / "small" / name, std::span(png)));
    }
    ASSERT_TRUE(writeFileAtomically(folder / "small/x.json", R"({"categories":[{"id":1,"name":"cat"}],"images":[{"id":1,"file_name":"a.png","width":20,"height":20},
        {"id":2,"file_name":"b.png","width":40,"height":20}],
        "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]},{"id":2,"image_id":2,"category_id":1,"bbox":[30,2,3,4]}]})"));
    AnnotationImportRequest import;
    import.source = folder / "small";
    import.settings = {{"keep", "decoded"}, {"width", 20}, {"height", 20}};
    const auto imported = importAnnotations(*project, import);
    ASSERT_TRUE(imported) << imported.error().debugText();
    auto out = request("coco");
    out.dataset = imported->dataset.id;
    const auto written = exportAnnotations(*project, out);
    ASSERT_TRUE(written) << written.error().debugText();
    EXPECT_TRUE(tells(written->issues, "labelling.picture_resized"));
    EXPECT_TRUE(std::filesystem::exists(folder / "coco/images/a.png"));
    EXPECT_FALSE(std::filesystem::exists(folder / "coco/images/b.png"));
}

TEST_F(TensorExport, DecimalNumbersBecomeBytesAndThatIsTold) {
    std::string head = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1, 3, 2), }";
    head.resize(117, ' ');
    std::string npy = std::string("\x93NUMPY\x01\x00\x76\x00", 10) + head + "\n";
    for (const float value : {0.0F, 0.25F, 0.5F, 0.75F, 1.0F, 0.1F, 0.9F, 0.0F, 1.0F, 0.2F, 0.3F, 0.4F}) npy.append(reinterpret_cast<const char*>(&value), sizeof value);
    ASSERT_TRUE(writeFileAtomically(folder / "decimal.npy", npy));
    ImportRequest import;
    import.source = folder / "decimal.npy";
    const auto imported = importDataset(*project, import);
    ASSERT_TRUE(imported) << imported.error().debugText();
    auto out = request(picturesAlone);
    out.dataset = imported->dataset.id;
    const auto written = exportAnnotations(*project, out);
    ASSERT_TRUE(written) << written.error().debugText();
    EXPECT_TRUE(tells(written->issues, "labelling.values_became_bytes"));
    std::set<std::vector<std::uint8_t>> pixels;
    for (const auto& [name, bytes] : filesIn(picturesAlone)) pixels.insert(decodeImage(std::as_bytes(std::span(bytes)))->pixels);
    EXPECT_TRUE(pixels.count({0, 64, 128, 191, 255, 26}));
}

TEST_F(TensorExport, OnlyWhatIsCheckedGoesOutWhereThatIsAsked) {
    const auto labelling = *labellingOf(*project, dataset);
    ASSERT_TRUE(project->labelItems().setState({(*project->labelItems().at(labelling.key, 2))->key}, ItemState::Checked).get());
    auto checked = request("coco");
    checked.states = {ItemState::Checked, ItemState::CheckedEmpty};
    const auto written = exportAnnotations(*project, checked);
    ASSERT_TRUE(written) << written.error().debugText();
    EXPECT_EQ(written->items, 1);
    EXPECT_EQ(written->labels, 1);
}

}  // namespace
}  // namespace lamina
