// The Label page in a window without a screen: from a folder of pictures to labels in the project.
#include "app/pages/label/label_page.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QTranslator>

#include <SQLiteCpp/SQLiteCpp.h>

#include "app/jobs/annotation_jobs.h"
#include "app/pages/label/label_desk.h"
#include "app/pages/label/label_gestures.h"
#include "app/workspace/next_steps.h"
#include "app/workspace/workspace.h"
#include "core/annotation/shape_document.h"
#include "tests/app/pages/label/page_pictures.h"
#include "tests/support/temporary_folder.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

/// A project with six pictures of 80 × 60, labelling begun, and the page on it.
class LabelPageTest : public testing::Test {
protected:
    LabelPageTest() {
        QStandardPaths::setTestModeEnabled(true);
        std::filesystem::create_directories(folder / "photos/all");
        for (int i = 0; i < 6; ++i) {
            QImage picture(80, 60, QImage::Format_RGB32);
            picture.fill(QColor(30 * i, 120, 90));
            QPainter painter(&picture);
            painter.setBrush(QColor(240, 200, 60 + 20 * i));
            painter.drawEllipse(20, 12, 28, 28);
            picture.save(QString::fromStdString((folder / ("photos/all/" + std::to_string(i) + ".png")).string()));
        }
        auto project = Project::create(folder / "p.lamina");
        ImportRequest request;
        request.source = folder / "photos";
        auto imported = importDataset(**project, request);
        EXPECT_TRUE(imported) << imported.error().debugText();
        dataset = imported->dataset;
        project->reset();
        QObject::connect(&workspace, &Workspace::problem, [](const QString& text) { ADD_FAILURE() << text.toStdString(); });
        workspace.open(QString::fromStdString((folder / "p.lamina").string()));
        EXPECT_TRUE(QTest::qWaitFor([this] { return workspace.isOpen(); }, 5000));
        find<QCheckBox>("label_whole")->setChecked(false);
        page.resize(1000, 700);
        page.show();
        EXPECT_TRUE(QTest::qWaitFor([this] { return find<QPushButton>("label_begin")->isVisible(); }, 5000));
    }
    ~LabelPageTest() override {
        workspace.close();
        workspace.tasks().finishAll();
    }

    template <class Widget>
    Widget* find(const char* name) {
        return page.findChild<Widget*>(name);
    }
    void begin() {
        find<QPushButton>("label_begin")->click();
        EXPECT_TRUE(QTest::qWaitFor([this] { return page.canvas().isVisible() && page.canvas().pictureSize() == QSize(80, 60); }, 5000));
    }
    void addClass(const char* name) {
        auto* search = find<QLineEdit>("label_class_search");
        search->setFocus();
        search->setText(name);
        QTest::keyClick(search, Qt::Key_Return);
        EXPECT_TRUE(QTest::qWaitFor([&] { return !find<QListWidget>("label_classes")->findItems(name, Qt::MatchExactly).isEmpty(); }, 5000)) << name;
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        page.canvas().setFocus();
        QTest::keyClick(&page.canvas(), key, modifiers);
    }
    void drag(QPointF from, QPointF to) {
        auto& canvas = page.canvas();
        const auto place = [&](QPointF p) { return canvas.transform().toView(p).toPoint(); };
        QTest::mousePress(&canvas, Qt::LeftButton, {}, place(from));
        QMouseEvent move(QEvent::MouseMove, canvas.transform().toView(to), canvas.mapToGlobal(canvas.transform().toView(to)), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&canvas, &move);
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, place(to));
    }
    std::vector<AnnotationRecord> labels(std::int64_t position) {
        const auto project = workspace.shared();
        const auto labelling = project->labelItems().ofDataset(dataset.id);
        const auto item = project->labelItems().at((*labelling)->key, position);
        return *project->annotations().ofItem((*item)->key);
    }
    LabelItemRecord item(std::int64_t position) {
        const auto project = workspace.shared();
        const auto labelling = project->labelItems().ofDataset(dataset.id);
        return **project->labelItems().at((*labelling)->key, position);
    }
    bool isSaved() {
        return QTest::qWaitFor([this] { return find<QLabel>("label_saved")->text().startsWith("saved"); }, 5000);
    }
    bool isAt(std::int64_t position) {
        return QTest::qWaitFor([&] { return page.position() == position; }, 5000);
    }
    void look(const char* name) { EXPECT_EQ(lookAt(page, QString("label_") + name).join("\n").toStdString(), ""); }

    TemporaryFolder folder;
    DatasetRecord dataset;
    Workspace workspace;
    LabelPage page{workspace};
};

