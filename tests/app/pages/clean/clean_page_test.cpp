// The Clean page with a real project: steps are added, changed, moved, switched off and taken back; the table and the suggestions follow.
#include "app/pages/clean/clean_page.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QFileDialog>
#include <QInputDialog>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTreeWidget>

#include "app/pages/clean/state_outlets.h"
#include "app/pages/clean/step_panel.h"
#include "app/pages/clean/step_picker.h"
#include "app/pages/clean/suggestion_list.h"
#include "app/pages/clean/target_choice.h"
#include "app/settings/settings.h"
#include "tests/app/pages/clean/clean_page_fixture.h"
#include "tests/support/window_test.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

TEST_F(CleanPageTest, AnEmptyProjectTeachesWhatToDo) {
    auto* bring = page->findChild<QPushButton*>("clean_bring_data");
    ASSERT_TRUE(wait([&] { return bring->isVisible(); }));
    QSignalSpy wanted(&workspace, &Workspace::pageWanted);
    bring->click();
    ASSERT_EQ(wanted.size(), 1);
    EXPECT_EQ(wanted[0][0].toString(), "data");
}

TEST_F(CleanPageTest, FreshDataIsShownWithWhatCouldBeCleaned) {
    ASSERT_TRUE(import(csv()));
    EXPECT_EQ(table().model().rowCount(), 200);
    EXPECT_TRUE(page->findChild<QLabel*>("clean_teach")->isVisible());
    EXPECT_GE(page->findChild<SuggestionList*>()->count(), 3u);
    ASSERT_NE(table().model().sketch(0), nullptr);
    EXPECT_NEAR(table().model().sketch(0)->empty, 0.1, 1e-9);
}

TEST_F(CleanPageTest, ASuggestionBecomesAStepAndIsNotMadeAgain) {
    ASSERT_TRUE(import(csv()));
    auto* suggestions = page->findChild<SuggestionList*>();
    const std::size_t before = suggestions->count();
    QPushButton* blanks = nullptr;
    for (QPushButton* button : suggestions->findChildren<QPushButton*>())
        if (button->accessibleName().contains("size has no value")) blanks = button;
    ASSERT_NE(blanks, nullptr);
    blanks->click();
    ASSERT_TRUE(settled());
    ASSERT_EQ(page->recipe().steps.size(), 1u);
    EXPECT_EQ(page->recipe().steps[0].type, "fill_missing");
    EXPECT_EQ(missingIn("size"), 0);
    EXPECT_TRUE(fits(model().index(1).data(StepListModel::ReportRole).toString(), "20 cell(s|\\(s\\)) changed"));
    EXPECT_LT(suggestions->count(), before);
    EXPECT_FALSE(page->findChild<QLabel*>("clean_teach")->isVisible());
    // Kept in the project, as one edit.
    const auto kept = readRecipe(*workspace.shared(), workspace.dataset());
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->recipe, page->recipe());
    workspace.undo();
    EXPECT_TRUE(wait([&] { return page->recipe().steps.empty(); }));
    ASSERT_TRUE(settled());
    EXPECT_EQ(missingIn("size"), 20);
}

TEST_F(CleanPageTest, StepsAreSwitchedOffMovedAndDeleted) {
    ASSERT_TRUE(import(csv()));
    add("trim_text", {"city"});
    add("drop_columns", {"code"});
    add("drop_missing_rows", {"size"});
    ASSERT_EQ(page->recipe().steps.size(), 3u);
    EXPECT_EQ(steps().shownSteps(), 3u);
    EXPECT_TRUE(fits(model().index(3).data(StepListModel::ReportRole).toString(), "20 row(s|\\(s\\)) removed"));
    ASSERT_TRUE(model().setData(model().index(2), Qt::Unchecked, Qt::CheckStateRole));
    ASSERT_TRUE(settled());
    EXPECT_FALSE(page->recipe().steps[1].enabled);
    EXPECT_TRUE(page->state()->after.table.find("code"));
    const std::unique_ptr<QMimeData> dragged(model().mimeData({model().index(3)}));
    model().dropMimeData(dragged.get(), Qt::MoveAction, 1, 0, {});
    ASSERT_TRUE(wait([&] { return page->recipe().steps[0].type == "drop_missing_rows"; }));
    ASSERT_TRUE(settled());
    steps().showSteps(1);
    QTest::keyClick(&steps(), Qt::Key_Delete);
    EXPECT_EQ(page->recipe().steps.size(), 2u);
    EXPECT_EQ(page->recipe().steps[0].type, "trim_text");
    ASSERT_TRUE(settled());
    auto* undo = page->findChild<QPushButton*>("notice_button");
    ASSERT_TRUE(undo->isVisible());
    undo->click();
    EXPECT_TRUE(wait([&] { return page->recipe().steps.size() == 3; }));
}

