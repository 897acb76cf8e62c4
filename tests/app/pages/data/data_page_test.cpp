#include "app/pages/data/data_page.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QAction>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QStackedWidget>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/recipe_edits.h"
#include "app/pages/data/column_panel.h"
#include "app/pages/data/import_dialog.h"
#include "app/pages/common/pictures_out_dialog.h"
#include "app/pages/data/split_view.h"
#include "core/data/image_decode.h"
#include "tests/app/pages/data/page_fixture.h"
#include "tests/support/fault_files.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/thumbnail_gallery.h"
#include "widgets/tables/data_table.h"

namespace lamina {
namespace {

TEST_F(DataPageTest, AnEmptyProjectTeachesWhatToDo) {
    ASSERT_TRUE(wait([&] { return page.findChild<QPushButton*>("data_empty_import")->isVisible(); }));
    EXPECT_TRUE(page.findChild<QPushButton*>("data_empty_import")->isEnabled());
    EXPECT_TRUE(page.findChild<QPushButton*>("data_empty_sample")->isVisible());
    workspace.close();
    EXPECT_FALSE(page.findChild<QPushButton*>("data_empty_import")->isVisible());
}

TEST_F(DataPageTest, AnImportedTableIsShownAndSplit) {
    ASSERT_TRUE(import(csv()));
    EXPECT_EQ(page.opened()->record.rows, 300);
    EXPECT_EQ(page.opened()->target, "kind");
    EXPECT_EQ(workspace.dataset(), page.opened()->record.id);
    EXPECT_EQ(page.opened()->parts.counts, (PartCounts{240, 30, 30, 0}));
    EXPECT_EQ(page.opened()->split->method, "stratified");
    auto* table = page.findChild<DataTable*>("data_table");
    EXPECT_TRUE(table->isVisible());
    EXPECT_EQ(table->model().rowCount(), 300);
    EXPECT_EQ(table->model().heading(3).mark, "target");
    EXPECT_FALSE(page.findChild<QPushButton*>("view_gallery")->isVisible());
    EXPECT_TRUE(page.findChild<QPushButton*>("data_build")->isEnabled());
}

TEST_F(DataPageTest, PicturesAreShownAsAGallery) {
    ASSERT_TRUE(import(idx()));
    auto* gallery = page.findChild<ThumbnailGallery*>("data_gallery");
    ASSERT_TRUE(gallery->isVisible());
    EXPECT_EQ(gallery->model().rowCount(), 40);
    EXPECT_EQ(gallery->model().index(5).data().toString(), "1");
    ASSERT_TRUE(wait([&] {
        page.grab();
        return gallery->complete();
    }));
    const QImage picture = page.opened()->pictures->thumbnail(1, 128);
    EXPECT_EQ(qGray(picture.pixel(2, 0)), 66);
    page.findChild<QPushButton*>("view_table")->click();
    EXPECT_TRUE(page.findChild<DataTable*>("data_table")->isVisible());
    page.findChild<QPushButton*>("view_gallery")->toggle();  // as a screen reader does
    EXPECT_TRUE(gallery->isVisible());
}

/// Two pictures with notes of their camera, one with boxes of faces, in the form of other programs.
Path picturesWithFaces(const TemporaryFolder& folder) {
    const Path place = folder.path() / "faces";
    std::filesystem::create_directories(place / "images");
    std::filesystem::create_directories(place / "annotations");
    Image noise{3, 60, 80, {}};
    for (int i = 0; i < 3 * 4800; ++i) noise.pixels.push_back(static_cast<std::uint8_t>(i * 7919 % 251));
    for (const char* name : {"a.png", "b.png"}) {
        const auto png = encodePng(noise);
        std::string bytes(reinterpret_cast<const char*>(png->data()), png->size());
        bytes += "Anna was here";  // behind the end, where readers do not look
        EXPECT_TRUE(writeFileAtomically(place / "images" / name, bytes).ok());
    }
    EXPECT_TRUE(writeFileAtomically(place / "annotations/instances_train.json",
                                    R"({"categories":[{"id":1,"name":"face"}],"images":[{"id":1,"file_name":"a.png","width":80,"height":60},{"id":2,"file_name":"b.png","width":80,"height":60}],
        "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[8,8,40,40]}]})")
                    .ok());
    return place;
}

TEST_F(DataPageTest, AnonymisedPicturesLeaveByTheMenu) {
    AnnotationImportRequest labels;
    labels.source = picturesWithFaces(folder);
    ASSERT_TRUE(importAnnotations(*workspace.shared(), labels).ok());
    workspace.noteEdit();
    ASSERT_TRUE(wait([&] { return page.opened() != nullptr; }));
    auto* menu = page.findChild<QAction*>("dataset_pictures_out");
    ASSERT_TRUE(menu && menu->isVisible());
    menu->trigger();
    PicturesOutDialog* dialog = nullptr;
    ASSERT_TRUE(wait([&] { return (dialog = page.findChild<PicturesOutDialog*>("pictures_out_dialog")) && dialog->isVisible(); }));
    auto* classes = dialog->findChild<QListWidget*>("pictures_out_classes");
    ASSERT_EQ(classes->count(), 1);
    EXPECT_EQ(classes->item(0)->text(), "face (1)");
    classes->item(0)->setCheckState(Qt::Checked);
    dialog->findChild<QLineEdit*>("pictures_out_folder")->setText(QString::fromStdString((folder.path() / "out").string()));
    EXPECT_TRUE(dialog->findChild<QPushButton*>("pictures_out_write")->isEnabled());
    shot(*dialog, "data_pictures_out");
    applyTheme(ThemeChoice::Dark);
    applyLanguage("zh");
    QTest::qWait(50);
    shot(*dialog, "data_pictures_out_dark_zh");
    applyLanguage("en");
    applyTheme(ThemeChoice::Light);
    dialog->findChild<QPushButton*>("pictures_out_write")->click();
    auto* notice = page.findChild<Notice*>("notice");
    ASSERT_TRUE(wait([&] { return notice->isVisible() && workspace.tasks().runningCount() == 0; }));
    EXPECT_TRUE(notice->text().contains("2 picture")) << notice->text().toStdString();
    EXPECT_TRUE(notice->text().contains("without any label")) << "nobody has looked at the other one: " << notice->text().toStdString();
    Path a, b;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path() / "out")) {
        if (entry.path().filename() == "a.png") a = entry.path();
        if (entry.path().filename() == "b.png") b = entry.path();
    }
    const auto blurred = decodeImage(*readFile(a)), whole = decodeImage(*readFile(b));
    ASSERT_TRUE(blurred.ok() && whole.ok());
    EXPECT_NE(blurred->pixels, whole->pixels);
    EXPECT_EQ(blurred->pixels[0], whole->pixels[0]) << "outside of the box";
    EXPECT_EQ(readTextFile(b)->find("Anna"), std::string::npos);
}