TEST_F(LabelPageTest, AClassWhoseNameLiesInAnothersIsAddedAndOnesThatBeginSoAreChosen) {
    begin();
    addClass("T-shirt");
    addClass("Shirt");
    auto* search = find<QLineEdit>("label_class_search");
    search->setText("t-s");
    QTest::keyClick(search, Qt::Key_Return);
    EXPECT_EQ(find<QListWidget>("label_classes")->count(), 2);
    EXPECT_EQ(find<QListWidget>("label_classes")->currentItem()->text(), "T-shirt");
}

TEST_F(LabelPageTest, ABoxThatIsDrawnIsInTheProjectOnceItIsCalledSaved) {
    look("begin");
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    const auto all = labels(0);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].tool, "box");
    EXPECT_TRUE(all[0].model.empty());
    const auto shape = shapeFromDocument(all[0].document, "screw");
    ASSERT_TRUE(shape);
    EXPECT_NEAR(boundsOf(*shape).width(), 30, 1);
    EXPECT_EQ(item(0).state, ItemState::Labelled);
    look("box");
}

TEST_F(LabelPageTest, SpaceChecksAndGoesOnAndAnEmptyPictureIsCheckedAsSuch) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_Space);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_Space);
    ASSERT_TRUE(isAt(2));
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(item(0).state, ItemState::Checked);
    EXPECT_EQ(item(1).state, ItemState::CheckedEmpty);
    EXPECT_EQ(page.canvas().toolType().name, "box") << "the tool stays";
    key(Qt::Key_A);
    EXPECT_TRUE(isAt(1));
}

TEST_F(LabelPageTest, DigitsGiveWholePicturesTheirClassAndGoOn) {
    begin();
    addClass("cat");
    addClass("dog");
    find<QCheckBox>("label_whole")->setChecked(true);
    key(Qt::Key_2);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_1);
    ASSERT_TRUE(isAt(2));
    ASSERT_TRUE(isSaved());
    ASSERT_EQ(labels(0).size(), 1u);
    EXPECT_TRUE(labels(0)[0].document.empty());
    EXPECT_NE(labels(0)[0].classNumber, labels(1)[0].classNumber);
    find<QPushButton>("label_use_classes")->click();
    const auto made = [this] { return workspace.shared()->datasets().all()->size() == 2; };
    ASSERT_TRUE(QTest::qWaitFor(made, 5000));
    const auto labelled = workspace.shared()->datasets().all()->back();
    EXPECT_EQ(labelled.rows, 2);
    const auto table = openTable(*workspace.shared(), labelled);
    ASSERT_TRUE(table);
    EXPECT_EQ(labelled.columns.back().role, "target");
    EXPECT_EQ(table->cellText(0, table->columnCount() - 1), "dog");
    EXPECT_EQ(table->cellText(1, table->columnCount() - 1), "cat");
}

TEST_F(LabelPageTest, ADigitGivesSelectedShapesAnotherClassAsARevision) {
    begin();
    addClass("screw");
    addClass("nut");
    key(Qt::Key_1);
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_2);
    ASSERT_TRUE(isSaved());
    const auto all = labels(0);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_FALSE(all[0].parent.empty());
    EXPECT_EQ(workspace.shared()->annotations().history(item(0).key)->size(), 2u);
}

