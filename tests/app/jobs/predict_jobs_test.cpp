// Answers for whole files: every row comes back, and what was not answered says why.
#include "app/jobs/predict_jobs.h"

#include <gtest/gtest.h>

#include "app/jobs/csv_writer.h"
#include "core/data/importers/csv_delimiter.h"
#include "tests/app/pages/use/trained_project.h"
#include "tests/support/fault_files.h"

namespace lamina {
namespace {

class PredictTrees : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_folder = std::make_unique<TemporaryFolder>();
        writeKindsOfTrees(*s_folder / "trees.csv");
        s_project = must(Project::create(*s_folder / "trees.lamina"));
        const auto run = trainOn(*s_project, *s_folder / "trees.csv", "kind", "mlp");
        s_model = std::make_unique<TrainedModel>(must(TrainedModel::load(*s_project, run, 1)));
    }
    static void TearDownTestSuite() {
        s_model.reset();
        s_project.reset();
        s_folder.reset();
    }
    Path input(const std::string& text) {
        std::ofstream(folder / "in.csv", std::ios::binary) << text;
        return folder / "in.csv";
    }
    CsvOutput output() { return {folder / "out.csv", false, false, {}}; }
    CsvOutput replaced() { return {folder / "out.csv", true, false, {}}; }
    std::string written() { return *readTextFile(folder / "out.csv"); }
    std::vector<std::vector<std::string>> cells() { return csvReadRecords(written(), {}, 100000).records; }

    static inline std::unique_ptr<TemporaryFolder> s_folder;
    static inline std::unique_ptr<Project> s_project;
    static inline std::unique_ptr<TrainedModel> s_model;
    TemporaryFolder folder;
};

TEST_F(PredictTrees, EveryRowComesBackInOrderWithItsOwnTextsAndTheAnswersBesideThem) {
    const auto outcome = predictFileToCsv(*s_project, *s_model, input("id,height,width,soil\n007,0.1,5.0,clay\n\"a, \"\"b\"\"\",4.1,3.0,sand\n"), output());
    ASSERT_TRUE(outcome.ok()) << outcome.error().debugText();
    EXPECT_EQ(outcome->rows, 2);
    EXPECT_EQ(outcome->unanswered, 0);
    const auto rows = cells();
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0], (std::vector<std::string>{"id", "height", "width", "soil", "prediction", "probability of ash", "probability of birch", "probability of cedar", "remark"}));
    EXPECT_EQ(rows[1][0], "007");
    EXPECT_EQ(rows[1][4], "ash");
    EXPECT_EQ(rows[2][0], "a, \"b\"");
    EXPECT_EQ(rows[2][4], "cedar");
    EXPECT_NEAR(std::stod(rows[1][5]) + std::stod(rows[1][6]) + std::stod(rows[1][7]), 1, 1e-5);
    EXPECT_EQ(rows[1][8], "");
}

TEST_F(PredictTrees, RowsThatCannotBeAnsweredComeBackWithTheReason) {
    const auto outcome = predictFileToCsv(*s_project, *s_model, input("height,width,soil\n0.1,5,clay\ntall,5,clay\n1,2\n0.1,5,peat\n"), output());
    ASSERT_TRUE(outcome.ok()) << outcome.error().debugText();
    EXPECT_EQ(outcome->rows, 4);
    EXPECT_EQ(outcome->unanswered, 2);
    EXPECT_EQ(outcome->remarked, 1);
    const auto rows = cells();
    EXPECT_EQ(rows[2][0], "tall");
    EXPECT_EQ(rows[2][3], "");
    EXPECT_EQ(rows[2].back(), "predict.not_a_number");
    EXPECT_EQ(rows[3].back(), "predict.row_length");
    EXPECT_EQ(rows[4][3], "ash");
    EXPECT_EQ(rows[4].back(), "predict.unknown_category");
}

TEST_F(PredictTrees, AnswersAreThoseOfTheDataset) {
    ASSERT_TRUE(predictFileToCsv(*s_project, *s_model, *s_folder / "trees.csv", output()).ok());
    std::vector<std::int64_t> all(180);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i);
    const auto expected = must(predictDatasetRows(*s_project, *s_model, all)).predictions;
    const auto rows = cells();
    ASSERT_EQ(rows.size(), 181u);
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(rows[i + 1][4], expected[i].className) << i;
        for (std::size_t c = 0; c < 3; ++c) EXPECT_EQ(std::stof(rows[i + 1][5 + c]), expected[i].probabilities[c]) << i;
    }
}

