// The Clean page of a data set of pictures: they are seen in the table, those that look alike are proposed, and their copies for others are found.
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTreeWidget>

#include "app/jobs/profile_jobs.h"
#include "app/pages/clean/step_picker.h"
#include "app/pages/clean/suggestion_list.h"
#include "app/pages/common/pictures_out_dialog.h"
#include "app/settings/settings.h"
#include "tests/app/pages/clean/clean_page_fixture.h"

namespace lamina {
namespace {

class CleanPicturesTest : public CleanPageTest {
protected:
    /// Fifty pictures of coarse random fields in two classes; three of them come again, brighter or smaller.
    Path pictures() {
        const Path place = folder.path() / "photos";
        const auto save = [&](const QImage& picture, int item) {
            const Path of = place / (item % 2 ? "cat" : "dog");
            std::filesystem::create_directories(of);
            EXPECT_TRUE(picture.save(QString::fromStdString((of / (std::to_string(item) + ".png")).string())));
        };
        unsigned state = 7;
        for (int item = 0; item < 50; ++item) {
            QImage fields(8, 8, QImage::Format_RGB32);
            for (int y = 0; y < 8; ++y)
                for (int x = 0; x < 8; ++x) {
                    state = state * 1664525u + 1013904223u;
                    fields.setPixel(x, y, qRgb(static_cast<int>(state >> 24), static_cast<int>(state >> 16 & 255), static_cast<int>(state >> 8 & 255)));
                }
            const QImage picture = fields.scaled(96, 96);
            save(picture, item);
            if (item < 3) save(picture.scaled(64, 64, Qt::IgnoreAspectRatio, Qt::SmoothTransformation), 100 + item);
        }
        return place;
    }
    bool importPictures() {
        ImportRequest request;
        request.source = pictures();
        request.settings = {{"keep", "copied"}};
        auto imported = importDataset(*workspace.shared(), request);
        EXPECT_TRUE(imported.ok()) << (imported ? "" : imported.error().debugText());
        if (!imported) return false;
        workspace.noteEdit();
        return wait([this] { return page->state() != nullptr; }) && settled();
    }
    QStringList suggested() {
        QStringList words;
        for (const QPushButton* button : page->findChild<SuggestionList*>()->findChildren<QPushButton*>()) words << button->accessibleName();
        return words;
    }
    QPushButton* alikeButton() {
        for (QPushButton* button : page->findChild<SuggestionList*>()->findChildren<QPushButton*>())
            if (button->accessibleName().contains("look like another")) return button;
        return nullptr;
    }
};

TEST_F(CleanPicturesTest, PicturesThatLookAlikeAreProposedOnceTheyWereCompared) {
    ASSERT_TRUE(importPictures());
    EXPECT_FALSE(alikeButton()) << "nothing was read yet, and nothing is read for it";
    const auto dataset = workspace.shared()->datasets().all()->back();
    ASSERT_TRUE(profileDataset(*workspace.shared(), dataset).ok());
    add("rename_column", {"file"}, {{"name", "name"}});
    ASSERT_TRUE(wait([&] { return page->settled() && alikeButton(); })) << suggested().join('\n').toStdString();
    EXPECT_TRUE(alikeButton()->accessibleName().startsWith("3 ")) << alikeButton()->accessibleName().toStdString();
    alikeButton()->click();
    ASSERT_TRUE(settled());
    ASSERT_EQ(page->recipe().steps.size(), 2u);
    EXPECT_EQ(page->recipe().steps[1].type, "drop_alike_pictures");
    const auto& removed = page->state()->after.removedBy;
    ASSERT_TRUE(removed) << model().index(2).data(StepListModel::ErrorRole).toString().toStdString() << model().index(2).data(StepListModel::ReportRole).toString().toStdString();
    EXPECT_EQ(std::count_if(removed->begin(), removed->end(), [](std::uint16_t by) { return by != 0; }), 3);
    EXPECT_FALSE(alikeButton()) << "done: " << suggested().join('\n').toStdString();
}

TEST_F(CleanPicturesTest, TheTableShowsThePictures) {
    ASSERT_TRUE(importPictures());
    int column = 0;
    while (column < table().model().columnCount() && table().model().heading(column).kind != CellKind::Picture) ++column;
    ASSERT_LT(column, table().model().columnCount());
    ASSERT_TRUE(wait([&] { return !table().model().index(0, column).data(Qt::DecorationRole).value<QPixmap>().isNull(); }));
    EXPECT_GE(table().view().rowHeight(0), CellPictures::edge);
    shot("clean_pictures_light_en");
}

TEST_F(CleanPicturesTest, TheListOfStepsLeadsToAnonymisedCopies) {
    ASSERT_TRUE(importPictures());
    auto* picker = page->findChild<StepPicker*>();
    picker->setFocus();
    for (const char* words : {"blur", "exif", "gps", "faces", "anonymi", "模糊"}) {
        picker->setText(words);
        picker->open();
        auto* list = page->window()->findChild<QTreeWidget*>("step_picker_tree");
        EXPECT_FALSE(list->findItems("Blur boxes and strip EXIF and GPS …", Qt::MatchExactly | Qt::MatchRecursive).isEmpty()) << words;
    }
    picker->setText("exif");
    QTest::keyClick(picker, Qt::Key_Return);
    PicturesOutDialog* dialog = nullptr;
    ASSERT_TRUE(wait([&] { return (dialog = page->findChild<PicturesOutDialog*>("pictures_out_dialog")) && dialog->isVisible(); }));
    EXPECT_TRUE(page->recipe().steps.empty()) << "it is no step";
    dialog->reject();
}

TEST_F(CleanPageTest, TablesWithoutPicturesAreNotLedToCopiesOfThem) {
    ASSERT_TRUE(import(csv()));
    auto* picker = page->findChild<StepPicker*>();
    picker->setFocus();
    picker->setText("exif");
    picker->open();
    EXPECT_TRUE(page->window()->findChild<QTreeWidget*>("step_picker_tree")->findItems("Blur", Qt::MatchStartsWith | Qt::MatchRecursive).isEmpty());
}

TEST_F(CleanPageTest, AStepWithAnErrorSaysWhatIsWrongInsteadOfABareSetting) {
    ASSERT_TRUE(import(csv()));
    add("join", {});
    const auto line = [&] { return model().index(1).data(StepListModel::LineRole).toString(); };
    EXPECT_EQ(line(), "") << "not a bare Stop";
    EXPECT_FALSE(model().index(1).data(StepListModel::ErrorRole).toString().isEmpty());
    add("fill_missing", {"size"}, {{"method", "median"}});
    EXPECT_EQ(model().index(2).data(StepListModel::LineRole).toString(), "size") << "what it is about stays";
}

TEST_F(CleanPageTest, AChoiceWithoutColumnsIsSaidWithItsTitle) {
    ASSERT_TRUE(import(csv()));
    add("fill_missing", {}, {{"method", "median"}});
    const QString line = model().index(1).data(StepListModel::LineRole).toString(), error = model().index(1).data(StepListModel::ErrorRole).toString();
    EXPECT_TRUE(!error.isEmpty() || line.contains(": ")) << line.toStdString() << " / " << error.toStdString();
}

}  // namespace
}  // namespace lamina