TEST_F(LabelPageTest, UndoTakesALabelBackAndThePictureShowsIt) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().size() == 1; }, 5000));
    workspace.undo();
    EXPECT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().empty(); }, 5000));
    EXPECT_EQ(item(0).state, ItemState::Unlabelled);
}

TEST_F(LabelPageTest, WithoutAClassNothingIsDrawnAndThePageSaysWhatToDo) {
    begin();
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    EXPECT_TRUE(page.canvas().shapes().empty());
    EXPECT_TRUE(labels(0).empty());
    EXPECT_EQ(page.focusWidget() ? page.focusWidget() : find<QLineEdit>("label_class_search"), find<QLineEdit>("label_class_search"));
}

TEST_F(LabelPageTest, WorkGoesOnWhereItWasLeftEvenIfTheProjectIsReadTwiceAtOnce) {
    begin();
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(2));
    ASSERT_TRUE(QTest::qWaitFor([this] { return QSettings().value("label/position/" + QString::fromStdString(dataset.id)).toInt() == 2; }, 5000));
    LabelPage again(workspace);
    again.show();
    emit workspace.changed();
    emit workspace.selectionChanged();
    EXPECT_TRUE(QTest::qWaitFor([&] { return again.canvas().pictureSize() == QSize(80, 60); }, 5000));
    EXPECT_EQ(again.position(), 2);
}

TEST_F(LabelPageTest, SkippedPicturesKeepTheirReason) {
    begin();
    key(Qt::Key_X);
    ASSERT_TRUE(isAt(1));
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(item(0).state, ItemState::Skipped);
    EXPECT_EQ(item(0).reason, "Cannot be told");
}

TEST_F(LabelPageTest, AStrokeIsCountedAtOnceWithoutReadingAnythingAgain) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    EXPECT_EQ(page.queue().counts().labels(), 1) << "before it is on the disk";
    EXPECT_EQ(page.queue().at(0)->state, ItemState::Labelled);
    ASSERT_TRUE(isSaved());
    const auto project = workspace.shared();
    const auto labelling = project->labelItems().ofDataset(dataset.id);
    EXPECT_EQ(*project->labelItems().counts((*labelling)->key), page.queue().counts());
    EXPECT_EQ(*itemMarks(project->store(), (*labelling)->key), page.queue().marks());
}

TEST_F(LabelPageTest, UndoOfSomethingOnAnotherPictureShowsThatPictureFirst) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    workspace.undo();
    ASSERT_TRUE(isAt(0));
    EXPECT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().empty(); }, 5000));
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    workspace.redo();
    ASSERT_TRUE(isAt(0));
    EXPECT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().size() == 1; }, 5000));
    EXPECT_EQ(item(0).state, ItemState::Labelled);
}

TEST_F(LabelPageTest, AFilterShowsFewerPicturesAndTheWayGoesAlongThem) {
    begin();
    key(Qt::Key_X);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_X);
    ASSERT_TRUE(isAt(2));
    ASSERT_TRUE(isSaved());
    auto* filter = find<QComboBox>("label_filter");
    filter->setCurrentIndex(5);  // skipped
    emit filter->activated(5);
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.queue().shownCount() == 2; }, 5000));
    ASSERT_TRUE(isAt(0));
    EXPECT_TRUE(find<QToolButton>("label_place")->text().startsWith("1 of 2 picture"));
    key(Qt::Key_D);
    EXPECT_TRUE(isAt(1));
    key(Qt::Key_D);
    EXPECT_TRUE(isAt(0)) << "beginning anew";
    look("filtered");
}

TEST_F(LabelPageTest, SearchFindsNamesAndNumbers) {
    begin();
    auto* search = find<QLineEdit>("label_search");
    QTest::keyClicks(search, "4.png");
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.queue().shownCount() == 1; }, 5000));
    EXPECT_TRUE(isAt(4));
    search->clear();
    QTest::keyClicks(search, "2");  // the picture 2.png, and the second one
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.queue().shownCount() == 2; }, 5000));
}

