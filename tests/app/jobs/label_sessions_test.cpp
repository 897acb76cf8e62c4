// Several people label parts of one project, without a server.
#include "app/jobs/label_sessions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "app/jobs/annotation_agreement.h"
#include "app/jobs/annotation_jobs.h"
#include "app/jobs/label_opinions.h"
#include "core/annotation/shape_document.h"
#include "core/base/clock.h"
#include "core/project/label_edits.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

constexpr int sessionRows = 60;

class LabelSessions : public testing::Test {
protected:
    void SetUp() override {
        project = *Project::create(folder / "p.lamina");
        project->setAuthor("lead");
        std::string csv = "x,y\n";
        for (int i = 0; i < sessionRows; ++i) csv += std::to_string(i) + "," + std::to_string(i * 7 % 13) + "\n";
        ASSERT_TRUE(writeFileAtomically(folder / "points.csv", csv));
        ImportRequest request;
        request.source = folder / "points.csv";
        request.noTarget = true;
        dataset = importDataset(*project, request)->dataset;
        labelling = *beginLabelling(*project, dataset);
        for (const char* name : {"cat", "dog", "bird"}) {
            LabelClassRecord record;
            record.name = name;
            ASSERT_TRUE(project->labelClasses().add(record).get());
        }
    }
    /// Sends the rows from … below … to somebody and gives the project that the package becomes.
    Path send(const std::string& person, std::int64_t from, std::int64_t below, bool blind = false) {
        SessionRequest request;
        request.person = person;
        request.blind = blind;
        for (std::int64_t row = from; row < below; ++row) request.rows.push_back(row);
        const Path file = folder / (person + ".lamina-session");
        const auto sent = sendSession(*project, file, request);
        EXPECT_TRUE(sent) << sent.error().debugText();
        const auto opened = openSession(file);
        EXPECT_TRUE(opened) << opened.error().debugText();
        return *opened;
    }
    /// Work in the package of somebody.
    template <class Work>
    void inPackage(const Path& file, const std::string& person, Work work) {
        auto package = *Project::open(file, StoreAccess::Write);
        package->setAuthor(person);
        work(*package, (*package->labelItems().ofDataset(package->datasets().all()->front().id))->key);
        ASSERT_TRUE(package->close());
    }
    static void say(Project& where, const LabelItemRecord& item, std::int64_t number, const std::string& parent = {}, const AnnotationShape* shape = nullptr) {
        AnnotationRecord record;
        record.classNumber = number;
        record.parent = parent;
        record.tool = shape ? "box" : "class";
        if (shape) record.document = shapeToDocument(*shape);
        ASSERT_TRUE(where.annotations().apply(addedLabel(item, ""), LabelGesture{item.key, {record}, std::nullopt, {}, false}).get());
    }
    static LabelItemRecord itemAt(Project& where, std::int64_t key, std::int64_t row) { return **where.labelItems().at(key, row); }
    LabelItemRecord item(std::int64_t row) { return itemAt(*project, labelling.key, row); }
    std::vector<std::int64_t> disputed() {
        std::vector<std::int64_t> rows;
        const auto open = *project->reviews().openItems(labelling.key, 0, 1000);
        for (const auto& one : open) rows.push_back(one.position);
        return rows;
    }
    /// Classes that count, of the whole item.
    std::vector<std::int64_t> counting(std::int64_t row) {
        std::vector<std::int64_t> numbers;
        const auto labels = *project->annotations().ofItem(item(row).key);
        for (const auto& label : labels)
            if (label.pass == 1) numbers.push_back(label.classNumber);
        return numbers;
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
    DatasetRecord dataset;
    LabellingRecord labelling;
};

TEST_F(LabelSessions, APackageHoldsItsItemsAloneAndComesBackOnce) {
    say(*project, item(3), 2);
    const Path file = send("ann", 2, 5);
    std::int64_t before = 0;
    inPackage(file, "ann", [&](Project& package, std::int64_t key) {
        EXPECT_EQ(package.labelItems().counts(key)->items(), 3);
        EXPECT_EQ(itemAt(package, key, 1).identity, item(3).identity);
        const auto known = *package.annotations().ofItem(itemAt(package, key, 1).key);
        ASSERT_EQ(known.size(), 1u);
        say(package, itemAt(package, key, 0), 1);
        say(package, itemAt(package, key, 1), 3, known[0].id);
        ASSERT_TRUE(package.labelItems().setState({itemAt(package, key, 2).key}, ItemState::Skipped, "blurred").get());
        before = package.annotations().ofItem(itemAt(package, key, 0).key)->front().time;
    });
    const auto in = mergeSession(*project, file);
    ASSERT_TRUE(in) << in.error().debugText();
    EXPECT_EQ(in->items, 3);
    EXPECT_EQ(in->revisions, 2);
    EXPECT_EQ(in->disputes, 0);
    EXPECT_NE(in->session.merged, 0);
    const auto labels = *project->annotations().ofItem(item(2).key);
    ASSERT_EQ(labels.size(), 1u);
    EXPECT_EQ(labels[0].annotator, "ann");
    EXPECT_EQ(labels[0].tool, "class");
    EXPECT_EQ(labels[0].time, before);
    EXPECT_EQ(counting(3), std::vector<std::int64_t>{3}) << "a correction replaces what was sent";
    EXPECT_EQ(item(4).state, ItemState::Skipped);
    EXPECT_EQ(item(4).reason, "blurred");
    EXPECT_TRUE(disputed().empty());
    const auto again = mergeSession(*project, file);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->items, 0);
    EXPECT_TRUE(again->receipt.id.empty()) << "nothing is new";
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(item(4).state, ItemState::Unlabelled) << "one undo takes the package out again";
    EXPECT_EQ(mergeSession(*project, file)->items, 3);
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
}

