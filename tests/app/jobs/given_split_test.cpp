// A split that a column says: the column is no input, from the edit that adds the split until undo takes it back.
#include <gtest/gtest.h>

#include <fstream>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

class GivenSplit : public testing::Test {
protected:
    void SetUp() override {
        {
            std::ofstream file(folder / "rows.csv");
            file << "size,usage,kind\n";
            for (int i = 0; i < 60; ++i) file << i * 7 % 31 << ',' << (i < 40 ? "Train" : i < 50 ? "val" : "Test") << ',' << (i % 2 ? "a" : "b") << '\n';
        }
        project = std::move(*Project::create(folder / "p.lamina"));
        ImportRequest request;
        request.source = folder / "rows.csv";
        request.target = "kind";
        dataset = importDataset(*project, request)->dataset;
    }
    std::string role() const { return project->datasets().find(dataset.id)->columns[1].role; }
    SplitSettings settings() const {
        SplitSettings given;
        given.method = "given";
        given.column = "usage";
        return given;
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
    DatasetRecord dataset;
};

TEST_F(GivenSplit, TheColumnIsIgnoredByTheSameEdit) {
    ASSERT_EQ(role(), "feature");
    const auto drawn = splitDataset(*project, dataset, settings());
    ASSERT_TRUE(drawn.ok()) << drawn.error().debugText();
    EXPECT_EQ(drawn->split.counts, (PartCounts{40, 10, 10, 0}));
    EXPECT_EQ(drawn->ignoredColumn, "usage");
    EXPECT_EQ(role(), "ignored");
    const auto again = project->datasets().find(dataset.id);
    EXPECT_EQ(preparationSettings(*again, "").ignored, std::vector<std::string>{"usage"});
    ASSERT_TRUE(project->undo().get().ok());
    EXPECT_EQ(role(), "feature");
    EXPECT_TRUE(project->splits().ofDataset(dataset.id)->empty());
    ASSERT_TRUE(project->redo().get().ok());
    EXPECT_EQ(role(), "ignored");
}

TEST_F(GivenSplit, ATargetAndWhatIsIgnoredAlreadyKeepTheirRole) {
    ASSERT_TRUE(project->datasets().setRole(dataset.columns[1].id, "ignored").get().ok());
    dataset = *project->datasets().find(dataset.id);
    const auto drawn = splitDataset(*project, dataset, settings());
    ASSERT_TRUE(drawn.ok());
    EXPECT_EQ(drawn->ignoredColumn, "");
    ASSERT_TRUE(project->undo().get().ok());
    EXPECT_EQ(role(), "ignored");
}

TEST_F(GivenSplit, ItIsDrawnAgainByTheSameColumn) {
    SplitSettings told;
    told.subset = "usage";
    for (const SplitSettings& one : {settings(), told}) {
        const auto drawn = splitDataset(*project, dataset, one);
        ASSERT_TRUE(drawn.ok());
        EXPECT_EQ(drawn->record.method, "given:usage");
        const auto again = redrawSplit(*project, *project->datasets().find(dataset.id), drawn->record);
        ASSERT_TRUE(again.ok()) << again.error().debugText();
        EXPECT_EQ(again->split.parts, drawn->split.parts);
    }
}

}  // namespace
}  // namespace lamina
