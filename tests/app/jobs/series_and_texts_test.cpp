// Series and texts from the file to the model: windows, made rows and words go the whole way.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/recipe_edits.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/trained_model.h"
#include "core/data/time_text.h"
#include "tests/app/pages/use/trained_project.h"

namespace lamina {
namespace {

constexpr int seriesDays = 400;

/// Two years of a slow wave with a week's beat, one row a day.
std::string seriesText(int first, int count) {
    std::string text = "day,value\n";
    for (int i = first; i < first + count; ++i) {
        char line[64];
        std::snprintf(line, sizeof line, "%s,%.4f\n", timeText(std::int64_t{i} * 86'400'000).substr(0, 10).c_str(),
                      10 + 5 * std::sin(i / 20.0) + 2 * std::sin(i * 0.9));
        text += line;
    }
    return text;
}

class SeriesAndTexts : public testing::Test {
protected:
    void begin(const std::string& text, const Recipe& recipe, const std::string& target) {
        std::ofstream(folder / "data.csv", std::ios::binary) << text;
        project = must(Project::create(folder / "p.lamina"));
        ImportRequest import;
        import.source = folder / "data.csv";
        dataset = must(importDataset(*project, import)).dataset;
        must(writeRecipe(*project, must(readRecipe(*project, dataset.id)), recipe, takenRecipe("test")));
        must(chooseTarget(*project, dataset, target));
    }
    std::string train(const std::string& network, int epochs) {
        BuildRequest build;
        build.templateId = network;
        must(buildNetwork(*project, build));
        TrainingRequest request;
        request.plan.epochs = epochs;
        request.plan.batchSize = 16;
        request.threads = 1;
        auto run = must(TrainingRun::start(*project, request));
        must(run->finish());
        return run->record().id;
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
    DatasetRecord dataset;
};

RecipeStep madeStep(const char* type, nlohmann::json settings) {
    RecipeStep step;
    step.type = type;
    step.settings = std::move(settings);
    return step;
}

TEST_F(SeriesAndTexts, WindowsAreForecastFromAndNewRowsAreAnsweredWhereTheyHaveAPast) {
    for (const char* form : {"columns", "sequence"}) {
        SCOPED_TRACE(form);
        std::filesystem::remove_all(folder / "p.lamina.d");
        std::filesystem::remove(folder / "p.lamina");
        begin(seriesText(0, seriesDays),
              {{madeStep("windows", {{"time", "day"}, {"columns", {"value"}}, {"target", "value"}, {"length", 10}, {"form", form}})}}, "value_t+1");
        SplitSettings byTime;
        byTime.method = "time";
        byTime.column = "day";
        must(splitDataset(*project, dataset, byTime));
        const bool spread = form == std::string("columns");
        train(spread ? "mlp" : "recurrent", spread ? 12 : 40);  // a recurrent network learns more slowly
        TrainedModel model = must(TrainedModel::load(*project, "", 1));
        const auto outcome = must(evaluateRun(*project, model, Part::Test, true));
        ASSERT_EQ(outcome.evaluation.baselines.size(), 3u);
        EXPECT_EQ(outcome.evaluation.baselines[1].first, "last_value");
        double lastValue = 0;
        for (const auto& [metric, score] : outcome.evaluation.baselines[1].second)
            if (metric == "mae") lastValue = score;
        EXPECT_LT(outcome.evaluation.score("mae"), lastValue);
        std::ofstream(folder / "new.csv", std::ios::binary) << seriesText(seriesDays, 14);
        const auto answers = must(predictFile(*project, model, folder / "new.csv"));
        EXPECT_EQ(answers.unanswered.size(), 9u) << "too little past";
        ASSERT_EQ(answers.predictions.size(), 5u) << "the newest row is forecast from, too";
        EXPECT_EQ(answers.predictions.back().row, 13);
        project.reset();
    }
}

TEST_F(SeriesAndTexts, MadeRowsTrainAndNothingElse) {
    std::string text = "a,b,kind\n";
    for (int i = 0; i < 200; ++i) text += std::to_string(i % 17 * 0.5) + "," + std::to_string(i % 23 * 0.25) + (i % 10 == 0 ? ",rare\n" : ",often\n");
    begin(text, {{madeStep("smote", {{"column", "kind"}})}}, "kind");
    const auto record = must(splitDataset(*project, dataset, {})).record;
    CleanRequest request;
    request.split = record;
    for (int again = 0; again < 2; ++again) {
        const auto cleaned = must(cleanTable(*project, dataset, request));
        const Split split = must(splitOfCleaned(*project, record, cleaned));
        EXPECT_GT(cleaned.clean.appended, 100);
        ASSERT_EQ(split.parts.size(), 200u + static_cast<std::size_t>(cleaned.clean.appended));
        EXPECT_EQ(split.counts[0], record.counts[0] + cleaned.clean.appended);
        EXPECT_EQ(split.counts[2], record.counts[2]);
    }
    train("mlp", 2);
    TrainedModel model = must(TrainedModel::load(*project, "", 1));
    EXPECT_EQ(must(evaluateRun(*project, model, Part::Test, false)).evaluation.items, record.counts[2]);
}

TEST_F(SeriesAndTexts, WordsReachAnEmbedding) {
    std::string text = "message,kind\n";
    for (int i = 0; i < 160; ++i)
        text +=
            std::string(i % 2 ? "win a free prize number " : "see you at lunch around ") + std::to_string(i % 12) + (i % 2 ? ",spam\n" : ",ham\n");
    begin(text,
          {{madeStep("change_type", {{"columns", {"message"}}, {"to", "text"}}),
            madeStep("text_sequence", {{"column", "message"}, {"length", 8}, {"least", 1}})}},
          "kind");
    must(splitDataset(*project, dataset, {}));
    const auto cleaned = must(cleanTable(*project, dataset, {}));
    const Split split = must(splitOfCleaned(*project, must(findSplit(*project, dataset, {})), cleaned));
    const auto preparation = must(prepareDataset(cleaned.dataset, cleaned.clean.table, split, ""));
    ASSERT_EQ(preparation.features.size(), 1u);
    EXPECT_TRUE(preparation.features[0].wordNumbers);
    EXPECT_EQ(preparation.features[0].channelMean, std::vector<double>{0});
    EXPECT_EQ(preparation.features[0].channelDeviation, std::vector<double>{1});
}

}  // namespace
}  // namespace lamina