TEST_F(LabelSessions, ChangesOfOneLabelByTwoMeetAndSomebodyDecides) {
    say(*project, item(0), 1);
    const Path file = send("ann", 0, 1);
    inPackage(file, "ann", [&](Project& package, std::int64_t key) {
        const auto one = itemAt(package, key, 0);
        say(package, one, 2, package.annotations().ofItem(one.key)->front().id);
    });
    say(*project, item(0), 3, project->annotations().ofItem(item(0).key)->front().id);
    EXPECT_EQ(mergeSession(*project, file)->disputes, 1);
    EXPECT_EQ(disputed(), std::vector<std::int64_t>{0});
    EXPECT_EQ(project->annotations().conflicts(item(0).key)->size(), 2u);
    const auto opinions = *opinionsOf(*project, item(0).key);
    ASSERT_EQ(opinions.size(), 2u);
    EXPECT_EQ(opinions[0].who, "ann");
    EXPECT_EQ(opinions[1].who, "lead");
    ASSERT_TRUE(settleItem(*project, item(0).key, 0));
    EXPECT_EQ(counting(0), std::vector<std::int64_t>{2});
    EXPECT_TRUE(disputed().empty());
    EXPECT_TRUE(project->annotations().conflicts(item(0).key)->empty());
    EXPECT_EQ(opinionsOf(*project, item(0).key)->size(), 2u) << "what was said stays";
    EXPECT_EQ(*project->labelItems().counts(labelling.key), *project->labelItems().countAnew(labelling.key));
    EXPECT_EQ(settleItem(*project, item(0).key, 7).error().code, "labelling.no_opinion");
}

