// The Review page with a real project: curves of runs, an evaluation, the items behind a cell.
#include "app/pages/review/review_page.h"

#include <gtest/gtest.h>

#include <filesystem>

#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QTimer>
#include <QTranslator>
#include <QTreeView>

#include "app/jobs/training_run.h"
#include "app/pages/review/run_list.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "tests/app/pages/use/trained_project.h"
#include "tests/support/window_project.h"
#include "tests/support/window_test.h"
#include "widgets/charts/confusion_matrix_view.h"
#include "widgets/charts/rate_curves_view.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/thumbnail_gallery.h"
#include "widgets/tables/data_table.h"

namespace lamina {
namespace {

class Review : public testing::Test {
protected:
    void train(int runs) {
        auto project = Project::open(m_file, StoreAccess::Write);
        ASSERT_TRUE(project);
        for (int i = 0; i < runs; ++i) {
            TrainingRequest request;
            request.plan.epochs = 4;
            request.plan.seed = static_cast<std::uint64_t>(i + 1);
            auto run = TrainingRun::start(**project, request);
            ASSERT_TRUE(run) << run.error().debugText();
            ASSERT_TRUE((*run)->finish());
        }
    }
    void open() {
        m_workspace.open(QString::fromStdString(m_file.string()));
        ASSERT_TRUE(QTest::qWaitFor([&] { return m_workspace.isOpen(); }, patience));
        m_page.resize(1200, 680);
        m_page.show();
    }
    void shoot(const char* name) {
        const QString folder = qEnvironmentVariable("LAMINA_SHOTS");
        if (!folder.isEmpty()) m_page.grab().save(QDir(folder).filePath(QStringLiteral("review_%1.png").arg(name)));
    }
    /// In English and light, in Chinese ($LAMINA_QM) and dark.
    void shootBoth(const std::string& name) {
        if (qEnvironmentVariableIsEmpty("LAMINA_SHOTS")) return;
        QTest::qWait(100);
        shoot(name.c_str());
        QTranslator pages, charts;
        (void)pages.load(QDir(qEnvironmentVariable("LAMINA_QM")).filePath("pages_review_zh_CN.qm"));
        (void)charts.load(QDir(qEnvironmentVariable("LAMINA_QM")).filePath("widgets_charts_zh_CN.qm"));
        applyLanguage("zh");
        QCoreApplication::installTranslator(&pages);
        QCoreApplication::installTranslator(&charts);
        applyTheme(ThemeChoice::Dark);
        QTest::qWait(300);
        shoot((name + "_dark_zh").c_str());
        QCoreApplication::removeTranslator(&pages);
        QCoreApplication::removeTranslator(&charts);
        applyLanguage("en");
        applyTheme(ThemeChoice::Light);
        QTest::qWait(300);
    }
    template <class T>
    T* child(const char* name) {
        return m_page.findChild<T*>(name);
    }

