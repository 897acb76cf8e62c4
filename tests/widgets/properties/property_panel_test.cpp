// The property panel: what can be typed, when it is given, what is said.
#include "widgets/properties/property_panel.h"

#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "widgets/common/theme.h"
#include "widgets/properties/choice_box.h"
#include "widgets/properties/property_field.h"

namespace lamina {
namespace {

struct Settings {
    bool bias = true;
    std::int64_t units = 64;
    double rate = 0.5;
    std::string padding = "same";
    std::array<std::int64_t, 2> kernel{3, 3};
    std::string note = "";
};

std::vector<PropertyRow> rows(const Settings& values = {}) {
    const std::vector<Property> properties{
        property("units", &Settings::units, "Units", "How many numbers.", {.minimum = 1, .maximum = 1024}),
        property("bias", &Settings::bias, "Bias", "Adds a number."),
        property("rate", &Settings::rate, "Rate", "How much.", {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
        property("padding", &Settings::padding, "Padding", "Around the picture.", {.choices = {"same", "valid"}}),
        property("kernel", &Settings::kernel, "Kernel", "Height and width.", {.minimum = 1, .maximum = 99}),
        property("note", &Settings::note, "Note", "")};
    std::vector<PropertyRow> all;
    for (const auto& p : properties)
        all.push_back(
            propertyRow(p, QString::fromStdString(p.title), QString::fromStdString(p.help), p.get(std::any(values)), p.get(std::any(Settings{}))));
    return all;
}

struct Panel : PropertyPanel {
    std::vector<std::pair<QString, PropertyValue>> edits;

    Panel() {
        connect(this, &PropertyPanel::changed, this, [this](const QString& id, const PropertyValue& value) { edits.emplace_back(id, value); });
        setRows(rows());
        resize(300, 600);
        show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(this));
        activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(this));
    }
    QLineEdit* line(const char* id) { return qobject_cast<QLineEdit*>(field(id)->editor()); }
    void type(const char* id, const char* text) {
        line(id)->setFocus();
        line(id)->selectAll();
        QTest::keyClicks(line(id), text);
    }
    QString message(const char* id) {
        auto* label = field(id)->findChild<QLabel*>("message");
        return label->isVisible() ? label->text() : QString();
    }
    QString foot() { return findChild<QLabel*>("panelHelp")->text(); }
};

TEST(PropertyPanel, EveryKindOfValueHasItsEditor) {
    Panel panel;
    EXPECT_EQ(panel.line("units")->text(), "64");
    EXPECT_EQ(panel.line("rate")->text(), "0.5");
    EXPECT_EQ(panel.line("kernel")->text(), "3, 3");
    EXPECT_TRUE(qobject_cast<QCheckBox*>(panel.field("bias")->editor())->isChecked());
    EXPECT_EQ(qobject_cast<QComboBox*>(panel.field("padding")->editor())->currentText(), "same");
    for (const char* id : {"units", "bias", "rate", "padding", "kernel", "note"})
        EXPECT_FALSE(panel.field(id)->editor()->accessibleName().isEmpty()) << id;
}

TEST(PropertyPanel, QuickTypingBecomesOneEdit) {
    Panel panel;
    panel.type("units", "128");
    EXPECT_TRUE(panel.edits.empty());
    ASSERT_TRUE(QTest::qWaitFor([&] { return !panel.edits.empty(); }, 2000));
    ASSERT_EQ(panel.edits.size(), 1u);
    EXPECT_EQ(panel.edits[0].first, "units");
    EXPECT_EQ(std::get<std::int64_t>(panel.edits[0].second), 128);
}

TEST(PropertyPanel, WhatAnotherToolWritesIntoAFieldCounts) {
    Panel panel;
    panel.line("units")->setText("77");
    panel.commit();
    ASSERT_EQ(panel.edits.size(), 1u);
    EXPECT_EQ(std::get<std::int64_t>(panel.edits[0].second), 77);
    panel.setRows(rows({.units = 99}));
    panel.commit();
    EXPECT_EQ(panel.edits.size(), 1u) << "what the panel shows by itself is no edit";
}

TEST(PropertyPanel, AZeroThatMeansFoundByItselfIsSaidInWords) {
    PropertyRow row = rows()[0];
    row.limits.minimum = 0;
    row.value = std::int64_t(0);
    row.zeroText = "Found by itself";
    Panel panel;
    panel.setRows({row});
    EXPECT_EQ(panel.line("units")->text(), "");
    EXPECT_EQ(panel.line("units")->placeholderText(), "Found by itself");
    panel.type("units", "96");
    panel.commit();
    panel.line("units")->setText("");
    panel.commit();
    ASSERT_EQ(panel.edits.size(), 2u);
    EXPECT_EQ(std::get<std::int64_t>(panel.edits[0].second), 96);
    EXPECT_EQ(std::get<std::int64_t>(panel.edits[1].second), 0);
}

TEST(PropertyPanel, EnterGivesTheValueAtOnce) {
    Panel panel;
    panel.type("kernel", "5x7");
    QTest::keyClick(panel.line("kernel"), Qt::Key_Return);
    ASSERT_EQ(panel.edits.size(), 1u);
    EXPECT_EQ(std::get<std::vector<std::int64_t>>(panel.edits[0].second), (std::vector<std::int64_t>{5, 7}));
}

TEST(PropertyPanel, AValueOutsideItsLimitsIsNotGivenAndTheReasonIsSaid) {
    Panel panel;
    panel.type("units", "0");
    EXPECT_EQ(panel.message("units"), "From 1 to 1,024.");
    panel.type("rate", "0");
    EXPECT_EQ(panel.message("rate"), "Above 0, up to 1.");
    panel.type("kernel", "3");
    EXPECT_TRUE(panel.message("kernel").contains("2")) << panel.message("kernel").toStdString();
    panel.type("units", "many");
    EXPECT_TRUE(panel.message("units").startsWith("Type a whole number."));
    QTest::qWait(500);
    EXPECT_TRUE(panel.edits.empty());
    QTest::keyClick(panel.line("units"), Qt::Key_Escape);
    EXPECT_EQ(panel.line("units")->text(), "64");
    EXPECT_EQ(panel.message("units"), "");
}

TEST(PropertyPanel, TheFocusedRowIsExplainedAtTheFootAndNothingMoves) {
    Panel panel;
    const QPoint before = panel.field("note")->pos();
    panel.line("units")->setFocus();
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel.foot() == "How many numbers."; }));
    panel.line("rate")->setFocus();
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel.foot() == "How much."; }));
    QTest::qWait(20);
    EXPECT_EQ(panel.field("note")->pos(), before);
    EXPECT_EQ(panel.message("rate"), "");
    panel.field("rate")->findChild<QToolButton*>("help")->click();
    EXPECT_EQ(panel.message("rate"), "How much.");
    panel.line("note")->setFocus();
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel.foot().isEmpty(); })) << "a setting without help";
}

