#include "core/data/importers/image_folder.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>

#include "core/data/image_reader.h"
#include "core/data/table.h"
#include "tests/support/fault_files.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

class ImageFolder : public testing::Test {
protected:
    void put(const std::string& name, const std::string& bytes) {
        std::filesystem::create_directories((m_source / name).parent_path());
        std::ofstream(m_source / name, std::ios::binary) << bytes;
    }
    /// A grey picture of one value.
    void grey(const std::string& name, int value, int width = 4, int height = 4) {
        std::string text = "P2 " + std::to_string(width) + " " + std::to_string(height) + " 255\n";
        for (int i = 0; i < width * height; ++i) text += std::to_string(value) + " ";
        put(name, text);
    }
    void red(const std::string& name, int width = 4, int height = 4) {
        std::string text = "P3 " + std::to_string(width) + " " + std::to_string(height) + " 255\n";
        for (int i = 0; i < width * height; ++i) text += "200 0 0 ";
        put(name, text);
    }
    Result<ImportedTable> import(const nlohmann::json& settings = nlohmann::json::object(), const ImportJob& job = {}) {
        return importWith(image_folder_importer(), m_source.path(), settings, m_target / "columns", job);
    }
    Table table(const nlohmann::json& settings = nlohmann::json::object()) {
        auto imported = import(settings);
        EXPECT_TRUE(imported.ok()) << (imported ? "" : imported.error().debugText());
        return imported ? *Table::open(imported->columns) : Table{};
    }
    bool nothingLeft() { return !std::filesystem::exists(m_target / "columns") || std::filesystem::is_empty(m_target / "columns"); }

    TemporaryFolder m_source, m_target;
};

std::vector<std::string> names(const Table& table) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < table.columnCount(); ++i) all.push_back(table.info(i).name);
    return all;
}

TEST_F(ImageFolder, SubfoldersAreClasses) {
    grey("shirt/a.pgm", 10);
    grey("bag/b.pgm", 20);
    grey("bag/deeper/c.pgm", 30);
    grey("bag/.hidden.pgm", 40);
    put("bag/notes.txt", "no picture");
    const Table t = table();
    ASSERT_EQ(names(t), (std::vector<std::string>{"image", "file", "class"}));
    ASSERT_EQ(t.rows(), 3);
    EXPECT_EQ(t.info(0).elementShape, (Shape{1, 4, 4}));
    EXPECT_EQ(t.info(2).dictionary, (std::vector<std::string>{"bag", "shirt"}));
    EXPECT_EQ(t.rowText(0), (std::vector<std::string>{"uint8 1×4×4", "bag/b.pgm", "bag"}));
    EXPECT_EQ(t.cellText(1, 1), "bag/deeper/c.pgm");
    EXPECT_EQ(std::to_integer<int>(t.view(0).element(2)[5]), 10);
}

TEST_F(ImageFolder, RolesAreKnown) {
    grey("train/x/a.pgm", 1);
    grey("train/y/a.pgm", 1);
    const auto imported = import();
    ASSERT_TRUE(imported.ok());
    EXPECT_EQ(imported->columns[1].info.role, "ignore");
    EXPECT_EQ(imported->columns[2].info.role, "target");
    EXPECT_EQ(imported->columns[3].info.role, "ignore");
}

TEST_F(ImageFolder, TrainAndTestAboveTheClassesAreASubset) {
    grey("all/Train/x/a.pgm", 1);
    grey("all/Train/y/a.pgm", 2);
    grey("all/valid/x/b.pgm", 3);
    grey("all/test/y/b.pgm", 4);
    grey("all/test/loose.pgm", 5);
    const Table t = table();
    ASSERT_EQ(names(t), (std::vector<std::string>{"image", "file", "class", "subset"}));
    ASSERT_EQ(t.rows(), 5);
    EXPECT_EQ(t.info(2).dictionary, (std::vector<std::string>{"x", "y"}));
    EXPECT_EQ(t.cellText(0, 3), "training");
    EXPECT_EQ(t.cellText(2, 3), "test");
    EXPECT_EQ(t.cellText(2, 2), "");
    EXPECT_EQ(t.cellText(4, 3), "validation");
}

TEST_F(ImageFolder, AFlatFolderHasNoTarget) {
    grey("a.pgm", 1);
    grey("b.pgm", 2);
    EXPECT_EQ(names(table()), (std::vector<std::string>{"image", "file"}));
}