TEST_F(DataPageTest, AnonymisedPicturesAreOfferedWhereThereArePictures) {
    ASSERT_TRUE(import(csv()));
    EXPECT_FALSE(page.findChild<QAction*>("dataset_pictures_out")->isVisible());
}

TEST_F(DataPageTest, TheFootSaysWhereTheRecipeGivesOtherRowsThanWereDivided) {
    ASSERT_TRUE(import(csv()));
    RecipeStep group;
    group.type = "group";
    group.settings = {{"by", {"colour", "kind", "note"}}};
    const std::string id = page.opened()->record.id;
    ASSERT_TRUE(writeRecipe(*workspace.shared(), *readRecipe(*workspace.shared(), id), {{group}}, addedStep(group)).ok());
    workspace.noteEdit();
    auto* words = page.findChild<QLabel*>("split_words");
    auto* button = page.findChild<QPushButton*>("split_change");
    ASSERT_TRUE(wait([&] { return words->isVisible() && words->text().contains("other rows"); }));
    EXPECT_FALSE(page.findChild<QPushButton*>("data_build")->isEnabled());
    EXPECT_LE(page.minimumSizeHint().width(), 620) << "long words make no window grow";
    shot(page, "data_split_outdated");
    button->click();
    ASSERT_TRUE(wait([&] { return words->text().contains("The rows that the recipe makes"); }));
    EXPECT_TRUE(page.findChild<QPushButton*>("data_build")->isEnabled());
    EXPECT_TRUE(page.opened()->madeSplit);
    button->click();  // shows how, draws nothing
    EXPECT_EQ(workspace.shared()->splits().ofDataset(id)->size(), 2u);
}