TEST(PropertyPanel, DifferingValuesAreShownAsSuchAndOneEditSetsThemAll) {
    Panel panel;
    auto mixed = rows();
    for (auto& row : mixed) row.mixed = true;
    panel.setHeading({}, "Dense", {}, 2);
    panel.setRows(mixed);
    EXPECT_EQ(panel.findChild<QLabel*>("panelMore")->text(), "and 2 more");
    EXPECT_TRUE(panel.line("units")->text().isEmpty());
    EXPECT_EQ(panel.line("units")->placeholderText(), "different values");
    EXPECT_EQ(qobject_cast<QCheckBox*>(panel.field("bias")->editor())->checkState(), Qt::PartiallyChecked);
    EXPECT_EQ(qobject_cast<QComboBox*>(panel.field("padding")->editor())->currentIndex(), -1);
    // The value of the first one is a change for the others.
    panel.type("units", "64");
    QTest::keyClick(panel.line("units"), Qt::Key_Return);
    ASSERT_EQ(panel.edits.size(), 1u);
    EXPECT_EQ(std::get<std::int64_t>(panel.edits[0].second), 64);
}

TEST(PropertyPanel, BackToTheDefaultIsOfferedWhereTheValueIsAnother) {
    Panel panel;
    auto* reset = panel.field("units")->findChild<QToolButton*>("reset");
    EXPECT_FALSE(reset->isVisible());
    panel.setRows(rows({.units = 7}));
    ASSERT_TRUE(reset->isVisible());
    reset->click();
    ASSERT_EQ(panel.edits.size(), 1u);
    EXPECT_EQ(std::get<std::int64_t>(panel.edits[0].second), 64);
    EXPECT_EQ(panel.line("units")->text(), "64");
    EXPECT_FALSE(reset->isVisible());
}

