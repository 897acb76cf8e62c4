// Runs on every fold of a split: which splits belong together, and what the runs have in common.
#include "app/jobs/fold_jobs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/training_run.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

/// Twenty categories stand there once each: the folds do not know the same ones.
class FoldJobs : public testing::Test {
protected:
    void SetUp() override {
        std::ofstream csv(folder / "points.csv");
        csv << "x,y,place,side\n";
        for (int i = 0; i < 120; ++i) csv << (i % 2 ? 1 : -1) + 0.1 * (i % 9) << ',' << 0.1 * (i % 13) << ",p" << (i < 20 ? i : 99) << ',' << (i % 2 ? "right" : "left") << '\n';
        csv.close();
        project = std::move(*Project::create(folder / "points.lamina"));
        ImportRequest import;
        import.source = folder / "points.csv";
        import.target = "side";
        ASSERT_TRUE(importDataset(*project, import));
        dataset = *findDataset(*project, "");
    }

    TrainingRequest request(const SplitRecord& split, const std::string& series) const {
        TrainingRequest request;
        request.plan.epochs = 2;
        request.plan.batchSize = 16;
        request.threads = 1;
        request.device = "cpu";
        request.split = split.id;
        request.foldSeries = series;
        request.name = foldRunName("points 1", split);
        return request;
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
    DatasetRecord dataset;
};

TEST_F(FoldJobs, TheSplitsOfOneDrawAreFoundInTheirOrder) {
    EXPECT_EQ(foldSplits(*project, dataset, {}).error().code, "jobs.no_folds");
    SplitSettings settings;
    settings.folds = 3;
    const auto three = splitIntoFolds(*project, dataset, settings);
    settings.folds = 4;
    const auto four = splitIntoFolds(*project, dataset, settings);
    ASSERT_TRUE(three && four);
    ASSERT_TRUE(splitDataset(*project, dataset, SplitSettings{}));
    const auto newest = foldSplits(*project, dataset, {});
    ASSERT_TRUE(newest);
    ASSERT_EQ(newest->size(), 4u);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ((*newest)[i].id, (*four)[i].record.id);
    const auto older = foldSplits(*project, dataset, (*three)[1].record.id);
    ASSERT_TRUE(older);
    EXPECT_EQ(older->front().id, (*three)[0].record.id);
    ASSERT_TRUE(project->splits().remove((*four)[2].record.id).get());
    const auto missing = foldSplits(*project, dataset, {});
    EXPECT_EQ(missing.error().code, "jobs.folds_missing");
    EXPECT_EQ(missing.error().argument("missing"), "3");
}

TEST_F(FoldJobs, RunsOfASeriesGiveMeanAndDeviationOfTheirBestEpochs) {
    SplitSettings settings;
    settings.folds = 3;
    ASSERT_TRUE(splitIntoFolds(*project, dataset, settings));
    BuildRequest build;
    build.templateId = "table";
    ASSERT_TRUE(buildNetwork(*project, build));
    const auto splits = foldSplits(*project, dataset, {});
    ASSERT_TRUE(splits);
    for (const SplitRecord& split : *splits) {
        auto run = TrainingRun::start(*project, request(split, "one"));
        ASSERT_TRUE(run) << run.error().debugText();
        ASSERT_TRUE((*run)->finish());
    }
    const auto runs = project->runs().all();
    ASSERT_TRUE(runs);
    const auto all = foldSeriesOf(*project, *runs);
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 1u);
    const FoldSeries& series = all->front();
    EXPECT_EQ(series.name, "points 1");
    EXPECT_TRUE(series.complete());
    ASSERT_FALSE(series.metrics.empty());
    EXPECT_EQ(series.metrics.front().name, runs->front().best.at("name").get<std::string>());
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(series.metrics.front().values[i], (*runs)[i].best.at("value").get<double>());
    for (const FoldMetric& metric : series.metrics) {
        const double a = metric.values[0], b = metric.values[1], c = metric.values[2], mean = (a + b + c) / 3;
        EXPECT_NEAR(metric.mean, mean, 1e-12);
        EXPECT_NEAR(metric.deviation, std::sqrt(((a - mean) * (a - mean) + (b - mean) * (b - mean) + (c - mean) * (c - mean)) / 2), 1e-12);
    }
    const auto next = freeSeriesName(*project, "points");
    ASSERT_TRUE(next);
    EXPECT_EQ(*next, "points 2");
}

}  // namespace
}  // namespace lamina