TEST_F(LabelPageTest, ShapesAreCopiedToAnotherPictureAndThoseBeforeArePropagatedOnce) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_C, Qt::ControlModifier);
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_V, Qt::ControlModifier);
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    key(Qt::Key_Y);
    EXPECT_EQ(page.canvas().shapes().size(), 1u) << "it is here already";
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(2));
    key(Qt::Key_Y);
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    ASSERT_TRUE(isSaved());
    const auto first = shapeFromDocument(labels(0)[0].document, "screw"), third = shapeFromDocument(labels(2)[0].document, "screw");
    EXPECT_EQ(*first, *third);
    EXPECT_NE(labels(0)[0].id, labels(2)[0].id);
}

TEST_F(LabelPageTest, HiddenAndLockedClassesAreSoOnEveryPicture) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_L, Qt::ControlModifier);
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    EXPECT_TRUE(page.canvas().shapes()[0].locked);
    key(Qt::Key_Delete);
    EXPECT_EQ(page.canvas().shapes().size(), 1u);
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_A);
    ASSERT_TRUE(isAt(0));
    EXPECT_TRUE(page.canvas().shapes()[0].locked);
    key(Qt::Key_L, Qt::ControlModifier);
    EXPECT_FALSE(page.canvas().shapes()[0].locked);
}

TEST_F(LabelPageTest, AnEarlierStateOfAShapeIsBroughtBackAsARevision) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_Delete);
    ASSERT_TRUE(isSaved());
    ASSERT_TRUE(labels(0).empty());
    find<QTabWidget>("label_side")->setCurrentIndex(1);
    auto* list = find<QListWidget>("label_history_list");
    ASSERT_TRUE(QTest::qWaitFor([&] { return list->count() == 2; }, 5000));
    list->setCurrentRow(1);
    look("history");
    find<QPushButton>("label_history_restore")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.canvas().shapes().size() == 1; }, 5000));
    ASSERT_EQ(labels(0).size(), 1u);
    EXPECT_EQ(labels(0)[0].tool, "restore");
    EXPECT_EQ(workspace.shared()->annotations().history(item(0).key)->size(), 3u);
}

TEST_F(LabelPageTest, KeysAreOthersAsSoonAsTheyAreBoundAndNoInputMethodIsInTheWay) {
    begin();
    EXPECT_FALSE(page.canvas().testAttribute(Qt::WA_InputMethodEnabled));
    auto bindings = page.keys().bindings();
    bindings["next"] = {QKeySequence("J")};
    page.keys().setBindings(bindings);
    key(Qt::Key_D);
    key(Qt::Key_J);
    EXPECT_TRUE(isAt(1));
    page.keys().setBindings(LabelKeys::usual());
}

TEST_F(LabelPageTest, AFullDiskTakesTheReserveAndSaysSo) {
    begin();
    addClass("screw");
    auto& reserve = workspace.shared()->reserve();
    ASSERT_TRUE(QTest::qWaitFor([&] { return reserve.state() == DiskReserve::State::Made; }, 5000));
    ASSERT_TRUE(reserve.giveUp());
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(labels(0).size(), 1u);
    look("full_disk");
}

