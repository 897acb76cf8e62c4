#include "app/pages/data/import_dialog.h"

#include <algorithm>

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "app/pages/data/importer_rows.h"
#include "core/data/importers/importer.h"
#include "tests/app/pages/data/page_fixture.h"
#include "widgets/common/notice.h"
#include "widgets/properties/property_field.h"
#include "widgets/properties/property_panel.h"
#include "widgets/tables/data_table.h"

namespace lamina {
namespace {

// The page of a new importer: a choice without its word would be shown as the id that files keep.
TEST(ImporterRows, EveryChoiceHasItsWord) {
    for (const ImporterType* importer : importerCatalogue())
        for (const Property& property : importer->properties) {
            const auto rows = importerRows(*importer, {}, {});
            const auto row = std::find_if(rows.begin(), rows.end(), [&](const PropertyRow& one) { return one.id == QString::fromStdString(property.id); });
            ASSERT_NE(row, rows.end()) << importer->id << "." << property.id;
            for (int i = 0; i < row->choiceTitles.size(); ++i)
                EXPECT_NE(row->choiceTitles[i].toStdString(), property.limits.choices[static_cast<std::size_t>(i)])
                    << importer->id << "." << property.id << ": choiceWordList in app/pages/data/importer_rows.cpp lacks the word";
        }
}

class ImportDialogTest : public DataPageTest {
protected:
    ImportDialog* open(const Path& source) {
        page.importFiles({QString::fromStdString(source.string())});
        auto* dialog = page.findChild<ImportDialog*>("import_dialog");
        EXPECT_NE(dialog, nullptr);
        EXPECT_TRUE(wait([&] { return dialog->ready(); }));
        return dialog;
    }
    bool nothingImported() { return workspace.shared()->datasets().all()->empty(); }
};

TEST_F(ImportDialogTest, ShowsTheFirstRowsAndWhatWasFoundBeforeAnythingIsImported) {
    auto* dialog = open(csv());
    auto* table = dialog->findChild<DataTable*>("import_table");
    EXPECT_EQ(table->model().columnCount(), 4);
    EXPECT_EQ(table->model().rowCount(), 50);
    EXPECT_EQ(table->model().heading(0).kind, CellKind::Number);
    EXPECT_EQ(dialog->look().preview.detected.at("delimiter"), ";");
    EXPECT_EQ(dialog->findChild<QComboBox*>("import_importer")->currentData().toString(), "csv");
    EXPECT_EQ(dialog->findChild<QComboBox*>("import_target")->currentText(), "kind");
    EXPECT_EQ(dialog->findChild<QLineEdit*>("import_name")->text(), "things");
    EXPECT_TRUE(dialog->findChild<QLabel*>("import_room")->text().contains("free"));
    EXPECT_TRUE(dialog->findChild<QPushButton*>("import_start")->isEnabled());
    EXPECT_TRUE(nothingImported());
    dialog->reject();
    EXPECT_TRUE(nothingImported());
}

TEST_F(ImportDialogTest, AChangedSettingIsSeenInThePreviewAndUsedByTheImport) {
    auto* dialog = open(csv());
    auto* settings = dialog->findChild<PropertyPanel*>("import_settings");
    emit settings->changed("header", PropertyValue(std::string("no")));
    ASSERT_TRUE(wait([&] { return dialog->ready(); }));
    auto* table = dialog->findChild<DataTable*>("import_table");
    EXPECT_NE(table->model().heading(0).kind, CellKind::Number);
    EXPECT_NE(table->model().heading(0).name, "size");
    dialog->findChild<QLineEdit*>("import_name")->setText("my things");
    dialog->findChild<QPushButton*>("import_start")->click();
    ASSERT_TRUE(wait([&] { return page.opened() != nullptr; }));
    EXPECT_EQ(page.opened()->record.name, "my things");
    EXPECT_EQ(page.opened()->record.rows, 301);
}

TEST_F(ImportDialogTest, AnyOtherDelimiterCanBeTyped) {
    const Path path = folder.path() / "hashes.txt";
    std::ofstream(path) << "a<>b<>c\n1<>2<>x\n3<>4<>y\n";
    auto* dialog = open(path);
    auto* field = dialog->findChild<PropertyPanel*>("import_settings")->field("delimiter");
    auto* choice = qobject_cast<QComboBox*>(field->editor());
    auto* other = field->findChild<QLineEdit*>("other");
    EXPECT_FALSE(other->isVisibleTo(field));
    choice->setCurrentIndex(choice->count() - 1);
    emit choice->activated(choice->currentIndex());
    EXPECT_TRUE(other->isVisibleTo(field));
    QTest::keyClicks(other, "<>");
    QTest::keyClick(other, Qt::Key_Return);
    auto* table = dialog->findChild<DataTable*>("import_table");
    ASSERT_TRUE(wait([&] { return dialog->ready() && table->model().columnCount() == 3; }));
    EXPECT_EQ(dialog->request().settings.at("delimiter").get<std::string>(), "<>");
    EXPECT_TRUE(other->isVisibleTo(field));
    other->setText("far too long");
    EXPECT_TRUE(field->findChild<QLabel*>("message")->text().contains("far too long"));
    dialog->reject();
}

TEST_F(ImportDialogTest, AColumnCanBeReadAsAnotherKind) {
    auto* dialog = open(csv());
    auto* table = dialog->findChild<DataTable*>("import_table");
    table->showColumn(1);
    auto* kind = dialog->findChild<QComboBox*>("import_kind");
    ASSERT_TRUE(kind->isVisible());
    kind->setCurrentIndex(kind->findData("text"));
    emit kind->activated(kind->currentIndex());
    ASSERT_TRUE(wait([&] { return dialog->ready(); }));
    EXPECT_EQ(table->model().heading(1).kind, CellKind::Text);
    EXPECT_EQ(table->currentColumn(), 1);
    EXPECT_EQ(kind->currentData().toString(), "text");
    dialog->accept();
    ASSERT_TRUE(wait([&] { return page.opened() != nullptr; }));
    EXPECT_EQ(page.opened()->record.columns[1].kind, "text");
}

TEST_F(ImportDialogTest, EnterInAFieldDoesNotStartTheImport) {
    auto* dialog = open(csv());
    auto* name = dialog->findChild<QLineEdit*>("import_name");
    name->setFocus();
    QTest::keyClick(name, Qt::Key_Return);
    EXPECT_TRUE(dialog->isVisible());
    dialog->reject();
}

TEST_F(ImportDialogTest, TheChosenTargetIsImported) {
    auto* dialog = open(csv());
    auto* target = dialog->findChild<QComboBox*>("import_target");
    target->setCurrentIndex(target->findText("colour"));
    emit target->activated(target->currentIndex());
    dialog->accept();
    ASSERT_TRUE(wait([&] { return page.opened() && page.opened()->split; }));
    EXPECT_EQ(page.opened()->target, "colour");
}

TEST_F(ImportDialogTest, NothingNeedsToBePredicted) {
    auto* dialog = open(csv());
    auto* target = dialog->findChild<QComboBox*>("import_target");
    ASSERT_EQ(target->itemData(0).toString(), "");
    EXPECT_GT(target->currentIndex(), 0) << "what was guessed is proposed";
    target->setCurrentIndex(0);
    emit target->activated(0);
    EXPECT_TRUE(dialog->request().noTarget);
    dialog->accept();
    ASSERT_TRUE(wait([&] { return page.opened() && page.opened()->split; }));
    EXPECT_EQ(page.opened()->target, "");
}

TEST_F(ImportDialogTest, PicturesAreCountedByClassAndSomeAreShown) {
    auto* dialog = open(idx());
    EXPECT_EQ(dialog->look().importer->id, "idx");
    EXPECT_EQ(dialog->look().pictures.size(), 14u);
    EXPECT_EQ(dialog->look().largest, QSize(8, 8));
    const QString words = dialog->findChild<QLabel*>("import_pictures_words")->text();
    EXPECT_TRUE(words.startsWith("40 pictures")) << words.toStdString();
    EXPECT_TRUE(words.contains("8 × 8"));
    dialog->reject();
}

TEST_F(ImportDialogTest, WrongSourcesAreRefusedInWords) {
    std::ofstream(folder.path() / "paper.pdf", std::ios::binary) << std::string("%PDF-1.7\n\0\xff\xfe binary", 19);
    std::ofstream(folder.path() / "empty.csv");
    std::ofstream(folder.path() / "letter.txt") << "Dear reader,\n\nthis is no table; it has words, and more words.\nIt goes on.\n";
    std::filesystem::create_directories(folder.path() / "nothing");
    for (const char* name : {"paper.pdf", "empty.csv", "nothing"}) {
        auto* dialog = open(folder.path() / name);
        EXPECT_FALSE(dialog->findChild<QPushButton*>("import_start")->isEnabled()) << name;
        auto* notice = dialog->findChild<Notice*>("notice");
        EXPECT_TRUE(notice->isVisible()) << name;
        EXPECT_TRUE(notice->text().contains(name)) << notice->text().toStdString();
        EXPECT_TRUE(nothingImported());
        QPointer<ImportDialog> gone(dialog);
        dialog->reject();
        ASSERT_TRUE(wait([&] { return !gone; }));
    }
}

TEST_F(ImportDialogTest, AnImportCanBeCancelled) {
    const Path path = folder.path() / "long.csv";
    std::ofstream file(path);
    file << "a,b,kind\n";
    for (int row = 0; row < 400'000; ++row) file << row << ',' << row * 3 << ',' << row % 2 << '\n';
    file.close();
    const int task = page.startImport({path, "csv", nlohmann::json::object(), {}, {}});
    auto* stop = page.findChild<QPushButton*>("import_banner_cancel");
    ASSERT_TRUE(stop->isVisible());
    EXPECT_GT(task, 0);
    stop->click();
    auto* notice = page.findChild<Notice*>("notice");
    ASSERT_TRUE(wait([&] { return notice->isVisible(); }));
    EXPECT_EQ(notice->text(), "The import was cancelled. Nothing was changed.");
    EXPECT_TRUE(nothingImported());
}

}  // namespace
}  // namespace lamina
