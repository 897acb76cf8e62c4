// The panel People, in a window without a screen: what goes out to whom, and how far they agree.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>

#include "app/jobs/annotation_jobs.h"
#include "app/pages/label/label_page.h"
#include "app/pages/label/people_panel.h"
#include "app/workspace/workspace.h"
#include "core/annotation/shape_document.h"
#include "core/project/label_edits.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

/// A project of twelve rows with their answer in the last column.
class PeoplePanelTest : public testing::Test {
protected:
    PeoplePanelTest() {
        QStandardPaths::setTestModeEnabled(true);
        std::string csv = "width,height,colour\n";
        for (int i = 0; i < 12; ++i) csv += std::to_string(i) + "," + std::to_string(i % 5) + (i % 2 ? ",red\n" : ",blue\n");
        EXPECT_TRUE(writeFileAtomically(folder / "data.csv", csv));
        project = *Project::create(folder / "p.lamina");
        ImportRequest request;
        request.source = folder / "data.csv";
        dataset = importDataset(*project, request)->dataset;
        EXPECT_TRUE(project->datasets().setRole(dataset.columns[2].id, "target").get());
        labelling = beginLabelling(*project, dataset)->key;
        for (const char* name : {"small", "large"}) {
            LabelClassRecord record;
            record.name = name;
            EXPECT_TRUE(project->labelClasses().add(record).get());
        }
    }
    ~PeoplePanelTest() override {
        workspace.close();
        workspace.tasks().finishAll();
    }

    LabelItemRecord item(std::int64_t row) { return **project->labelItems().at(labelling, row); }
    void say(std::int64_t row, const std::string& who, std::int64_t number, const std::string& tool = "class", const AnnotationShape* shape = nullptr) {
        AnnotationRecord record;
        record.annotator = who;
        record.classNumber = number;
        record.tool = tool;
        if (shape) record.document = shapeToDocument(*shape);
        ASSERT_TRUE(project->annotations().apply(addedLabel(item(row), ""), LabelGesture{item(row).key, {record}, std::nullopt, {}, false}).get());
    }
    void open(int height = 760) {
        project.reset();
        workspace.open(QString::fromStdString((folder / "p.lamina").string()));
        ASSERT_TRUE(QTest::qWaitFor([this] { return workspace.isOpen(); }, 5000));
        project = workspace.shared();
        page.resize(1100, height);
        page.show();
        ASSERT_TRUE(comes([this] { return find<QWidget>("label_rows") && find<QWidget>("label_rows")->isVisible(); }));
        auto* side = find<QTabWidget>("label_side");
        side->setCurrentWidget(find<QWidget>("label_work"));
        find<QAbstractButton>("label_people_tab")->click();
        ASSERT_TRUE(comes([this] { return find<QWidget>("label_people")->isVisible(); }));
    }
    template <class Widget>
    Widget* find(const char* name) {
        return page.findChild<Widget*>(name);
    }
    template <class Condition>
    bool comes(Condition condition) {
        return QTest::qWaitFor(condition, 5000);
    }
    /// How many items the file of this person holds; -1: it was not written.
    std::int64_t send(const char* person) {
        find<QLineEdit>("label_people_person")->setText(person);
        const Path file = folder / (std::string(person) + ".lamina");
        find<PeoplePanel>("label_people")->sendTo(QString::fromStdString(file.string()));
        EXPECT_TRUE(comes([this] { return !find<QLabel>("label_people_outcome")->text().isEmpty(); }));
        if (!std::filesystem::exists(file)) return -1;
        const auto package = *Project::open(file, StoreAccess::ReadOnly);
        return package->datasets().all()->front().rows;
    }

    TemporaryFolder folder;
    DatasetRecord dataset;
    std::int64_t labelling = 0;
    Workspace workspace;
    std::shared_ptr<Project> project;
    LabelPage page{workspace};
};