TEST(PropertyPanel, WhatIsBeingTypedSurvivesAnUpdateOfOtherRows) {
    Panel panel;
    panel.type("units", "12");
    panel.setRows(rows({.rate = 0.25}));
    EXPECT_EQ(panel.line("units")->text(), "12");
    EXPECT_EQ(panel.line("rate")->text(), "0.25");
    panel.setRows(rows({.units = 99}));
    EXPECT_EQ(panel.line("units")->text(), "99") << "an undo of this very row wins";
}

TEST(PropertyPanel, ArrowKeysStepWholeNumbersWithinTheLimits) {
    Panel panel;
    panel.line("units")->setFocus();
    QTest::keyClick(panel.line("units"), Qt::Key_Up);
    QTest::keyClick(panel.line("units"), Qt::Key_Up);
    EXPECT_EQ(panel.line("units")->text(), "66");
    panel.commit();
    ASSERT_EQ(panel.edits.size(), 1u);
    panel.setRows(rows({.units = 1}));
    QTest::keyClick(panel.line("units"), Qt::Key_Down);
    EXPECT_EQ(panel.line("units")->text(), "1");
}

TEST(PropertyPanel, UndoMeansTheLastEditWhereNothingIsBeingTyped) {
    Panel panel;
    QAction undo(&panel);
    undo.setShortcut(QKeySequence::Undo);
    panel.addAction(&undo);
    QSignalSpy undone(&undo, &QAction::triggered);
    panel.type("units", "12");
    QTest::keyClick(panel.line("units"), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(undone.count(), 0) << "letters are taken back first";
    panel.type("units", "12");
    QTest::keyClick(panel.line("units"), Qt::Key_Return);
    QTest::keyClick(panel.line("units"), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(undone.count(), 1);
    EXPECT_EQ(panel.line("units")->text(), "12");
}

TEST(PropertyPanel, ReadOnlyMeansNothingCanBeEdited) {
    Panel panel;
    panel.setReadOnly(true);
    panel.type("units", "9");
    qobject_cast<QCheckBox*>(panel.field("bias")->editor())->click();
    QTest::qWait(500);
    EXPECT_TRUE(panel.edits.empty());
}

TEST(PropertyPanel, TheCallersOwnReasonIsSaid) {
    Panel panel;
    auto own = rows();
    own.back().refuse = [](const PropertyValue& value) { return std::get<std::string>(value) == "no" ? QString("Not this one.") : QString(); };
    panel.setRows(own);
    panel.type("note", "no");
    EXPECT_EQ(panel.message("note"), "Not this one.");
}

TEST(PropertyPanel, IsLookedAtInBothThemes) {
    if (qEnvironmentVariableIsEmpty("LAMINA_SHOTS")) GTEST_SKIP() << "LAMINA_SHOTS names no folder";
    for (const auto choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        applyTheme(choice);
        Panel panel;
        panel.setHeading("layers/dense", "Dense", "Every output looks at every input: a weighted sum for each of its units.", 2);
        panel.setRows(rows({.units = 7}));
        panel.type("units", "0");
        QTest::qWait(50);
        panel.grab().save(qEnvironmentVariable("LAMINA_SHOTS") + (choice == ThemeChoice::Dark ? "/properties_dark.png" : "/properties_light.png"));
    }
}

struct Lists {
    std::vector<std::string> columns{"b"};
    std::vector<std::string> words{"x", "y"};
};

TEST(PropertyPanel, ListsOfTextsAreTickedOrTyped) {
    const std::vector<Property> properties{property("columns", &Lists::columns, "Columns", "", {.meaning = "column"}), property("words", &Lists::words, "Words", "")};
    std::vector<PropertyRow> all;
    for (const auto& p : properties)
        all.push_back(propertyRow(p, QString::fromStdString(p.title), {}, p.get(std::any(Lists{})), p.get(std::any(Lists{}))));
    EXPECT_EQ(all[0].kind, PropertyRow::Kind::Texts);
    all[0].offers = {"a", "b", "c"};
    PropertyPanel panel;
    std::map<QString, PropertyValue> given;
    QObject::connect(&panel, &PropertyPanel::changed, &panel, [&](const QString& id, const PropertyValue& value) { given[id] = value; });
    panel.setRows(all);
    panel.show();
    auto* list = panel.field("columns")->findChild<QListWidget*>("texts_list");
    ASSERT_EQ(list->count(), 3);
    EXPECT_EQ(list->item(1)->checkState(), Qt::Checked);
    list->item(0)->setCheckState(Qt::Checked);
    panel.commit();
    EXPECT_EQ(std::get<std::vector<std::string>>(given["columns"]), (std::vector<std::string>{"b", "a"}));  // in the order in which they were ticked
    panel.field("words")->findChild<QPlainTextEdit*>("texts_lines")->setPlainText("one\ntwo words\n");
    panel.commit();
    EXPECT_EQ(std::get<std::vector<std::string>>(given["words"]), (std::vector<std::string>{"one", "two words"}));
    // A column that is not there any more can be seen and taken out.
    all[0].value = std::vector<std::string>{"gone"};
    panel.setRows(all);
    ASSERT_EQ(list->count(), 4);
    EXPECT_EQ(list->item(3)->checkState(), Qt::Checked);
}

TEST(PropertyPanel, AListWhoseOrderCountsShowsTheOrder) {
    PropertyRow row;
    row.id = "columns";
    row.title = "Columns";
    row.kind = PropertyRow::Kind::Texts;
    row.value = row.standard = std::vector<std::string>{"c", "a"};
    row.offers = {"a", "b", "c"};
    row.ordered = true;
    PropertyPanel panel;
    PropertyValue given;
    QObject::connect(&panel, &PropertyPanel::changed, &panel, [&](const QString&, const PropertyValue& value) { given = value; });
    panel.setRows({row});
    auto* list = panel.field("columns")->findChild<QListWidget*>("texts_list");
    EXPECT_EQ(list->item(0)->text(), "2. a");
    EXPECT_EQ(list->item(1)->text(), "b");
    EXPECT_EQ(list->item(2)->text(), "1. c");
    list->item(1)->setCheckState(Qt::Checked);
    list->item(2)->setCheckState(Qt::Unchecked);
    EXPECT_EQ(list->item(0)->text(), "1. a");
    EXPECT_EQ(list->item(1)->text(), "2. b");
    EXPECT_EQ(list->item(2)->text(), "c");
    panel.commit();
    EXPECT_EQ(std::get<std::vector<std::string>>(given), (std::vector<std::string>{"a", "b"}));
}

TEST(PropertyPanel, TickedEntriesMayBeCalledSomethingElse) {
    PropertyRow row;
    row.id = "figures";
    row.title = "Figures";
    row.kind = PropertyRow::Kind::Texts;
    row.value = row.standard = std::vector<std::string>{"mean"};
    row.offers = {"mean", "max"};
    row.choiceTitles = {"Mean", "Largest"};
    PropertyPanel panel;
    PropertyValue given;
    QObject::connect(&panel, &PropertyPanel::changed, &panel, [&](const QString&, const PropertyValue& value) { given = value; });
    panel.setRows({row});
    auto* list = panel.field("figures")->findChild<QListWidget*>("texts_list");
    EXPECT_EQ(list->item(1)->text(), "Largest");
    list->item(1)->setCheckState(Qt::Checked);
    panel.commit();
    EXPECT_EQ(std::get<std::vector<std::string>>(given), (std::vector<std::string>{"mean", "max"}));
    row.choiceTitles = {"均值", "最大值"};
    panel.setRows({row});
    EXPECT_EQ(list->item(1)->text(), "最大值");
}

TEST(PropertyPanel, ABoxThatAScreenReaderTogglesCounts) {
    PropertyRow row;
    row.id = "on";
    row.title = "On";
    row.kind = PropertyRow::Kind::Boolean;
    row.value = row.standard = false;
    PropertyPanel panel;
    std::vector<PropertyValue> given;
    QObject::connect(&panel, &PropertyPanel::changed, &panel, [&](const QString&, const PropertyValue& value) { given.push_back(value); });
    panel.setRows({row});
    auto* box = qobject_cast<QCheckBox*>(panel.field("on")->editor());
    box->toggle();
    ASSERT_EQ(given.size(), 1u);
    EXPECT_EQ(given[0], PropertyValue(true));
    row.value = false;
    panel.setRows({row});
    EXPECT_FALSE(box->isChecked());
    EXPECT_EQ(given.size(), 1u) << "what is shown was not chosen";
    box->click();
    EXPECT_EQ(given.size(), 2u);
}

TEST(PropertyPanel, AValueThatCannotBeIsMarkedUntilAnotherIsChosen) {
    PropertyRow row;
    row.id = "column";
    row.title = "Column";
    row.help = "The column to copy.";
    row.kind = PropertyRow::Kind::Choice;
    row.value = row.standard = std::string("gone");
    row.limits.choices = {"a", "gone"};
    row.problem = "There is no such column.";
    PropertyPanel panel;
    panel.setRows({row});
    panel.show();
    auto* message = panel.field("column")->findChild<QLabel*>("message");
    EXPECT_TRUE(message->isVisible());
    EXPECT_EQ(message->text(), "There is no such column.");
    EXPECT_EQ(panel.field("column")->editor()->accessibleDescription(), "There is no such column.");
    auto* choice = qobject_cast<QComboBox*>(panel.field("column")->editor());
    choice->setCurrentIndex(0);
    emit choice->activated(0);
    EXPECT_FALSE(message->isVisible());
}

TEST(PropertyPanel, TheFocusStaysWhereRowsAreAdded) {
    const auto rowOf = [](const QString& id) {
        PropertyRow row;
        row.id = row.title = id;
        row.kind = PropertyRow::Kind::Choice;
        row.value = row.standard = std::string("a");
        row.limits.choices = {"a", "b"};
        return row;
    };
    PropertyPanel panel;
    panel.setRows({rowOf("first"), rowOf("second"), rowOf("third")});
    panel.show();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&panel));
    panel.field("second")->editor()->setFocus();
    panel.setRows({rowOf("first"), rowOf("between"), rowOf("second"), rowOf("third")});
    EXPECT_EQ(QApplication::focusWidget(), panel.field("second")->editor());
}

