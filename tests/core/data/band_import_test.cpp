// Folders of pictures with bands and with values that are no bytes: imported, kept, prepared for a network, answered.
#include <gtest/gtest.h>

#include <fstream>

#include "core/data/image_feature.h"
#include "core/data/importers/image_folder.h"
#include "core/data/preparation.h"
#include "core/data/prepared_data.h"
#include "core/data/table.h"
#include "tests/core/data/made_tiff.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

class BandImport : public testing::Test {
protected:
    void put(const std::string& name, const std::string& bytes) {
        std::filesystem::create_directories((m_source / name).parent_path());
        std::ofstream(m_source / name, std::ios::binary) << bytes;
    }
    /// Five bands of one value each: shade, shade + 1 …
    void bands(const std::string& name, int shade, std::uint16_t count = 5) {
        MadeTiff<std::uint8_t> tiff{.width = 6, .height = 4, .samples = count, .values = {}};
        for (int i = 0; i < 24 * count; ++i) tiff.values.push_back(static_cast<std::uint8_t>(shade + i % count));
        tiff.extras = std::vector<std::uint16_t>(count - 1U, 0);
        put(name, tiff.bytes());
    }
    void words(const std::string& name, std::uint16_t highest) {
        put(name, MadeTiff<std::uint16_t>{.width = 6, .height = 4, .values = std::vector<std::uint16_t>(24, highest)}.bytes());
    }
    void floats(const std::string& name, float lowest, float highest) {
        MadeTiff<float> tiff{.width = 6, .height = 4, .values = std::vector<float>(24, highest), .format = 3};
        tiff.values[0] = lowest;
        put(name, tiff.bytes());
    }
    Result<ImportedTable> import(const nlohmann::json& settings = nlohmann::json::object()) {
        auto imported = importWith(image_folder_importer(), m_source.path(), settings, m_target / std::to_string(m_imports++));
        EXPECT_TRUE(imported.ok()) << (imported ? "" : imported.error().debugText());
        return imported;
    }
    static const Issue* issueOf(const ImportedTable& table, const std::string& code) {
        for (const Issue& issue : table.issues)
            if (issue.what.code == code) return &issue;
        return nullptr;
    }

    TemporaryFolder m_source, m_target;
    int m_imports = 0;
};

TEST_F(BandImport, AFolderOfFiveBandsKeepsThemHoweverThePicturesAreKept) {
    for (int i = 0; i < 4; ++i) bands(std::string(i % 2 ? "field/" : "wood/") + std::to_string(i) + ".tif", 10 * i);
    for (const char* keep : {"decoded", "copied", "in_place"}) {
        SCOPED_TRACE(keep);
        const auto imported = import({{"keep", keep}});
        EXPECT_EQ(imported->rows, 4);
        EXPECT_EQ(imported->detected["bands"], 5);
        ASSERT_TRUE(issueOf(*imported, "image.bands_kept"));
        const Table table = *Table::open(imported->columns);
        if (std::string(keep) == "decoded") EXPECT_EQ(table.info(0).elementShape, (Shape{5, 4, 6}));
        else EXPECT_EQ(ImageReader().read(table.view(0).text(3))->plane(4)[0], 24);
        const auto form = imageFormFrom(imported->detected);
        ASSERT_TRUE(form.ok());
        EXPECT_EQ(form->channels, 5);
        EXPECT_EQ(readImage(m_source / "field/3.tif", *form)->plane(4)[7], 34);
    }
}

TEST_F(BandImport, ANetworkReadsAllBandsAndRefusesPicturesThatHaveNot) {
    for (int i = 0; i < 8; ++i) bands(std::string(i % 2 ? "field/" : "wood/") + std::to_string(i) + ".tif", 10 * i);
    const auto imported = import({{"keep", "copied"}});
    const Table table = *Table::open(imported->columns);
    Split split;
    split.parts.assign(8, static_cast<std::uint8_t>(Part::Training));
    PreparationSettings settings;
    settings.target = "class";
    settings.ignored = {"file"};
    const auto preparation = fitPreparation(table, split, settings);
    ASSERT_TRUE(preparation.ok()) << preparation.error().debugText();
    EXPECT_EQ(preparation->inputShape(), (Shape{5, 4, 6}));
    const auto again = preparationFromJson(toJson(*preparation));
    ASSERT_TRUE(again.ok()) << again.error().debugText();
    EXPECT_EQ(again->inputShape(), (Shape{5, 4, 6}));
    EXPECT_EQ(pictureElements(again->features[0], m_source / "field/1.tif")->plane(4)[3], 14);
    settings.pictures = *imageFormFrom(imported->detected);
    settings.inputs = {{"photos", {"image"}, {3, 4, 6}}};
    const auto three = fitPreparation(table, split, settings);
    ASSERT_TRUE(three.ok()) << three.error().debugText();
    EXPECT_TRUE(std::ranges::any_of(three->issues, [](const Issue& issue) { return issue.what.code == "preparation.bands_left_out"; }));
    settings.inputs = {{"photos", {"image"}, {7, 4, 6}}};
    EXPECT_EQ(fitPreparation(table, split, settings).error().code, "preparation.picture_channels");
    bands("odd/three.tif", 5, 7);
    const auto refused = pictureElements(again->features[0], m_source / "odd/three.tif");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "image.channels");
    EXPECT_EQ(refused.error().argument("found"), "7");
    EXPECT_NE(refused.error().argument("file"), "");
}

