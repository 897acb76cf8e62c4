#include "app/pages/train/augmentation_dialog.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "app/pages/train/augmentation_words.h"
#include "app/pages/train/train_page.h"
#include "app/workspace/language.h"
#include "app/workspace/training_controller.h"
#include "tests/support/window_project.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/version_grid.h"

namespace lamina {
namespace {

constexpr int augmentationPatience = 30000;

class AugmentationPage : public testing::Test {
protected:
    void SetUp() override { applyLanguage("en"); }
    /// A disc on a sky that fades: `red` or green, somewhere else in every picture.
    void photo(const Path& file, bool red, int number) {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream out(file);
        constexpr int edge = 48;
        out << "P3 " << edge << ' ' << edge << " 255\n";
        const int across = 14 + number * 7 % 20, down = 16 + number * 5 % 16;
        for (int y = 0; y < edge; ++y)
            for (int x = 0; x < edge; ++x) {
                const bool disc = (x - across) * (x - across) + (y - down) * (y - down) < 90;
                if (disc) out << (red ? "220 60 40 " : "40 170 60 ");
                else out << 90 + 2 * y << ' ' << 120 + 2 * x << ' ' << 230 - y << ' ';
            }
    }
    Path photoProject() {
        for (int i = 0; i < 20; ++i) {
            photo(folder / ("photos/red/" + std::to_string(i) + ".ppm"), true, i);
            photo(folder / ("photos/green/" + std::to_string(i) + ".ppm"), false, i);
        }
        const Path file = folder / "photos.lamina";
        auto project = Project::create(file);
        EXPECT_TRUE(project) << project.error().debugText();
        ImportRequest request;
        request.source = folder / "photos";
        auto imported = importDataset(**project, request);
        EXPECT_TRUE(imported) << imported.error().debugText();
        EXPECT_TRUE(splitDataset(**project, imported->dataset, SplitSettings{}));
        EXPECT_TRUE(buildNetwork(**project, BuildRequest{}));
        return file;
    }
    void open(const Path& file) {
        workspace.open(QString::fromStdString(file.string()));
        ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.isOpen(); }, augmentationPatience));
        page.resize(1180, 720);
        page.show();
        ASSERT_TRUE(QTest::qWaitFor([&] { return button("train_start")->isEnabled(); }, augmentationPatience));
    }
    QPushButton* button(const char* name) { return page.findChild<QPushButton*>(name); }
    QString said() { return page.findChild<QLabel*>("train_augmentation")->text(); }
    AugmentationDialog* openDialog() {
        button("train_augment")->click();
        auto* dialog = page.findChild<AugmentationDialog*>();
        EXPECT_TRUE(dialog);
        EXPECT_TRUE(shows(*dialog));
        return dialog;
    }
    static VersionGrid& grid(AugmentationDialog& dialog) { return *dialog.findChild<VersionGrid*>(); }
    static bool shows(AugmentationDialog& dialog) {
        return QTest::qWaitFor([&] { return !grid(dialog).lines().empty(); }, augmentationPatience);
    }
    static bool click(AugmentationDialog& dialog, const char* name) {
        QSignalSpy shown(&dialog, &AugmentationDialog::shown);
        dialog.findChild<QPushButton*>(name)->click();
        return shown.wait(augmentationPatience);
    }
    static void shot(QWidget& widget, const char* name) {
        const QString shots = qEnvironmentVariable("LAMINA_SHOTS");
        if (!shots.isEmpty()) widget.grab().save(QDir(shots).filePath(QLatin1String(name)));
    }

    TemporaryFolder folder;
    Workspace workspace;
    TrainPage page{workspace};
};