TEST_F(LabelSessions, ABlindPackageShowsNothingAndItsLabelsWaitForADecision) {
    const AnnotationShape box = boxShape("", 2, 2, 12, 12), near = boxShape("", 3, 2, 12, 12), far = boxShape("", 30, 30, 40, 40);
    for (const std::int64_t row : {0, 1}) say(*project, item(row), 1, {}, &box);
    ASSERT_TRUE(project->labelItems().setState({item(2).key}, ItemState::CheckedEmpty).get());
    const Path file = send("bob", 0, 3, true);
    inPackage(file, "bob", [&](Project& package, std::int64_t key) {
        EXPECT_EQ(package.labelItems().counts(key)->states[0], 3);
        EXPECT_EQ(package.labelItems().counts(key)->labels(), 0);
        say(package, itemAt(package, key, 0), 1, {}, &near);
        say(package, itemAt(package, key, 1), 1, {}, &far);
        say(package, itemAt(package, key, 2), 1, {}, &far);
    });
    const auto in = mergeSession(*project, file);
    ASSERT_TRUE(in) << in.error().debugText();
    EXPECT_EQ(in->disputes, 2);
    EXPECT_EQ(disputed(), (std::vector<std::int64_t>{1, 2})) << "nearly the same box is no dispute; nothing against something is one";
    EXPECT_EQ(counting(1).size(), 1u);
    EXPECT_EQ(counting(2).size(), 0u);
    EXPECT_EQ(item(2).state, ItemState::CheckedEmpty);
    ASSERT_TRUE(settleItem(*project, item(1).key, 1));
    const auto labels = *project->annotations().ofItem(item(1).key);
    int counts = 0;
    for (const auto& label : labels) counts += label.pass == 1 && boundsOf(*shapeFromDocument(label.document, "")).left == 30 ? 1 : 0;
    EXPECT_EQ(counts, 1);
    EXPECT_EQ(counting(1).size(), 1u);
    EXPECT_EQ(item(1).state, ItemState::Checked);
    ASSERT_TRUE(settleItem(*project, item(2).key, -1)) << "as it is now";
    EXPECT_TRUE(disputed().empty());
    EXPECT_EQ(item(2).state, ItemState::CheckedEmpty);
}

/// A computer whose clock is a day behind.
class LateClock : public Clock {
public:
    std::int64_t wallMilliseconds() const override { return Clock::wallMilliseconds() - 86'400'000; }
};

TEST_F(LabelSessions, FlagsCommentsSkipsAndWhatIsEmptyComeBackWhateverTheOtherClockSays) {
    auto& items = project->labelItems();
    ASSERT_TRUE(items.setFlagged({item(0).key}, true).get());
    ASSERT_TRUE(items.setComment(item(1).key, "old").get());
    const Path file = send("ann", 0, 6);
    const LateClock late;
    auto onAnsComputer = replaceClock(late);
    inPackage(file, "ann", [&](Project& package, std::int64_t key) {
        EXPECT_TRUE(itemAt(package, key, 0).flagged);
        ASSERT_TRUE(package.labelItems().setFlagged({itemAt(package, key, 0).key}, false).get());
        ASSERT_TRUE(package.labelItems().setComment(itemAt(package, key, 1).key, "new").get());
        ASSERT_TRUE(package.labelItems().setFlagged({itemAt(package, key, 2).key}, true).get());
        ASSERT_TRUE(package.labelItems().setState({itemAt(package, key, 3).key}, ItemState::Skipped, "blurred").get());
        ASSERT_TRUE(package.labelItems().setState({itemAt(package, key, 4).key}, ItemState::CheckedEmpty).get());
    });
    onAnsComputer.reset();
    const auto in = mergeSession(*project, file);
    ASSERT_TRUE(in) << in.error().debugText();
    EXPECT_EQ(in->items, 5);
    EXPECT_EQ(in->disputes, 0);
    EXPECT_FALSE(item(0).flagged);
    EXPECT_EQ(item(1).comment, "new");
    EXPECT_TRUE(item(2).flagged);
    EXPECT_EQ(item(3).state, ItemState::Skipped);
    EXPECT_EQ(item(3).reason, "blurred");
    EXPECT_EQ(item(3).annotator, "ann");
    EXPECT_EQ(item(4).state, ItemState::CheckedEmpty);
    EXPECT_EQ(item(5).state, ItemState::Unlabelled);
    EXPECT_EQ(*items.counts(labelling.key), *items.countAnew(labelling.key));

    ASSERT_TRUE(items.setFlagged({item(2).key}, false).get());
    ASSERT_TRUE(items.setComment(item(1).key, "done").get());
    EXPECT_EQ(mergeSession(*project, file)->items, 0) << "what was taken in is not taken in again";
    EXPECT_FALSE(item(2).flagged);
    EXPECT_EQ(item(1).comment, "done");
    inPackage(file, "ann", [&](Project& package, std::int64_t key) {
        const auto third = itemAt(package, key, 3);
        ASSERT_TRUE(package.labelItems().setState({third.key}, ItemState::Unlabelled).get());
        say(package, third, 2);
        ASSERT_TRUE(shareSpeed(package, 4.5));
    });
    EXPECT_FALSE(project->labelSessions().all()->front().settings.contains(sharedSpeed)) << "private until it is shared";
    EXPECT_EQ(mergeSession(*project, file)->items, 1) << "whoever goes on in the package is heard again";
    EXPECT_EQ(item(3).state, ItemState::Labelled);
    EXPECT_EQ(counting(3), std::vector<std::int64_t>{2});
    EXPECT_EQ(project->labelSessions().all()->front().settings.value(sharedSpeed, 0.0), 4.5);
}