TEST_F(CleanPageTest, TheSettingsOfAStepAreTriedAtOnce) {
    ASSERT_TRUE(import(csv()));
    add("fill_missing", {"size"}, {{"method", "constant"}, {"value", "1"}});
    ASSERT_NE(field("method"), nullptr);
    emit field("method")->edited("method", PropertyValue(std::string("median")));
    ASSERT_TRUE(settled());
    EXPECT_EQ(page->recipe().steps[0].settings["method"], "median");
    EXPECT_EQ(missingIn("size"), 0);
    auto* comment = side->findChild<QLineEdit*>("step_comment");
    comment->setText("sizes were lost");
    emit comment->editingFinished();
    ASSERT_TRUE(settled());
    EXPECT_EQ(model().index(1).data(StepListModel::CommentRole).toString(), "sizes were lost");
}

TEST_F(CleanPageTest, AStepThatCannotRunSaysWhyAndStopsThoseBehindIt) {
    ASSERT_TRUE(import(csv()));
    add("drop_columns", {"code"});
    add("rename_column", {"code"}, {{"name", "other"}});
    EXPECT_FALSE(model().index(2).data(StepListModel::ErrorRole).toString().isEmpty());
    add("trim_text", {"city"});
    EXPECT_EQ(model().index(3).data(StepListModel::ErrorRole).toString(), "Waits until step 2 works.");
    EXPECT_EQ(page->state()->after.table.columnCount(), 3u);
}

TEST_F(CleanPageTest, ATypedCellBecomesAStepAndTheNextOneJoinsIt) {
    ASSERT_TRUE(import(csv()));
    auto& cells = table().model();
    ASSERT_TRUE(wait([&] { return cells.index(1, 1).data().toString() == "Oslo"; }));
    ASSERT_TRUE(cells.setData(cells.index(1, 1), "Bergen"));
    ASSERT_TRUE(settled());
    ASSERT_EQ(page->recipe().steps.size(), 1u);
    EXPECT_EQ(page->recipe().steps[0].type, "edit_cells");
    ASSERT_TRUE(wait([&] { return cells.index(1, 1).data().toString() == "Bergen"; }));
    ASSERT_TRUE(cells.setData(cells.index(3, 1), "Tromso"));
    ASSERT_TRUE(settled());
    EXPECT_EQ(page->recipe().steps.size(), 1u);
    EXPECT_EQ(page->state()->source->tint(3, 1), CellTint::Changed);
    EXPECT_EQ(page->state()->source->tint(2, 1), CellTint::None);
}

TEST_F(CleanPageTest, RemovedRowsAreStruckThroughAndThenGone) {
    ASSERT_TRUE(import(csv()));
    add("drop_missing_rows", {"size"});
    EXPECT_EQ(page->state()->source->state(0), RowState::Struck);
    EXPECT_EQ(table().model().rowCount(), 200);
    page->findChild<QCheckBox*>("clean_touched_only")->setChecked(true);
    EXPECT_TRUE(wait([&] { return table().model().rowCount() == 20; }));
    add("trim_text", {"city"});
    EXPECT_EQ(page->state()->source->state(0), RowState::Gone);
    ASSERT_TRUE(wait([&] { return table().model().rowCount() == 180; }));
    page->findChild<QCheckBox*>("clean_gone_shown")->setChecked(true);
    EXPECT_TRUE(wait([&] { return table().model().rowCount() == 200; }));
}