    TemporaryFolder m_folder;
    Path m_file = makeColourProject(m_folder);
    Workspace m_workspace;
    ReviewPage m_page{m_workspace};
};

TEST_F(Review, WithoutARunItLeadsToTraining) {
    open();
    QString wanted;
    QObject::connect(&m_workspace, &Workspace::pageWanted, [&](const QString& page) { wanted = page; });
    QTest::mouseClick(child<QPushButton>("review_to_train"), Qt::LeftButton);
    EXPECT_EQ(wanted, "train");
    shoot("empty");
}

TEST_F(Review, RunsAreListedTheNewestChosen) {
    train(2);
    open();
    auto* runs = child<QTreeView>("review_runs");
    ASSERT_TRUE(waitFor([&] { return runs->model()->rowCount() == 2; }));
    ASSERT_TRUE(waitFor([&] { return !m_workspace.run().empty(); }));
    EXPECT_EQ(m_workspace.run(), m_workspace.shared()->runs().all()->back().id);
    QTest::qWait(400);
    shoot("curves");
}

TEST_F(Review, EvaluatingShowsTheMatrixAndACellItsItems) {
    train(1);
    open();
    child<QTabWidget>("review_tabs")->setCurrentIndex(1);
    auto* start = child<QPushButton>("evaluation_start");
    ASSERT_TRUE(waitFor([&] { return start->isEnabled(); }));
    QTest::mouseClick(start, Qt::LeftButton);
    auto* matrix = child<ConfusionMatrixView>("evaluation_matrix");
    ASSERT_TRUE(waitFor([&] { return matrix->values().size() == 3 && matrix->isVisible(); }))
        << (m_workspace.tasks().rowCount() ? m_workspace.tasks().info(0).detail.toStdString() : "no task");
    EXPECT_EQ(matrix->values().total(), 30) << "a tenth of 300 rows is the validation part";
    EXPECT_TRUE(child<QLabel>("evaluation_scores")->text().contains("frequent"));
    emit matrix->cellActivated(0, 0);
    auto* table = m_page.findChild<DataTable*>();
    ASSERT_TRUE(waitFor([&] { return table->isVisible(); }));
    EXPECT_EQ(table->model().rowCount(), matrix->values().at(0, 0));
    QTest::qWait(200);
    shoot("evaluation");
}

TEST_F(Review, AnEvaluationHasCurvesAndMoreNumbersForWhoWantsThem) {
    train(1);
    open();
    child<QTabWidget>("review_tabs")->setCurrentIndex(1);
    auto* start = child<QPushButton>("evaluation_start");
    ASSERT_TRUE(waitFor([&] { return start->isEnabled(); }));
    QTest::mouseClick(start, Qt::LeftButton);
    auto* tabs = child<QTabWidget>("evaluation_tabs");
    ASSERT_TRUE(waitFor([&] { return tabs->isVisible(); }));
    EXPECT_FALSE(child<QLabel>("evaluation_scores")->text().contains("Matthews"));
    tabs->setCurrentIndex(1);
    auto* rates = child<RateCurvesView>("evaluation_rates");
    ASSERT_EQ(rates->curves().size(), 3u);
    EXPECT_EQ(rates->curves()[0].points.front(), QPointF(0, 0));
    EXPECT_EQ(rates->curves()[0].points.back(), QPointF(1, 1));
    EXPECT_FALSE(rates->curves()[0].value.isEmpty());
    shootBoth("roc");
    child<QComboBox>("evaluation_rate_kind")->setCurrentIndex(1);
    EXPECT_DOUBLE_EQ(rates->curves()[0].points.back().x(), 1) << "all are found in the end";
    shootBoth("precision");
    tabs->setCurrentIndex(2);
    const QString more = child<QLabel>("evaluation_more")->text();
    EXPECT_TRUE(more.contains("Matthews"));
    EXPECT_TRUE(more.contains("no better than guessing")) << "each with a sentence on what it says";
    EXPECT_FALSE(more.contains("best guesses")) << "of three classes the right one is always among three";
    shootBoth("more");
}

TEST_F(Review, TheModelIsLoadedOnceForAllParts) {
    train(1);
    open();
    child<QTabWidget>("review_tabs")->setCurrentIndex(1);
    auto* start = child<QPushButton>("evaluation_start");
    auto* matrix = child<ConfusionMatrixView>("evaluation_matrix");
    ASSERT_TRUE(waitFor([&] { return start->isEnabled(); }));
    QTest::mouseClick(start, Qt::LeftButton);
    ASSERT_TRUE(waitFor([&] { return matrix->isVisible() && matrix->values().total() == 30; }));
    const auto best = *m_workspace.shared()->checkpoints().best(m_workspace.run());
    std::filesystem::remove(m_workspace.shared()->filePath(best->fileHash));
    emit matrix->cellActivated(0, 0);
    EXPECT_TRUE(waitFor([&] { return m_page.findChild<DataTable*>()->isVisible(); }));
    child<QComboBox>("evaluation_part")->setCurrentIndex(2);
    ASSERT_TRUE(waitFor([&] { return start->isEnabled(); }));
    QTest::mouseClick(start, Qt::LeftButton);
    EXPECT_TRUE(waitFor([&] { return matrix->isVisible() && matrix->values().total() == 240; })) << "four fifths of 300 rows are for training";
}

TEST_F(Review, ARunIsDeletedAfterAQuestionAndUndoBringsItBack) {
    train(3);
    open();
    auto* runs = child<QTreeView>("review_runs");
    ASSERT_TRUE(waitFor([&] { return runs->model()->rowCount() == 3 && !m_workspace.run().empty(); }));
    const std::string newest = m_workspace.run();
    QString asked;
    const auto press = [&](int button) {
        QTimer::singleShot(100, [&asked, button] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box) return;
            asked = box->text() + box->informativeText();
            const QString folder = qEnvironmentVariable("LAMINA_SHOTS");
            if (!folder.isEmpty()) box->grab().save(QDir(folder).filePath("review_delete_question.png"));
            box->buttons().at(button)->click();
        });
        child<QAction>("review_delete")->trigger();
    };
    press(1);
    EXPECT_TRUE(asked.contains("3")) << asked.toStdString() << ": it names the run";
    EXPECT_EQ(m_workspace.shared()->runs().all()->size(), 3u) << "Keep keeps";
    press(0);
    ASSERT_TRUE(waitFor([&] { return runs->model()->rowCount() == 2; }));
    EXPECT_EQ(m_workspace.shared()->runs().find(newest).error().code, "run.not_found");
    ASSERT_TRUE(waitFor([&] { return m_workspace.run() != newest && !m_workspace.run().empty(); })) << "another run is looked at";
    ASSERT_TRUE(waitFor([&] { return !m_workspace.undoText().isEmpty(); }));
    m_workspace.undo();
    ASSERT_TRUE(waitFor([&] { return runs->model()->rowCount() == 3; }));
    runs->selectAll();
    press(0);
    ASSERT_TRUE(waitFor([&] { return child<QPushButton>("review_to_train")->isVisible(); })) << "none is left";
    EXPECT_TRUE(m_workspace.run().empty());
}

