// The panels for work on many labels, in a window without a screen.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/label_queue.h"
#include "app/pages/label/dispute_dialog.h"
#include "app/pages/label/files_panel.h"
#include "app/pages/label/label_page.h"
#include "app/pages/label/people_panel.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "core/project/label_edits.h"
#include "tests/app/pages/label/page_pictures.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/window_test.h"
#include "widgets/canvas/canvas_view.h"

namespace lamina {
namespace {

/// A project with eight pictures, dark and bright by turns; the first six have their class.
class LabelWorkPage : public testing::Test {
protected:
    LabelWorkPage() {
        QStandardPaths::setTestModeEnabled(true);
        std::filesystem::create_directories(folder / "photos/all");
        for (int i = 0; i < 8; ++i) {
            QImage picture(16, 16, QImage::Format_RGB32);
            picture.fill(i % 2 == 0 ? QColor(20 + i, 30, 30) : QColor(220, 230 + i, 210));
            picture.save(QString::fromStdString((folder / ("photos/all/" + std::to_string(i) + ".png")).string()));
        }
        project = *Project::create(folder / "p.lamina");
        ImportRequest request;
        request.source = folder / "photos";
        auto imported = importDataset(*project, request);
        EXPECT_TRUE(imported) << imported.error().debugText();
        dataset = imported->dataset;
        labelling = beginLabelling(*project, dataset)->key;
        for (const char* name : {"dark", "bright"}) {
            LabelClassRecord record;
            record.name = name;
            EXPECT_TRUE(project->labelClasses().add(record).get());
        }
        for (std::int64_t row = 0; row < 6; ++row) say(row, 1 + row % 2);
    }
    ~LabelWorkPage() override {
        workspace.close();
        workspace.tasks().finishAll();
    }

    LabelItemRecord item(std::int64_t row) { return **project->labelItems().at(labelling, row); }
    void say(std::int64_t row, std::int64_t number, std::int64_t pass = 1, const std::string& model = {}, double confidence = 0) {
        AnnotationRecord record;
        record.classNumber = number;
        record.pass = pass;
        record.model = model;
        if (pass > 1) record.annotator = "bob";
        if (!model.empty()) record.confidence = confidence;
        LabelGesture gesture{item(row).key, {record}, std::nullopt, {}, false};
        if (!model.empty() || pass > 1) gesture.state = item(row).state;
        ASSERT_TRUE(project->annotations().apply(addedLabel(item(row), ""), gesture).get());
    }
    std::int64_t classOf(std::int64_t row) { return (*project->annotations().wholeClasses(labelling))[static_cast<std::size_t>(row)].classNumber; }

    /// The window goes on with the project, with this panel in sight.
    void open(const char* panel) {
        project.reset();
        page = std::make_unique<LabelPage>(workspace);
        workspace.open(QString::fromStdString((folder / "p.lamina").string()));
        ASSERT_TRUE(QTest::qWaitFor([this] { return workspace.isOpen(); }, 5000));
        project = workspace.shared();
        page->resize(1100, 760);
        page->show();
        auto* side = find<QTabWidget>("label_side");
        auto* work = find<QWidget>("label_work");
        side->setCurrentIndex(side->indexOf(work));
        auto* button = find<QAbstractButton>((std::string(panel) + "_tab").c_str());
        ASSERT_TRUE(button);
        button->click();
        ASSERT_TRUE(QTest::qWaitFor([this] { return page->canvas().picture() != nullptr; }, 5000));
    }
    template <class Widget>
    Widget* find(const char* name) {
        return page->findChild<Widget*>(name);
    }
    template <class Condition>
    bool comes(Condition condition, int milliseconds = 5000) {
        return QTest::qWaitFor(condition, milliseconds);
    }
    bool isAt(std::int64_t position) {
        return comes([&] { return page->position() == position; });
    }
    void look(const char* name) { EXPECT_EQ(lookAt(*page, QString("work_") + name).join("\n").toStdString(), ""); }

