// Pictures from folder to prediction: what a person with photos does.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/predict_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/training_run.h"
#include "app/jobs/trained_model.h"
#include "app/jobs/usual_split.h"
#include "core/data/importers/csv_scan.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

class PictureJobs : public testing::Test {
protected:
    /// Grey pictures, dark or bright with some change from picture to picture.
    void picture(const std::string& name, int value, int width = 12, int height = 9) {
        std::string text = "P2 " + std::to_string(width) + " " + std::to_string(height) + " 255\n";
        for (int i = 0; i < width * height; ++i) text += std::to_string(value + i % 7) + " ";
        std::filesystem::create_directories((m_folder / name).parent_path());
        ASSERT_TRUE(writeFileAtomically(m_folder / name, text));
    }
    void pictures() {
        for (int i = 0; i < 30; ++i) {
            picture("photos/dark/" + std::to_string(i) + ".pgm", i);
            picture("photos/bright/" + std::to_string(i) + ".pgm", 200 + i);
        }
    }
    ImportRequest request(const nlohmann::json& settings) {
        ImportRequest request;
        request.source = m_folder / "photos";
        request.settings = settings;
        return request;
    }

    TemporaryFolder m_folder;
};

TEST_F(PictureJobs, FileNamesAreNoFeatureAndFoldersAreTheTarget) {
    pictures();
    auto project = Project::create(m_folder / "p.lamina");
    ASSERT_TRUE(project.ok());
    const auto imported = importDataset(**project, request(nlohmann::json::object()));
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    ASSERT_EQ(imported->dataset.columns.size(), 3u);
    EXPECT_EQ(imported->dataset.importer, "image_folder");
    EXPECT_EQ(imported->dataset.columns[1].role, "ignored");
    EXPECT_EQ(targetColumn(imported->dataset), "class");
    const auto again = findDataset(**project, imported->dataset.id);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(settingsLike(*again, *findImporter("image_folder")),
              (nlohmann::json{{"width", 12}, {"height", 9}, {"colour", "grey"}, {"fit", "pad"}, {"keep", "decoded"}}));
    EXPECT_EQ(settingsLike(*again, *findImporter("csv")), nlohmann::json::object());
}

TEST_F(PictureJobs, FramesOfOneFilmNeverLieInTwoPartsAndFewFilmsAreDividedByTime) {
    const Path film = Path(LAMINA_SOURCE_DIR) / "tests/fuzz/corpus/video/film.mp4";
    std::filesystem::create_directories(m_folder / "films");
    for (const char* name : {"a.mp4", "b.mp4", "c.mp4", "d.mp4"}) std::filesystem::copy_file(film, m_folder / "films" / name);
    auto project = Project::create(m_folder / "p.lamina");
    ASSERT_TRUE(project.ok());
    for (const Path& source : {m_folder / "films", film}) {
        ImportRequest request;
        request.source = source;
        request.settings = {{"every", 6}};
        const auto imported = importDataset(**project, request);
        if (!imported && imported.error().code == "video.no_module") GTEST_SKIP() << "built without FFmpeg's libraries";
        ASSERT_TRUE(imported.ok()) << imported.error().debugText();
        EXPECT_EQ(targetColumn(imported->dataset), "");
        const auto usual = usualSplit(**project, imported->dataset);
        ASSERT_TRUE(usual.ok()) << usual.error().debugText();
        EXPECT_EQ(usual->method, source == film ? "time" : "group");
        const auto outcome = splitDataset(**project, imported->dataset, *usual);
        ASSERT_TRUE(outcome.ok()) << outcome.error().debugText();
        const auto table = openTable(**project, imported->dataset);
        ASSERT_TRUE(table.ok());
        std::map<std::string, std::set<std::uint8_t>> partsOf;
        for (std::int64_t row = 1; row < table->rows(); ++row) {
            const auto part = outcome->split.parts[static_cast<std::size_t>(row)];
            partsOf[table->cellText(row, 2)].insert(part);
            if (source == film) {
                EXPECT_GE(part, outcome->split.parts[static_cast<std::size_t>(row - 1)]) << row;
            }
        }
        for (const auto& [name, parts] : partsOf) EXPECT_EQ(parts.size(), source == film ? 3u : 1u) << name;
    }
}