TEST_F(BandImport, AmongBandsAnotherNumberIsRefusedByNameAndAmongPhotosBandsAreNamed) {
    for (int i = 0; i < 3; ++i) bands("a/" + std::to_string(i) + ".tif", 10);
    bands("a/odd.tif", 10, 7);
    for (const char* keep : {"decoded", "copied"}) {
        const auto imported = import({{"keep", keep}});
        EXPECT_EQ(imported->rows, 3);
        ASSERT_TRUE(issueOf(*imported, "image.channels"));
        EXPECT_EQ(Path(issueOf(*imported, "image.channels")->what.argument("file")).filename(), "odd.tif");
    }
    for (const char* name : {"a/x.ppm", "a/y.ppm", "a/z.ppm", "a/w.ppm", "a/v.ppm"}) put(name, "P3 1 1 255 1 2 3");
    const auto photos = import();
    EXPECT_EQ(photos->rows, 9);
    ASSERT_TRUE(issueOf(*photos, "image.bands_left_out"));
    EXPECT_EQ(issueOf(*photos, "image.bands_left_out")->count, 4);
    EXPECT_EQ(import({{"bands", 5}})->rows, 3);
}

TEST_F(BandImport, ValuesOfAllPicturesAreComparable) {
    words("x/dark.tif", 400);
    words("x/light.tif", 4000);
    const auto imported = import({{"keep", "decoded"}});
    EXPECT_EQ(imported->detected["highest"], 4095);
    const Issue* mapped = issueOf(*imported, "image.values_mapped");
    ASSERT_TRUE(mapped);
    EXPECT_EQ(mapped->what.argument("highest"), "4095");
    const Table table = *Table::open(imported->columns);
    EXPECT_EQ(std::to_integer<int>(table.view(0).element(0)[0]), 25);
    EXPECT_EQ(std::to_integer<int>(table.view(0).element(1)[0]), 249);
    words("y/new.tif", 2000);
    EXPECT_EQ(readImage(m_source / "y/new.tif", *imageFormFrom(imported->detected))->pixels[0], 125);
    const auto chosen = import({{"lowest", 0}, {"highest", 2000}, {"keep", "decoded"}});
    ASSERT_TRUE(issueOf(*chosen, "image.values_cut"));
    EXPECT_EQ(issueOf(*chosen, "image.values_cut")->count, 1);
    EXPECT_EQ(Path(issueOf(*chosen, "image.values_cut")->what.argument("file")).filename(), "light.tif");
}

TEST_F(BandImport, FloatingPointPicturesShareTheRangeOfTheDataSetInTrainingToo) {
    for (int i = 0; i < 8; ++i) floats(std::string(i % 2 ? "hot/" : "cold/") + std::to_string(i) + ".tif", 250, i % 2 ? 350.0F : 300.0F);
    const auto imported = import({{"keep", "in_place"}});
    EXPECT_EQ(imported->detected["lowest"], 250);
    EXPECT_EQ(imported->detected["highest"], 350);
    const Table table = *Table::open(imported->columns);
    Split split;
    split.parts.assign(8, static_cast<std::uint8_t>(Part::Training));
    PreparationSettings settings;
    settings.target = "class";
    settings.ignored = {"file"};
    for (const bool told : {true, false}) {  // without the import's word it is found out again
        settings.pictures.values = told ? ValueRange{250, 350} : ValueRange{};
        const auto preparation = fitPreparation(table, split, settings);
        ASSERT_TRUE(preparation.ok()) << preparation.error().debugText();
        const auto again = preparationFromJson(toJson(*preparation));
        ASSERT_TRUE(again.ok());
        EXPECT_EQ(again->features[0].values, (ValueRange{250, 350}));
        EXPECT_EQ(pictureElements(again->features[0], m_source / "cold/0.tif")->pixels[5], 128);
        EXPECT_EQ(pictureElements(again->features[0], m_source / "hot/1.tif")->pixels[5], 255);
    }
    settings.pictures = {1, 4, 6, ImageFit::Pad, {}};
    EXPECT_EQ(fitPreparation(table, split, settings)->features[0].values, (ValueRange{250, 350})) << "where size and channels are chosen, too";
}

TEST_F(BandImport, TransparencyAndMissingValuesAreTold) {
    put("x/clear.tif", MadeTiff<std::uint8_t>{.width = 1, .height = 1, .samples = 2, .values = {9, 0}, .extras = {2}}.bytes());
    put("x/nan.tif", MadeTiff<float>{.width = 2, .height = 1, .values = {0.5F, std::numeric_limits<float>::quiet_NaN()}, .format = 3}.bytes());
    const auto imported = import();
    EXPECT_EQ(imported->rows, 2);
    EXPECT_EQ(Path(issueOf(*imported, "image.transparent")->what.argument("file")).filename(), "clear.tif");
    EXPECT_EQ(Path(issueOf(*imported, "image.no_numbers")->what.argument("file")).filename(), "nan.tif");
}

}  // namespace
}  // namespace lamina
