// The frame: stages, language and theme while running, files that are dropped, what is asked before a training is ended.
#include "app/studio/main_window.h"

#include <gtest/gtest.h>

#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>
#include <QTextFrame>
#include <QTextTable>
#include <QTimer>
#include <QToolButton>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "app/settings/settings.h"
#include "app/studio/help.h"
#include "app/studio/sample_projects.h"
#include "app/workspace/language.h"
#include "app/workspace/training_controller.h"
#include "core/store/file_lock.h"
#include "tests/support/window_project.h"
#include "tests/support/window_test.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

const QStringList stages{"data", "clean", "label", "model", "train", "review", "use"};

class Window : public testing::Test {
protected:
    Window() {
        applyLanguage("en");
        settings::setValue("projects_folder", QString::fromStdString(m_folder.path().string()));
        m_window.resize(1366, 768);
        m_window.show();
    }
    void open() {
        m_window.take({QString::fromStdString(m_file.string())});
        ASSERT_TRUE(QTest::qWaitFor([&] { return m_window.workspace().isOpen(); }, patience));
    }
    void shoot(const QString& name) {
        const QString folder = qEnvironmentVariable("LAMINA_SHOTS");
        if (!folder.isEmpty()) m_window.grab().save(QDir(folder).filePath("studio_" + name + ".png"));
    }

    TemporaryFolder m_folder;
    Path m_file = makeColourProject(m_folder);
    MainWindow m_window;
};

TEST_F(Window, WithoutAProjectItOffersOneAndStagesAreShut) {
    EXPECT_TRUE(m_window.findChild<QWidget*>("welcome_new")->isVisible());
    EXPECT_FALSE(m_window.findChild<QToolButton*>("stage_train")->isEnabled());
    shoot("welcome");
}

TEST_F(Window, EveryStageIsAKeyAway) {
    open();
    for (int i = 0; i < stages.size(); ++i) {
        auto* action = m_window.findChild<QAction*>("action_stage_" + stages[i]);
        ASSERT_TRUE(action);
        EXPECT_EQ(action->shortcut(), QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)));
        action->trigger();
        EXPECT_EQ(m_window.currentPage(), stages[i]);
        EXPECT_TRUE(m_window.findChild<QToolButton*>("stage_" + stages[i])->isChecked());
        QTest::qWait(150);
        shoot("page_" + stages[i]);
    }
}

TEST_F(Window, AssistiveToolsCanTurnToAStage) {
    open();
    auto* button = m_window.findChild<QToolButton*>("stage_model");
    QAccessibleActionInterface* actions = QAccessible::queryAccessibleInterface(button)->actionInterface();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !actions->actionNames().isEmpty(); }, patience));
    actions->doAction(actions->actionNames().front());
    EXPECT_EQ(m_window.currentPage(), "model");
}

TEST_F(Window, EveryControlHasANameForAssistiveTools) {
    open();
    for (const QString& stage : stages) {
        m_window.showPage(stage);
        QTest::qWait(100);
        for (QWidget* widget : m_window.findChildren<QWidget*>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)) continue;
            QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
            if (!accessible || accessible->state().invisible || widget->focusProxy()) continue;
            const auto role = accessible->role();
            if (role != QAccessible::Button && role != QAccessible::ComboBox && role != QAccessible::EditableText && role != QAccessible::SpinBox &&
                role != QAccessible::CheckBox && role != QAccessible::Slider && role != QAccessible::List && role != QAccessible::Table && role != QAccessible::Tree)
                continue;
            // The editor inside a spin box or combo box is spoken of by its parent.
            if (qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) || qobject_cast<QComboBox*>(widget->parentWidget())) continue;
            EXPECT_FALSE(accessible->text(QAccessible::Name).isEmpty())
                << stage.toStdString() << ": " << widget->metaObject()->className() << " " << widget->objectName().toStdString() << " has no accessible name";
        }
    }
}

TEST_F(Window, ItFitsASmallScreenWithEveryPanelOpen) {
    open();
    auto* history = m_window.findChild<QAction*>("action_history");
    ASSERT_TRUE(QTest::qWaitFor([&] { return history->isEnabled(); }, patience));
    m_window.workspace().tasks().announce("A training that takes long", [] {});
    m_window.resize(1024, 700);
    for (const QString& stage : stages + QStringList{"train", "data"}) {
        m_window.showPage(stage);
        if (!m_window.findChild<QDockWidget*>("history_dock")->isVisible()) history->trigger();
        QTest::qWait(300);  // until the page has read what it shows
        m_window.resize(1024, 700);
        QTest::qWait(50);
        EXPECT_LE(m_window.width(), 1024) << stage.toStdString();
        EXPECT_LE(m_window.height(), 700) << stage.toStdString();
        shoot("narrow_" + stage);
    }
}

TEST_F(Window, LanguageAndThemeChangeWhileItRuns) {
    open();
    auto* data = m_window.findChild<QToolButton*>("stage_data");
    EXPECT_EQ(data->text(), "Data");
    applyLanguage("zh");
    applyTheme(ThemeChoice::Dark);
    ASSERT_TRUE(QTest::qWaitFor([&] { return data->text() == QStringLiteral("数据"); }, patience));
    for (const QString& stage : stages) {
        m_window.showPage(stage);
        QTest::qWait(150);
        shoot("dark_zh_" + stage);
    }
    applyLanguage("en");
    applyTheme(ThemeChoice::Light);
    EXPECT_TRUE(QTest::qWaitFor([&] { return data->text() == "Data"; }, patience));
}

