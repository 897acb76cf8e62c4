// Orders, reviews and what is open between several opinions.
#include <algorithm>

#include "core/project/label_edits.h"
#include "tests/core/project/project_fixture.h"

namespace lamina {
namespace {

class LabelWorkTest : public ProjectTest {
protected:
    void SetUp() override {
        project = create();
        dataset = addDataset(*project);
        auto& all = project->labelItems();
        labelling = *all.begin();
        std::vector<LabelledItem> items(40);
        for (std::size_t i = 0; i < items.size(); ++i) {
            items[i].item.position = static_cast<std::int64_t>(i);
            items[i].item.identity = std::to_string(i);
        }
        ASSERT_TRUE(all.append(labelling, items));
        LabellingRecord record;
        record.key = labelling;
        record.datasetId = dataset.id;
        std::vector<LabelClassRecord> classes(2);
        classes[0].name = "cat";
        classes[1].name = "dog";
        ASSERT_TRUE(all.finish(editName("edit.import_labels"), record, classes).get());
    }
    std::int64_t key(std::int64_t row) { return (*project->labelItems().at(labelling, row))->key; }
    /// A class for a whole item; gives the revision.
    std::string say(std::int64_t row, std::int64_t number, const std::string& parent = {}, std::int64_t pass = 1, bool mayConflict = false) {
        AnnotationRecord record;
        record.classNumber = number;
        record.parent = parent;
        record.pass = pass;
        LabelEdit edit;
        edit.gestures.push_back({key(row), {record}, std::nullopt, {}, false});
        edit.mayConflict = mayConflict;
        const auto done = project->annotations().apply(addedLabel({}, "cat"), edit).get();
        EXPECT_TRUE(done) << done.error().debugText();
        return record.id;
    }
    std::vector<std::int64_t> queued(ReviewQueue which) {
        std::vector<std::int64_t> rows;
        const auto items = *project->reviews().queue(labelling, which, 0, 100);
        for (const auto& item : items) rows.push_back(item.position);
        return rows;
    }