/// Every write finds the disk full from now on, or (false) there is room again.
void fillDisk(Project& project, bool full) {
    const auto pages = [full](SQLite::Database& database) -> Result<void> {
        SQLite::Statement(database, full ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000").executeStep();
        return {};
    };
    ASSERT_TRUE(project.store().write(Store::Durability::Full, pages).get());
}

TEST_F(LabelPageTest, WhatFoundNoRoomIsNotCalledSavedIsAskedForBeforeClosingAndSavedOnceThereIsRoom) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    EXPECT_EQ(workspace.lossOnClosing(), QString());
    fillDisk(*workspace.shared(), true);
    int drawn = 0;
    const auto* saved = find<QLabel>("label_saved");
    for (; drawn < 200 && !saved->text().contains("not saved"); ++drawn) {
        drag({10.0 + drawn % 30, 10}, {60, 30});
        QTest::qWait(5);
    }
    ASSERT_TRUE(saved->text().contains("not saved")) << saved->text().toStdString();
    EXPECT_NE(workspace.lossOnClosing(), QString());
    EXPECT_EQ(page.canvas().shapes().size(), static_cast<std::size_t>(drawn)) << "drawing goes on";
    look("not_saved");
    fillDisk(*workspace.shared(), false);
    ASSERT_TRUE(QTest::qWaitFor([this] { return workspace.lossOnClosing().isEmpty() && find<QLabel>("label_saved")->text().startsWith("saved"); }, 12000));
    EXPECT_EQ(labels(0).size(), static_cast<std::size_t>(drawn));
}

TEST_F(LabelPageTest, AStormOfUndoAndRedoAcrossPicturesEndsWhereItShould) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    for (int picture = 0; picture < 3; ++picture) {
        drag({10, 10}, {40, 30});
        drag({20, 15}, {60, 50});
        key(Qt::Key_D);
        ASSERT_TRUE(isAt(picture + 1));
    }
    ASSERT_TRUE(isSaved());
    const auto count = [this] { return labels(0).size() + labels(1).size() + labels(2).size(); };
    std::vector<std::int64_t> shown;
    QObject::connect(&workspace, &Workspace::stepped, &page, [&] { shown.push_back(page.position()); });
    for (int i = 0; i < 6; ++i) workspace.undo();
    ASSERT_TRUE(QTest::qWaitFor([&] { return shown.size() == 6; }, 10000));
    EXPECT_EQ(count(), 0u);
    EXPECT_EQ(shown, (std::vector<std::int64_t>{2, 2, 1, 1, 0, 0})) << "each on its own picture";
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().empty(); }, 5000));
    for (int i = 0; i < 6; ++i) workspace.redo();
    ASSERT_TRUE(QTest::qWaitFor([&] { return count() == 6; }, 10000)) << count();
    ASSERT_TRUE(isAt(2));
    EXPECT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().size() == 2; }, 5000));
}

TEST_F(LabelPageTest, WhatIsHalfDrawnIsThereAgainWhenThePictureIs) {
    begin();
    addClass("screw");
    key(Qt::Key_P);
    const auto click = [this](QPointF place) { QTest::mouseClick(&page.canvas(), Qt::LeftButton, {}, page.canvas().transform().toView(place).toPoint()); };
    click({10, 10});
    click({40, 10});
    click({40, 30});
    ASSERT_TRUE(page.canvas().tool().draft());
    auto* filter = find<QComboBox>("label_filter");
    filter->setCurrentIndex(1);  // what is not labelled yet: this one too
    emit filter->activated(1);
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.queue().shown().has_value(); }, 5000));
    EXPECT_TRUE(page.canvas().tool().draft()) << "a filter drops nothing";
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    EXPECT_FALSE(page.canvas().tool().draft());
    key(Qt::Key_A);
    ASSERT_TRUE(isAt(0));
    ASSERT_TRUE(page.canvas().tool().draft());
    key(Qt::Key_Return);
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    ASSERT_TRUE(isSaved());
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_A);
    ASSERT_TRUE(isAt(0));
    EXPECT_FALSE(page.canvas().tool().draft()) << "it was finished";
}

TEST_F(LabelPageTest, AClassThatWasMadeWhileLabellingIsKnownWhenItsPictureComesBack) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    const auto drawn = page.canvas().shapes();
    for (int i = 1; i < 5; ++i) {
        key(Qt::Key_D);
        ASSERT_TRUE(isAt(i));
    }
    ASSERT_TRUE(isSaved());
    for (int i = 3; i >= 0; --i) {
        key(Qt::Key_A);
        ASSERT_TRUE(isAt(i));
    }
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    EXPECT_EQ(page.canvas().shapes()[0].caption, "screw");
    EXPECT_EQ(page.canvas().shapes()[0].colour, drawn.at(0).colour);
    page.canvas().select({page.canvas().shapes()[0].id});
    key(Qt::Key_Right);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !labels(0).at(0).parent.empty(); }, 5000));
    EXPECT_EQ(labels(0)[0].classNumber, 1);
}