TEST_F(LabelSessions, WhereBothSaidSomethingOfAnItemItWaitsForADecisionAndTwoCommentsStay) {
    const Path file = send("ann", 0, 4);
    inPackage(file, "ann", [&](Project& package, std::int64_t key) {
        ASSERT_TRUE(package.labelItems().setState({itemAt(package, key, 0).key}, ItemState::Skipped, "blurred").get());
        ASSERT_TRUE(package.labelItems().setState({itemAt(package, key, 1).key}, ItemState::CheckedEmpty).get());
        ASSERT_TRUE(package.labelItems().setComment(itemAt(package, key, 2).key, "a").get());
        say(package, itemAt(package, key, 3), 2);
    });
    say(*project, item(0), 1);
    ASSERT_TRUE(project->labelItems().setState({item(1).key}, ItemState::Skipped, "late").get());
    ASSERT_TRUE(project->labelItems().setComment(item(2).key, "b").get());
    ASSERT_TRUE(project->labelItems().setState({item(3).key}, ItemState::Skipped, "no").get());
    const auto in = mergeSession(*project, file);
    ASSERT_TRUE(in) << in.error().debugText();
    EXPECT_EQ(in->disputes, 3);
    EXPECT_EQ(disputed(), (std::vector<std::int64_t>{0, 1, 3}));
    EXPECT_EQ(item(0).state, ItemState::Labelled);
    EXPECT_EQ(item(1).reason, "late");
    EXPECT_EQ(item(2).comment, "b / ann: a");
    EXPECT_EQ(item(3).state, ItemState::Skipped);
    const auto opinions = *opinionsOf(*project, item(0).key);
    ASSERT_EQ(opinions.size(), 2u);
    EXPECT_EQ(opinions[1].who, "ann");
    EXPECT_EQ(opinions[1].state, ItemState::Skipped);
    EXPECT_EQ(opinions[1].reason, "blurred");
    ASSERT_TRUE(settleItem(*project, item(0).key, 1));
    EXPECT_EQ(item(0).state, ItemState::Skipped);
    EXPECT_EQ(counting(0), std::vector<std::int64_t>{1}) << "the label stays with the item";
    EXPECT_EQ(opinionsOf(*project, item(0).key)->size(), 1u) << "what was settled is no open opinion";
    EXPECT_EQ(opinionsOf(*project, item(1).key)->size(), 1u) << "what others said of another item is open still";
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(opinionsOf(*project, item(0).key)->size(), 2u) << "taken back, it is open again";
    ASSERT_TRUE(project->redo().get());
    EXPECT_EQ(opinionsOf(*project, item(0).key)->size(), 1u);
    EXPECT_EQ(project->labelSessions().all()->front().settings[statesInDispute][std::to_string(item(0).key)]["reason"].get<std::string>(), "blurred") << "who said what is kept";
    ASSERT_TRUE(settleItem(*project, item(1).key, 0));
    EXPECT_EQ(item(1).state, ItemState::CheckedEmpty);
    ASSERT_TRUE(settleItem(*project, item(3).key, -1));
    EXPECT_EQ(item(3).state, ItemState::Skipped);
    EXPECT_TRUE(disputed().empty());
    EXPECT_TRUE(opinionsOf(*project, item(1).key)->empty());
    EXPECT_EQ(mergeSession(*project, file)->items, 0);
}