TEST_F(DataPageTest, ColumnsAreSummedUpInTheBackground) {
    ASSERT_TRUE(import(csv()));
    QWidget* panel = page.sidePanel();
    panel->resize(280, 560);
    panel->show();
    auto* list = panel->findChild<QListWidget*>("column_list");
    ASSERT_EQ(list->count(), 4);
    list->setCurrentRow(0);
    const auto shows = [&](const QString& text) {
        for (const QLabel* label : panel->findChildren<QLabel*>())
            if (label->text() == text) return true;
        for (const QPushButton* figure : panel->findChildren<QPushButton*>("figure"))
            if (figure->text() == text) return true;
        return false;
    };
    EXPECT_TRUE(wait([&] { return shows("30 (10 %)"); }));
    EXPECT_TRUE(wait([&] { return panel->findChild<QWidget*>("column_histogram")->isVisible(); }));
    list->setCurrentRow(1);
    EXPECT_TRUE(wait([&] { return shows("150 (50 %)"); }));
    EXPECT_EQ(page.findChild<DataTable*>("data_table")->currentColumn(), 1);
}

TEST_F(DataPageTest, AnotherTargetIsAnEditAndDrawsTheSplitAgain) {
    ASSERT_TRUE(import(csv()));
    const std::string before = page.opened()->split->id;
    auto* panel = page.sidePanel()->findChild<QListWidget*>("column_list");
    panel->setCurrentRow(1);
    auto* role = page.sidePanel()->findChild<QComboBox*>("column_role");
    role->setCurrentIndex(1);
    emit role->activated(1);
    ASSERT_TRUE(wait([&] { return page.opened()->target == "colour" && page.opened()->split->id != before; }));
    EXPECT_EQ(page.opened()->split->stratifyColumn, "colour");
    EXPECT_EQ(page.opened()->record.columns[3].role, "feature");
    ASSERT_TRUE(wait([&] { return !workspace.undoText().isEmpty(); }));
    for (int i = 0; i < 3; ++i) workspace.undo();
    EXPECT_TRUE(wait([&] { return page.opened()->target == "kind" && page.opened()->split->id == before; }));
}

TEST_F(DataPageTest, AColumnCanBeIgnored) {
    ASSERT_TRUE(import(csv()));
    auto* panel = static_cast<ColumnPanel*>(page.sidePanel());
    emit panel->roleWanted(2, "ignored");
    ASSERT_TRUE(wait([&] { return page.opened()->record.columns[2].role == "ignored"; }));
    EXPECT_EQ(page.findChild<DataTable*>("data_table")->model().heading(2).mark, "ignored");
}

TEST_F(DataPageTest, TheSplitIsDrawnAgainWithOtherShares) {
    ASSERT_TRUE(import(csv()));
    page.findChild<QPushButton*>("split_change")->click();
    auto* view = page.findChild<SplitView*>("split_view");
    ASSERT_TRUE(view->isVisible());
    view->findChild<QSpinBox*>("split_validation")->setValue(20);
    view->findChild<QSpinBox*>("split_test")->setValue(30);
    EXPECT_EQ(view->findChild<QLabel*>("split_training")->text(), "50 % (what remains)");
    view->findChild<QPushButton*>("split_draw")->click();
    ASSERT_TRUE(wait([&] { return page.opened()->parts.counts == PartCounts{150, 60, 90, 0}; }));
    EXPECT_TRUE(view->isVisible());
    EXPECT_TRUE(wait([&] { return view->findChild<QLabel*>("split_leak")->isVisible(); }));
    view->findChild<QSpinBox*>("split_validation")->setValue(80);
    EXPECT_FALSE(view->findChild<QPushButton*>("split_draw")->isEnabled());
}

