// Annotations with their pictures into a project, and out again: what an annotator who changes programs does.
#include "app/jobs/annotation_jobs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/jobs/annotation_agreement.h"
#include "core/data/image_decode.h"
#include "core/data/split.h"
#include "core/project/label_edits.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

class AnnotationJobs : public testing::Test {
protected:
    void SetUp() override { project = *Project::create(folder / "p.lamina"); }

    void picture(const std::string& name) {
        const auto bytes = encodePng(Image{1, 80, 100, std::vector<std::uint8_t>(8000, 90)});
        std::filesystem::create_directories((folder / name).parent_path());
        ASSERT_TRUE(writeFileAtomically(folder / name, std::span(*bytes)));
    }
    /// Four pictures: two boxes of cats, a dog without any area, nothing, and one that was never looked at.
    void cocoFolder() {
        for (const char* name : {"a", "b", "c", "d"}) picture(std::string("source/images/") + name + ".png");
        std::filesystem::create_directories(folder / "source/annotations");
        ASSERT_TRUE(writeFileAtomically(folder / "source/annotations/instances_train.json",
                                        R"({"categories":[{"id":3,"name":"cat","supercategory":"animal"},{"id":7,"name":"dog"}],
                "images":[{"id":1,"file_name":"a.png","width":100,"height":80},{"id":2,"file_name":"b.png","width":100,"height":80},
                          {"id":4,"file_name":"c.png","width":100,"height":80,"state":"checked_empty"},{"id":5,"file_name":"lost.png","width":9,"height":9}],
                "annotations":[{"id":1,"image_id":1,"category_id":3,"bbox":[1,2,30,40]},{"id":2,"image_id":1,"category_id":3,"bbox":[50,2,30,40],"attributes":{"sure":"no"}},
                               {"id":3,"image_id":2,"category_id":7,"bbox":[5,5,0,0]},{"id":4,"image_id":2,"category_id":9,"bbox":[5,5,1,1]}]})"));
    }
    AnnotationImportOutcome importCoco() {
        cocoFolder();
        AnnotationImportRequest request;
        request.source = folder / "source";
        auto outcome = importAnnotations(*project, request);
        if (!outcome) ADD_FAILURE() << outcome.error().debugText();
        return outcome ? std::move(*outcome) : AnnotationImportOutcome();
    }