TEST_F(LabelSessions, PartsForSeveralPeopleShareNoItemAlsoWhereSomeWereLabelledMeanwhile) {
    std::set<std::string> out;
    std::int64_t itemsOut = 0;
    for (const std::int64_t part : {1, 2, 3}) {
        SessionRequest request;
        request.person = "person " + std::to_string(part);
        request.part = part;
        request.parts = 3;
        request.state = ItemState::Unlabelled;
        const auto sent = sendSession(*project, folder / (request.person + ".lamina"), request);
        ASSERT_TRUE(sent) << sent.error().debugText();
        itemsOut += sent->items;
        const auto package = *Project::open(sent->file, StoreAccess::ReadOnly);
        const auto key = (*package->labelItems().ofDataset(package->datasets().all()->front().id))->key;
        const auto items = *package->labelItems().list(key, {}, 0, 1000);
        for (const LabelItemRecord& one : items) EXPECT_TRUE(out.insert(one.identity).second) << one.identity;
        say(*project, **project->labelItems().byIdentity(labelling.key, items.front().identity), 1);  // one that is out
    }
    EXPECT_EQ(itemsOut, sessionRows);
}

TEST_F(LabelSessions, ABlindPackageHoldsNoColumnThatSaysTheAnswer) {
    ASSERT_TRUE(project->datasets().setRole(dataset.columns[1].id, "target").get());
    const auto columnsOf = [&](const Path& file) {
        std::string names;
        const auto package = *Project::open(file, StoreAccess::ReadOnly);
        const auto datasets = *package->datasets().all();
        for (const auto& column : datasets.front().columns) names += column.name + " ";
        return names;
    };
    EXPECT_EQ(columnsOf(send("ann", 0, 3)), "x y ");
    EXPECT_EQ(columnsOf(send("bob", 0, 3, true)), "x ");
}