struct Marks {
    std::string mark = "auto";
};

std::vector<PropertyRow> markRows(const std::string& value) {
    const Property mark = property("mark", &Marks::mark, "Mark", "Between fields.", {.choices = {"auto", ","}, .meaning = "open"});
    auto row = propertyRow(mark, "Mark", "Between fields.", value, std::string("auto"));
    row.refuse = [](const PropertyValue& typed) { return std::get<std::string>(typed).empty() ? QString("Type something.") : QString(); };
    return {row};
}

TEST(PropertyPanel, AnOpenChoiceTakesWhatIsTypedUnderOther) {
    Panel panel;
    panel.setRows(markRows("auto"));
    auto* choice = qobject_cast<QComboBox*>(panel.field("mark")->editor());
    auto* other = panel.field("mark")->findChild<QLineEdit*>("other");
    ASSERT_EQ(choice->count(), 3);
    EXPECT_FALSE(other->isVisible());
    choice->setCurrentIndex(2);
    emit choice->activated(2);
    EXPECT_TRUE(other->isVisible());
    EXPECT_TRUE(panel.edits.empty()) << "nothing typed yet";
    QTest::keyClicks(other, "::");
    QTest::keyClick(other, Qt::Key_Return);
    ASSERT_EQ(panel.edits.size(), 1u);
    EXPECT_EQ(std::get<std::string>(panel.edits[0].second), "::");
    panel.setRows(markRows("::"));
    EXPECT_EQ(choice->currentIndex(), 2);
    EXPECT_EQ(other->text(), "::");
    choice->setCurrentIndex(1);
    emit choice->activated(1);
    EXPECT_FALSE(other->isVisible());
    EXPECT_EQ(std::get<std::string>(panel.edits.back().second), ",");
}