TEST_F(ImageFolder, SizeAndColourAreFoundOut) {
    grey("x/a.pgm", 1, 6, 3);
    grey("x/b.pgm", 1, 6, 3);
    grey("y/c.pgm", 1, 9, 9);
    const auto small = import();
    ASSERT_TRUE(small.ok());
    EXPECT_EQ(small->detected, (nlohmann::json{{"width", 6}, {"height", 3}, {"colour", "grey"}, {"fit", "pad"}, {"keep", "decoded"}}));
    red("y/d.ppm", 300, 200);
    red("y/e.ppm", 300, 200);
    red("y/f.ppm", 300, 200);
    const auto large = import();
    ASSERT_TRUE(large.ok());
    EXPECT_EQ(large->columns[0].info.kind, ColumnKind::Image);
    EXPECT_EQ(large->detected["width"], 64);
    EXPECT_EQ(large->detected["keep"], "copied");
    EXPECT_EQ(import({{"keep", "decoded"}})->columns[0].info.elementShape, (Shape{3, 64, 64}));
    ASSERT_EQ(large->issues.size(), 1u);
    EXPECT_EQ(large->issues[0].what.code, "image.size_chosen");
    EXPECT_EQ(large->issues[0].what.argument("usualWidth"), "300");
}

TEST_F(ImageFolder, SettingsAreFollowed) {
    red("x/a.ppm", 8, 4);
    grey("y/b.pgm", 9, 8, 4);
    const Table padded = table({{"width", 4}, {"colour", "grey"}});
    ASSERT_EQ(padded.info(0).elementShape, (Shape{1, 4, 4}));
    EXPECT_EQ(std::to_integer<int>(padded.view(0).element(0)[0]), 0);
    EXPECT_EQ(std::to_integer<int>(padded.view(0).element(0)[5]), 60);  // 0.299 · 200
    const Table cut = table({{"width", 2}, {"height", 2}, {"colour", "rgb"}, {"fit", "crop"}});
    EXPECT_EQ(std::to_integer<int>(cut.view(0).element(1)[0]), 9);
    EXPECT_EQ(cut.info(0).elementShape, (Shape{3, 2, 2}));
    EXPECT_EQ(import({{"fit", "twist"}}).error().code, "property.not_a_choice");
}

TEST_F(ImageFolder, UnreadableFilesAreNamedAndLeftOut) {
    grey("x/a.pgm", 1);
    grey("y/b.pgm", 2);
    put("x/broken.png", "\x89PNG\r\n\x1a\n and no more");
    put("y/empty.jpg", "");
    const auto imported = import();
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    EXPECT_EQ(imported->rows, 2);
    ASSERT_EQ(imported->issues.size(), 2u);
    EXPECT_EQ(imported->issues[0].what.code, "image.damaged");
    EXPECT_EQ(imported->issues[0].what.argument("file"), (m_source / "x/broken.png").string());
    EXPECT_EQ(imported->issues[1].what.code, "image.unknown_format");
}

TEST_F(ImageFolder, AFolderWithoutReadablePicturesIsRefused) {
    EXPECT_EQ(import().error().code, "image.no_files");
    put("x/broken.png", "\x89PNG\r\n\x1a\n and no more");
    EXPECT_EQ(import().error().code, "image.damaged");
    EXPECT_TRUE(nothingLeft());
}

TEST_F(ImageFolder, TheResultDoesNotDependOnTheThreads) {
    for (int i = 0; i < 70; ++i) grey("c" + std::to_string(i % 3) + "/" + std::to_string(i) + ".pgm", i * 3, 5 + i % 4, 6);
    put("c1/broken.gif", "GIF89a");
    ImportJob one, three;
    one.threads = 1;
    three.threads = 3;
    const auto a = import({}, one), b = import({}, three);
    ASSERT_TRUE(a.ok() && b.ok());
    EXPECT_EQ(a->rows, 70);
    for (std::size_t i = 0; i < a->columns.size(); ++i) EXPECT_EQ(a->columns[i].hash, b->columns[i].hash);
    ASSERT_EQ(a->issues.size(), b->issues.size());
}

TEST_F(ImageFolder, ACancelledImportLeavesNothing) {
    for (int i = 0; i < 40; ++i) grey("c" + std::to_string(i % 2) + "/" + std::to_string(i) + ".pgm", i);
    ImportJob job;
    job.threads = 1;
    job.progress = [&](const Progress&) { job.cancel.cancel(); };
    EXPECT_EQ(import({}, job).error().code, "job.cancelled");
    EXPECT_TRUE(nothingLeft());
}

