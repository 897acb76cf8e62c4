// Rows and texts that people labelled become data sets that networks learn from; shapes between pictures become proposals.
#include <gtest/gtest.h>

#include <fstream>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/interpolate_labels.h"
#include "app/jobs/labelled_dataset.h"
#include "app/jobs/trained_model.h"
#include "core/annotation/shape_document.h"
#include "core/project/label_edits.h"
#include "tests/app/pages/use/trained_project.h"

namespace lamina {
namespace {

class LabelledItems : public testing::Test {
protected:
    void begin(const std::string& csv) {
        std::ofstream(folder / "data.csv", std::ios::binary) << csv;
        project = must(Project::create(folder / "p.lamina"));
        ImportRequest request;
        request.source = folder / "data.csv";
        dataset = must(importDataset(*project, request)).dataset;
        labelling = must(beginLabelling(*project, dataset));
    }
    std::int64_t addClass(const char* name) {
        LabelClassRecord record;
        record.name = name;
        must(project->labelClasses().add(record).get());
        return must(project->labelClasses().find(name)).number;
    }
    LabelItemRecord item(std::int64_t row) { return *must(project->labelItems().at(labelling.key, row)); }
    AnnotationRecord label(std::int64_t row, std::int64_t number, nlohmann::json document = nlohmann::json::object()) {
        AnnotationRecord record;
        record.label = record.id;
        record.item = item(row).key;
        record.classNumber = number;
        record.document = std::move(document);
        must(project->annotations().apply(addedLabel(item(row), "x"), LabelGesture{record.item, {record}, std::nullopt, {}, false}).get());
        return record;
    }
    double score(const DatasetRecord& made, const Recipe& recipe, const char* metric, int epochs) {
        if (!recipe.steps.empty()) must(writeRecipe(*project, must(readRecipe(*project, made.id)), recipe, takenRecipe("test")));
        must(splitDataset(*project, made, {}));
        BuildRequest build;
        build.templateId = "mlp";
        must(buildNetwork(*project, build));
        TrainingRequest request;
        request.plan.epochs = epochs;
        request.plan.batchSize = 8;
        request.threads = 1;
        auto run = must(TrainingRun::start(*project, request));
        must(run->finish());
        TrainedModel model = must(TrainedModel::load(*project, "", 1));
        return must(evaluateRun(*project, model, Part::Training, false)).evaluation.score(metric);
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
    DatasetRecord dataset;
    LabellingRecord labelling;
};

TEST_F(LabelledItems, SixtyTextsWithAClassEachTeachANetwork) {
    std::string csv = "id,text\n";
    for (int i = 0; i < 80; ++i) csv += std::to_string(i) + (i % 2 ? ",win a free prize call number " : ",see you at lunch in town around ") + std::to_string(i % 12) + "\n";
    begin(csv);
    const std::int64_t ham = addClass("ham"), spam = addClass("spam");
    for (int row = 0; row < 60; ++row) label(row, row % 2 ? spam : ham);
    const auto made = must(datasetOfLabels(*project, dataset)).dataset;
    EXPECT_EQ(made.rows, 60) << "rows without a class are left out";
    RecipeStep text, numbers;
    text.type = "change_type";  // few different ones are taken for categories
    text.settings = {{"columns", {"text"}}, {"to", "text"}};
    numbers.type = "text_numbers";
    EXPECT_GT(score(made, {{text, numbers}}, "accuracy", 15), 0.9);
}

TEST_F(LabelledItems, SixtyRowsWithAValueEachTeachANetwork) {
    std::string csv = "width,height\n";
    for (int i = 0; i < 60; ++i) csv += std::to_string(i % 10) + "," + std::to_string(i % 7) + "\n";
    begin(csv);
    for (int row = 0; row < 60; ++row) label(row, 0, {{"attributes", {{labelledValue, std::to_string(2 * (row % 10) + row % 7) + ".5"}}}});
    label(3, 0, {{"attributes", {{labelledValue, "soon"}}}});  // of an import; no number
    const auto made = must(datasetOfLabels(*project, dataset)).dataset;
    EXPECT_EQ(made.rows, 60);
    EXPECT_EQ(made.columns.back().kind, "number");
    EXPECT_GT(score(made, {}, "r2", 60), 0.7);
}

TEST_F(LabelledItems, ShapesBetweenTwoPicturesAreProposedAndMadeAnewButNeverOverAPersons) {
    begin("a\n1\n2\n3\n4\n5\n6\n");
    const std::int64_t car = addClass("car");
    EXPECT_EQ(interpolateLabels(*project, {dataset.id, 4, -1}).error().code, "interpolate.no_start");
    label(0, car, shapeToDocument(boxShape("car", 0, 0, 10, 10)));
    label(4, car, shapeToDocument(boxShape("car", 40, 0, 50, 10)));
    const auto drawn = label(2, car, shapeToDocument(boxShape("car", 5, 5, 9, 9)));
    auto outcome = must(interpolateLabels(*project, {dataset.id, 4, 0}));
    EXPECT_EQ(outcome.items, 2) << "picture 3 is a person's";
    auto made = must(project->annotations().ofItem(item(1).key));
    ASSERT_EQ(made.size(), 1u);
    EXPECT_EQ(made[0].model, interpolationModel);
    EXPECT_EQ(boundsOf(*shapeFromDocument(made[0].document, "car")).left, 10);
    EXPECT_EQ(item(1).state, ItemState::Unlabelled) << "proposals label nothing";
    outcome = must(interpolateLabels(*project, {dataset.id, 4, -1}));
    EXPECT_EQ(outcome.from, 2) << "the nearest one that was drawn on";
    made = must(project->annotations().ofItem(item(3).key));
    ASSERT_EQ(made.size(), 1u) << "made anew, not doubled";
    EXPECT_NEAR(boundsOf(*shapeFromDocument(made[0].document, "car")).left, 22.5, 1e-9);
    EXPECT_EQ(must(project->annotations().ofItem(drawn.item)).size(), 1u);
    EXPECT_EQ(interpolateLabels(*project, {dataset.id, 1, 0}).error().code, "interpolate.nothing");
    AnnotationShape early, late;
    early.kind = late.kind = ShapeKind::Mask;
    early.mask = rasterise({{{2, 2}, {6, 2}, {6, 6}, {2, 6}}}, 40, 20);
    late.mask = rasterise({{{22, 2}, {26, 2}, {26, 6}, {22, 6}}}, 40, 20);
    label(0, car, shapeToDocument(early));
    label(4, car, shapeToDocument(late));
    EXPECT_EQ(must(interpolateLabels(*project, {dataset.id, 4, 0})).labels, 4) << "a box and a mask on two pictures";
    for (const auto& record : must(project->annotations().ofItem(item(1).key))) {
        const auto shape = must(shapeFromDocument(record.document, "car"));
        EXPECT_EQ(boundsOf(shape).left, shape.kind == ShapeKind::Mask ? 7 : 10);
    }
}

}  // namespace
}  // namespace lamina