TEST(PropertyPanel, AValueOutsideAnOpenChoiceIsShownAndCheckedAsItIsTyped) {
    Panel panel;
    panel.setRows(markRows("||"));
    auto* field = panel.field("mark");
    auto* other = field->findChild<QLineEdit*>("other");
    EXPECT_TRUE(other->isVisible());
    EXPECT_EQ(other->text(), "||");
    other->setText("");
    EXPECT_EQ(field->findChild<QLabel*>("message")->text(), "Type something.");
    EXPECT_TRUE(panel.edits.empty());
}

TEST(PropertyPanel, AZeroOfARealNumberMayMeanThatThereIsNone) {
    Panel panel;
    auto all = rows();
    all[2].limits = {};
    all[2].value = all[2].standard = 0.0;
    all[2].zeroText = "found by itself";
    panel.setRows(all);
    EXPECT_EQ(panel.line("rate")->text(), "");
    EXPECT_EQ(panel.line("rate")->placeholderText(), "found by itself");
    panel.type("rate", "12.5");
    panel.commit();
    ASSERT_EQ(panel.edits.size(), 1u);
    EXPECT_EQ(panel.edits[0].second, PropertyValue(12.5));
    panel.line("rate")->clear();
    panel.commit();
    ASSERT_EQ(panel.edits.size(), 2u) << "emptied: none again";
    EXPECT_EQ(panel.edits[1].second, PropertyValue(0.0));
    EXPECT_EQ(panel.message("rate"), "");
}