TEST_F(ImageFolder, ADiskThatFailsAtAnyCallLeavesNothing) {
    grey("train/x/a.pgm", 1);
    grey("train/y/b.pgm", 2);
    int calls = 0;
    {
        FaultFiles counting;
        const auto guard = replaceFiles(counting);
        ASSERT_TRUE(importWith(image_folder_importer(), m_source.path(), nlohmann::json::object(), m_target / "counted").ok());
        calls = static_cast<int>(counting.calls().size());
    }
    ASSERT_GT(calls, 12);
    for (int nth = 1; nth <= calls; ++nth) {
        FaultFiles faults;
        const auto guard = replaceFiles(faults);
        faults.failCall(nth);
        EXPECT_FALSE(import().ok()) << "call " << nth;
        EXPECT_TRUE(nothingLeft()) << "call " << nth;
    }
}

TEST_F(ImageFolder, ThePreviewCountsClassesAndSizes) {
    grey("x/a.pgm", 1, 6, 3);
    grey("x/b.pgm", 1, 6, 3);
    red("y/c.ppm", 9, 9);
    CancelToken cancelled;
    cancelled.cancel();
    EXPECT_EQ(previewWith(image_folder_importer(), m_source.path(), nlohmann::json::object(), 2, cancelled).error().code, "job.cancelled");
    const auto preview = previewWith(image_folder_importer(), m_source.path(), nlohmann::json::object(), 2);
    ASSERT_TRUE(preview.ok()) << preview.error().debugText();
    EXPECT_EQ(preview->columns[0].elementShape, (Shape{3, 3, 6}));
    EXPECT_EQ(preview->rows.size(), 2u);
    EXPECT_EQ(preview->summary["files"], 3);
    EXPECT_EQ(preview->summary["classes"], (nlohmann::json::parse(R"([{"name":"x","count":2},{"name":"y","count":1}])")));
    EXPECT_EQ(preview->summary["sizes"][0], (nlohmann::json{{"width", 6}, {"height", 3}, {"count", 2}}));
    EXPECT_TRUE(importWith(image_folder_importer(), m_source.path(), preview->detected, m_target / "columns").ok());
}

TEST_F(ImageFolder, ItIsFoundForFoldersAndFiles) {
    grey("x/a.pgm", 1);
    EXPECT_EQ((*importerFor(m_source.path()))->id, "image_folder");
    EXPECT_EQ((*importerFor(m_source / "x/a.pgm"))->id, "image_folder");
    put("table.csv", "a,b\n1,2\n");
    EXPECT_EQ((*importerFor(m_source / "table.csv"))->id, "csv");
}

TEST_F(ImageFolder, OneFileComesInTheFormOfTheImport) {
    red("x/a.ppm", 8, 4);
    grey("y/b.pgm", 9, 8, 4);
    const auto imported = import({{"width", 5}, {"height", 3}, {"fit", "crop"}});
    ASSERT_TRUE(imported.ok());
    const auto alone = importWith(image_folder_importer(), m_source / "x/a.ppm", imported->detected, m_target / "alone");
    ASSERT_TRUE(alone.ok()) << alone.error().debugText();
    EXPECT_EQ(alone->rows, 1);
    const Table whole = *Table::open(imported->columns), one = *Table::open(alone->columns);
    EXPECT_TRUE(std::ranges::equal(whole.view(0).element(0), one.view(0).element(0)));
    const auto form = imageFormFrom(imported->detected);
    ASSERT_TRUE(form.ok());
    const auto image = readImage(m_source / "x/a.ppm", *form);
    ASSERT_TRUE(image.ok());
    EXPECT_TRUE(std::ranges::equal(std::as_bytes(std::span(image->pixels)), one.view(0).element(0)));
}

TEST(RealImages, PhotosOfFlowersBecomeATable) {
    const Path folder = Path(LAMINA_SOURCE_DIR).parent_path() / "shared/data/flowers5";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
    const TemporaryFolder target;
    const auto imported = importWith(image_folder_importer(), folder, nlohmann::json::object(), target.path());
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    EXPECT_EQ(imported->rows, 200);
    EXPECT_EQ(imported->columns[0].info.kind, ColumnKind::Image);
    EXPECT_GT(imported->columns[0].bytes, 5'000'000u);
    EXPECT_EQ(imported->columns[2].info.dictionary.size(), 5u);
}

TEST(RealImages, OddFilesAreReadOrNamed) {
    const Path folder = Path(LAMINA_SOURCE_DIR).parent_path() / "shared/data/image-edgecases";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
    const TemporaryFolder target;
    const auto imported = importWith(image_folder_importer(), folder, nlohmann::json::object(), target.path());
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    EXPECT_GE(imported->rows, 12);
    std::vector<std::string> refused;
    for (const auto& issue : imported->issues)
        if (issue.what.code == "image.damaged" || issue.what.code == "image.unknown_format") refused.push_back(Path(issue.what.argument("file")).filename().string());
    EXPECT_EQ(refused, (std::vector<std::string>{"truncated.jpg"}));
}