TEST_F(PictureJobs, SmallPicturesAndPhotosGetNetworksOfTheirOwn) {
    pictures();
    auto project = Project::create(m_folder / "p.lamina");
    ASSERT_TRUE(project.ok());
    ASSERT_TRUE(importDataset(**project, request({{"width", 32}})).ok());
    EXPECT_EQ(networkNeeds(**project, {}, {})->templateId, "cnn");
    ASSERT_TRUE(importDataset(**project, request({{"width", 64}})).ok());
    const auto needs = networkNeeds(**project, {}, {});
    EXPECT_EQ(needs->templateId, "photo");
    EXPECT_TRUE(problemsWithData(*networkFor({}, &*needs), describeNetwork(*networkFor({}, &*needs)), *needs).empty());
}

TEST_F(PictureJobs, ARenamedClassIsAnotherSource) {
    pictures();
    auto project = Project::create(m_folder / "p.lamina");
    ASSERT_TRUE(project.ok());
    const auto before = importDataset(**project, request(nlohmann::json::object()));
    std::filesystem::rename(m_folder / "photos/dark", m_folder / "photos/black");
    const auto after = importDataset(**project, request(nlohmann::json::object()));
    ASSERT_TRUE(before.ok() && after.ok());
    EXPECT_NE(before->dataset.sourceHash, after->dataset.sourceHash);
}

TEST_F(PictureJobs, OnePictureOfAnotherSizeIsPredicted) {
    pictures();
    auto project = Project::create(m_folder / "p.lamina");
    ASSERT_TRUE(project.ok());
    const auto imported = importDataset(**project, request({{"width", 8}, {"height", 8}, {"fit", "stretch"}}));
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    ASSERT_TRUE(splitDataset(**project, imported->dataset, SplitSettings{}).ok());
    BuildRequest build;
    build.templateId = "mlp";
    ASSERT_TRUE(buildNetwork(**project, build).ok());
    TrainingRequest training;
    training.plan.epochs = training.plan.batchSize = 0;
    training.threads = 1;
    auto run = TrainingRun::start(**project, training);
    ASSERT_TRUE(run.ok()) << run.error().debugText();
    EXPECT_EQ((*run)->plan().batchSize, 8);
    ASSERT_TRUE((*run)->finish().ok());
    auto model = TrainedModel::load(**project, {}, 1);
    ASSERT_TRUE(model.ok()) << model.error().debugText();
    picture("new/one.pgm", 210, 40, 30);
    picture("new/other.pgm", 5, 3, 5);
    const auto bright = predictFile(**project, *model, m_folder / "new/one.pgm");
    ASSERT_TRUE(bright.ok()) << bright.error().debugText();
    ASSERT_EQ(bright->predictions.size(), 1u);
    EXPECT_EQ(bright->predictions[0].className, "bright");
    const auto both = predictFile(**project, *model, m_folder / "new");
    ASSERT_TRUE(both.ok()) << both.error().debugText();
    ASSERT_EQ(both->predictions.size(), 2u);
    EXPECT_EQ(both->predictions[1].className, "dark");

    std::ofstream(m_folder / "new/broken.png") << "\x89PNG\r\n\x1a\n";
    std::ofstream(m_folder / "new/notes.txt") << "no picture";
    std::ofstream(m_folder / "new/.hidden") << "";
    const auto all = predictFileToCsv(**project, *model, m_folder / "new", {m_folder / "all.csv", false, false, {}});
    ASSERT_TRUE(all.ok()) << all.error().debugText();
    EXPECT_EQ(all->rows, 4);
    EXPECT_EQ(all->unanswered, 2);
    const auto rows = csvReadRecords(*readTextFile(m_folder / "all.csv"), {}, 100).records;
    ASSERT_EQ(rows.size(), 5u);
    EXPECT_EQ(rows[0], (std::vector<std::string>{"file", "prediction", "probability of bright", "probability of dark", "remark"}));
    EXPECT_EQ(rows[1][0], "broken.png");
    EXPECT_EQ(rows[1][1], "");
    EXPECT_TRUE(rows[1].back().starts_with("image.")) << rows[1].back();
    EXPECT_EQ(rows[2][0], "notes.txt");
    EXPECT_NE(rows[2].back(), "");
    EXPECT_EQ(rows[3][0], "one.pgm");
    EXPECT_EQ(rows[3][1], "bright");
    EXPECT_EQ(rows[3].back(), "");
    EXPECT_EQ(rows[4][1], "dark");
    EXPECT_EQ(std::stof(rows[3][2]), bright->predictions[0].probabilities[0]);
}