TEST_F(CleanPageTest, TheSearchFindsStepsByWhatPeopleCallThem) {
    ASSERT_TRUE(import(csv()));
    auto* picker = page->findChild<StepPicker*>();
    picker->setFocus();
    picker->open();
    ASSERT_TRUE(picker->isOpen());
    auto* tree = frame.findChild<QTreeWidget*>("step_picker_tree");
    ASSERT_NE(tree, nullptr);
    EXPECT_GT(tree->topLevelItemCount(), 3);
    QTest::keyClicks(picker, "missing val");
    ASSERT_TRUE(picker->isOpen());
    EXPECT_EQ(tree->topLevelItemCount(), 1);
    EXPECT_EQ(tree->topLevelItem(0)->child(0)->text(0), "Fill missing values");
    QTest::keyClick(picker, Qt::Key_Return);
    EXPECT_FALSE(picker->isOpen());
    ASSERT_TRUE(settled());
    ASSERT_EQ(page->recipe().steps.size(), 1u);
    EXPECT_EQ(page->recipe().steps[0].type, "fill_missing");
}

TEST_F(CleanPageTest, MenusOfColumnsAndCellsOfferFittingSteps) {
    ASSERT_TRUE(import(csv()));
    QStringList texts;
    QMenu menu;
    emit table().menuOpening(&menu, 0, 0);  // a missing size
    for (const QAction* action : menu.actions()) texts << action->text();
    EXPECT_TRUE(texts.join('|').contains("Fill missing values of size"));
    QMenu cell;
    emit table().menuOpening(&cell, 1, 1);
    QAction* keep = nullptr;
    for (QAction* action : cell.actions())
        if (action->text().contains("Keep only rows")) keep = action;
    if (!keep) GTEST_SKIP() << "there is no step that filters rows";
    keep->trigger();
    ASSERT_TRUE(settled());
    ASSERT_EQ(page->recipe().steps.size(), 1u);
    EXPECT_EQ(page->recipe().steps[0].settings["condition"], "city = 'Oslo'");
    EXPECT_TRUE(fits(model().index(1).data(StepListModel::ReportRole).toString(), "100 row(s|\\(s\\)) removed"));
}

TEST_F(CleanPageTest, ARecipeGoesIntoAFileAndItsStepsComeBack) {
    ASSERT_TRUE(import(csv()));
    add("trim_text", {"city"});
    auto* outlets = page->findChild<StateOutlets*>();
    const QString file = QString::fromStdString((folder.path() / "kept.recipe.json").string());
    outlets->writeRecipeFile(page->recipe(), file);
    ASSERT_TRUE(wait([&] { return QFile::exists(file); }));
    Recipe read;
    outlets->readRecipeFile(file, [&](const Recipe& recipe, const std::string&) { read = recipe; });
    ASSERT_TRUE(wait([&] { return read.steps.size() == 1; }));
    EXPECT_EQ(read.steps[0].settings, page->recipe().steps[0].settings);
    std::ofstream((folder.path() / "bad.json")) << "{\"steps\": 3}";
    outlets->readRecipeFile(QString::fromStdString((folder.path() / "bad.json").string()), [](const Recipe&, const std::string&) { FAIL(); });
    EXPECT_TRUE(wait([&] { return page->findChild<Notice*>()->isVisible(); }));
}

TEST_F(CleanPageTest, TheListOfStepsKeepsTheContractOfItemModels) {
    StepListModel list;
    QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Recipe recipe;
    recipe.steps = {*makeStep({"trim_text"}, {"a"}), *makeStep({"drop_columns"}, {"b"})};
    list.setRecipe(recipe);
    list.setResults({});
    recipe.steps.pop_back();
    list.setRecipe(recipe);
    EXPECT_EQ(list.rowCount(), 2);
    EXPECT_EQ(list.index(1).data(StepListModel::LineRole).toString(), "a");
    list.setEditable(false);
    EXPECT_FALSE(list.setData(list.index(1), Qt::Unchecked, Qt::CheckStateRole));
}