TEST_F(ImageFolder, CopiedPicturesAreTheFilesThemselves) {
    red("x/a.ppm", 80, 70);
    grey("y/b.pgm", 9, 90, 70);
    put("y/broken.png", "\x89PNG\r\n\x1a\n and no more");
    const auto png = *encodePng({1, 1, 2, {5, 6}});  // its first byte begins no letter of a text
    put("z/c.png", std::string(reinterpret_cast<const char*>(png.data()), png.size()));
    const auto imported = import({{"keep", "copied"}});
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    EXPECT_EQ(imported->rows, 3);
    EXPECT_EQ(imported->issues.back().what.code, "image.damaged");
    const Table t = *Table::open(imported->columns);
    EXPECT_EQ(t.view(0).text(0).substr(0, 8), "P3 80 70");
    std::filesystem::remove_all(m_source.path());
    const auto image = ImageReader().read(t.view(0).text(1));
    ASSERT_TRUE(image.ok()) << image.error().debugText();
    EXPECT_EQ(image->width, 90);
    EXPECT_EQ(ImageReader().read(t.view(0).text(2))->pixels, (std::vector<std::uint8_t>{5, 6}));
    EXPECT_EQ(image->pixels[0], 9);
}

TEST_F(ImageFolder, PicturesInPlaceAreFoundAgainAndNeverMistaken) {
    red("x/a.ppm", 80, 70);
    grey("x/b.pgm", 9, 90, 70);
    const auto imported = import({{"keep", "in_place"}});
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    const Table t = *Table::open(imported->columns);
    const auto reference = readImageReference(t.view(0).text(1));
    EXPECT_EQ(reference.path, (m_source / "x/b.pgm").string());
    EXPECT_EQ(reference.hash.size(), 64u);
    EXPECT_EQ(ImageReader().read(t.view(0).text(1))->pixels[0], 9);
    std::filesystem::create_directories(m_target / "elsewhere");
    std::filesystem::rename(m_source / "x", m_target / "elsewhere/x");
    EXPECT_EQ(ImageReader().read(t.view(0).text(1)).error().code, "image.not_there");
    EXPECT_EQ(ImageReader({m_target / "elsewhere"}).read(t.view(0).text(1))->pixels[0], 9);
    grey("x/b.pgm", 8, 90, 70);
    EXPECT_EQ(ImageReader().read(t.view(0).text(1)).error().code, "image.changed");
    EXPECT_EQ(ImageReader({m_target / "elsewhere"}).read(t.view(0).text(1))->pixels[0], 9);
}

TEST_F(ImageFolder, ATableOfLabelsIsFoundByItself) {
    grey("photos/a.pgm", 1);
    grey("photos/b.pgm", 2);
    grey("photos/c.pgm", 3);
    put("labels.csv", "id,weight,label\nb.pgm,2.5,cat\na,1.5,dog\nnowhere.pgm,3,cat\na.pgm,9,cat\n");
    const auto imported = import();
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    const Table t = *Table::open(imported->columns);
    ASSERT_EQ(names(t), (std::vector<std::string>{"image", "file", "class", "weight", "label"}));
    EXPECT_EQ(t.cellText(0, 4), "dog");
    EXPECT_EQ(t.cellText(1, 3), "2.5");
    EXPECT_EQ(t.cellText(2, 4), "");
    std::vector<std::string> codes;
    for (const auto& issue : imported->issues) codes.push_back(issue.what.code);
    for (const char* code : {"image.labels_found", "image.without_label", "image.label_without_picture", "image.label_repeated"})
        EXPECT_TRUE(std::ranges::count(codes, code) == 1) << code;
    EXPECT_EQ(names(*Table::open(import({{"labels", "none"}})->columns)).size(), 3u);
    const auto preview = previewWith(image_folder_importer(), m_source.path(), nlohmann::json::object(), 3);
    ASSERT_TRUE(preview.ok());
    EXPECT_EQ(preview->rows[1].back(), "cat");
}

TEST_F(ImageFolder, OfAFlatFolderTheLabelIsTheTarget) {
    grey("a.pgm", 1);
    grey("b.pgm", 2);
    put("data.tsv", "file\tage\tclass\na.pgm\t3\tx\nb.pgm\t4\ty\n");
    const auto imported = import();
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    EXPECT_EQ(imported->columns.back().info.name, "class");
    EXPECT_EQ(imported->columns.back().info.role, "target");
    EXPECT_EQ(imported->columns[2].info.role, "ignore");
}