    TemporaryFolder folder;
    DatasetRecord dataset;
    std::int64_t labelling = 0;
    Workspace workspace;
    std::shared_ptr<Project> project;
    std::unique_ptr<LabelPage> page;
};

TEST_F(LabelWorkPage, WhoProposesIsSaidInTheLanguageInUse) {
    open("label_proposals");
    const auto* who = find<QComboBox>("label_proposer");
    EXPECT_EQ(who->currentText(), "Model of this labelling");
    applyLanguage("zh");
    EXPECT_TRUE(comes([&] { return who->currentText() == QString::fromUtf8("本标注的模型"); })) << who->currentText().toStdString();
    applyLanguage("en");
    EXPECT_TRUE(comes([&] { return who->currentText() == "Model of this labelling"; }));
}

TEST_F(LabelWorkPage, AnOrderBeginsWithItsFirstItemWhereNobodyWasBeforeAndGoesOnWhereSomebodyWas) {
    std::vector<std::int64_t> rows;
    for (std::uint64_t seed = 1; rows.empty() || rows[0] < 2; ++seed) {
        OrderRequest request;
        request.dataset = dataset.id;
        request.seed = seed;
        const auto made = orderItems(*project, request);
        ASSERT_TRUE(made) << made.error().debugText();
        rows.clear();
        for (const auto& entry : made->order.entries)
            for (std::int64_t row = 0; row < 8; ++row)
                if (item(row).key == entry.item) rows.push_back(row);
    }
    open("label_order");
    ASSERT_TRUE(comes([this] { return page->queue().shown().has_value(); }));
    ASSERT_TRUE(isAt(rows[0]));
    EXPECT_EQ(page->queue().place(page->position()), 0);
    page->canvas().setFocus();
    QTest::keyClick(&page->canvas(), Qt::Key_D);
    ASSERT_TRUE(isAt(rows[1]));
    const QString place = "label/position/" + QString::fromStdString(dataset.id);
    ASSERT_TRUE(comes([&] { return QSettings().value(place).toLongLong() == rows[1]; }));
    project.reset();
    page.reset();
    workspace.close();
    workspace.tasks().finishAll();
    open("label_order");
    ASSERT_TRUE(comes([this] { return page->queue().shown().has_value(); }));
    QTest::qWait(100);
    EXPECT_TRUE(isAt(rows[1])) << "as it was left";
}

TEST_F(LabelWorkPage, TheQueueFollowsTheOrderAndTrainingOrdersItAnew) {
    open("label_order");
    find<QComboBox>("label_order_kind")->setCurrentIndex(1);
    find<QPushButton>("label_order_make")->click();
    ASSERT_TRUE(comes([this] { return page->queue().shown().has_value(); }));
    const auto random = *page->queue().shown();
    ASSERT_EQ(random.size(), 8u);
    EXPECT_FALSE(std::is_sorted(random.begin(), random.end()));
    ASSERT_TRUE(isAt(random[0]));
    page->canvas().setFocus();
    QTest::keyClick(&page->canvas(), Qt::Key_D);
    EXPECT_TRUE(isAt(random[1])) << "the next one of the order";
    find<QComboBox>("label_order_kind")->setCurrentIndex(2);
    find<QPushButton>("label_order_make")->click();
    ASSERT_TRUE(comes([this] { return page->queue().shownCount() == 2; }, 20000)) << find<QLabel>("label_order_outcome")->text().toStdString();
    ASSERT_TRUE(comes([this] { return find<QPushButton>("label_order_learn")->isEnabled(); }));
    find<QPushButton>("label_order_learn")->click();
    EXPECT_TRUE(find<QWidget>("label_order_cancel")->isVisible());
    ASSERT_TRUE(comes([this] { return find<QPushButton>("label_order_learn")->isEnabled(); }, 20000));
    EXPECT_TRUE(find<QLabel>("label_order_outcome")->text().startsWith("Went on learning")) << find<QLabel>("label_order_outcome")->text().toStdString();
    look("order");
    find<QComboBox>("label_order_kind")->setCurrentIndex(0);
    find<QPushButton>("label_order_make")->click();
    EXPECT_TRUE(comes([this] { return !page->queue().shown(); })) << "by rows again";
}

TEST_F(LabelWorkPage, SuspectsAreAcceptedChangedAndSkippedByKey) {
    LabelOrder order;
    order.kind = "suspects";
    order.entries = {{item(5).key, 1, 0.97f}, {item(1).key, 1, 0.9f}, {item(2).key, 2, 0.6f}};
    ASSERT_TRUE(project->labelOrders().save(labelling, order).get());
    open("label_suspects");
    ASSERT_TRUE(isAt(5)) << "the queue of yesterday";
    ASSERT_TRUE(comes([this] { return find<QLabel>("label_suspect_said")->isVisible(); }));
    EXPECT_EQ(find<QLabel>("label_suspect_place")->text(), "Suspect 1 of 3");
    EXPECT_TRUE(find<QLabel>("label_suspect_said")->text().contains("dark"));
    EXPECT_TRUE(find<QLabel>("label_suspect_said")->text().contains("3 %"));
    look("suspects");
    page->canvas().setFocus();
    QTest::keyClick(&page->canvas(), Qt::Key_J, Qt::AltModifier);
    ASSERT_TRUE(isAt(1));
    EXPECT_TRUE(comes([this] { return project->reviews().ofItem(item(5).key)->size() == 1; }));
    EXPECT_EQ(classOf(5), 2) << "right as it was";
    QTest::keyClick(&page->canvas(), Qt::Key_K, Qt::AltModifier);
    ASSERT_TRUE(isAt(2));
    EXPECT_TRUE(comes([this] { return classOf(1) == 1; })) << "what the model said";
    QTest::keyClick(&page->canvas(), Qt::Key_L, Qt::AltModifier);
    ASSERT_TRUE(isAt(5));
    EXPECT_EQ(classOf(2), 1) << "skipped";
    EXPECT_TRUE(project->annotations().conflicts(item(1).key)->empty());
}

TEST_F(LabelWorkPage, ProposalsAreCountedBeforeTheyAreAccepted) {
    say(6, 1, 1, "a model", 0.95);
    say(7, 2, 1, "a model", 0.55);
    open("label_proposals");
    ASSERT_TRUE(comes([this] { return find<QListWidget>("label_proposals_list")->count() == 2; }));
    EXPECT_TRUE(find<QListWidget>("label_proposals_list")->item(0)->text().contains("%  "));
    EXPECT_EQ(find<QPushButton>("label_proposals_accept")->text(), "Accept 1");
    find<QDoubleSpinBox>("label_proposals_from")->setValue(50);
    EXPECT_EQ(find<QPushButton>("label_proposals_accept")->text(), "Accept 2");
    find<QDoubleSpinBox>("label_proposals_from")->setValue(90);
    look("proposals");
    find<QPushButton>("label_proposals_accept")->click();
    ASSERT_TRUE(comes([this] { return find<QListWidget>("label_proposals_list")->count() == 1; }));
    EXPECT_EQ(classOf(6), 1);
    EXPECT_EQ(classOf(7), 0);
    const auto* share = find<QLabel>("label_proposals_share");
    EXPECT_TRUE(comes([&] { return fits(share->text(), ".*1 (was|were) right \\(100 %\\).*"); })) << share->text().toStdString();
    QTest::mouseClick(find<QListWidget>("label_proposals_list")->viewport(), Qt::LeftButton, {}, find<QListWidget>("label_proposals_list")->visualItemRect(find<QListWidget>("label_proposals_list")->item(0)).center());
    ASSERT_TRUE(isAt(7));
    ASSERT_TRUE(comes([this] { return find<QPushButton>("label_proposal_reject")->isVisible(); }));
    find<QPushButton>("label_proposal_reject")->click();
    EXPECT_TRUE(comes([this] { return project->annotations().ofItem(item(7).key)->empty(); }));
    EXPECT_TRUE(comes([&] { return fits(share->text(), ".*1 (was|were) right \\(50 %\\).*"); })) << share->text().toStdString();
}

TEST_F(LabelWorkPage, OpinionsAreDecidedSideBySide) {
    say(1, 1, 2);
    open("label_disputes");
    auto* list = find<QListWidget>("label_disputes_list");
    ASSERT_TRUE(comes([&] { return list->count() == 1; }));
    EXPECT_EQ(project->annotations().ofItem(item(1).key)->size(), 2u);
    emit list->itemActivated(list->item(0));
    ASSERT_TRUE(isAt(1));
    ASSERT_TRUE(comes([this] { return find<QPushButton>("label_disputes_compare")->isEnabled(); }));
    look("disputes");
    find<QPushButton>("label_disputes_compare")->click();
    ASSERT_TRUE(comes([this] { return find<QPushButton>("label_dispute_choose_2") != nullptr; }));
    auto* dialog = find<DisputeDialog>("label_dispute");
    EXPECT_EQ(dialog->findChildren<CanvasView*>().size(), 2);
    if (!qEnvironmentVariable("LAMINA_SHOTS").isEmpty()) dialog->grab().save(qEnvironmentVariable("LAMINA_SHOTS") + "/label_work_dispute.png");
    find<QPushButton>("label_dispute_choose_2")->click();
    EXPECT_TRUE(comes([this] { return classOf(1) == 1; }));
    EXPECT_TRUE(comes([&] { return list->count() == 0; }));
    look("no_disputes");
}

TEST_F(LabelWorkPage, AnswersHaveTheKeysThatAPersonChose) {
    open("label_review");
    ASSERT_TRUE(comes([this] { return find<QListWidget>("label_review_list")->count() == 6; }));
    auto keys = LabelKeys::usual();
    keys["answer_1"] = {QKeySequence("Ctrl+J")};
    page->keys().setBindings(keys);
    EXPECT_EQ(find<QPushButton>("label_review_accept")->text(), "Accept (Ctrl+J)");
    page->canvas().setFocus();
    QTest::keyClick(&page->canvas(), Qt::Key_J, Qt::AltModifier);
    EXPECT_FALSE(isAt(1)) << "the old key says nothing any more";
    QTest::keyClick(&page->canvas(), Qt::Key_J, Qt::ControlModifier);
    EXPECT_TRUE(isAt(1));
    page->keys().setBindings(LabelKeys::usual());
}

TEST_F(LabelWorkPage, TheScoreOfAModelSaysWhatTheQueueShows) {
    say(6, 1, 1, "a model", 0.95);
    say(7, 2, 1, "a model", 0.35);
    open("label_proposals");
    auto* popup = page->findChild<QWidget*>("label_score_popup");
    ASSERT_TRUE(popup);
    popup->findChild<QSpinBox*>("label_score_to")->setValue(60);
    ASSERT_TRUE(isAt(7)) << "the only one whose score is that low";
    EXPECT_EQ(page->queue().shownCount(), 1);
    EXPECT_TRUE(find<QToolButton>("label_filter_score")->text().contains("60"));
    popup->findChild<QCheckBox*>("label_score_only")->setChecked(false);
    EXPECT_TRUE(comes([this] { return page->queue().shownCount() == 8; }));
}

TEST_F(LabelWorkPage, WhatIsSentBackSaysWhy) {
    open("label_review");
    ASSERT_TRUE(comes([this] { return find<QListWidget>("label_review_list")->count() == 6; }));
    EXPECT_FALSE(find<QPushButton>("label_review_reject")->isEnabled()) << "without a reason";
    find<QLineEdit>("label_review_comment")->setText("wrong class");
    look("review");
    find<QPushButton>("label_review_reject")->click();
    ASSERT_TRUE(isAt(1)) << "the next one that waits";
    ASSERT_TRUE(comes([this] { return find<QListWidget>("label_review_list")->count() == 5; }));
    EXPECT_EQ(project->reviews().ofItem(item(0).key)->front().comment, "wrong class");
    find<QPushButton>("label_review_accept")->click();
    EXPECT_TRUE(comes([this] { return item(1).state == ItemState::Checked; }));
}

TEST_F(LabelWorkPage, LabelsGoOutForOtherProgramsAndComeInFromThem) {
    open("label_files");
    auto* files = find<FilesPanel>("label_files");
    const auto* outcome = find<QLabel>("label_files_outcome");
    const QString out = QString::fromStdString((folder / "out").string());
    files->writeTo(out);
    ASSERT_TRUE(comes([&] { return outcome->text().startsWith("6 label"); })) << outcome->text().toStdString();
    look("files");
    files->takeFrom(out);
    ASSERT_TRUE(comes([&] { return outcome->text().contains("came in"); })) << outcome->text().toStdString();
    files->takeFrom(QString::fromStdString((folder / "nowhere").string()));
    ASSERT_TRUE(comes([&] { return outcome->text().contains("nowhere"); })) << outcome->text().toStdString();
}

TEST_F(LabelWorkPage, APackageGoesOutOpensAloneAndComesBack) {
    open("label_people");
    auto* people = find<PeoplePanel>("label_people");
    EXPECT_FALSE(find<QPushButton>("label_people_send")->isEnabled()) << "nobody is named";
    find<QLineEdit>("label_people_person")->setText("ann");
    const QString file = QString::fromStdString((folder / "ann.lamina-session").string());
    people->sendTo(file);
    ASSERT_TRUE(comes([&] { return find<QLabel>("label_people_outcome")->text().contains("8 item"); })) << find<QLabel>("label_people_outcome")->text().toStdString();
    look("people");
    page.reset();
    project.reset();
    workspace.open(file);
    ASSERT_TRUE(comes([this] { return workspace.isOpen() && workspace.isPackage(); }));
    EXPECT_EQ(workspace.shared()->author(), "ann");
    page = std::make_unique<LabelPage>(workspace);
    page->resize(1100, 760);
    page->show();
    ASSERT_TRUE(comes([this] { return page->canvas().picture() != nullptr; }));
    EXPECT_FALSE(find<QPushButton>("label_use_classes")->isVisibleTo(page.get())) << "labels are trained on where they came from";
    EXPECT_FALSE(find<QAbstractButton>("label_review_tab")->isVisibleTo(find<QWidget>("label_work")));
    find<QTabWidget>("label_side")->setCurrentWidget(find<QWidget>("label_work"));
    find<QAbstractButton>("label_people_tab")->click();
    look("package");
    page.reset();
    EXPECT_TRUE(workspace.file().endsWith("ann.lamina"));
    {
        const auto package = workspace.shared();
        const auto there = (*package->labelItems().ofDataset(package->datasets().all()->front().id))->key;
        const auto last = **package->labelItems().at(there, 7);
        AnnotationRecord record;
        record.classNumber = 2;
        ASSERT_TRUE(package->annotations().apply(addedLabel(last, "bright"), LabelGesture{last.key, {record}, std::nullopt, {}, false}).get());
    }
    workspace.close();
    open("label_people");
    find<PeoplePanel>("label_people")->takeIn(file.chopped(8));  // the project that it was unpacked to: ann.lamina
    ASSERT_TRUE(comes([this] { return find<QLabel>("label_people_outcome")->text().contains("1 item"); })) << find<QLabel>("label_people_outcome")->text().toStdString();
    EXPECT_EQ(classOf(7), 2);
    EXPECT_EQ(project->annotations().ofItem(item(7).key)->front().annotator, "ann");
}

}  // namespace
}  // namespace lamina