TEST_F(LabelPageTest, ShapesOfARetiredClassKeepItWhenTheyAreChanged) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    const auto number = labels(0)[0].classNumber;
    const auto retired = workspace.shared()->labelClasses().find("screw");
    ASSERT_TRUE(retired);
    ASSERT_TRUE(workspace.shared()->labelClasses().setRetired(retired->id, true).get());
    workspace.noteEdit();
    ASSERT_TRUE(QTest::qWaitFor([this] { return find<QListWidget>("label_classes")->count() == 0; }, 5000));
    ASSERT_EQ(page.canvas().selection().size(), 1u) << "what was selected still is";
    EXPECT_EQ(page.canvas().shapes()[0].caption, "screw");
    key(Qt::Key_Right);
    ASSERT_TRUE(isSaved());
    ASSERT_TRUE(QTest::qWaitFor([this] { return labels(0).size() == 1 && !labels(0)[0].parent.empty(); }, 5000));
    EXPECT_EQ(labels(0)[0].classNumber, number);
}

TEST_F(LabelPageTest, EverythingCanBeDoneWithTheLeftHandOnTheKeys) {
    page.keys().setBindings(LabelKeys::leftHand());
    begin();
    addClass("screw");
    addClass("nut");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    key(Qt::Key_1);
    key(Qt::Key_C, Qt::ControlModifier);
    key(Qt::Key_E, Qt::ControlModifier);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_C, Qt::ShiftModifier);  // the shapes of the picture before
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    key(Qt::Key_2);
    key(Qt::Key_V, Qt::ControlModifier);
    ASSERT_EQ(page.canvas().shapes().size(), 2u);
    key(Qt::Key_X, Qt::ShiftModifier);
    ASSERT_EQ(page.canvas().shapes().size(), 1u);
    key(Qt::Key_X);
    ASSERT_TRUE(isAt(2));
    key(Qt::Key_A);
    ASSERT_TRUE(isAt(1));
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(item(0).state, ItemState::Checked);
    EXPECT_EQ(item(1).state, ItemState::Skipped);
    EXPECT_NE(labels(0)[0].classNumber, labels(1)[0].classNumber);
    page.keys().setBindings(LabelKeys::usual());
}

TEST_F(LabelPageTest, ADatasetThatIsRemovedWhileItIsLabelledLeavesThePageEmptyAndUndoBringsItBack) {
    begin();
    addClass("screw");
    key(Qt::Key_R);
    drag({10, 10}, {40, 30});
    ASSERT_TRUE(isSaved());
    ASSERT_TRUE(workspace.shared()->datasets().remove(dataset.id).get());
    workspace.noteEdit();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !page.canvas().isVisible(); }, 5000));
    EXPECT_TRUE(find<QPushButton>("label_data")->isVisible());
    workspace.undo();
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.canvas().isVisible() && page.canvas().shapes().size() == 1; }, 5000));
    EXPECT_EQ(labels(0).size(), 1u);
}

TEST_F(LabelPageTest, AllKeysFitOnASmallScreen) {
    begin();
    int height = 0;
    QTimer::singleShot(200, &page, [&] {
        auto* sheet = page.findChild<QDialog*>("label_key_sheet");
        if (!sheet) return;
        height = sheet->height();
        const QString shots = qEnvironmentVariable("LAMINA_SHOTS");
        if (!shots.isEmpty()) sheet->grab().save(shots + "/label_keys.png");
        sheet->close();
    });
    find<QToolButton>("label_keys")->click();
    EXPECT_GT(height, 200);
    EXPECT_LT(height, page.screen()->availableSize().height()) << "with room for a frame";
}