/// What the dialog asks is answered as a person would: a form, a name, Enter.
class CleanExports : public CleanPageTest, public testing::WithParamInterface<std::pair<const char*, int>> {};

TEST_P(CleanExports, TheTableBecomesAFileOfTheChosenForm) {
    const auto [ending, form] = GetParam();
    ASSERT_TRUE(import(csv()));
    add("trim_text", {"city"});
    add("drop_missing_rows", {"size"});
    page->findChild<QAction*>("clean_export")->trigger();
    auto* dialog = page->findChild<QFileDialog*>("export_table_dialog");
    ASSERT_TRUE(dialog);
    dialog->setDirectory(QString::fromStdString(folder.path().string()));
    const QString filter = dialog->nameFilters().at(form);
    dialog->selectNameFilter(filter);
    emit dialog->filterSelected(filter);
    EXPECT_TRUE(dialog->selectedFiles().value(0).endsWith(QLatin1String(ending))) << dialog->selectedFiles().value(0).toStdString();
    dialog->selectFile("out");
    static_cast<QDialog*>(dialog)->accept();
    const Path file = folder.path() / (std::string("out") + ending);
    auto* notice = page->findChild<Notice*>();
    ASSERT_TRUE(wait([&] { return notice->isVisible() && workspace.tasks().runningCount() == 0; }));
    EXPECT_TRUE(notice->text().contains("180 rows were written to out")) << notice->text().toStdString();
    const auto bytes = readFile(file);
    ASSERT_TRUE(bytes) << file;
    const std::string text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    if (form == 0) {
        EXPECT_TRUE(text.starts_with("size,city,code,kind")) << text.substr(0, 40);
    }
    if (form == 1) {
        EXPECT_TRUE(text.starts_with("\xEF\xBB\xBFsize")) << "Excel takes a file for UTF-8 by its mark";
    }
    if (form == 2 || form == 4) {
        EXPECT_TRUE(text.starts_with("PK"));
    }
    if (form == 3) {
        EXPECT_TRUE(text.starts_with("{\"size\":37.5,\"city\":\"Oslo\"")) << text.substr(0, 60);
    }
}

INSTANTIATE_TEST_SUITE_P(Forms, CleanExports,
                         testing::Values(std::pair{".csv", 0}, std::pair{".csv", 1}, std::pair{".xlsx", 2}, std::pair{".jsonl", 3}, std::pair{".npz", 4}),
                         [](const auto& info) { return std::to_string(info.param.second) + std::string(info.param.first).substr(1); });

TEST_F(CleanPageTest, AStateBecomesADatasetOfItsOwn) {
    ASSERT_TRUE(import(csv()));
    add("drop_missing_rows", {"size"});
    page->findChild<QAction*>("clean_make_dataset")->trigger();
    auto* dialog = page->findChild<QInputDialog*>("make_dataset_dialog");
    ASSERT_TRUE(dialog);
    EXPECT_EQ(dialog->textValue(), "things, cleaned");
    dialog->setTextValue("Without gaps");
    dialog->accept();
    auto* notice = page->findChild<Notice*>();
    ASSERT_TRUE(wait([&] { return notice->isVisible() && workspace.tasks().runningCount() == 0; }));
    EXPECT_TRUE(notice->text().contains("Without gaps is there, with 180 rows")) << notice->text().toStdString();
    shot("clean_made_dataset");
    const auto all = workspace.shared()->datasets().all();
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 2u);
    EXPECT_EQ(all->back().rows, 180);
    QSignalSpy wanted(&workspace, &Workspace::pageWanted);
    notice->findChild<QPushButton*>("notice_button")->click();
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(workspace.dataset(), all->back().id);
}

