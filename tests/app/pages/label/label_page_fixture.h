// The Label page in a window without a screen: on whatever a file holds, and on six pictures.
#pragma once

#include "app/pages/label/label_page.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>

#include <fstream>

#include "app/jobs/annotation_jobs.h"
#include "app/pages/label/item_desk.h"
#include "app/settings/settings.h"
#include "app/workspace/workspace.h"
#include "tests/app/pages/label/page_pictures.h"
#include "tests/support/temporary_folder.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/spans/span_view.h"

namespace lamina {

/// A folder, a project in it, and the page on that project.
class LabelPageOnFile : public testing::Test {
protected:
    LabelPageOnFile() {
        QStandardPaths::setTestModeEnabled(true);
        QObject::connect(&workspace, &Workspace::problem, [](const QString& text) { ADD_FAILURE() << text.toStdString(); });
    }
    ~LabelPageOnFile() override {
        workspace.close();
        workspace.tasks().finishAll();
    }

    /// What this file or folder holds becomes a project, and the page offers to begin.
    void open(const Path& source) {
        {
            auto project = Project::create(folder / "p.lamina");
            ImportRequest request;
            request.source = source;
            auto imported = importDataset(**project, request);
            ASSERT_TRUE(imported) << imported.error().debugText();
            dataset = imported->dataset;
        }
        workspace.open(QString::fromStdString((folder / "p.lamina").string()));
        ASSERT_TRUE(QTest::qWaitFor([this] { return workspace.isOpen(); }, 5000));
        page.resize(1000, 700);
        page.show();
        ASSERT_TRUE(QTest::qWaitFor([this] { return find<QPushButton>("label_begin")->isVisible(); }, 5000));
    }
    template <class Widget>
    Widget* find(const char* name) {
        return page.findChild<Widget*>(name);
    }
    void addClass(const char* name) {
        auto* search = find<QLineEdit>("label_class_search");
        search->setFocus();
        search->setText(name);
        QTest::keyClick(search, Qt::Key_Return);
        EXPECT_TRUE(QTest::qWaitFor([&] { return !find<QListWidget>("label_classes")->findItems(name, Qt::MatchExactly).isEmpty(); }, 5000)) << name;
    }
    /// What has the keyboard where items are labelled: the canvas, or a desk.
    QWidget* workplace() {
        for (auto* desk : page.findChildren<ItemDesk*>())
            if (desk->isVisible()) return desk->workplace();
        return &page.canvas();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        workplace()->setFocus();
        QTest::keyClick(workplace(), key, modifiers);
    }
    void keys(Qt::Key which, int times, Qt::KeyboardModifiers modifiers = {}) {
        for (int i = 0; i < times; ++i) key(which, modifiers);
    }
    LabelItemRecord item(std::int64_t position) {
        const auto project = workspace.shared();
        const auto labelling = project->labelItems().ofDataset(dataset.id);
        return **project->labelItems().at((*labelling)->key, position);
    }
    std::vector<AnnotationRecord> labels(std::int64_t position) { return *workspace.shared()->annotations().ofItem(item(position).key); }
    bool isSaved() {
        return QTest::qWaitFor([this] { return find<QLabel>("label_saved")->text().startsWith("saved"); }, 15000);
    }
    bool isAt(std::int64_t position) {
        return QTest::qWaitFor([&] { return page.position() == position; }, 5000);
    }

    TemporaryFolder folder;
    DatasetRecord dataset;
    Workspace workspace;
    LabelPage page{workspace};
};

/// On six pictures of 80 × 60.
class LabelPageTest : public LabelPageOnFile {
protected:
    LabelPageTest() {
        std::filesystem::create_directories(folder / "photos/all");
        for (int i = 0; i < 6; ++i) {
            QImage picture(80, 60, QImage::Format_RGB32);
            picture.fill(QColor(30 * i, 120, 90));
            QPainter painter(&picture);
            painter.setBrush(QColor(240, 200, 60 + 20 * i));
            painter.drawEllipse(20, 12, 28, 28);
            picture.save(QString::fromStdString((folder / ("photos/all/" + std::to_string(i) + ".png")).string()));
        }
        find<QCheckBox>("label_whole")->setChecked(false);
        open(folder / "photos");
    }

    void begin() {
        find<QPushButton>("label_begin")->click();
        EXPECT_TRUE(QTest::qWaitFor([this] { return page.canvas().isVisible() && page.canvas().pictureSize() == QSize(80, 60); }, 5000));
    }
    void drag(QPointF from, QPointF to) {
        auto& canvas = page.canvas();
        const auto place = [&](QPointF p) { return canvas.transform().toView(p).toPoint(); };
        QTest::mousePress(&canvas, Qt::LeftButton, {}, place(from));
        QMouseEvent move(QEvent::MouseMove, canvas.transform().toView(to), canvas.mapToGlobal(canvas.transform().toView(to)), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&canvas, &move);
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, place(to));
    }
    void look(const char* name) { EXPECT_EQ(lookAt(page, QString("label_") + name).join("\n").toStdString(), ""); }
};

/// On texts, rows or a series in a table.
class ItemDesksTest : public LabelPageOnFile {
protected:
    void openTable(const std::string& csv, bool wholeTexts = false) {
        settings::setValue("label/whole_texts", wholeTexts);
        std::ofstream(folder / "data.csv", std::ios::binary) << csv;
        open(folder / "data.csv");
        look("begin");
        find<QPushButton>("label_begin")->click();
    }
    bool shows(const char* desk) {
        return QTest::qWaitFor([&] { return find<ItemDesk>(desk) && find<ItemDesk>(desk)->isVisible(); }, 5000);
    }
    SpanView& text() { return *page.findChild<SpanView*>("label_text"); }
    void look(const char* name) { EXPECT_EQ(lookAt(page, QString("desk_") + name).join("\n").toStdString(), ""); }
};

/// Three texts: with a face that is two units, without a name of note, in Chinese.
inline const char* const newsText =
    "id,text\n"
    "1,\"\xF0\x9F\x98\x80 Anna Smith works for Acme in New York. Acme is large.\"\n"
    "2,\"Nobody of note was at the meeting in Berlin.\"\n"
    "3,\"\xE5\xBC\xA0\xE4\xBC\x9F\xE5\x9C\xA8\xE5\x8C\x97\xE4\xBA\xAC\xE5\xB7\xA5\xE4\xBD\x9C\xE3\x80\x82\"\n";

}  // namespace lamina
