// The Label page in a window without a screen, on six pictures.
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

#include "app/jobs/annotation_jobs.h"
#include "app/workspace/workspace.h"
#include "tests/app/pages/label/page_pictures.h"
#include "tests/support/temporary_folder.h"
#include "widgets/canvas/canvas_view.h"

namespace lamina {

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

}  // namespace lamina