TEST_F(DataPageTest, AColumnThatSaysThePartsIsNoInputOfASplitDrawnByIt) {
    const Path path = folder.path() / "parts.csv";
    {
        std::ofstream file(path);
        file << "a,usage,kind\n";
        for (int row = 0; row < 90; ++row) file << row * 7 % 41 << ',' << (row % 3 ? "train" : "test") << ',' << (row % 2 ? "x" : "y") << '\n';
    }
    ASSERT_TRUE(import(path, "kind"));
    ASSERT_EQ(page.opened()->record.columns[1].role, "feature");
    page.findChild<QPushButton*>("split_change")->click();
    auto* view = page.findChild<SplitView*>("split_view");
    auto* method = view->findChild<QComboBox*>("split_method");
    ASSERT_GE(method->findData("given"), 0);
    method->setCurrentIndex(method->findData("given"));
    EXPECT_TRUE(view->findChild<QLabel*>("split_method_note")->text().contains("no input"));
    EXPECT_FALSE(view->findChild<QSpinBox*>("split_test")->isEnabled());
    view->findChild<QPushButton*>("split_draw")->click();
    ASSERT_TRUE(wait([&] { return page.opened()->parts.counts[2] == 30; }));
    EXPECT_EQ(page.opened()->record.columns[1].role, "ignored");
    EXPECT_TRUE(page.findChild<Notice*>()->text().contains("usage"));
    EXPECT_EQ(method->currentData().toString(), "given") << "as it was drawn";
    workspace.undo();
    ASSERT_TRUE(wait([&] { return page.opened()->record.columns[1].role == "feature"; }));
}

TEST_F(DataPageTest, TheWholeDatasetTabTellsWhatRepeatsAndLeadsThere) {
    const Path path = folder.path() / "twice.csv";
    {
        std::ofstream file(path);
        file << "a,b,kind\n";
        for (int row = 0; row < 120; ++row) file << row % 100 * 2.5 << ',' << row % 100 * 7 % 13 << ',' << (row % 100 % 3 ? "x" : "y") << '\n';
    }
    ASSERT_TRUE(import(path));
    QWidget* panel = page.sidePanel();
    panel->resize(270, 560);
    panel->show();
    panel->findChild<QPushButton*>("panel_whole")->click();
    auto* figures = panel->findChild<QWidget*>("whole_figures");
    ASSERT_TRUE(wait([&] { return figures->isVisible() && !figures->findChildren<QPushButton*>("figure").isEmpty(); }));
    shot(*panel, "data_whole_tab");
    QPushButton* alike = nullptr;
    for (QPushButton* button : figures->findChildren<QPushButton*>("figure"))
        if (button->text().startsWith("20 ")) alike = button;
    ASSERT_TRUE(alike);
    alike->click();
    auto* table = page.findChild<DataTable*>("data_table");
    ASSERT_TRUE(wait([&] { return table->model().rowCount() < 100 && table->model().rowCount() >= 20; }));
}

