// Series and texts from the file to the model: windows, made rows and words go the whole way.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/predict_jobs.h"
#include "app/jobs/recipe_edits.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/trained_model.h"
#include "core/data/importers/csv_scan.h"
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

/// A recipe whose rows are answered: what it is made of, a file to be answered, and what must come back, "first cell|second cell" and "" or a word of the remark.
struct AnsweredRows {
    const char* name;
    std::string data;
    Recipe recipe;
    const char* target;
    std::string asked;
    std::vector<std::pair<std::string, std::string>> rows;
    const char* method = "";
    const char* column = "";
};

std::string wideText() {
    std::string text = "shop,size,spring,summer\n";
    for (int i = 0; i < 120; ++i)
        text += (i % 2 ? "north," : "south,") + std::to_string(10 + i % 9) + ".5," + std::to_string(3 * (10 + i % 9)) + "," + (i % 6 ? std::to_string(5 * (10 + i % 9)) : "") + "\n";
    return text;
}

std::string orderText(int customers) {
    std::string text = "customer,spent,returned\n";
    for (int i = 0; i < customers; ++i)
        for (int order = 0; order < 1 + i % 3; ++order) text += "c" + std::to_string(i) + "," + std::to_string(5 + (i + order) % 20) + ".25," + std::to_string((i + order) % 4) + "\n";
    return text;
}

/// Three rows a day.
std::string heatText(int days) {
    std::string text = "when,heat,used\n";
    for (int i = 0; i < 3 * days; ++i) {
        char line[96];
        std::snprintf(line, sizeof line, "%s %02d:00:00,%.2f,%.2f\n", timeText(std::int64_t{i / 3} * 86'400'000).substr(0, 10).c_str(), 6 + 6 * (i % 3), 10 + i % 7 * 1.5,
                      100 - i % 7 * 4.0);
        text += line;
    }
    return text;
}

std::vector<AnsweredRows> answeredRows() {
    const auto step = [](const char* type, nlohmann::json settings) { return madeStep(type, std::move(settings)); };
    std::vector<AnsweredRows> all;
    all.push_back({"unpivot", wideText(), {{step("unpivot", {{"columns", {"spring", "summer"}}, {"name", "season"}, {"value", "sales"}, {"drop_missing", true}})}}, "sales",
                   // The second shop is asked for in both seasons; of the third one figure is known.
                   "summer,shop,spring,size\n55,south,33,11.5\n,north,,12.5\n,south,30,\n",
                   {{"south|11.5", ""}, {"south|11.5", ""}, {"north|12.5", ""}, {"north|12.5", ""}, {"south|", "size"}}});
    all.push_back({"group", orderText(120), {{step("group", {{"by", {"customer"}}, {"columns", {"spent", "returned"}}, {"functions", {"mean", "max"}}, {"count", true}}),
                                              step("drop_columns", {{"columns", {"returned mean"}}})}}, "returned max",
                   "spent,customer\n9.5,zoe\n7,adam\n1.5,zoe\n,bea\n", {{"zoe|2", ""}, {"adam|1", ""}, {"bea|1", "spent mean"}}});
    all.push_back({"resample", heatText(90), {{step("resample", {{"time", "when"}, {"every", 1}, {"unit", "days"}, {"columns", {"heat", "used"}}, {"functions", {"mean"}}})}}, "used",
                   // Not in order, and with a day that nobody measured.
                   "when,heat\n2001-05-04 08:00:00,13\n2001-05-01 08:00:00,11\n2001-05-02 09:00:00,10\n2001-05-01 18:00:00,15\n",
                   {{"2001-05-01|13", ""}, {"2001-05-02|10", ""}, {"2001-05-03|", "heat"}, {"2001-05-04|13", ""}}, "time", "when"});
    all.push_back({"resample, then windows", heatText(90),
                   {{step("resample", {{"time", "when"}, {"every", 1}, {"unit", "days"}, {"columns", {"heat"}}, {"functions", {"mean"}}}),
                     step("windows", {{"time", "when"}, {"columns", {"heat"}}, {"target", "heat"}, {"length", 3}, {"form", "columns"}})}}, "heat_t+1",
                   "when,heat\n2001-05-03 08:00:00,13\n2001-05-01 08:00:00,11\n2001-05-02 09:00:00,10\n2001-05-04 18:00:00,15\n",
                   {{"2001-05-01|", "predict.removed_by_step"}, {"2001-05-02|", "predict.removed_by_step"}, {"2001-05-03|11", ""}, {"2001-05-04|10", ""}}, "time", "when"});
    all.push_back({"windows", seriesText(0, seriesDays), {{step("windows", {{"time", "day"}, {"columns", {"value"}}, {"target", "value"}, {"length", 3}, {"form", "columns"}})}}, "value_t+1",
                   // Every row comes back at its place, with its own texts.
                   "value,day\n9,2001-05-03\n7,2001-05-01\n8,2001-05-02\n",
                   {{"9|2001-05-03", ""}, {"7|2001-05-01", "predict.removed_by_step"}, {"8|2001-05-02", "predict.removed_by_step"}}, "time", "day"});
    return all;
}