/// A photo of 8 megapixels as a camera writes it.
TEST(LabelPreview, ALargePhotoIsFirstReadAtAnEighthOfItsSizeAndKnowsItsOwn) {
    TemporaryFolder folder;
    std::filesystem::create_directories(folder / "photos/all");
    QImage photo(3264, 2448, QImage::Format_RGB32);
    photo.fill(Qt::darkGreen);
    for (int x = 0; x < photo.width(); ++x) photo.setPixelColor(x, 1200, Qt::yellow);
    ASSERT_TRUE(photo.save(QString::fromStdString((folder / "photos/all/large.jpg").string()), "JPEG"));
    auto project = Project::create(folder / "p.lamina");
    ImportRequest request;
    request.source = folder / "photos";
    const auto imported = importDataset(**project, request);
    ASSERT_TRUE(imported);
    ASSERT_TRUE(beginLabelling(**project, imported->dataset));
    const auto desk = openLabelDesk(**project, {});
    ASSERT_TRUE(desk && *desk);
    auto quick = readItem(**project, **desk, 0), whole = readItem(**project, **desk, 0);
    ASSERT_TRUE(quick && *quick && whole && *whole);
    readPreview(**desk, **quick);
    readPicture(**desk, **whole);
    ASSERT_TRUE((*quick)->picture && (*whole)->picture);
    EXPECT_TRUE((*quick)->isPreview);
    EXPECT_EQ((*quick)->picture->size(), QSize(408, 306));
    EXPECT_EQ((*quick)->size, photo.size());
    EXPECT_FALSE((*whole)->isPreview);
    EXPECT_EQ((*whole)->picture->size(), photo.size());
}

TEST(NextStepsTest, WhatComesNextIsFoundHoweverOftenSomethingWasTakenBack) {
    TemporaryFolder folder;
    const auto project = Project::create(folder / "p.lamina");
    const auto add = [&](const std::string& name) {
        LabelClassRecord record;
        record.name = name;
        ASSERT_TRUE((*project)->labelClasses().add(record).get());
    };
    EXPECT_FALSE(nextSteps(**project)->undo);
    for (int i = 0; i < 50; ++i) add("class " + std::to_string(i));
    for (int i = 0; i < 48; ++i) ASSERT_TRUE((*project)->undo().get());
    const auto steps = nextSteps(**project);
    ASSERT_TRUE(steps && steps->undo && steps->redo);
    EXPECT_EQ((*project)->undo().get()->name.arguments, steps->undo->name.arguments);
    EXPECT_EQ((*project)->redo().get()->name.arguments, steps->undo->name.arguments);
    EXPECT_EQ((*project)->redo().get()->name.arguments, steps->redo->name.arguments);
    EXPECT_NE(steps->undo->name.arguments, steps->redo->name.arguments);
}

TEST(LabelKeySets, UsualAndLeftHandKeysAreNotInEachOthersWay) {
    EXPECT_TRUE(LabelKeys::conflicts(LabelKeys::usual()).isEmpty()) << LabelKeys::conflicts(LabelKeys::usual()).values().join("; ").toStdString();
    EXPECT_TRUE(LabelKeys::conflicts(LabelKeys::leftHand()).isEmpty()) << LabelKeys::conflicts(LabelKeys::leftHand()).values().join("; ").toStdString();
}

TEST(LabelKeySets, AKeyThatTwoActionsHaveOrTheWindowNeedsIsTold) {
    auto keys = LabelKeys::usual();
    keys["skip"] = keys["flag"];
    EXPECT_TRUE(LabelKeys::conflicts(keys).contains("skip"));
    EXPECT_TRUE(LabelKeys::conflicts(keys).contains("flag"));
    keys = LabelKeys::usual();
    keys["skip"] = {QKeySequence("Ctrl+Z")};
    EXPECT_TRUE(LabelKeys::conflicts(keys).contains("skip"));
}

