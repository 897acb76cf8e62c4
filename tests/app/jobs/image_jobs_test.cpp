// Pictures from folder to prediction: what a person with photos does.
#include <gtest/gtest.h>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/training_run.h"
#include "app/jobs/trained_model.h"
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
    EXPECT_EQ(settingsLike(*again, *findImporter("image_folder")), (nlohmann::json{{"width", 12}, {"height", 9}, {"colour", "grey"}, {"fit", "pad"}}));
    EXPECT_EQ(settingsLike(*again, *findImporter("csv")), nlohmann::json::object());
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
}

}  // namespace
}  // namespace lamina
