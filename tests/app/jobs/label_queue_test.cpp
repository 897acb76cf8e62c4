// Models that help to label: doubts, orders, learning on, proposals.
#include "app/jobs/label_queue.h"

#include <gtest/gtest.h>

#include <set>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/label_proposals.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/training_run.h"
#include "core/project/label_edits.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

class LabelQueue : public testing::Test {
protected:
    /// Two clouds of points, the classes left and right; every twentieth row says the wrong one, and with `open` every second says none.
    void table(int rows, bool open) {
        project = *Project::create(folder / "p.lamina");
        std::string csv = "x,y,side\n";
        for (int i = 0; i < rows; ++i) {
            const bool right = i % 2 == 1, wrong = !open && i % 20 == 7;
            const double x = (right ? 3 : -3) + (i * 37 % 100) / 100.0, y = (i * 53 % 100) / 100.0;
            csv += std::to_string(x) + "," + std::to_string(y) + "," + (open && i % 4 > 1 ? "" : right != wrong ? "right" : "left") + "\n";
            if (wrong) flipped.insert(i);
        }
        ASSERT_TRUE(writeFileAtomically(folder / "points.csv", csv));
        ImportRequest request;
        request.source = folder / "points.csv";
        request.target = "side";
        dataset = importDataset(*project, request)->dataset;
        const auto begun = beginLabellingFrom(*project, dataset, {});
        ASSERT_TRUE(begun) << begun.error().debugText();
        labelling = *begun;
    }
    std::int64_t rowOf(std::int64_t item) { return project->labelItems().find(item)->position; }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
    DatasetRecord dataset;
    LabellingRecord labelling;
    std::set<std::int64_t> flipped;
};

TEST_F(LabelQueue, WrongLabelsComeFirstAmongTheSuspects) {
    table(200, false);
    OrderRequest request;
    request.kind = OrderKind::Suspects;
    const auto outcome = orderItems(*project, request);
    ASSERT_TRUE(outcome) << outcome.error().debugText();
    ASSERT_EQ(outcome->order.entries.size(), 200u);
    std::set<std::int64_t> first;
    for (std::size_t i = 0; i < flipped.size(); ++i) first.insert(rowOf(outcome->order.entries[i].item));
    EXPECT_EQ(first, flipped);
    EXPECT_GE(outcome->doubted, 6);
    EXPECT_NEAR(outcome->expectedErrors, static_cast<double>(flipped.size()), 4);
    const auto kept = *project->labelOrders().of(labelling.key);
    EXPECT_EQ(kept->entries, outcome->order.entries);
    ReviewRecord right;
    right.item = outcome->order.entries[0].item;
    ASSERT_TRUE(project->reviews().add(right).get());
    EXPECT_EQ(orderItems(*project, request)->order.entries.size(), 199u) << "what was found right is no suspect any more";
}

TEST_F(LabelQueue, LearnsGoesOnAndOrdersWhatIsStillOpen) {
    table(160, true);
    auto learned = learnLabels(*project, {});
    ASSERT_TRUE(learned) << learned.error().debugText();
    EXPECT_FALSE(learned->wentOn);
    EXPECT_EQ(learned->model.labels, 80);
    ASSERT_TRUE(learned->order);
    EXPECT_EQ(learned->order->entries.size(), 80u) << "only what has no class";
    for (const OrderEntry& entry : learned->order->entries) EXPECT_EQ(rowOf(entry.item) % 4 > 1, true);
    AnnotationRecord label;
    label.classNumber = 1;
    ASSERT_TRUE(project->annotations().apply(addedLabel({}, "left"), LabelGesture{learned->order->entries[0].item, {label}, std::nullopt, {}, false}).get());
    const auto on = learnLabels(*project, {});
    ASSERT_TRUE(on) << on.error().debugText();
    EXPECT_TRUE(on->wentOn);
    EXPECT_EQ(on->changed, 1);
    EXPECT_EQ(on->order->entries.size(), 79u);
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
    for (const OrderKind kind : {OrderKind::Different, OrderKind::Margin, OrderKind::Random}) {
        OrderRequest request;
        request.kind = kind;
        const auto outcome = orderItems(*project, request);
        ASSERT_TRUE(outcome) << outcome.error().debugText();
        EXPECT_EQ(outcome->order.entries.size(), kind == OrderKind::Random ? 160u : 79u);
        EXPECT_EQ((*project->labelOrders().of(labelling.key))->kind, orderName(kind));
    }
    for (std::size_t i = 1; i <= 21; ++i) {
        AnnotationRecord more;
        more.classNumber = 1;
        ASSERT_TRUE(project->annotations().apply(addedLabel({}, "left"), LabelGesture{learned->order->entries[i].item, {more}, std::nullopt, {}, false}).get());
    }
    const auto anew = learnLabels(*project, {});
    ASSERT_TRUE(anew) << anew.error().debugText();
    EXPECT_FALSE(anew->wentOn) << "a quarter more than it began with";
}