TEST_F(DataPageTest, ALeakOfTheSplitIsMendedByOneButton) {
    ASSERT_TRUE(import(twins()));
    page.showView(PartsView);
    auto* mend = page.findChild<QPushButton*>("split_mend");
    ASSERT_TRUE(wait([&] { return mend->isVisible() && mend->isEnabled(); }));
    shot(page, "data_split_leaks");
    auto* pairs = page.findChild<QPushButton*>("split_pairs");
    ASSERT_TRUE(pairs->isVisible());
    pairs->click();
    auto& table = page.findChild<DataTable*>("data_table")->model();
    ASSERT_TRUE(wait([&] { return table.rowCount() < 300 && table.rowCount() >= 20; })) << "the pairs that lie apart";
    const auto isThere = [&](int row) { return table.data(table.index(row, 0)).toString().contains(QRegularExpression("[0-9]")); };
    for (int row = 0; row < 6; ++row) ASSERT_TRUE(wait([&] { return isThere(row); })) << row;
    for (int row = 0; row < 6; row += 2)
        EXPECT_EQ(table.data(table.index(row, 0)).toString(), table.data(table.index(row + 1, 0)).toString()) << "each beside its like";
    shot(page, "data_split_pairs");
    page.showView(PartsView);
    const std::string before = page.opened()->split->id;
    mend->click();
    ASSERT_TRUE(wait([&] { return page.opened()->split->id != before && workspace.tasks().runningCount() == 0; }));
    auto* notice = page.findChild<Notice*>("notice");
    ASSERT_TRUE(wait([&] { return notice->isVisible(); }));
    EXPECT_TRUE(notice->text().contains("moved to the part")) << notice->text().toStdString();
    const auto& counts = page.opened()->split->counts;
    EXPECT_EQ(counts[0] + counts[1] + counts[2], 300);
    EXPECT_GT(counts[1], 15) << "the parts keep their sizes";
    const auto leaks = findSplitLeaks(*workspace.shared(), page.opened()->record, *page.opened()->split);
    ASSERT_TRUE(leaks);
    for (const auto& relation : leaks->relations) EXPECT_EQ(relation.groups, 0) << relation.relation;
    EXPECT_TRUE(wait([&] { return !mend->isVisible() || !mend->isEnabled(); })) << "nothing is left to be mended";
    shot(page, "data_split_mended");
}

TEST_F(DataPageTest, SeveralDatasetsAreKeptApartRenamedAndDeleted) {
    ASSERT_TRUE(import(csv("first.csv")));
    ASSERT_TRUE(import(csv("second.csv", 120)));
    auto* list = page.findChild<QComboBox*>("dataset_list");
    ASSERT_TRUE(wait([&] { return list->count() == 2; }));
    list->setCurrentIndex(0);
    emit list->activated(0);
    ASSERT_TRUE(wait([&] { return page.opened()->record.name == "first"; }));
    EXPECT_EQ(page.findChild<DataTable*>("data_table")->model().rowCount(), 300);
    for (QAction* action : page.findChildren<QAction*>())
        if (action->text() == "&Rename …") action->trigger();
    auto* dialog = page.findChild<QInputDialog*>("rename_dialog");
    ASSERT_NE(dialog, nullptr);
    dialog->setTextValue("renamed");
    dialog->accept();
    ASSERT_TRUE(wait([&] { return page.opened()->record.name == "renamed"; }));
    for (QAction* action : page.findChildren<QAction*>())
        if (action->text() == "&Delete") action->trigger();
    ASSERT_TRUE(wait([&] { return list->count() == 1 && page.opened()->record.name == "second"; }));
    ASSERT_TRUE(wait([&] { return page.findChild<Notice*>("notice")->text() == "renamed was deleted."; }));
    page.findChild<QPushButton*>("notice_button")->click();
    ASSERT_TRUE(wait([&] { return list->count() == 2; }));
    EXPECT_EQ(workspace.shared()->splits().ofDataset(workspace.shared()->datasets().all()->front().id)->size(), 1u);
}

TEST_F(DataPageTest, DeletingADatasetIsOneStepToUndo) {
    ASSERT_TRUE(import(csv()));
    page.findChild<QPushButton*>("split_change")->click();
    page.findChild<QSpinBox*>("split_validation")->setValue(20);
    page.findChild<QPushButton*>("split_draw")->click();
    ASSERT_TRUE(wait([&] { return page.opened()->parts.counts[1] == 60; }));
    for (QAction* action : page.findChildren<QAction*>())
        if (action->text() == "&Delete") action->trigger();
    ASSERT_TRUE(wait([&] { return !page.opened(); }));
    EXPECT_TRUE(page.findChild<QWidget*>("data_empty")->isVisible());
    ASSERT_TRUE(wait([&] { return !workspace.undoText().isEmpty(); }));
    workspace.undo();
    ASSERT_TRUE(wait([&] { return page.opened() && page.opened()->split; }));
    EXPECT_EQ(page.opened()->parts.counts[1], 60);
    EXPECT_EQ(page.opened()->record.rows, 300);
}