TEST(PropertyPanel, LongChoicesStandBelowTheirTitleAndAreShortenedInTheMiddle) {
    const QString longName = "measured_temperature_of_the_outer_wall_in_degrees_celsius_2023";
    Panel panel;
    auto all = rows();
    all[3].limits.choices = {"same", longName.toStdString()};
    all[3].value = longName.toStdString();
    panel.setRows(all);
    auto* box = qobject_cast<ChoiceBox*>(panel.field("padding")->editor());
    ASSERT_TRUE(box);
    EXPECT_EQ(box->currentText(), longName);
    EXPECT_GT(box->mapTo(&panel, QPoint(0, 0)).y(), panel.field("padding")->mapTo(&panel, QPoint(0, 0)).y() + 10) << "below its title";
    EXPECT_GT(box->width(), panel.line("units")->width()) << "as wide as the panel";
    const QString shown = box->shownText();
    EXPECT_TRUE(shown.startsWith("measured") && shown.endsWith("2023") && shown.contains(u'…')) << shown.toStdString();
    EXPECT_LE(box->fontMetrics().horizontalAdvance(shown), box->width());
    EXPECT_TRUE(box->itemData(1, Qt::ToolTipRole).toString().contains(longName));
    box->showPopup();
    EXPECT_GE(box->view()->width(), box->fontMetrics().horizontalAdvance(longName)) << "the open list shows it whole";
    box->hidePopup();
    // Short ones again: beside the title.
    panel.setRows(rows());
    box = qobject_cast<ChoiceBox*>(panel.field("padding")->editor());
    QApplication::processEvents();
    EXPECT_LT(std::abs(box->mapTo(&panel, QPoint(0, 0)).y() - panel.field("padding")->mapTo(&panel, QPoint(0, 0)).y()), 6);
}

}  // namespace
}  // namespace lamina