TEST_F(LabelQueue, ProposalsAreNoLabelsUntilAPersonAcceptsThem) {
    table(160, true);
    ASSERT_TRUE(learnLabels(*project, {}));
    ProposeRequest request;
    request.proposer = "label_model";
    const auto proposed = proposeLabels(*project, request);
    ASSERT_TRUE(proposed) << proposed.error().debugText();
    EXPECT_EQ(proposed->proposed, 80);
    EXPECT_EQ(project->labelItems().counts(labelling.key)->states[0], 80) << "still unlabelled";
    EXPECT_EQ((*openLabelPool(*project, dataset))->labelled().size(), 80u) << "nothing learns from them";
    std::int64_t exported = 0;
    const auto set = *annotationsOf(*project, dataset, {});
    for (const auto& image : set.images) exported += std::ssize(image.classes);
    EXPECT_EQ(exported, 80);
    JudgeProposals one;
    one.accept = false;
    one.items = {(*project->labelItems().at(labelling.key, 2))->key};
    EXPECT_EQ(judgeProposals(*project, one)->items, 1);
    JudgeProposals all;
    all.from = 0.5;
    EXPECT_EQ(judgeProposals(*project, all)->items, 79);
    int right = 0;
    const auto classes = *project->annotations().wholeClasses(labelling.key);
    for (const WholeClass& item : classes) {
        EXPECT_EQ(item.proposed, 0);
        if (item.position % 4 > 1 && item.position != 2) right += item.classNumber == item.position % 2 + 1 ? 1 : 0;
    }
    EXPECT_GE(right, 75);
    request.proposer = "oracle";
    EXPECT_EQ(proposeLabels(*project, request).error().code, "labelling.unknown_proposer");
}

TEST_F(LabelQueue, ATrainedRunProposesForAnotherDatasetWithTheSameClasses) {
    table(200, true);
    std::string csv = "x,y\n", taught = "x,y,side\n";
    for (int i = 0; i < 200; ++i) {
        const std::string cells = std::to_string(i % 2 == 1 ? 3 : -3) + "," + std::to_string(i * 53 % 100);
        csv += cells + "\n";
        taught += cells + (i % 2 == 1 ? ",right\n" : ",left\n");
    }
    ASSERT_TRUE(writeFileAtomically(folder / "taught.csv", taught));
    ASSERT_TRUE(writeFileAtomically(folder / "fresh.csv", csv));
    ImportRequest import;
    import.source = folder / "taught.csv";
    import.target = "side";
    ASSERT_TRUE(importDataset(*project, import));
    ASSERT_TRUE(splitDataset(*project, *findDataset(*project, "taught"), SplitSettings{}));
    BuildRequest build;
    build.dataset = "taught";
    build.templateId = "table";
    ASSERT_TRUE(buildNetwork(*project, build));
    TrainingRequest training;
    training.plan.epochs = 4;
    training.threads = 1;
    auto run = TrainingRun::start(*project, training);
    ASSERT_TRUE(run) << run.error().debugText();
    ASSERT_TRUE((*run)->finish());
    import.source = folder / "fresh.csv";
    import.target.clear();
    import.noTarget = true;
    const auto fresh = importDataset(*project, import)->dataset;
    const auto open = beginLabelling(*project, fresh);
    ASSERT_TRUE(open) << open.error().debugText();
    ProposeRequest request;
    request.dataset = fresh.id;
    request.proposer = "trained_classifier";
    request.threads = 1;
    const auto proposed = proposeLabels(*project, request);
    ASSERT_TRUE(proposed) << proposed.error().debugText();
    EXPECT_EQ(proposed->proposed, 200);
    EXPECT_EQ(proposed->model, (*run)->record().id);
    EXPECT_TRUE(proposed->unknownClasses.empty());
    const auto classes = *project->annotations().wholeClasses(open->key);
    int right = 0;
    for (const WholeClass& item : classes) {
        EXPECT_EQ(item.classNumber, 0) << "nobody has accepted it";
        right += item.proposed == item.position % 2 + 1 ? 1 : 0;
    }
    EXPECT_GE(right, 190);
}

TEST_F(LabelQueue, SaysWhatIsMissing) {
    table(8, false);
    OrderRequest request;
    request.kind = OrderKind::Suspects;
    EXPECT_EQ(orderItems(*project, request).error().code, "labelling.few_labels");
    ProposeRequest propose;
    propose.proposer = "label_model";
    EXPECT_EQ(proposeLabels(*project, propose)->asked, 0) << "every item has a class";
    EXPECT_EQ(beginLabellingFrom(*project, dataset, "x").error().code, "labelling.not_classes");
}

}  // namespace
}  // namespace lamina