TEST_F(DataPageTest, ThePanelSaysWhatWillBeThereWhileThereIsNoData) {
    auto* panel = page.sidePanel();
    panel->show();
    auto* words = panel->findChild<QLabel*>("column_empty");
    EXPECT_TRUE(words->isVisible());
    EXPECT_FALSE(words->text().isEmpty());
    EXPECT_FALSE(panel->findChild<QListWidget*>("column_list")->isVisible());
    ASSERT_TRUE(import(csv()));
    EXPECT_FALSE(words->isVisible());
    EXPECT_TRUE(panel->findChild<QListWidget*>("column_list")->isVisible());
}

/// Visible texts that have less room than they need.
std::vector<std::string> cutTexts(const QWidget& page) {
    std::vector<std::string> cut;
    for (const QWidget* widget : page.findChildren<QWidget*>()) {
        const auto* label = qobject_cast<const QLabel*>(widget);
        const bool counts = (label && !label->wordWrap()) || qobject_cast<const QPushButton*>(widget) || qobject_cast<const QCheckBox*>(widget);
        if (!counts || !widget->isVisible()) continue;
        const auto* elided = qobject_cast<const ElidedLabel*>(widget);
        const int needed = elided ? elided->fontMetrics().horizontalAdvance(elided->fullText()) : widget->sizeHint().width();
        if (needed > widget->width())
            cut.push_back(widget->objectName().toStdString() + ": " + std::to_string(needed) + " > " + std::to_string(widget->width()));
    }
    return cut;
}

TEST_F(DataPageTest, NothingIsCutInTheSmallestWindow) {
    // 1366 × 768 less the rail, the panel and the frame.
    page.resize(948, 620);
    ASSERT_TRUE(import(idx()));
    for (const DatasetView view : {TableView, GalleryView, PartsView}) {
        page.showView(view);
        QTest::qWait(50);
        EXPECT_EQ(cutTexts(page), std::vector<std::string>()) << view;
    }
}

TEST_F(DataPageTest, AFullDiskIsSaidAndLeavesNothing) {
    const Path file = csv("long.csv", 20000);
    const auto before = page.opened();
    for (const std::uint64_t room : {2'000u, 100'000u}) {
        FaultFiles faults;
        const auto guard = replaceFiles(faults);
        faults.setRoom(room);
        page.startImport({file, {}, nlohmann::json::object(), {}, {}});
        auto* notice = page.findChild<Notice*>("notice");
        ASSERT_TRUE(wait([&] { return notice->isVisible() && workspace.tasks().runningCount() == 0; }));
        EXPECT_TRUE(notice->text().contains("disk") || notice->text().contains("free")) << notice->text().toStdString();
        EXPECT_TRUE(workspace.shared()->datasets().all()->empty());
        for (const auto& entry : std::filesystem::recursive_directory_iterator(workspace.shared()->folder()))
            EXPECT_TRUE(!entry.is_regular_file() || entry.path().filename() == "lock") << entry.path();
        notice->hide();
    }
    EXPECT_EQ(page.opened(), before);
    EXPECT_TRUE(import(file));
}

TEST_F(DataPageTest, AFileThatIsGoneAfterThePreviewIsSaidAndLeavesNothing) {
    const Path table = csv(), photos = folder.path() / "photos";
    std::filesystem::create_directories(photos / "a");
    for (int i = 0; i < 20; ++i) std::ofstream(photos / "a" / (std::to_string(i) + ".pgm")) << "P2 2 2 255\n1 2 3 4\n";
    for (const Path& source : {table, photos}) {
        page.importFiles({QString::fromStdString(source.string())});
        QPointer<ImportDialog> dialog = page.findChild<ImportDialog*>("import_dialog");
        ASSERT_TRUE(dialog && wait([&] { return dialog->ready(); }));
        EXPECT_FALSE(dialog->look().error);
        std::filesystem::remove_all(source);
        dialog->accept();
        auto* notice = page.findChild<Notice*>("notice");
        ASSERT_TRUE(wait([&] { return notice->isVisible() && workspace.tasks().runningCount() == 0; }));
        EXPECT_TRUE(notice->text().contains(QString::fromStdString(source.filename().string()))) << notice->text().toStdString();
        EXPECT_TRUE(workspace.shared()->datasets().all()->empty());
        ASSERT_TRUE(wait([&] { return !dialog; }));
        notice->hide();
    }
}