TEST_F(Review, ColumnsAreHiddenAndStayHidden) {
    train(1);
    open();
    auto* runs = child<QTreeView>("review_runs");
    EXPECT_TRUE(runs->isColumnHidden(RunListModel::Note));
    EXPECT_FALSE(runs->isColumnHidden(RunListModel::Status));
    child<QAction>("review_column_note")->toggle();
    child<QAction>("review_column_status")->toggle();
    EXPECT_FALSE(runs->isColumnHidden(RunListModel::Note));
    EXPECT_TRUE(runs->isColumnHidden(RunListModel::Status));
    const RunList next;
    EXPECT_TRUE(next.findChild<QTreeView*>("review_runs")->isColumnHidden(RunListModel::Status)) << "kept for the next time";
    child<QAction>("review_column_note")->toggle();
    child<QAction>("review_column_status")->toggle();
}

TEST_F(Review, AReaderCannotDeleteOrRename) {
    train(1);
    const auto writer = Project::open(m_file, StoreAccess::Write);
    open();
    ASSERT_TRUE(waitFor([&] { return child<QTreeView>("review_runs")->model()->rowCount() == 1; }));
    ASSERT_TRUE(m_workspace.readOnly());
    for (const char* name : {"review_delete", "review_rename", "review_note", "review_free_space"}) {
        EXPECT_FALSE(child<QAction>(name)->isEnabled()) << name;
        EXPECT_FALSE(child<QAction>(name)->toolTip().isEmpty()) << name;
    }
    EXPECT_FALSE(child<QPushButton>("evaluation_start")->isEnabled());
    EXPECT_FALSE(child<QPushButton>("evaluation_start")->toolTip().isEmpty());
}