TEST_F(CleanPageTest, RefusedCellsLeadToTheirPlace) {
    ASSERT_TRUE(import(csv()));
    add("change_type", {"city"}, {{"to", "number"}});
    auto* refused = side->findChild<QListWidget*>("refused_cells");
    ASSERT_TRUE(wait([&] { return refused->isVisible() && refused->count() > 3; }));
    table().view().scrollToBottom();
    emit refused->itemActivated(refused->item(3));
    EXPECT_EQ(table().currentColumn(), 1);
    EXPECT_EQ(table().view().currentIndex().row(), 3);
    EXPECT_TRUE(table().view().viewport()->rect().intersects(table().view().visualRect(table().view().currentIndex())));
}

TEST_F(CleanPageTest, NothingIsProposedForColumnsThatNoModelSees) {
    ASSERT_TRUE(import(csv()));
    const auto said = [&] {
        QString all;
        for (const QLabel* label : page->findChild<SuggestionList*>()->findChildren<QLabel*>()) all += label->text() + '\n';
        return all;
    };
    EXPECT_TRUE(said().contains("code has the same value")) << said().toStdString();
    const auto dataset = workspace.shared()->datasets().all()->back();
    ASSERT_TRUE(workspace.shared()->datasets().setRole(dataset.columns[2].id, "ignored").get());
    workspace.noteEdit();
    EXPECT_TRUE(wait([&] { return page->settled() && !said().contains("code has the same value"); })) << said().toStdString();
}

TEST_F(CleanPageTest, RowsThatOnlyLookAlikeAreNotProposedForRemoval) {
    const Path path = folder.path() / "people.csv";
    {
        std::ofstream file(path);
        file << "person,size,kind\n";
        for (int row = 0; row < 60; ++row) {
            const int person = std::min(row, 58);
            file << "name " << person << "," << person % 7 << "," << (person % 7 % 2 ? "a" : "b") << "\n";
        }
    }
    ASSERT_TRUE(import(path));
    auto* suggestions = page->findChild<SuggestionList*>();
    const auto said = [&] {
        QString all;
        for (const QLabel* label : suggestions->findChildren<QLabel*>()) all += label->text() + '\n';
        return all;
    };
    add("drop_columns", {"person"});
    ASSERT_TRUE(wait([&] { return page->settled() && said().contains("since person was left out"); })) << said().toStdString();
    EXPECT_TRUE(said().contains("Rows that repeat another one exactly: 1.")) << said().toStdString();
    QPushButton* remove = nullptr;
    for (QPushButton* button : suggestions->findChildren<QPushButton*>()) {
        if (button->accessibleName().contains("repeat another one")) remove = button;
        EXPECT_FALSE(button->accessibleName().contains("left out"));
    }
    ASSERT_TRUE(remove);
    remove->click();
    ASSERT_TRUE(settled());
    EXPECT_EQ(page->recipe().steps[0].type, "drop_duplicates") << "before the column is left out";
    EXPECT_EQ(std::count(page->state()->after.removedBy->begin(), page->state()->after.removedBy->end(), 1), 1);
}

TEST_F(CleanPageTest, AColumnThatAStepMakesCanBeTheTarget) {
    const Path path = folder.path() / "long.csv";
    {
        std::ofstream file(path);
        file << "place,what,value\n";
        for (int row = 0; row < 60; ++row)
            for (const char* what : {"income", "rooms"}) file << "p" << row << ',' << what << ',' << row * 7 % 31 + 0.5 << '\n';
    }
    ASSERT_TRUE(import(path));
    add("pivot", {}, {{"rows", {"place"}}, {"names", "what"}, {"values", "value"}});
    auto* target = page->findChild<QComboBox*>("clean_target");
    ASSERT_TRUE(wait([&] { return target->findData("rooms") >= 0; }));
    QSignalSpy chosen(page->findChild<TargetChoice*>(), &TargetChoice::chosen);
    target->setCurrentIndex(target->findData("rooms"));
    emit target->activated(target->currentIndex());
    ASSERT_TRUE(wait([&] { return chosen.count() == 1; })) << page->findChild<Notice*>()->text().toStdString();
    EXPECT_TRUE(chosen[0][1].toBool()) << "the parts are those of the new rows";
    ASSERT_TRUE(settled());
    ASSERT_TRUE(wait([&] { return page->settled() && target->currentData().toString() == "rooms"; }));
    const auto dataset = workspace.shared()->datasets().all()->back();
    const auto cleaned = cleanTable(*workspace.shared(), dataset);
    ASSERT_TRUE(cleaned);
    EXPECT_EQ(targetColumn(cleaned->dataset), "rooms");
    const auto split = findSplit(*workspace.shared(), dataset, {});
    ASSERT_TRUE(split);
    EXPECT_EQ(split->counts[0] + split->counts[1] + split->counts[2], 60);
}