TEST_F(AugmentationPage, PhotosGetAMildSetWhoseEffectOnTheOwnPicturesIsSeen) {
    open(photoProject());
    EXPECT_TRUE(said().startsWith("Usual for photos: Flip")) << said().toStdString();
    AugmentationDialog* dialog = openDialog();
    const auto lines = grid(*dialog).lines();
    ASSERT_EQ(lines.size(), 4u);
    ASSERT_EQ(lines[0].cells.size(), 6u);
    EXPECT_EQ(lines[0].cells[0].picture.size(), QSize(48, 48));
    EXPECT_NE(lines[0].cells[0].picture, lines[0].cells[1].picture);
    EXPECT_NE(lines[0].cells[1].picture, lines[0].cells[2].picture);
    EXPECT_TRUE(lines[0].name.contains("red") || lines[0].name.contains("green")) << lines[0].name.toStdString();
    shot(*dialog, "augmentation.png");

    ASSERT_TRUE(click(*dialog, "augmentation_again"));
    EXPECT_EQ(grid(*dialog).lines()[0].cells[0].picture, lines[0].cells[0].picture) << "the same rows";
    int others = 0;  // one draw may come out like the draw before it, five hardly do
    for (std::size_t i = 1; i < lines[0].cells.size(); ++i) others += grid(*dialog).lines()[0].cells[i].picture != lines[0].cells[i].picture;
    EXPECT_GE(others, 1) << "with other random numbers";
    ASSERT_TRUE(click(*dialog, "augmentation_others"));
    EXPECT_NE(grid(*dialog).lines()[0].name, lines[0].name);
    ASSERT_TRUE(click(*dialog, "augmentation_none"));
    const auto& plain = grid(*dialog).lines()[0].cells;
    EXPECT_EQ(plain[0].picture, plain[5].picture);
    EXPECT_TRUE(dialog->steps().empty());
    ASSERT_TRUE(click(*dialog, "augmentation_usual"));
    EXPECT_EQ(dialog->steps().size(), 5u);
}

TEST_F(AugmentationPage, WhatIsTickedIsTrainedWithAndTheRunShowsIt) {
    open(photoProject());
    AugmentationDialog* dialog = openDialog();
    ASSERT_TRUE(click(*dialog, "augmentation_none"));
    auto* kinds = dialog->findChild<QListWidget*>("augmentation_kinds");
    const auto blur = kinds->findItems("Blur", Qt::MatchExactly);
    ASSERT_EQ(blur.size(), 1);
    QSignalSpy shown(dialog, &AugmentationDialog::shown);
    blur[0]->setCheckState(Qt::Checked);
    ASSERT_TRUE(shown.wait(augmentationPatience));
    dialog->findChild<QPushButton*>("augmentation_take")->click();
    EXPECT_EQ(said(), "Blur");
    button("train_start")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace.training().state() == TrainingController::State::Running; }, augmentationPatience));
    auto* label = page.findChild<ElidedLabel*>("train_augmented");
    EXPECT_TRUE(QTest::qWaitFor([&] { return label->isVisible(); }, augmentationPatience));
    EXPECT_TRUE(label->fullText().contains("Blur")) << label->fullText().toStdString();
    workspace.training().stopNow();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !workspace.training().busy(); }, augmentationPatience));
    const auto plan = planFromJson(workspace.shared()->runs().find(workspace.run())->settings);
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->augmentation.size(), 1u);
    EXPECT_EQ(plan->augmentation[0].type, "blur");
}

TEST_F(AugmentationPage, RowsOfATableStayAsTheyAreUntilSomebodyAsksForNoise) {
    open(makeColourProject(folder));
    EXPECT_EQ(said(), "The training rows stay as they are.");
    AugmentationDialog* dialog = openDialog();
    EXPECT_TRUE(dialog->steps().empty());
    auto* kinds = dialog->findChild<QListWidget*>("augmentation_kinds");
    ASSERT_EQ(kinds->count(), 1) << "only what is made for tables";
    const auto plain = grid(*dialog).lines()[0].cells;
    ASSERT_EQ(plain[0].lines.size(), 3);
    EXPECT_EQ(plain[0].lines, plain[1].lines);
    QSignalSpy shown(dialog, &AugmentationDialog::shown);
    kinds->item(0)->setCheckState(Qt::Checked);
    ASSERT_TRUE(shown.wait(augmentationPatience));
    EXPECT_NE(grid(*dialog).lines()[0].cells[1].lines, plain[1].lines);
    EXPECT_EQ(grid(*dialog).lines()[0].cells[0].lines, plain[0].lines) << "the original";
    shot(*dialog, "augmentation_table.png");
}

TEST_F(AugmentationPage, AugmentationPicturesAreSavedForPeople) {
    if (qEnvironmentVariable("LAMINA_SHOTS").isEmpty()) GTEST_SKIP() << "LAMINA_SHOTS names no folder";
    open(photoProject());
    shot(page, "train_photos.png");
    applyTheme(ThemeChoice::Dark);
    applyLanguage("zh");
    AugmentationDialog* dialog = openDialog();
    QTest::qWait(200);
    shot(*dialog, "augmentation_dark_zh.png");
    applyLanguage("en");
    applyTheme(ThemeChoice::Light);
}

}  // namespace
}  // namespace lamina