TEST_F(PredictTrees, AFileWithADelimiterOfTwoCharactersComesBackWithIt) {
    const auto outcome = predictFileToCsv(*s_project, *s_model, input("soil::height::note::note::width\nclay::0.1::a:b::x::5.0\nsand::4.1::c::\"d::e\"::3.05\n"), output());
    ASSERT_TRUE(outcome.ok()) << outcome.error().debugText();
    EXPECT_EQ(outcome->unanswered, 0);
    CsvDialect colons;
    csvSetDelimiter(colons, "::");
    const auto rows = csvReadRecords(written(), colons, 100).records;
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0][3], "note_2") << "columns of one name are called as in an import";
    EXPECT_EQ(rows[1][2], "a:b");
    EXPECT_EQ(rows[1][5], "ash");
    EXPECT_EQ(rows[2][3], "d::e");
    EXPECT_EQ(rows[2][5], "cedar");
}

TEST_F(PredictTrees, LongFilesAreAnsweredInPieces) {
    std::string text = "height,width,soil,note\n";
    for (int i = 0; i < 30000; ++i) text += std::to_string(i % 5) + ",4,clay,\"line one of " + std::to_string(i) + "\nline two\"\n";
    ASSERT_GT(text.size(), 1u << 20);
    const auto outcome = predictFileToCsv(*s_project, *s_model, input(text), output());
    ASSERT_TRUE(outcome.ok()) << outcome.error().debugText();
    EXPECT_EQ(outcome->rows, 30000);
    const auto rows = cells();
    ASSERT_EQ(rows.size(), 30001u);
    EXPECT_EQ(rows[29999 + 1][3], "line one of 29999\nline two");
}

TEST_F(PredictTrees, AFileWithSemicolonsAndDecimalCommasComesBackInThatForm) {
    const auto outcome =
        predictFileToCsv(*s_project, *s_model, input("soil;height;note;width\nclay;0,1;\"a; b\";5,0\nsand;4,1;c, d;3,05\n"), output());
    ASSERT_TRUE(outcome.ok()) << outcome.error().debugText();
    EXPECT_EQ(outcome->unanswered, 0);
    EXPECT_TRUE(outcome->issues.empty());
    const auto rows = csvReadRecords(written(), {.delimiter = ';'}, 100).records;
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0], (std::vector<std::string>{"soil", "height", "note", "width", "prediction", "probability of ash", "probability of birch",
                                                 "probability of cedar", "remark"}));
    EXPECT_EQ(rows[1][1], "0,1");
    EXPECT_EQ(rows[1][2], "a; b");
    EXPECT_EQ(rows[1][4], "ash");
    EXPECT_EQ(rows[2][4], "cedar");
    EXPECT_EQ(rows[2][7].substr(0, 2), "0,");
    // The same numbers with points, separated by tabs.
    ASSERT_TRUE(predictFileToCsv(*s_project, *s_model, input("soil\theight\twidth\nclay\t0.1\t5.0\nsand\t4.1\t3.05\n"), replaced()).ok());
    const auto tabs = csvReadRecords(written(), {.delimiter = '\t'}, 100).records;
    ASSERT_EQ(tabs.size(), 3u);
    EXPECT_EQ(std::stof(tabs[2][6]), std::stof("0." + rows[2][7].substr(2)));
}

TEST_F(PredictTrees, WithoutAHeaderColumnsAreTakenByPositionWhereTheirNumberFits) {
    const auto expected = [&](const std::string& text, const std::vector<std::string>& head) {
        const auto outcome = predictFileToCsv(*s_project, *s_model, input(text), replaced());
        ASSERT_TRUE(outcome.ok()) << text << outcome.error().debugText();
        ASSERT_EQ(outcome->issues.size(), 1u) << text;
        EXPECT_EQ(outcome->issues[0].what.code, "predict.by_position");
        const auto rows = cells();
        EXPECT_EQ(std::vector<std::string>(rows[0].begin(), rows[0].begin() + static_cast<std::ptrdiff_t>(head.size())), head);
        EXPECT_EQ(rows[1][head.size()], "ash") << text;
        EXPECT_EQ(rows.back()[head.size()], rows.size() == 2 ? "ash" : "cedar") << text;
    };
    expected("0.1,5.0,clay,ash\n0.2,5.1,clay,ash\n4.1,3.0,clay,cedar\n", {"height", "width", "soil", "kind"});
    expected("0.1,5.0,clay\n0.2,5.1,clay\n4.1,3.0,clay\n", {"height", "width", "soil"});
    expected("0.1,5.0,clay\n", {"height", "width", "soil"});
}

TEST_F(PredictTrees, ATextInLatin1IsReadAndSaysSo) {
    const auto outcome = predictFileToCsv(*s_project, *s_model, input("height,width,soil,gr\xF6\xDF" "e\n0.1,5,clay,\xFC\n"), output());
    ASSERT_TRUE(outcome.ok()) << outcome.error().debugText();
    ASSERT_EQ(outcome->issues.size(), 1u);
    EXPECT_EQ(outcome->issues[0].what.code, "predict.read_as_latin1");
    const auto rows = cells();
    EXPECT_EQ(rows[0][3], "größe");
    EXPECT_EQ(rows[1][3], "ü");
    EXPECT_EQ(rows[1][4], "ash");
}