    std::unique_ptr<Project> project;
    DatasetRecord dataset;
    std::int64_t labelling = 0;
};

TEST_F(LabelWorkTest, AnOrderIsTheSameAfterReopening) {
    LabelOrder order;
    order.kind = "suspects";
    order.settings = {{"folds", 4}};
    for (std::int64_t row = 39; row >= 0; --row) order.entries.push_back({key(row), static_cast<std::int32_t>(1 + row % 2), static_cast<float>(row) / 39});
    ASSERT_TRUE(project->labelOrders().save(labelling, order).get());
    ASSERT_TRUE(project->close());
    project = open();
    const auto kept = *project->labelOrders().of(labelling);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->kind, "suspects");
    EXPECT_EQ(kept->settings, order.settings);
    EXPECT_EQ(kept->entries, order.entries);
    ASSERT_TRUE(project->labelOrders().clear(labelling).get());
    EXPECT_FALSE(*project->labelOrders().of(labelling));
}

TEST_F(LabelWorkTest, TheNextItemIsTheNextOfTheOrderThatTheFilterLetsThrough) {
    LabelOrder order;
    for (std::int64_t row = 39; row >= 0; --row) order.entries.push_back({key(row), 0, 0});
    say(1, 2);
    auto& orders = project->labelOrders();
    EXPECT_EQ((*orders.next(labelling, order, {}, 0))->item.position, 39);
    ItemFilter labelled;
    labelled.state = ItemState::Labelled;
    EXPECT_EQ((*orders.next(labelling, order, labelled, 0))->item.position, 1) << "far behind: all that pass are read at once";
    EXPECT_EQ((*orders.next(labelling, order, labelled, 39))->rank, 38u) << "begins anew behind the last";
    ItemFilter dogs;
    dogs.classNumbers = {2};
    EXPECT_EQ((*orders.next(labelling, order, dogs, 0))->item.position, 1);
    labelled.state = ItemState::Skipped;
    EXPECT_FALSE(*orders.next(labelling, order, labelled, 0));
}

TEST_F(LabelWorkTest, AReviewCountsUntilALabelChanges) {
    say(0, 1);
    const auto first = say(3, 1);
    EXPECT_EQ(queued(ReviewQueue::Waiting), (std::vector<std::int64_t>{0, 3}));
    ReviewRecord review;
    review.item = key(3);
    review.accepted = false;
    review.comment = "a dog";
    ASSERT_TRUE(project->reviews().add(review).get());
    review.item = key(0);
    review.accepted = true;
    ASSERT_TRUE(project->reviews().add(review).get());
    EXPECT_EQ(queued(ReviewQueue::Rejected), std::vector<std::int64_t>{3});
    EXPECT_EQ(queued(ReviewQueue::Accepted), std::vector<std::int64_t>{0});
    EXPECT_EQ((*project->labelItems().at(labelling, 0))->state, ItemState::Checked);
    EXPECT_EQ(project->reviews().ofItem(key(3))->front().comment, "a dog");
    AnnotationRecord mended;
    mended.classNumber = 2;
    mended.parent = first;
    mended.time = project->reviews().ofItem(key(3))->front().time + 1;
    ASSERT_TRUE(project->annotations().apply(addedLabel({}, "dog"), LabelGesture{key(3), {mended}, std::nullopt, {}, false}).get());
    EXPECT_TRUE(queued(ReviewQueue::Rejected).empty());
    EXPECT_EQ(queued(ReviewQueue::Waiting), std::vector<std::int64_t>{3});
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(queued(ReviewQueue::Rejected), std::vector<std::int64_t>{3});
}

TEST_F(LabelWorkTest, WhatSeveralSaidDifferentlyIsOpenUntilItIsSettled) {
    const auto first = say(5, 1);
    say(5, 2, first);
    EXPECT_TRUE(project->reviews().openItems(labelling, 0, 10)->empty()) << "a change of one's mind is no conflict";
    const auto other = say(5, 1, first, 1, true);
    say(7, 2, {}, 2);
    const auto open = *project->reviews().openItems(labelling, 0, 10);
    ASSERT_EQ(open.size(), 2u);
    EXPECT_EQ(open[0].position, 5);
    EXPECT_EQ(project->annotations().conflicts(key(5))->size(), 2u);
    AnnotationRecord away;
    away.parent = other;
    away.removed = true;
    away.tool = AnnotationRepository::settlingTool;
    ASSERT_TRUE(project->annotations().apply(addedLabel({}, "cat"), LabelGesture{key(5), {away}, std::nullopt, {}, true}).get());
    EXPECT_TRUE(project->annotations().conflicts(key(5))->empty());
    EXPECT_EQ(project->reviews().openItems(labelling, 0, 10)->size(), 1u);
}

TEST_F(LabelWorkTest, WholeClassesTellPeoplesLabelsFromProposals) {
    say(2, 2);
    say(4, 1, {}, 2);
    AnnotationRecord proposal;
    proposal.classNumber = 1;
    proposal.model = "run";
    proposal.confidence = 0.75;
    ASSERT_TRUE(project->annotations().apply(addedLabel({}, "cat"), LabelGesture{key(3), {proposal}, ItemState::Unlabelled, {}, false}).get());
    const auto classes = *project->annotations().wholeClasses(labelling);
    ASSERT_EQ(classes.size(), 40u);
    EXPECT_EQ(classes[2].classNumber, 2);
    EXPECT_EQ(classes[2].proposed, 0);
    EXPECT_EQ(classes[3].classNumber, 0);
    EXPECT_EQ(classes[3].proposed, 1);
    EXPECT_EQ(classes[3].proposal, proposal.id);
    EXPECT_DOUBLE_EQ(classes[3].confidence, 0.75);
    EXPECT_EQ(classes[3].state, ItemState::Unlabelled) << "a proposal labels nothing";
    EXPECT_EQ(classes[4].classNumber, 0) << "a second opinion is not the label";
}

TEST_F(LabelWorkTest, TheModelsFileIsInUseUntilAnotherTakesItsPlace) {
    LabelModelRecord record;
    record.fileHash = *project->addBytes("one");
    EXPECT_EQ(*project->labelModels().save(labelling, record), "");
    const auto first = record.fileHash;
    EXPECT_EQ(project->removeFile(first).error().code, "project.file_in_use");
    record.fileHash = *project->addBytes("two");
    EXPECT_EQ(*project->labelModels().save(labelling, record), first);
    EXPECT_TRUE(project->removeFile(first));
    EXPECT_EQ((*project->labelModels().of(labelling))->fileHash, record.fileHash);
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
}

}  // namespace
}  // namespace lamina