TEST_F(Review, TheFinalCheckIsAskedAboutAndCounted) {
    train(1);
    open();
    child<QTabWidget>("review_tabs")->setCurrentIndex(1);
    auto* part = child<QComboBox>("evaluation_part");
    part->setCurrentIndex(1);
    auto* start = child<QPushButton>("evaluation_start");
    ASSERT_TRUE(waitFor([&] { return start->isEnabled(); }));
    QString asked;
    // The question comes once it is known how often the test part was looked at.
    const auto answer = [&](int button) {
        asked.clear();
        QTimer poll;
        QObject::connect(&poll, &QTimer::timeout, [&] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box) return;
            poll.stop();
            asked = box->text();
            box->buttons().at(button)->click();
        });
        poll.start(20);
        QTest::mouseClick(start, Qt::LeftButton);
        ASSERT_TRUE(waitFor([&] { return !asked.isEmpty(); }));
    };
    const std::string run = m_workspace.shared()->runs().all()->front().id;
    answer(1);
    EXPECT_TRUE(m_workspace.shared()->evaluations().ofRun(run)->empty());
    answer(0);
    ASSERT_TRUE(waitFor([&] { return !m_workspace.shared()->evaluations().ofRun(run)->empty(); }));
    EXPECT_TRUE(m_workspace.shared()->evaluations().ofRun(run)->front().finalCheck);
    EXPECT_EQ(m_workspace.shared()->evaluations().ofRun(run)->front().count, 1);
    EXPECT_TRUE(asked.contains("one honest number")) << asked.toStdString();
    ASSERT_TRUE(waitFor([&] { return start->isEnabled(); }));
    answer(1);
    EXPECT_TRUE(asked.contains("look no. 2")) << asked.toStdString();
    const auto first = QDateTime::fromMSecsSinceEpoch(m_workspace.shared()->evaluations().ofRun(run)->front().time);
    EXPECT_TRUE(asked.contains(QLocale().toString(first, QLocale::ShortFormat))) << "when the first was: " << asked.toStdString();
    EXPECT_EQ(m_workspace.shared()->evaluations().ofRun(run)->size(), 1u) << "not yet";
}

TEST_F(Review, OfSeveralOutputsEachIsLookedAtByItself) {
    m_file = m_folder / "photos.lamina";
    trainOnPhotos(*must(Project::create(m_file)), m_folder.path());
    open();
    child<QTabWidget>("review_tabs")->setCurrentIndex(1);
    auto* outputs = child<QComboBox>("evaluation_output");
    auto* start = child<QPushButton>("evaluation_start");
    ASSERT_TRUE(waitFor([&] { return start->isEnabled(); }));
    EXPECT_FALSE(outputs->isVisible()) << "nothing is evaluated yet";
    QTest::mouseClick(start, Qt::LeftButton);
    ASSERT_TRUE(waitFor([&] { return outputs->isVisible(); }));
    EXPECT_EQ(outputs->count(), 2);
    EXPECT_EQ(outputs->currentText(), "shade");
    auto* matrix = child<ConfusionMatrixView>("evaluation_matrix");
    EXPECT_EQ(matrix->values().size(), 2);
    shootBoth("output_classes");
    outputs->setCurrentIndex(1);
    EXPECT_EQ(matrix->values().size(), 0) << "prices have no classes";
    EXPECT_TRUE(child<QLabel>("evaluation_scores")->text().contains("Mean")) << child<QLabel>("evaluation_scores")->text().toStdString();
    auto* table = m_page.findChild<DataTable*>();
    auto* gallery = m_page.findChild<ThumbnailGallery*>();
    ASSERT_TRUE(waitFor([&] { return table->isVisible() || (gallery && gallery->isVisible()); }));
    shootBoth("output_numbers");
    outputs->setCurrentIndex(0);
    EXPECT_EQ(matrix->values().size(), 2);
}

}  // namespace
}  // namespace lamina