TEST_F(ImageFolder, PagesThatAreLeftOutAreTold) {
    const std::string frame("\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0", 15);
    put("two.gif", std::string("GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff", 19) + frame + frame + ";");
    grey("one.pgm", 3, 1, 1);
    const auto count = [](const Result<ImportedTable>& imported) {
        std::int64_t told = 0;
        if (!imported) return std::int64_t{-1};
        for (const Issue& issue : imported->issues) told += issue.what.code == "image.first_pages" ? issue.count : 0;
        return told;
    };
    EXPECT_EQ(count(import()), 1);
    EXPECT_EQ(count(importWith(image_folder_importer(), m_source.path(), {{"pages", "all"}}, m_target / "all")), 0);
}

TEST(RealImages, EveryPageCanBeARow) {
    const Path folder = Path(LAMINA_SOURCE_DIR).parent_path() / "shared/data/image-edgecases";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
    const TemporaryFolder target;
    for (const char* keep : {"decoded", "copied", "in_place"}) {
        const auto gif = importWith(image_folder_importer(), folder / "no_time_for_that_tiny.gif", {{"pages", "all"}, {"keep", keep}}, target / keep);
        ASSERT_TRUE(gif.ok()) << gif.error().debugText();
        EXPECT_GT(gif->rows, 3) << keep;
        const auto tiff = importWith(image_folder_importer(), folder / "multipage.tif", {{"pages", "all"}, {"keep", keep}}, target / keep);
        ASSERT_TRUE(tiff.ok()) << tiff.error().debugText();
        EXPECT_EQ(tiff->rows, 2) << keep;
        if (std::string(keep) == "decoded") continue;
        const Table t = *Table::open(gif->columns);
        const auto first = ImageReader().read(t.view(0).text(0)), third = ImageReader().read(t.view(0).text(2));
        ASSERT_TRUE(first.ok() && third.ok()) << keep;
        EXPECT_NE(first->pixels, third->pixels) << keep;
    }
}

TEST(Cifar, BinaryFilesBecomeATable) {
    const TemporaryFolder source, target;
    const auto write = [&](const char* name, const std::vector<int>& labels, int perRecord) {
        std::ofstream file(source / name, std::ios::binary);
        for (const int label : labels) {
            if (perRecord == 2) file.put(static_cast<char>(label / 5));
            file.put(static_cast<char>(label));
            for (int i = 0; i < 3072; ++i) file.put(static_cast<char>(i / 1024 * 10 + label));
        }
    };
    write("data_batch_1.bin", {3, 0}, 1);
    write("data_batch_2.bin", {9}, 1);
    write("test_batch.bin", {1}, 1);
    const auto* importer = *importerFor(source.path());
    ASSERT_EQ(importer->id, "cifar");
    const auto ten = importWith(*importer, source.path(), nlohmann::json::object(), target / "ten");
    ASSERT_TRUE(ten.ok()) << ten.error().debugText();
    const Table t = *Table::open(ten->columns);
    EXPECT_EQ(names(t), (std::vector<std::string>{"image", "class", "subset"}));
    EXPECT_EQ(t.rowText(2), (std::vector<std::string>{"uint8 3×32×32", "9", "training"}));
    EXPECT_EQ(std::to_integer<int>(t.view(0).element(3)[2047]), 11);
    write("data_batch_2.bin", {11}, 1);
    EXPECT_EQ(importWith(*importer, source.path(), nlohmann::json::object(), target / "bad").error().code, "cifar.label");
    std::ofstream(source / "data_batch_2.bin", std::ios::app) << "x";
    EXPECT_EQ(importWith(*importer, source.path(), nlohmann::json::object(), target / "bad").error().code, "cifar.size");
    const TemporaryFolder hundred;
    std::filesystem::rename(source / "data_batch_1.bin", hundred / "unused");
    std::ofstream file(hundred / "train.bin", std::ios::binary);
    file << std::string(1, 4) << std::string(1, 77) << std::string(3072, 'a');
    file.close();
    const auto fine = importWith(*importer, hundred / "train.bin", nlohmann::json::object(), target / "fine");
    ASSERT_TRUE(fine.ok()) << fine.error().debugText();
    EXPECT_EQ(Table::open(fine->columns)->rowText(0), (std::vector<std::string>{"uint8 3×32×32", "77", "4"}));
}

}  // namespace
}  // namespace lamina