TEST_F(CleanPageTest, ASplitOfOtherRowsIsSaidWhereTheStepWasAddedAndDrawnAgain) {
    ASSERT_TRUE(import(csv()));
    auto* notice = page->findChild<Notice*>("clean_split_notice");
    add("trim_text", {"city"});
    EXPECT_FALSE(notice->isVisible()) << "the same rows";
    add("group", {}, {{"by", {"city", "kind"}}});
    ASSERT_TRUE(wait([&] { return notice->isVisible(); }));
    shot("clean_split_outdated");
    const auto splitsBefore = workspace.shared()->splits().ofDataset(workspace.dataset())->size();
    notice->findChild<QPushButton*>("notice_button")->click();
    ASSERT_TRUE(wait([&] { return workspace.shared()->splits().ofDataset(workspace.dataset())->size() == splitsBefore + 1 && settled() && !notice->isVisible(); }));
    EXPECT_FALSE(rowsKeyIn(workspace.shared()->splits().ofDataset(workspace.dataset())->back().method).empty());
    ASSERT_TRUE(wait([&] { return page->findChild<Notice*>("notice")->text().contains("Divided again"); }));
    ASSERT_TRUE(settled());
    EXPECT_FALSE(notice->isVisible());
}

/// Pictures for people, of real data where it is there.
TEST_F(CleanPageTest, LooksGoodWithRealData) {
    const Path titanic = Path(LAMINA_SOURCE_DIR).parent_path() / "shared" / "data" / "tabular-dirty" / "titanic_train.csv";
    if (qEnvironmentVariable("LAMINA_SHOTS").isEmpty() || !std::filesystem::exists(titanic)) GTEST_SKIP() << "no pictures wanted or no data";
    ASSERT_TRUE(import(titanic));
    shot("clean_fresh_light_en");
    add("fill_missing", {"Age"}, {{"method", "median"}});
    add("drop_columns", {"Cabin", "PassengerId"});
    add("drop_missing_rows", {"Embarked"});
    add("change_type", {"Name"}, {{"to", "number"}});
    shot("clean_refused_light_en");
    steps().showSteps(1);
    ASSERT_TRUE(settled());
    shot("clean_steps_light_en");
    applyTheme(ThemeChoice::Dark);
    shot("clean_steps_dark_en");
    frame.resize(930, 620);
    shot("clean_steps_dark_en_small");
    frame.resize(1270, 690);
    applyTheme(ThemeChoice::Light);
    page->findChild<StepPicker*>()->setFocus();
    page->findChild<StepPicker*>()->open();
    shot("clean_picker_light_en");
    QTest::keyClick(page->findChild<StepPicker*>(), Qt::Key_Escape);
    applyLanguage("zh");
    applyTheme(ThemeChoice::Dark);
    frame.resize(930, 620);
    steps().showSteps(3);
    ASSERT_TRUE(settled());
    shot("clean_steps_dark_zh_small");
    page->findChild<StepPicker*>()->setFocus();
    page->findChild<StepPicker*>()->open();
    shot("clean_picker_dark_zh_small");
    applyTheme(ThemeChoice::Light);
}

}  // namespace
}  // namespace lamina
