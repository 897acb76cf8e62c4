// One project divided among several people: nobody gets what another has, whoever asks when; and who counts as a person when they are compared.
#include <gtest/gtest.h>

#include <set>

#include "app/jobs/annotation_agreement.h"
#include "app/jobs/annotation_jobs.h"
#include "app/jobs/key_runs.h"
#include "app/jobs/label_sessions.h"
#include "core/project/label_edits.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

constexpr std::int64_t sharedRows = 10;

class LabelShares : public testing::Test {
protected:
    void SetUp() override {
        project = *Project::create(folder / "p.lamina");
        std::string csv = "x\n";
        for (int i = 0; i < sharedRows; ++i) csv += std::to_string(i) + "\n";
        ASSERT_TRUE(writeFileAtomically(folder / "points.csv", csv));
        ImportRequest request;
        request.source = folder / "points.csv";
        request.noTarget = true;
        dataset = importDataset(*project, request)->dataset;
        labelling = *beginLabelling(*project, dataset);
        for (const char* name : {"cat", "dog"}) {
            LabelClassRecord record;
            record.name = name;
            ASSERT_TRUE(project->labelClasses().add(record).get());
        }
    }
    LabelItemRecord item(std::int64_t row) { return **project->labelItems().at(labelling.key, row); }
    SessionRequest requestOf(const std::string& person) {
        SessionRequest request;
        request.person = person;
        return request;
    }
    /// The rows (values of x) of the package that comes of it.
    std::set<std::string> sent(const SessionRequest& request) {
        const Path file = folder / (request.person + ".lamina");
        const auto out = sendSession(*project, file, request);
        EXPECT_TRUE(out) << out.error().debugText();
        std::set<std::string> rows;
        if (!out) return rows;
        const auto package = *Project::open(file, StoreAccess::ReadOnly);
        const auto table = *openTable(*package, package->datasets().all()->front());
        for (std::int64_t row = 0; row < table.rows(); ++row) rows.insert(table.cellText(row, 0));
        EXPECT_EQ(std::ssize(rows), out->items);
        return rows;
    }
    void say(std::int64_t row, const std::string& who, std::int64_t number, const std::string& tool) {
        AnnotationRecord record;
        record.annotator = who;
        record.classNumber = number;
        record.tool = tool;
        ASSERT_TRUE(project->annotations().apply(addedLabel(item(row), ""), LabelGesture{item(row).key, {record}, std::nullopt, {}, false}).get());
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
    DatasetRecord dataset;
    LabellingRecord labelling;
};

TEST_F(LabelShares, PartsHoldEveryItemOnceEvenWhereSomeAreLabelledMeanwhile) {
    std::set<std::string> all;
    std::size_t count = 0;
    for (std::int64_t part = 1; part <= 3; ++part) {
        auto request = requestOf("p" + std::to_string(part));
        request.part = part;
        request.parts = 3;
        request.state = ItemState::Unlabelled;
        const auto rows = sent(request);
        EXPECT_GE(rows.size(), part == 1 ? 3u : 2u);
        count += rows.size();
        all.insert(rows.begin(), rows.end());
        if (part == 1) {
            const std::int64_t mine = std::stoll(*rows.begin());
            say(mine, "ann", 1, "class");
        }
    }
    EXPECT_EQ(all.size(), static_cast<std::size_t>(sharedRows));
    EXPECT_EQ(count, all.size()) << "no item is in two packages";
}

TEST_F(LabelShares, WhatIsOutStaysOutOfTheNextPackageUntilItIsBack) {
    auto first = requestOf("ann");
    first.rows = {1, 2, 3, 7};
    EXPECT_EQ(sent(first), (std::set<std::string>{"1", "2", "3", "7"}));
    auto second = requestOf("bob");
    second.rows = {3, 4, 7, 8};
    second.notOut = true;
    EXPECT_EQ(sent(second), (std::set<std::string>{"4", "8"}));
    auto third = requestOf("cem");
    third.rows = {1, 8};
    third.notOut = true;
    EXPECT_EQ(sendSession(*project, folder / "cem.lamina", third).error().code, "label_session.all_out");
    EXPECT_FALSE(std::filesystem::exists(folder / "cem.lamina"));
    ASSERT_TRUE(mergeSession(*project, folder / "ann.lamina"));
    {
        auto package = *Project::open(folder / "ann.lamina", StoreAccess::Write);
        const auto key = (*package->labelItems().ofDataset(package->datasets().all()->front().id))->key;
        AnnotationRecord record;
        record.classNumber = 1;
        const auto there = **package->labelItems().at(key, 0);
        ASSERT_TRUE(package->annotations().apply(addedLabel(there, ""), LabelGesture{there.key, {record}, std::nullopt, {}, false}).get());
        ASSERT_TRUE(package->close());
    }
    ASSERT_TRUE(mergeSession(*project, folder / "ann.lamina"));
    EXPECT_EQ(sent(third), (std::set<std::string>{"1"})) << "it is back";
    auto fourth = requestOf("eve");
    fourth.rows = {1, 8};
    EXPECT_EQ(sent(fourth).size(), 2u) << "a second opinion may be asked for on the same items";
}

TEST_F(LabelShares, KeysOfMillionsAreAFewRuns) {
    std::vector<std::int64_t> every;
    for (std::int64_t key = 5; key < 300'000; key += 3) every.push_back(key);
    EXPECT_EQ(keyRuns(every).size(), 1u);
    EXPECT_EQ(keysOfRuns(keyRuns(every)), every);
    const std::vector<std::int64_t> odd{1, 2, 3, 10, 40, 41};
    EXPECT_EQ(keysOfRuns(keyRuns({41, 1, 3, 2, 40, 10, 10})), odd);
    EXPECT_TRUE(keyRuns({}).empty());
    EXPECT_EQ(keysOfRuns(nlohmann::json::parse(R"([[1,1],[4,1,2],["a",1,1],[1,9000000000000000000,9],7])")), (std::vector<std::int64_t>{4, 5}));
}

TEST_F(LabelShares, LabelsThatCameWithTheDataAreNobodysOpinionUnlessChosen) {
    for (std::int64_t row = 0; row < 4; ++row) {
        say(row, "local", 1, "import:coco");
        say(row, "ann", 1 + row % 2, "class");
        say(row, "bob", 1 + row % 2, "class");
    }
    const auto group = groupAgreement(*project, dataset, {});
    ASSERT_TRUE(group) << group.error().debugText();
    EXPECT_EQ(group->people, (std::vector<std::string>{"ann", "bob"}));
    EXPECT_EQ(group->known, (std::vector<std::string>{"ann", "bob", "local"}));
    EXPECT_NEAR(group->fleiss, 1, 1e-12);
    const auto chosen = groupAgreement(*project, dataset, {"ann", "bob", "local"});
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->pairs.size(), 3u);
    EXPECT_LT(chosen->fleiss, 0.9);
    say(5, "local", 2, "class");
    EXPECT_EQ(groupAgreement(*project, dataset, {})->people.size(), 3u) << "whoever labelled, too, is a person";
}

TEST_F(LabelShares, OnePersonIsComparedWithWhatCameWithTheData) {
    say(0, "local", 1, "column:class");
    say(0, "ann", 1, "class");
    const auto group = groupAgreement(*project, dataset, {});
    ASSERT_TRUE(group) << group.error().debugText();
    EXPECT_EQ(group->people, (std::vector<std::string>{"ann", "local"}));
}

}  // namespace
}  // namespace lamina