TEST_F(PredictTrees, LettersAreNotTakenForLatin1WhereAPieceCutsThem) {
    std::string text = "height,width,soil,note\n";
    while (text.size() < (5u << 20) / 2) text += "0.1,5,clay,äöü€\n";
    const auto outcome = predictFileToCsv(*s_project, *s_model, input(text), output());
    ASSERT_TRUE(outcome.ok()) << outcome.error().debugText();
    EXPECT_TRUE(outcome->issues.empty());
    EXPECT_EQ(cells()[1][3], "äöü€");
}

TEST_F(PredictTrees, AColumnCalledPredictionKeepsItsName) {
    ASSERT_TRUE(predictFileToCsv(*s_project, *s_model, input("height,width,soil,prediction\n1,2,clay,mine\n"), output()).ok());
    const auto rows = cells();
    EXPECT_EQ(rows[0][3], "prediction");
    EXPECT_EQ(rows[0][4], "prediction_");
    EXPECT_EQ(rows[1][3], "mine");
}

TEST_F(PredictTrees, ReadersThatNeedAMarkGetOne) {
    auto marked = output();
    marked.byteOrderMark = true;
    ASSERT_TRUE(predictFileToCsv(*s_project, *s_model, input("height,width,soil\n1,2,clay\n"), marked).ok());
    EXPECT_EQ(written().substr(0, 3), "\xEF\xBB\xBF");
}

TEST_F(PredictTrees, WhatCannotBeDoneIsSaidAndLeavesNothing) {
    const auto missing = predictFileToCsv(*s_project, *s_model, input("height,soil\n1,clay\n"), output());
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().code, "predict.missing_columns");
    EXPECT_EQ(missing.error().argument("columns"), "width");
    EXPECT_EQ(missing.error().argument("known"), "height, soil");
    EXPECT_EQ(predictFileToCsv(*s_project, *s_model, input("a,b,c\n1,clay,2\n"), output()).error().argument("columns"), "height, width, soil");
    EXPECT_EQ(predictFileToCsv(*s_project, *s_model, input("1,2\n3,4\n"), output()).error().code, "predict.no_header");
    auto same = output();
    same.file = folder / "in.csv";
    EXPECT_EQ(predictFileToCsv(*s_project, *s_model, folder / "in.csv", same).error().code, "predict.same_file");
    std::ofstream(folder / "out.csv") << "mine";
    EXPECT_EQ(predictFileToCsv(*s_project, *s_model, input("height,width,soil\n1,2,clay\n"), output()).error().code, "jobs.file_exists");
    EXPECT_EQ(written(), "mine");
    EXPECT_EQ(folder.names(), (std::vector<std::string>{"in.csv", "out.csv"}));
}

TEST_F(PredictTrees, AFullDiskLeavesTheOldFileAndNoPiece) {
    std::ofstream(folder / "out.csv") << "mine";
    auto replacing = output();
    replacing.replace = true;
    const Path file = input("height,width,soil\n1,2,clay\n");
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    for (int call = 1; call <= 5; ++call) {
        faults.failCall(call);
        EXPECT_FALSE(predictFileToCsv(*s_project, *s_model, file, replacing).ok()) << call;
        EXPECT_EQ(written(), "mine") << call;
        EXPECT_EQ(folder.names(), (std::vector<std::string>{"in.csv", "out.csv"})) << call;
    }
}

TEST_F(PredictTrees, ATypedRowSaysWhatItDidNotUnderstand) {
    Answerer answerer(*s_model);
    const auto good = must(answerer.typedRow({" 0.1 ", "5", "clay"}));
    ASSERT_TRUE(good.prediction);
    EXPECT_EQ(good.prediction->className, "ash");
    const auto bad = must(answerer.typedRow({"0,1", "", "clay"}));
    EXPECT_FALSE(bad.prediction);
    ASSERT_EQ(bad.remarks.size(), 2u);
    EXPECT_EQ(bad.remarks[0].what.code, "predict.not_a_number");
    EXPECT_EQ(bad.remarks[0].feature, 0u);
    EXPECT_EQ(bad.remarks[1].what.code, "predict.filled");
    EXPECT_FALSE(bad.remarks[1].refused);
}

TEST(CsvWriter, NumbersAreTheShortestThatReadTheSame) {
    TemporaryFolder folder;
    auto writer = must(CsvWriter::create(folder / "n.csv", {}));
    for (const double x : {0.1, -12.0, 1e300}) writer->number(x);
    writer->number(0.1f);
    ASSERT_TRUE(writer->endRow().ok());
    EXPECT_EQ(folder.names().size(), 1u) << "only the unfinished file";
    ASSERT_TRUE(writer->finish().ok());
    EXPECT_EQ(*readTextFile(folder / "n.csv"), "0.1,-12,1e+300,0.1\n");
}

}  // namespace
}  // namespace lamina