    /// The item of the picture with this name, in whatever folder; it may have lost its row.
    LabelItemRecord itemNamed(std::int64_t labelling, const std::string& name) {
        const auto all = *project->labelItems().list(labelling, {}, -1000, 1000);
        for (const auto& item : all)
            if (item.identity.ends_with(name)) return item;
        ADD_FAILURE() << "no item " << name;
        return {};
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
};

TEST_F(AnnotationJobs, AnnotationsComeWithTheirPicturesAndUndoTakesThemBack) {
    const auto outcome = importCoco();
    EXPECT_EQ(outcome.labels, 3);
    EXPECT_EQ(outcome.items, 3);
    EXPECT_EQ(outcome.newClasses, 2);
    EXPECT_EQ(outcome.dataset.rows, 4);
    const auto counts = *project->labelItems().counts(outcome.labelling.key);
    EXPECT_EQ(counts.states, (std::array<std::int64_t, itemStates>{1, 2, 0, 1, 0}));
    EXPECT_EQ(counts.classes, (std::map<std::int64_t, std::int64_t>{{3, 2}, {7, 1}})) << "classes keep the numbers of their source";
    EXPECT_EQ(project->labelClasses().find("cat")->parent, "animal");
    for (std::size_t i = 0; i < outcome.receipts.size(); ++i) ASSERT_TRUE(project->undo().get());
    EXPECT_TRUE(project->datasets().all()->empty());
    EXPECT_TRUE(project->labelClasses().all()->empty());
    for (std::size_t i = 0; i < outcome.receipts.size(); ++i) ASSERT_TRUE(project->redo().get());
    EXPECT_EQ(project->labelItems().counts(outcome.labelling.key)->labels(), 3);
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
}

TEST_F(AnnotationJobs, TheSameLabelsTakenInTwiceAreThereOnce) {
    const auto first = importCoco();
    const auto edits = project->history(0)->size();
    AnnotationImportRequest again;
    again.source = folder / "source";
    again.dataset = first.dataset.id;
    const auto read = importAnnotations(*project, again);
    ASSERT_TRUE(read) << read.error().debugText();
    const auto& second = *read;
    EXPECT_EQ(second.labels, 0);
    EXPECT_EQ(project->labelItems().counts(first.labelling.key)->labels(), 3);
    EXPECT_EQ(project->history(0)->size(), edits) << "nothing was changed";
    const auto known = std::find_if(second.issues.begin(), second.issues.end(), [](const Issue& issue) { return issue.what.code == "labelling.labels_known"; });
    ASSERT_NE(known, second.issues.end());
    EXPECT_EQ(known->what.argument("labels"), "3");
    // What was taken away here comes in again, alone.
    const auto item = *project->labelItems().at(first.labelling.key, 0);
    const auto labels = *project->annotations().ofItem(item->key);
    ASSERT_FALSE(labels.empty());
    AnnotationRecord gone;
    gone.parent = labels[0].id;
    gone.label = labels[0].label;
    gone.removed = true;
    LabelGesture gesture;
    gesture.item = item->key;
    gesture.revisions = {gone};
    ASSERT_TRUE(project->annotations().apply(removedLabel(*item, "cat"), gesture).get());
    EXPECT_EQ(importAnnotations(*project, again)->labels, 1);
    EXPECT_EQ(project->labelItems().counts(first.labelling.key)->labels(), 3);
}

TEST_F(AnnotationJobs, WhatIsOddIsKeptInAReportThatLeadsToItemAndLabel) {
    const auto outcome = importCoco();
    const auto labelling = *labellingOf(*project, outcome.dataset);
    std::map<std::string, nlohmann::json> byCode;
    for (const auto& remark : labelling.report) byCode[remark["code"]] = remark;
    ASSERT_TRUE(byCode.count("annotation.degenerate"));
    const auto& flat = byCode["annotation.degenerate"];
    const auto labels = *project->annotations().ofItem(flat["item"].get<std::int64_t>());
    ASSERT_EQ(labels.size(), 1u);
    EXPECT_EQ(labels[0].label, flat["label"].get<std::string>());
    EXPECT_EQ(labels[0].classNumber, 7);
    EXPECT_EQ(labels[0].tool, "import:coco");
    for (const char* code : {"annotation.refused", "annotation.no_picture", "labelling.not_in_dataset"}) EXPECT_TRUE(byCode.count(code)) << code;
}

TEST_F(AnnotationJobs, ExportedAndImportedAgainIsTheSame) {
    const auto outcome = importCoco();
    const auto before = *annotationsOf(*project, outcome.dataset, {});
    for (const char* format : {"coco", "voc", "yolo", "cvat", "labelme"}) {
        AnnotationExportRequest request;
        request.format = format;
        request.folder = folder / format;
        request.pictures = true;
        const auto exported = exportAnnotations(*project, request);
        ASSERT_TRUE(exported) << exported.error().debugText();
        EXPECT_EQ(exported->labels, 3);
        EXPECT_EQ(exported->renumbered, std::string(format) == "yolo") << "3 and 7 cannot stay 3 and 7";
        EXPECT_TRUE(std::filesystem::exists(exported->classMap));
        auto other = *Project::create(folder / (std::string(format) + ".lamina"));
        AnnotationImportRequest again;
        again.source = folder / format;
        const auto imported = importAnnotations(*other, again);
        ASSERT_TRUE(imported) << format << ": " << imported.error().debugText();
        EXPECT_EQ(imported->format->id, format);
        auto after = *annotationsOf(*other, imported->dataset, {});
        const bool silenceIsEmptiness = imported->format->silenceIsEmptiness;
        EXPECT_EQ(std::count_if(exported->issues.begin(), exported->issues.end(), [](const Issue& issue) { return issue.what.code == "annotation.unseen_left_out"; }), silenceIsEmptiness ? 1 : 0) << format;
        EXPECT_EQ(exported->items, silenceIsEmptiness ? 3 : 4) << format;
        ASSERT_EQ(after.images.size(), silenceIsEmptiness ? 3u : 4u) << format << ": d was never looked at, so it is no picture with nothing on it";
        for (std::size_t i = 0; i < after.images.size(); ++i) {
            ASSERT_EQ(after.images[i].shapes.size(), before.images[i].shapes.size()) << format;
            for (std::size_t j = 0; j < before.images[i].shapes.size(); ++j) {
                const auto was = boundsOf(before.images[i].shapes[j]), is = boundsOf(after.images[i].shapes[j]);
                EXPECT_NEAR(was.left, is.left, 1e-9);
                EXPECT_NEAR(was.bottom, is.bottom, 1e-9);
                EXPECT_EQ(before.images[i].shapes[j].label, after.images[i].shapes[j].label);
            }
        }
        if (std::string(format) == "coco") {
            EXPECT_EQ(after.labels, before.labels);
            EXPECT_EQ(after.images[2].state, "checked_empty");
        }
    }
}

TEST_F(AnnotationJobs, WhatNobodyIsToRecogniseIsMadeCoarseInThePicturesThatGoOut) {
    cocoFolder();
    Image noise{3, 80, 100, {}};
    for (int i = 0; i < 3 * 8000; ++i) noise.pixels.push_back(static_cast<std::uint8_t>(i * 7919 % 251));
    const auto noisy = *encodePng(noise);
    ASSERT_TRUE(writeFileAtomically(folder / "source/images/a.png", std::span(noisy)));
    AnnotationImportRequest import;
    import.source = folder / "source";
    ASSERT_TRUE(importAnnotations(*project, import));
    AnnotationExportRequest request;
    request.format = "voc";
    request.folder = folder / "out";
    request.blur = {"person"};
    EXPECT_EQ(exportAnnotations(*project, request).error().code, "labelling.no_class_to_blur");
    EXPECT_FALSE(std::filesystem::exists(folder / "out"));
    request.blur = {"cat"};
    ASSERT_TRUE(exportAnnotations(*project, request));
    const auto image = decodeImage(*readFile(folder / "out/JPEGImages/a.png"));
    ASSERT_TRUE(image) << image.error().debugText();
    // The boxes 1,2 … 31,42 and 50,2 … 80,42 are of 4 × 5 blocks each; all else is as it was.
    std::set<int> inside;
    for (std::int64_t y = 0; y < 80; ++y)
        for (std::int64_t x = 0; x < 100; ++x) {
            const auto at = static_cast<std::size_t>(y * 100 + x);
            const bool box = y >= 2 && y < 42 && ((x >= 1 && x < 31) || (x >= 50 && x < 80));
            if (box) inside.insert(image->pixels[at]);
            else ASSERT_EQ(image->pixels[at], noise.pixels[at]) << x << ' ' << y;
        }
    EXPECT_LE(inside.size(), 40u);
}

TEST_F(AnnotationJobs, PicturesAloneLeaveWithoutNotesAndNeverOverTheOriginals) {
    cocoFolder();
    std::string png = *readTextFile(folder / "source/images/a.png");
    png += "Anna was here";  // behind the end, where readers do not look
    ASSERT_TRUE(writeFileAtomically(folder / "source/images/a.png", png));
    ImportRequest import;
    import.source = folder / "source/images";
    const auto imported = importDataset(*project, import);
    ASSERT_TRUE(imported) << imported.error().debugText();
    AnnotationExportRequest request;
    request.format = picturesAlone;
    request.folder = folder / "out";
    std::int64_t told = 0;
    ImportJob job;
    job.progress = [&](const Progress& progress) { told = progress.done; };
    const auto outcome = exportAnnotations(*project, request, job);
    ASSERT_TRUE(outcome) << outcome.error().debugText();
    EXPECT_EQ(outcome->items, 4);
    EXPECT_EQ(told, 4);
    const std::string copy = *readTextFile(folder / "out/a.png");
    EXPECT_EQ(copy.find("Anna"), std::string::npos);
    EXPECT_EQ(decodeImage(std::as_bytes(std::span(copy)))->pixels, decodeImage(std::as_bytes(std::span(png)))->pixels);
    request.folder = folder / "source/images";
    EXPECT_EQ(exportAnnotations(*project, request).error().code, "labelling.over_original");
    EXPECT_EQ(*readTextFile(folder / "source/images/a.png"), png);
    request.folder = folder / "cancelled";
    job.cancel.cancel();
    EXPECT_EQ(exportAnnotations(*project, request, job).error().code, "job.cancelled");
    EXPECT_FALSE(std::filesystem::exists(folder / "cancelled"));
}

TEST_F(AnnotationJobs, PicturesThatNobodyLookedAtAreToldWhereSomethingIsToBeBlurred) {
    const auto labelled = importCoco();
    AnnotationExportRequest request;
    request.format = picturesAlone;
    request.folder = folder / "out";
    request.blur = {"cat"};
    const auto outcome = exportAnnotations(*project, request);
    ASSERT_TRUE(outcome) << outcome.error().debugText();
    EXPECT_TRUE(std::filesystem::exists(folder / "out/images/a.png") || std::filesystem::exists(folder / "out/a.png"));
    ASSERT_FALSE(outcome->issues.empty());
    EXPECT_EQ(outcome->issues.back().what.code, "labelling.blur_unseen");
    EXPECT_EQ(outcome->issues.back().count, 1) << "c was checked, d was never looked at";
}

TEST_F(AnnotationJobs, ProposalsThatStaySharpAreToldWhereTheirClassIsToBeBlurred) {
    const auto labelled = importCoco();
    AnnotationRecord proposal;
    proposal.classNumber = project->labelClasses().find("cat")->number;
    proposal.model = "model";
    LabelEdit edit;
    edit.gestures.push_back({itemNamed(labelled.labelling.key, "a.png").key, {proposal}, std::nullopt, {}, false});
    ASSERT_TRUE(project->annotations().apply(addedLabel({}, "cat"), edit).get());
    AnnotationExportRequest request;
    request.format = picturesAlone;
    request.folder = folder / "out";
    const auto told = [&](const std::string& blur) {
        request.blur = {blur};
        const auto outcome = exportAnnotations(*project, request);
        if (!outcome) ADD_FAILURE() << outcome.error().debugText();
        return outcome ? std::count_if(outcome->issues.begin(), outcome->issues.end(), [](const Issue& issue) { return issue.what.code == "labelling.blur_proposed"; }) : -1;
    };
    EXPECT_EQ(told("cat"), 1);
    EXPECT_EQ(told("dog"), 0) << "nothing is proposed for it";
}

TEST_F(AnnotationJobs, TextsComeWithTheirSpansAndRelations) {
    const std::string line = R"({"cats":{"news":1.0},"ents":[{"end":6,"label":"PERSON","start":0},{"end":20,"label":"ORG","start":16}],)"
                             R"("relations":[{"child":1,"head":0,"label":"works for"}],"text":"Anna 王 works at Acme."})"
                             "\n";
    ASSERT_TRUE(writeFileAtomically(folder / "train.jsonl", line));
    AnnotationImportRequest request;
    request.source = folder / "train.jsonl";
    const auto outcome = importAnnotations(*project, request);
    ASSERT_TRUE(outcome) << outcome.error().debugText();
    EXPECT_EQ(outcome->labels, 4);
    AnnotationExportRequest wanted;
    wanted.format = "spacy";
    wanted.folder = folder / "out";
    ASSERT_TRUE(exportAnnotations(*project, wanted));
    EXPECT_EQ(*readTextFile(folder / "out/default.jsonl"), line);
}

TEST_F(AnnotationJobs, MoreAnnotationsJoinThoseThatAreThere) {
    const auto first = importCoco();
    const Path file = folder / "source/annotations/instances_train.json";
    auto moved = nlohmann::json::parse(*readTextFile(file));
    for (auto& annotation : moved["annotations"]) annotation["bbox"][0] = annotation["bbox"][0].get<int>() + 1;
    ASSERT_TRUE(writeFileAtomically(file, moved.dump()));
    AnnotationImportRequest request;
    request.source = folder / "source";
    request.dataset = first.dataset.name;
    const auto second = importAnnotations(*project, request);
    ASSERT_TRUE(second) << second.error().debugText();
    EXPECT_EQ(second->newClasses, 0);
    EXPECT_EQ(project->labelItems().counts(first.labelling.key)->labels(), 6);
    EXPECT_EQ(*project->labelItems().counts(first.labelling.key), *project->labelItems().countAnew(first.labelling.key));
    EXPECT_GT(labellingOf(*project, first.dataset)->report.size(), first.labelling.report.size());
    picture("elsewhere/z.png");
    AnnotationImportRequest wrong;
    wrong.source = folder / "source";
    wrong.pictures = folder / "elsewhere";
    EXPECT_EQ(importAnnotations(*project, wrong).error().code, "labelling.no_pictures");
    EXPECT_EQ(project->datasets().all()->size(), 1u) << "the pictures that came for their labels' sake went with them";
}

TEST_F(AnnotationJobs, ADatasetCanBeLabelledFromTheBeginning) {
    picture("plain/a.png");
    picture("plain/b.png");
    const auto imported = importDataset(*project, {folder / "plain", "", nlohmann::json::object(), "", ""});
    ASSERT_TRUE(imported);
    const auto labelling = beginLabelling(*project, imported->dataset);
    ASSERT_TRUE(labelling) << labelling.error().debugText();
    EXPECT_EQ(project->labelItems().counts(labelling->key)->states[0], 2);
    EXPECT_EQ(beginLabelling(*project, imported->dataset).error().code, "labelling.exists");
    EXPECT_EQ((*project->labelItems().byIdentity(labelling->key, "b.png"))->position, 1);
}

TEST_F(AnnotationJobs, LabelsFollowTheirPicturesWhenTheFolderIsReadAgain) {
    const auto outcome = importCoco();
    auto& items = project->labelItems();
    const auto key = outcome.labelling.key, cat = itemNamed(key, "a.png").key;
    picture("source/images/0_new.png");
    std::filesystem::remove(folder / "source/images/b.png");
    ASSERT_TRUE(importAgain(*project, {outcome.dataset.id, {}, nlohmann::json::object()}));
    EXPECT_EQ(items.find(cat)->position, 1) << "behind the new one";
    EXPECT_LT(itemNamed(key, "b.png").position, 0);
    EXPECT_EQ(itemNamed(key, "0_new.png").position, 0);
    EXPECT_EQ(items.counts(key)->items(), 4);
    EXPECT_EQ(items.counts(key)->labels(), 2);
    EXPECT_EQ(*items.counts(key), *items.countAnew(key));
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(items.find(cat)->position, 0);
    EXPECT_EQ(items.counts(key)->labels(), 3);
    EXPECT_EQ(*items.counts(key), *items.countAnew(key));
}

TEST_F(AnnotationJobs, TwoAnnotatorsAreCompared) {
    const auto outcome = importCoco();
    const auto item = itemNamed(outcome.labelling.key, "a.png");
    for (const auto& [name, left] : {std::pair("ann", 10.0), std::pair("bob", 12.0)}) {
        LabelGesture gesture;
        gesture.item = item.key;
        AnnotationRecord box, whole;
        box.annotator = whole.annotator = name;
        box.classNumber = whole.classNumber = 3;
        box.document = {{"kind", "box"}, {"parts", {{left, 10, left + 20, 30}}}};
        gesture.revisions = {box, whole};
        ASSERT_TRUE(project->annotations().apply(addedLabel(item, "cat"), gesture).get());
    }
    const auto report = annotatorAgreement(*project, outcome.dataset, "ann", "bob");
    ASSERT_TRUE(report) << report.error().debugText();
    EXPECT_EQ(report->items, 1);
    EXPECT_EQ(report->matched, 1);
    EXPECT_NEAR(report->overlap, 18.0 / 22.0, 1e-12);
    EXPECT_EQ(annotatorAgreement(*project, outcome.dataset, "ann", "zoe").error().code, "labelling.agreement_needs_two");
}

TEST_F(AnnotationJobs, BloodCellsBecomeALabelledDatasetWithItsSplit) {
    const Path bccd = Path(LAMINA_SOURCE_DIR).parent_path() / "shared/data/bccd-voc";
    if (!std::filesystem::exists(bccd)) GTEST_SKIP() << "the blood cell pictures are not on this machine";
    AnnotationImportRequest request;
    request.source = bccd;
    request.settings = {{"keep", "in_place"}};
    const auto outcome = importAnnotations(*project, request);
    ASSERT_TRUE(outcome) << outcome.error().debugText();
    EXPECT_EQ(outcome->labels, 4888);
    EXPECT_EQ(outcome->items, 364);
    ASSERT_TRUE(outcome->split);
    EXPECT_EQ(outcome->split->counts, (std::array<std::int64_t, 3>{205, 87, 72}));
    std::int64_t degenerate = 0;
    for (const auto& remark : outcome->labelling.report)
        degenerate += remark["code"] == "annotation.degenerate" && remark.contains("item") && remark.contains("label");
    EXPECT_EQ(degenerate, 2);
    const auto counts = *project->labelItems().counts(outcome->labelling.key);
    EXPECT_EQ(counts.classes.at(project->labelClasses().find("RBC")->number), 4155);
    AnnotationExportRequest test;
    test.folder = folder / "test";
    test.parts = {Part::Test};
    EXPECT_EQ(exportAnnotations(*project, test)->items, 72);
}

}  // namespace
}  // namespace lamina