TEST_F(DataPageTest, AHiddenPageReadsNothingUntilItIsShown) {
    page.hide();
    page.startImport({csv(), {}, nlohmann::json::object(), {}, {}});
    ASSERT_TRUE(wait([&] { return workspace.tasks().runningCount() == 0; }));
    QTest::qWait(150);
    EXPECT_EQ(page.opened(), nullptr);
    page.show();
    EXPECT_TRUE(wait([&] { return page.opened() != nullptr; }));
}

TEST_F(DataPageTest, AFailedImportSaysWhyLeavesNothingAndOffersAWayOut) {
    std::ofstream(folder.path() / "bad.csv") << "a,b\n1,2\n3,4,5\n";
    page.startImport({folder.path() / "bad.csv", "csv", {{"delimiter", ","}, {"header", "yes"}}, {}, {}});
    auto* notice = page.findChild<Notice*>("notice");
    ASSERT_TRUE(wait([&] { return notice->isVisible(); }));
    EXPECT_TRUE(notice->text().contains("bad.csv")) << notice->text().toStdString();
    EXPECT_TRUE(workspace.shared()->datasets().all()->empty());
    page.findChild<QPushButton*>("notice_button")->click();
    auto* dialog = page.findChild<ImportDialog*>("import_dialog");
    ASSERT_NE(dialog, nullptr);
    EXPECT_EQ(dialog->request().settings.at("header"), "yes");
    EXPECT_EQ(dialog->request().settings.at("ragged"), "skip");
    ASSERT_TRUE(wait([&] { return dialog->ready(); }));
    dialog->accept();
    ASSERT_TRUE(wait([&] { return page.opened() != nullptr; }));
    EXPECT_EQ(page.opened()->record.rows, 1);
    ASSERT_TRUE(wait([&] { return notice->isVisible(); }));
}

TEST_F(DataPageTest, AProjectOfAnotherWriterIsShownButCannotBeChanged) {
    ASSERT_TRUE(import(csv()));
    Workspace reader;
    DataPage second(reader);
    second.resize(900, 600);
    second.show();
    reader.open(workspace.file());
    ASSERT_TRUE(wait([&] { return second.opened() != nullptr; }));
    EXPECT_TRUE(reader.readOnly());
    EXPECT_FALSE(second.findChild<QPushButton*>("data_import")->isEnabled());
    EXPECT_FALSE(second.sidePanel()->findChild<QComboBox*>("column_role")->isEnabled());
    second.showView(PartsView);
    EXPECT_FALSE(second.findChild<QPushButton*>("split_draw")->isEnabled());
    second.importFiles({QString::fromStdString(csv("more.csv").string())});
    EXPECT_TRUE(second.findChild<Notice*>("notice")->isVisible());
    EXPECT_EQ(second.findChild<ImportDialog*>("import_dialog"), nullptr);
}

TEST_F(DataPageTest, DroppedFilesOpenTheImportDialogOneAfterTheOther) {
    QMimeData data;
    data.setUrls(
        {QUrl::fromLocalFile(QString::fromStdString(csv("one.csv").string())), QUrl::fromLocalFile(QString::fromStdString(csv("two.csv").string()))});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &drop);
    auto* first = page.findChild<ImportDialog*>("import_dialog");
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(first->request().source.filename(), "one.csv");
    first->reject();
    QPointer<ImportDialog> gone(first);
    ASSERT_TRUE(wait([&] { return !gone; }));
    auto* second = page.findChild<ImportDialog*>("import_dialog");
    ASSERT_NE(second, nullptr);
    EXPECT_EQ(second->request().source.filename(), "two.csv");
    second->reject();
}

}  // namespace
}  // namespace lamina