TEST_F(PeoplePanelTest, WhatTheQueueShowsGoesOutAndWhatIsOutStaysOutOfTheNextPackage) {
    for (const std::int64_t row : {0, 1, 2}) say(row, "lead", 1);
    open();
    auto* items = find<QComboBox>("label_people_items");
    EXPECT_EQ(items->itemText(2), "What the queue shows (12)");
    auto* panel = find<PeoplePanel>("label_people");
    emit panel->queueWanted({2, 5, 7, 9}, "chosen");
    ASSERT_TRUE(comes([&] { return items->itemText(2) == "What the queue shows (4)"; })) << items->itemText(2).toStdString();
    items->setCurrentIndex(2);
    EXPECT_EQ(send("ann"), 4);
    EXPECT_EQ(send("bob"), -1) << "ann has them all";
    EXPECT_TRUE(find<QLabel>("label_people_outcome")->text().contains("out with somebody"));
    find<QCheckBox>("label_people_blind")->setChecked(true);
    EXPECT_FALSE(find<QCheckBox>("label_people_not_out")->isChecked()) << "a second opinion is asked for on the same items";
    EXPECT_EQ(send("cem"), 4);
    find<QCheckBox>("label_people_blind")->setChecked(false);
    EXPECT_TRUE(find<QCheckBox>("label_people_not_out")->isChecked());
    items->setCurrentIndex(0);
    EXPECT_EQ(send("dan"), 8);
}

TEST_F(PeoplePanelTest, PartsDivideTheItems) {
    open();
    find<QSpinBox>("label_people_parts")->setValue(3);
    std::int64_t all = 0;
    for (const char* person : {"ann", "bob", "cem"}) {
        find<QSpinBox>("label_people_part")->setValue(std::string(person) == "ann" ? 1 : std::string(person) == "bob" ? 2 : 3);
        const auto rows = send(person);
        EXPECT_EQ(rows, 4) << person;
        all += rows;
    }
    EXPECT_EQ(all, 12);
}

TEST_F(PeoplePanelTest, FiguresComeIntoSightAndWhoIsComparedCanBeChosen) {
    const auto box = boxShape("", 0, 0, 10, 10), shifted = boxShape("", 0, 0, 10, 8);
    for (std::int64_t row = 0; row < 6; ++row) {
        say(row, "local", 1, "import:coco");
        for (const char* who : {"ann", "bob", "cem"}) say(row, who, 1 + row % 2);
        say(row, "ann", 1, "box", &box);
        say(row, "bob", 1, "box", &shifted);
    }
    open(420);
    find<QPushButton>("label_people_compare")->click();
    auto* outcome = find<QLabel>("label_people_outcome");
    ASSERT_TRUE(comes([&] { return outcome->text().contains("Fleiss"); })) << outcome->text().toStdString();
    EXPECT_TRUE(outcome->text().contains("ann and bob: Cohen's kappa 1.000 · overlap 0.800 of 6 matching")) << outcome->text().toStdString();
    EXPECT_FALSE(outcome->text().contains("local"));
    EXPECT_TRUE(comes([&] { return !outcome->visibleRegion().isEmpty(); })) << "scrolled to";
    QCheckBox* local = nullptr;
    int ticked = 0;
    for (auto* tick : find<QWidget>("label_people_compared")->findChildren<QCheckBox*>()) {
        ticked += tick->isChecked();
        if (tick->text() == "local") local = tick;
    }
    ASSERT_TRUE(local);
    EXPECT_EQ(ticked, 3);
    EXPECT_FALSE(local->isChecked());
    local->click();
    EXPECT_TRUE(comes([&] { return outcome->text().contains("ann and local"); })) << outcome->text().toStdString();
    for (auto* tick : find<QWidget>("label_people_compared")->findChildren<QCheckBox*>()) {
        ASSERT_TRUE(comes([&] { return tick->isEnabled(); }));
        if (tick->text() != "ann") tick->click();
    }
    EXPECT_TRUE(comes([&] { return outcome->text().contains("two or more"); })) << outcome->text().toStdString();
}

TEST_F(PeoplePanelTest, TheAnswerIsNotReadBesideTheRow) {
    say(3, "local", 1, "column:height");
    open();
    const auto shown = [this] {
        QStringList words;
        for (const auto* label : find<QWidget>("label_row")->findChildren<QLabel*>())
            if (label->isVisible()) words << label->text();
        return words.join(' ');
    };
    EXPECT_TRUE(comes([&] { return shown().contains("width") && shown().contains("height"); })) << shown().toStdString();
    EXPECT_FALSE(shown().contains("colour") || shown().contains("blue")) << "the target";
    emit find<PeoplePanel>("label_people")->goWanted(3, {});
    EXPECT_TRUE(comes([&] { return page.position() == 3 && !shown().contains("height"); })) << "labelling began from it: " << shown().toStdString();
    EXPECT_TRUE(shown().contains("width"));
}

}  // namespace
}  // namespace lamina