TEST(LabelKeySets, AFileOfKeysComesBackAsItWas) {
    const auto keys = LabelKeys::leftHand();
    const auto back = LabelKeys::fromFile(LabelKeys::toFile(keys));
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, keys);
    EXPECT_EQ(LabelKeys::fromFile("{}").error().code, "label_keys.not_a_file");
    EXPECT_EQ(LabelKeys::fromFile(R"({"kind": "lamina-label-keys", "keys": {"next": ["Blah+Foo"]}})").error().code, "label_keys.bad_key");
}

TEST(LabelQueue, GoesAlongWhatIsShownAndBeginsAnew) {
    WorkQueue queue({{1, 0}, {2, 1, ItemState::Skipped}, {3, 2}, {4, 3, ItemState::Skipped, true}}, {});
    EXPECT_EQ(queue.next(0, {}), 1);
    EXPECT_EQ(queue.next(3, {}), 0);
    EXPECT_EQ(queue.next(0, {}, -1), 3);
    EXPECT_EQ(queue.next(1, {ItemState::Skipped, false, false, {}}), 3);
    EXPECT_EQ(queue.next(0, {{}, true, false, {}}), 3);
    queue.setShown(std::vector<std::int64_t>{1, 2});
    EXPECT_EQ(queue.next(0, {}), 1);
    EXPECT_EQ(queue.next(2, {}), 1);
    EXPECT_EQ(queue.place(2), 1);
    EXPECT_EQ(queue.place(3), -1);
    queue.note({2, 1, ItemState::Labelled});
    EXPECT_EQ(queue.next(0, {ItemState::Skipped, false, false, {}}), std::nullopt);
}

TEST(LabelGestures, EveryGestureNamesTheRevisionItReplacesBeforeAnythingIsWritten) {
    LabelItemRecord item;
    item.key = 7;
    std::vector<LabelClassRecord> classes(1);
    classes[0].name = "screw";
    classes[0].number = 3;
    LabelHeads heads;
    CanvasShape shape{"a", boxShape("screw", 1, 1, 5, 5), {}, "screw", false, false, false};
    const auto drawn = gestureOf({CanvasEdit::Kind::Draw, {}, {shape}}, item, classes, "box", heads);
    ASSERT_EQ(drawn.gesture.revisions.size(), 1u);
    EXPECT_EQ(drawn.gesture.revisions[0].classNumber, 3);
    EXPECT_TRUE(drawn.gesture.revisions[0].parent.empty());
    const auto moved = gestureOf({CanvasEdit::Kind::Move, {shape}, {shape}}, item, classes, "select", heads);
    EXPECT_EQ(moved.gesture.revisions[0].parent, drawn.gesture.revisions[0].id);
    EXPECT_EQ(moved.gesture.revisions[0].label, "a");
    const auto gone = gestureOf({CanvasEdit::Kind::Remove, {shape}, {}}, item, classes, "select", heads);
    EXPECT_TRUE(gone.gesture.revisions[0].removed);
    EXPECT_EQ(gone.gesture.revisions[0].parent, moved.gesture.revisions[0].id);
    EXPECT_TRUE(heads.empty());
}

TEST(LabelGestures, AcceptingMakesAModelsLabelsAPersonsAndLeavesThoseOfPeople) {
    LabelItemRecord item;
    item.key = 7;
    LabelHeads heads;
    heads["m"].id = "m1";
    heads["m"].model = "run";
    heads["p"].id = "p1";
    const auto accepted = acceptance(item, {}, heads);
    ASSERT_EQ(accepted.gesture.revisions.size(), 1u);
    EXPECT_EQ(accepted.gesture.revisions[0].parent, "m1");
    EXPECT_TRUE(accepted.gesture.revisions[0].model.empty());
    EXPECT_TRUE(acceptance(item, {}, heads).gesture.revisions.empty());
}

}  // namespace
}  // namespace lamina