TEST_F(PictureJobs, PicturesThatStayPicturesAreLearnedFromAndMissingOnesTold) {
    pictures();
    for (const char* keep : {"copied", "in_place"}) {
        const bool inPlace = std::string(keep) == "in_place";
        auto project = Project::create(m_folder / (std::string(keep) + ".lamina"));
        ASSERT_TRUE(project.ok());
        const auto imported = importDataset(**project, request({{"keep", keep}, {"width", 8}}));
        ASSERT_TRUE(imported.ok()) << imported.error().debugText();
        EXPECT_EQ(imported->dataset.columns[0].kind, "image");
        EXPECT_EQ(targetColumn(imported->dataset), "class");
        ASSERT_TRUE(splitDataset(**project, imported->dataset, SplitSettings{}).ok());
        BuildRequest build;
        build.templateId = "mlp";
        ASSERT_TRUE(buildNetwork(**project, build).ok());
        if (inPlace) std::filesystem::remove(m_folder / "photos/dark/3.pgm");
        TrainingRequest training;
        training.plan.epochs = 12;
        training.plan.batchSize = 8;
        training.plan.augmentation = {{"flip", nlohmann::json::object(), 1}, {"rotate", {{"degrees", 5}}, 0.5}};
        training.threads = 1;
        auto run = TrainingRun::start(**project, training);
        ASSERT_TRUE(run.ok()) << run.error().debugText();
        EXPECT_EQ(planFromJson((*run)->record().settings)->augmentation.size(), 2u);
        ASSERT_TRUE((*run)->finish().ok());
        auto model = TrainedModel::load(**project, {}, 1);
        ASSERT_TRUE(model.ok()) << model.error().debugText();
        EXPECT_EQ(model->preparation.inputShape(), (Shape{1, 8, 8}));
        const auto evaluated = evaluateRun(**project, *model, Part::Validation, false);
        ASSERT_TRUE(evaluated.ok()) << evaluated.error().debugText();
        picture("new/one.pgm", 210, 40, 30);
        const auto bright = predictFile(**project, *model, m_folder / "new/one.pgm");
        ASSERT_TRUE(bright.ok()) << bright.error().debugText();
        EXPECT_EQ(bright->predictions[0].className, "bright") << keep;
        const auto file = predictFileToCsv(**project, *model, m_folder / "new", {m_folder / (std::string(keep) + ".csv"), false, false, {}});
        ASSERT_TRUE(file.ok()) << file.error().debugText();
        EXPECT_EQ(file->unanswered, 0);
        if (!inPlace) continue;
        const auto all = ModelData::ofRun(**project, *model);
        ASSERT_TRUE(all.ok());
        std::vector<float> input(64);
        for (std::int64_t row = 0; row < (*all)->prepared->rowCount(); ++row) (*all)->prepared->writeInput(row, input.data());
        const auto told = (*all)->prepared->pictureIssues();
        ASSERT_EQ(told.size(), 2u);
        EXPECT_EQ(told[1].what.code, "image.not_there");
    }
}

TEST_F(PictureJobs, AFolderOfBrokenPicturesIsAllRowsWithReasons) {
    pictures();
    auto project = Project::create(m_folder / "p.lamina");
    ASSERT_TRUE(project.ok());
    ASSERT_TRUE(importDataset(**project, request({{"width", 8}})).ok());
    ASSERT_TRUE(splitDataset(**project, *findDataset(**project, {}), SplitSettings{}).ok());
    BuildRequest build;
    build.templateId = "mlp";
    ASSERT_TRUE(buildNetwork(**project, build).ok());
    TrainingRequest training;
    training.plan.epochs = 1;
    training.threads = 1;
    auto run = TrainingRun::start(**project, training);
    ASSERT_TRUE(run.ok() && (*run)->finish().ok());
    auto model = TrainedModel::load(**project, {}, 1);
    ASSERT_TRUE(model.ok());
    std::filesystem::create_directories(m_folder / "new/dark");
    for (int i = 0; i < 600; ++i) std::ofstream(m_folder / "new/dark" / (std::to_string(1000 + i) + ".jpg")) << "nothing";
    picture("new/bright/1.pgm", 210);
    const auto all = predictFileToCsv(**project, *model, m_folder / "new", {m_folder / "all.csv", false, false, {}});
    ASSERT_TRUE(all.ok()) << all.error().debugText();
    EXPECT_EQ(all->rows, 601);
    EXPECT_EQ(all->unanswered, 600);
    const auto rows = csvReadRecords(*readTextFile(m_folder / "all.csv"), {}, 1000).records;
    EXPECT_EQ(rows[1][0], "bright/1.pgm");
    EXPECT_EQ(rows[1][1], "bright");
    EXPECT_EQ(rows[601][0], "dark/1599.jpg");
}

}  // namespace
}  // namespace lamina
