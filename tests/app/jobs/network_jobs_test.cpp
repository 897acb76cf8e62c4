// What a dataset asks of a network, and networks made for it.
#include "app/jobs/network_jobs.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"
#include "core/base/memory.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

/// Two numbers, a colour with three values, and what is to be predicted.
std::unique_ptr<Project> projectWith(const TemporaryFolder& folder, bool numbersToPredict) {
    {
        std::ofstream csv(folder / "data.csv");
        csv << "a,b,colour,answer\n";
        for (int row = 0; row < 90; ++row) {
            csv << row % 7 << ".5," << row % 5 << ".25," << (row % 3 == 0 ? "red" : row % 3 == 1 ? "green" : "blue") << ',';
            if (numbersToPredict) csv << row * 0.37 + 0.1 << '\n';
            else csv << (row % 2 ? "yes" : "no") << '\n';
        }
    }
    auto project = std::move(*Project::create(folder / "p.lamina"));
    ImportRequest request;
    request.source = folder / "data.csv";
    request.target = "answer";
    EXPECT_TRUE(importDataset(*project, request));
    return project;
}

TEST(NetworkNeeds, AreKnownBeforeAndAfterTheDataAreDivided) {
    const TemporaryFolder folder;
    const auto project = projectWith(folder, false);
    const auto before = networkNeeds(*project, {}, {});
    ASSERT_TRUE(before) << before.error().debugText();
    EXPECT_EQ(before->input, (Shape{5}));
    EXPECT_EQ(before->outputs, 2);
    EXPECT_EQ(before->task, "classification");
    EXPECT_EQ(before->head, "softmax");
    EXPECT_EQ(before->templateId, "table");
    ASSERT_TRUE(splitDataset(*project, *findDataset(*project, {}), SplitSettings{}));
    const auto after = networkNeeds(*project, {}, {});
    ASSERT_TRUE(after);
    EXPECT_EQ(after->input, before->input);
    EXPECT_EQ(after->outputs, before->outputs);
}

TEST(NetworkNeeds, OneNumberIsAskedForWhereOneIsPredicted) {
    const TemporaryFolder folder;
    const auto project = projectWith(folder, true);
    const auto needs = networkNeeds(*project, {}, {});
    ASSERT_TRUE(needs) << needs.error().debugText();
    EXPECT_EQ(needs->task, "regression");
    EXPECT_EQ(needs->outputs, 1);
    const auto network = networkFor({}, &*needs);
    ASSERT_TRUE(network);
    const auto report = describeNetwork(*network);
    EXPECT_TRUE(report.ok());
    EXPECT_TRUE(problemsWithData(*network, report, *needs).empty());
}

TEST(NetworkNeeds, AProjectWithoutDataHasNone) {
    const TemporaryFolder folder;
    const auto project = std::move(*Project::create(folder / "p.lamina"));
    const auto needs = networkNeeds(*project, {}, {});
    ASSERT_FALSE(needs);
    EXPECT_EQ(needs.error().code, "jobs.no_dataset");
}

TEST(NetworkFor, EveryTemplateFitsTheDataItIsMadeFor) {
    const NetworkNeeds table{"", "classification", "softmax", {7}, 4, "table"}, picture{"", "classification", "softmax", {3, 32, 32}, 4, "cnn"},
        photo{"", "classification", "softmax", {3, 75, 64}, 4, "photo"};
    for (const auto& [id, needs] : {std::pair("table", &table), std::pair("mlp", &table), std::pair("linear", &table), std::pair("cnn", &picture),
                                    std::pair("mlp", &picture), std::pair("photo", &picture), std::pair("photo", &photo), std::pair("cnn", &photo),
                                    std::pair("resnet", &picture), std::pair("resnet", &photo), std::pair("mobile", &picture), std::pair("mobile", &photo),
                                    std::pair("series", &table), std::pair("recurrent", &table), std::pair("text", &table)}) {
        const auto network = networkFor(id, needs);
        ASSERT_TRUE(network) << id;
        const auto report = describeNetwork(*network);
        ASSERT_TRUE(report.ok()) << id << ": " << report.firstProblem().debugText();
        EXPECT_TRUE(problemsWithData(*network, report, *needs).empty()) << id;
    }
}

TEST(ExplainNetwork, ABatchThatWouldNotFitIsExplainedWithoutTakingItsMemory) {
    const NetworkNeeds pictures{"", "classification", "softmax", {1, 28, 28}, 10, "cnn"};
    const std::uint64_t before = peakMemory();
    const auto explanation = explainNetwork(recordOf(*networkFor("cnn", &pictures), &pictures), 100'000, true, 1, {});
    ASSERT_TRUE(explanation) << explanation.error().debugText();
    EXPECT_GT(explanation->arenaBytes, std::uint64_t{4} << 30);
    EXPECT_LT(peakMemory() - before, std::uint64_t{1} << 30);
}

TEST(NetworkFor, AnUnknownTemplateIsRefusedWithTheKnownOnes) {
    const auto network = networkFor("no_such_template", nullptr);
    ASSERT_FALSE(network);
    EXPECT_EQ(network.error().code, "jobs.unknown_template");
    EXPECT_NE(network.error().argument("known").find("cnn"), std::string::npos);
}

TEST(ProblemsWithData, NameTheLayerToBeChanged) {
    const NetworkNeeds needs{"", "classification", "softmax", {7}, 4, "table"}, other{"", "classification", "softmax", {9}, 5, "table"};
    const auto network = networkFor("table", &needs);
    const auto problems = problemsWithData(*network, describeNetwork(*network), other);
    ASSERT_EQ(problems.size(), 2u);
    EXPECT_EQ(problems[0].code, "training.input_shape");
    EXPECT_EQ(problems[0].argument("layer"), "input_1");
    EXPECT_EQ(problems[1].code, "training.output_shape");
    EXPECT_EQ(problems[1].argument("layer"), "softmax_1");
}

}  // namespace
}  // namespace lamina