TEST_F(Window, TablesOfTheHelpHaveOneLineBetweenCells) {
    for (const QString& stage : stages + QStringList{QString()}) {
        showHelp(stage, &m_window);
        auto* text = m_window.findChild<QTextBrowser*>("help_text");
        ASSERT_TRUE(text);
        EXPECT_GT(text->toPlainText().size(), 200) << stage.toStdString() << " has no help";
        for (QTextFrame* frame : text->document()->rootFrame()->childFrames()) {
            EXPECT_TRUE(frame->frameFormat().toTableFormat().borderCollapse());
            EXPECT_EQ(frame->frameFormat().toTableFormat().cellSpacing(), 0);
        }
        delete m_window.findChild<QDialog*>("help_dialog");
    }
}

TEST_F(Window, AnEmptyProjectHasNoEmptyPanelAndAClosedPanelStaysClosed) {
    auto* side = m_window.findChild<QDockWidget*>("side_dock");
    m_window.workspace().create(QString::fromStdString((m_folder / "empty.lamina").string()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_window.workspace().isOpen() && !m_window.findChild<QAction*>("action_side")->isEnabled(); }, patience));
    EXPECT_FALSE(side->isVisible());
    open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return side->isVisible(); }, patience));
    m_window.findChild<QAction*>("action_side")->trigger();
    m_window.showPage("model");
    EXPECT_FALSE(side->isVisible());
    m_window.findChild<QAction*>("action_side")->trigger();
    EXPECT_TRUE(side->isVisible());
}

TEST_F(Window, WhatWasOpenElsewhereCanBeChangedOnceItIsClosedThere) {
    auto other = Project::open(m_file, StoreAccess::Write);
    ASSERT_TRUE(other);
    open();
    EXPECT_TRUE(m_window.workspace().lockedByOther());
    auto* notice = m_window.findChild<QLabel*>("notice_text");
    EXPECT_TRUE(notice->text().contains("process")) << "who has it: " << notice->text().toStdString();
    auto* button = m_window.findChild<QPushButton*>("notice_button");
    EXPECT_FALSE(button->isVisible());
    other->reset();
    ASSERT_TRUE(QTest::qWaitFor([&] { return button->isVisible(); }, patience));
    EXPECT_TRUE(m_window.workspace().readOnly()) << "nothing changes before somebody asks for it";
    button->click();
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_window.workspace().isOpen() && !m_window.workspace().readOnly(); }, patience));
}

TEST_F(Window, ADroppedProjectIsOpened) {
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(QString::fromStdString(m_file.string()))});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&m_window, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&m_window, &drop);
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_window.workspace().isOpen(); }, patience));
}

TEST_F(Window, ClosingAsksWhileATrainingRunsAndKeepsItIfWanted) {
    open();
    TrainingRequest request;
    request.plan.epochs = 100000;
    m_window.workspace().training().start(request);
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_window.workspace().training().snapshot().step > 5; }, patience));
    bool asked = false;
    QTimer::singleShot(200, [&] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        asked = box != nullptr;
        if (box) box->reject();
    });
    EXPECT_FALSE(m_window.close());
    EXPECT_TRUE(asked);
    EXPECT_TRUE(m_window.workspace().training().busy());
}

TEST_F(Window, ClosingAsksWhereSomethingIsNotSavedAndStaysOpenIfWanted) {
    open();
    QString loss = "Three strokes";
    m_window.workspace().guardClosing(&m_window, [&] { return loss; });
    QString asked;
    QTimer::singleShot(200, &m_window, [&] {
        auto* box = m_window.findChild<QMessageBox*>("loss_question");
        if (!box) return;
        asked = box->text();
        box->defaultButton()->click();
    });
    EXPECT_FALSE(m_window.close());
    EXPECT_EQ(asked, loss);
    EXPECT_TRUE(m_window.workspace().isOpen());
    loss.clear();
    EXPECT_TRUE(m_window.close());
    EXPECT_FALSE(m_window.workspace().isOpen());
}

TEST_F(Window, TheSampleThatIsPartOfTheProgramOpensReadyToTrain) {
    m_window.openSample("iris");
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_window.workspace().isOpen(); }, patience));
    const auto project = m_window.workspace().shared();
    EXPECT_EQ(m_window.workspace().name(), "iris");
    EXPECT_EQ(project->datasets().all()->front().rows, 150);
    for (const std::string& name : m_folder.names()) EXPECT_FALSE(name.starts_with(".making-")) << "left over: " << name;
    EXPECT_EQ(project->networks().all()->size(), 1u);
    EXPECT_EQ(project->splits().ofDataset(project->datasets().all()->front().id)->size(), 1u);
}

TEST(SampleWork, WhatAKilledStartLeftIsSweptAndWhatIsBeingMadeStays) {
    const TemporaryFolder folder;
    const auto leave = [&](const char* name, bool old) {
        std::filesystem::create_directories(folder / name / "iris.lamina.d");
        std::ofstream(folder / name / "lock") << "process 1 on here\n";
        if (old) std::filesystem::last_write_time(folder / name, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    };
    leave(".making-dead", true);
    leave(".making-alive", true);
    leave(".making-begins", false);
    leave("mine", true);
    const auto maker = FileLock::take(folder / ".making-alive" / "lock");
    ASSERT_TRUE(maker);
    std::filesystem::last_write_time(folder / ".making-alive", std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    sweepSampleWork(folder.path());
    auto names = folder.names();
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names, (std::vector<std::string>{".making-alive", ".making-begins", "mine"}));
}

}  // namespace
}  // namespace lamina