TEST_F(SeriesAndTexts, RowsThatStepsMakeAreAnsweredInTheirOrderAndSayWhereTheyCannotBe) {
    for (const AnsweredRows& one : answeredRows()) {
        SCOPED_TRACE(one.name);
        std::filesystem::remove_all(folder / "p.lamina.d");
        std::filesystem::remove(folder / "p.lamina");
        begin(one.data, one.recipe, one.target);
        SplitSettings settings;
        settings.method = one.method;
        settings.column = one.column;
        must(splitDataset(*project, dataset, settings));
        train("mlp", 2);
        TrainedModel model = must(TrainedModel::load(*project, "", 1));
        std::ofstream(folder / "new.csv", std::ios::binary) << one.asked;
        const CsvOutput output{folder / "out.csv", true, false, [](const Error& error) { return error.debugText(); }};
        const auto outcome = must(predictFileToCsv(*project, model, folder / "new.csv", output));
        EXPECT_EQ(outcome.rows, std::ssize(one.rows));
        const auto cells = csvReadRecords(*readTextFile(folder / "out.csv"), {}, 1000).records;
        ASSERT_EQ(cells.size(), one.rows.size() + 1);
        const auto prediction = static_cast<std::size_t>(std::find(cells[0].begin(), cells[0].end(), "prediction") - cells[0].begin());
        ASSERT_LT(prediction, cells[0].size());
        for (std::size_t row = 0; row < one.rows.size(); ++row) {
            const auto& [beginning, remark] = one.rows[row];
            const auto& found = cells[row + 1];
            EXPECT_TRUE((found[0] + "|" + found[1]).starts_with(beginning)) << row << ": " << found[0] << "|" << found[1];
            EXPECT_NE(found.back().find(remark), std::string::npos) << row << ": " << found.back();
            EXPECT_EQ(found.back().empty(), remark.empty()) << row << ": " << found.back();
            EXPECT_EQ(found[prediction].empty(), remark.starts_with("predict.removed")) << row;
        }
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

    train("", 6);
    const Network network = must(networkFromJson(must(findNetwork(*project, "")).document));
    EXPECT_EQ(network.name, "text");
    ASSERT_EQ(network.nodes[1].type, "embedding");
    const auto words = cleaned.recipe.steps[1].fitted.at("words").size();
    EXPECT_EQ(network.nodes[1].settings.at("vocabulary"), words + 2);
    TrainedModel model = must(TrainedModel::load(*project, "", 1));
    EXPECT_GT(must(evaluateRun(*project, model, Part::Test, true)).evaluation.score("accuracy"), 0.9);
}

}  // namespace
}  // namespace lamina