TEST_F(LabelSessions, FiguresOfThreeAreThoseOfScikitLearn) {
    std::ifstream numbers(std::string(LAMINA_SOURCE_DIR) + "/tests/app/jobs/label_sessions_numbers.txt");
    ASSERT_TRUE(numbers);
    struct Said {
        std::int64_t row, number;
        AnnotationShape box;
    };
    std::map<std::string, std::vector<Said>> all;
    std::vector<std::string> figures;
    for (std::string line; std::getline(numbers, line);) {
        std::istringstream words(line);
        std::string kind, who;
        Said said{};
        double left = 0, top = 0, right = 0, bottom = 0;
        if (words >> kind; kind != "say") {
            figures.push_back(line);
            continue;
        }
        words >> said.row >> who >> said.number >> left >> top >> right >> bottom;
        said.box = boxShape("", left, top, right, bottom);
        all[who].push_back(said);
    }
    std::map<std::int64_t, std::set<std::int64_t>> classes;
    std::map<std::string, Path> packages;
    for (const auto& [who, said] : all) packages[who] = send(who, 0, sessionRows);
    for (const auto& [who, said] : all) {
        inPackage(packages[who], who, [&, &said = said](Project& package, std::int64_t key) {
            LabelEdit edit;
            for (const Said& one : said) {
                LabelGesture& gesture = edit.gestures.emplace_back();
                gesture.item = itemAt(package, key, one.row).key;
                gesture.revisions.resize(boundsOf(one.box).right > 0 ? 2 : 1);
                gesture.revisions[0].classNumber = one.number;
                if (gesture.revisions.size() > 1) {
                    gesture.revisions[1].classNumber = 1;
                    gesture.revisions[1].document = shapeToDocument(one.box);
                }
                classes[one.row].insert(one.number);
            }
            ASSERT_TRUE(package.annotations().apply(addedLabel({}, ""), edit).get());
        });
        const auto in = mergeSession(*project, packages[who]);
        ASSERT_TRUE(in) << in.error().debugText();
    }
    std::set<std::int64_t> differing;
    for (const auto& [row, numbersOfRow] : classes)
        if (numbersOfRow.size() > 1) differing.insert(row);
    const auto rows = disputed();
    EXPECT_TRUE(std::includes(rows.begin(), rows.end(), differing.begin(), differing.end()));
    const auto group = groupAgreement(*project, dataset, {});
    ASSERT_TRUE(group) << group.error().debugText();
    ASSERT_EQ(group->pairs.size(), 3u);
    std::size_t pair = 0;
    for (const std::string& line : figures) {
        std::istringstream words(line);
        std::string kind, a, b;
        std::int64_t items = 0, matched = 0;
        double first = 0, second = 0, overlap = 0;
        words >> kind;
        if (kind == "pair") {
            words >> a >> b >> items >> first >> matched >> overlap;
            const AgreementPair& found = group->pairs[pair++];
            EXPECT_EQ(found.a, a);
            EXPECT_EQ(found.b, b);
            EXPECT_EQ(found.report.classified, items);
            EXPECT_NEAR(found.report.cohen, first, 1e-9);
            EXPECT_EQ(found.report.matched, matched);
            EXPECT_NEAR(found.report.overlap, overlap, 1e-9);
        } else {
            words >> items >> first >> second >> matched >> overlap;
            EXPECT_EQ(group->complete, items);
            EXPECT_NEAR(group->fleiss, first, 1e-9);
            EXPECT_NEAR(group->krippendorff, second, 1e-9);
            EXPECT_EQ(group->matched, matched);
            EXPECT_NEAR(group->overlap, overlap, 1e-9);
        }
    }
    for (std::size_t i = 0; i < 3; ++i) ASSERT_TRUE(settleItem(*project, item(rows[i]).key, 0));
    EXPECT_NEAR(groupAgreement(*project, dataset, {"ann", "bob", "cem"})->fleiss, group->fleiss, 1e-12) << "decisions do not change what people said";
}

TEST_F(LabelSessions, WhatIsNoPackageOfThisProjectIsRefused) {
    SessionRequest request;
    EXPECT_EQ(sendSession(*project, folder / "a.lamina-session", request).error().code, "label_session.no_person");
    request.person = "ann";
    request.state = ItemState::Skipped;
    EXPECT_EQ(sendSession(*project, folder / "a.lamina-session", request).error().code, "label_session.no_items");
    EXPECT_FALSE(std::filesystem::exists(folder / "a.lamina-session"));
    const Path file = send("ann", 0, 2);
    auto other = *Project::create(folder / "other.lamina");
    EXPECT_EQ(mergeSession(*other, file).error().code, "label_session.of_another");
    EXPECT_EQ(mergeSession(*project, folder / "other.lamina").error().code, "label_session.not_a_session");
    ASSERT_TRUE(writeFileAtomically(folder / "rubbish.lamina-session", "no zip at all"));
    EXPECT_FALSE(mergeSession(*project, folder / "rubbish.lamina-session"));
    EXPECT_EQ(*openSession(folder / "ann.lamina-session"), file) << "opened again: the same project goes on";
}

}  // namespace
}  // namespace lamina
