// Texts, rows and series on the Label page: from a file to labels in the project and to a data set to train on.
#include <QComboBox>
#include <QDialogButtonBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>

#include "app/jobs/labelled_dataset.h"
#include "app/jobs/series_ranges.h"
#include "app/pages/label/class_editor.h"
#include "app/pages/label/class_list.h"
#include "app/pages/label/key_dialog.h"
#include "app/pages/label/series_desk.h"
#include "core/annotation/shape_document.h"
#include "core/annotation/text_offsets.h"
#include "core/base/files.h"
#include "core/project/label_edits.h"
#include "tests/app/pages/label/label_page_fixture.h"
#include "widgets/ranges/range_view.h"

namespace lamina {
namespace {

TEST_F(ItemDesksTest, SpansAndArrowsAreMadeWithKeysAloneAndComeOutAsSpacy) {
    openTable(newsText);
    ASSERT_TRUE(shows("label_texts"));
    addClass("person");
    addClass("company");
    key(Qt::Key_Right);                         // past the face
    keys(Qt::Key_Right, 2, Qt::ShiftModifier);  // "Anna Smith"
    key(Qt::Key_1);
    keys(Qt::Key_Right, 3);                     // works, for, Acme
    key(Qt::Key_Left);
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_2);
    ASSERT_EQ(text().spans().size(), 2u);
    EXPECT_EQ(text().spans()[1].label, "company");
    ASSERT_EQ(text().suggestions().size(), 1u) << "the second Acme";
    find<QComboBox>("label_arrow")->setCurrentText("works for");
    text().select(text().spans()[0].id);
    key(Qt::Key_R);
    text().select(text().spans()[1].id);
    key(Qt::Key_E);
    EXPECT_EQ(text().spans().size(), 3u);
    ASSERT_TRUE(isSaved());
    look("text");
    const auto all = labels(0);
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[0].document["begin"], 2) << "characters, not units: the face counts once";
    EXPECT_EQ(all[0].document["end"], 12);
    EXPECT_EQ(all[0].tool, "span");

    AnnotationExportRequest request;
    request.format = "spacy";
    request.folder = folder / "out";
    const auto written = exportAnnotations(*workspace.shared(), request);
    ASSERT_TRUE(written) << written.error().debugText();
    const auto set = annotationsOf(*workspace.shared(), dataset, request);
    ASSERT_TRUE(set);
    ASSERT_EQ(set->images[0].relations.size(), 1u);
    EXPECT_EQ(set->images[0].relations[0].label, "works for");
    const auto read = findAnnotationFormat("spacy")->read(request.folder, {});
    ASSERT_TRUE(read) << read.error().debugText();
    ASSERT_FALSE(read->images.empty());
    EXPECT_EQ(read->images[0].shapes.size(), 3u);
    EXPECT_EQ(read->images[0].relations, set->images[0].relations);

    text().select(text().spans()[0].id);
    key(Qt::Key_Delete);
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(labels(0).size(), 2u) << "with the span its arrow goes";
}

TEST_F(ItemDesksTest, ADigitWithoutASelectionGivesTheWholeTextItsClassAndSpaceAcceptsWithoutOne) {
    openTable(newsText, true);
    ASSERT_TRUE(shows("label_texts"));
    addClass("news");
    key(Qt::Key_1);
    ASSERT_TRUE(isAt(1));
    key(Qt::Key_Space);
    ASSERT_TRUE(isAt(2));
    EXPECT_TRUE(text().text().startsWith(QString::fromUtf8("张")));
    ASSERT_TRUE(isSaved());
    ASSERT_EQ(labels(0).size(), 1u);
    EXPECT_TRUE(labels(0)[0].document.empty());
    EXPECT_TRUE(labels(1).empty());
    key(Qt::Key_A);
    EXPECT_TRUE(isAt(1)) << "letters that are no keys of the text go along the queue";
}

TEST_F(ItemDesksTest, ATextHasSeveralClassesWhereTheyAreWantedAndOneWhereNot) {
    openTable(newsText, true);
    ASSERT_TRUE(shows("label_texts"));
    for (const char* name : {"news", "sport", "long"}) addClass(name);
    find<QCheckBox>("label_several")->click();
    key(Qt::Key_1);
    key(Qt::Key_2);
    key(Qt::Key_3);
    key(Qt::Key_2);
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(page.position(), 0) << "the text stays until it is accepted";
    ASSERT_EQ(labels(0).size(), 2u);
    look("several");
    key(Qt::Key_Space);
    ASSERT_TRUE(isAt(1));
    AnnotationExportRequest request;
    const auto set = annotationsOf(*workspace.shared(), dataset, request);
    ASSERT_TRUE(set);
    EXPECT_EQ(set->images[0].classes, (std::vector<std::string>{"news", "long"}));
    key(Qt::Key_3);
    ASSERT_TRUE(QTest::qWaitFor([this] { return labels(1).size() == 1; }, 5000));
    const auto several = datasetOfLabels(*workspace.shared(), dataset);
    ASSERT_TRUE(several) << several.error().debugText();
    EXPECT_EQ(several->dataset.rows, 2);
    ASSERT_GE(several->dataset.columns.size(), 2u);
    const auto& columns = several->dataset.columns;
    EXPECT_EQ(columns[columns.size() - 2].name, "long") << "the most frequent class is the target";
    EXPECT_EQ(columns[columns.size() - 2].role, "target");
    EXPECT_EQ(columns.back().role, "ignored");
    find<QCheckBox>("label_several")->click();
    key(Qt::Key_A);
    ASSERT_TRUE(isAt(0));
    key(Qt::Key_2);
    ASSERT_TRUE(isAt(1));
    ASSERT_TRUE(isSaved());
    ASSERT_EQ(labels(0).size(), 1u) << "one class alone takes the place of all";
    EXPECT_TRUE(find<QToolButton>("label_place")->text().startsWith("2 of 3 text"));
    auto* search = find<QLineEdit>("label_search");
    search->setText("berlin");
    emit search->textEdited("berlin");
    EXPECT_TRUE(QTest::qWaitFor([this] { return page.queue().shownCount() == 1; }, 5000)) << "what stands in a text is found";
}

TEST_F(ItemDesksTest, WhatIsMarkedGoesOutAsConllAndSpacyAndComesBackEqual) {
    openTable(newsText);
    ASSERT_TRUE(shows("label_texts"));
    addClass("person");
    addClass("place");
    key(Qt::Key_Right);
    keys(Qt::Key_Right, 2, Qt::ShiftModifier);
    key(Qt::Key_1);
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(1));
    text().setCaret(static_cast<int>(text().text().indexOf("Berlin")));
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_2);
    key(Qt::Key_D);
    ASSERT_TRUE(isAt(2));
    text().setCaret(0);
    keys(Qt::Key_Right, 2, Qt::ShiftModifier);
    key(Qt::Key_1);
    ASSERT_TRUE(isSaved());
    AnnotationExportRequest request;
    const auto made = annotationsOf(*workspace.shared(), dataset, request);
    ASSERT_TRUE(made);
    for (const char* format : {"conll", "spacy"}) {
        request.format = format;
        request.folder = folder / format;
        const auto written = exportAnnotations(*workspace.shared(), request);
        ASSERT_TRUE(written) << written.error().debugText();
        const auto read = findAnnotationFormat(format)->read(request.folder, {});
        ASSERT_TRUE(read) << read.error().debugText();
        ASSERT_EQ(read->images.size(), 3u) << format;
        for (std::size_t i = 0; i < 3; ++i) {
            const auto& before = made->images[i];
            const auto& after = read->images[i];
            ASSERT_EQ(after.shapes.size(), before.shapes.size()) << format << " " << i;
            for (std::size_t k = 0; k < before.shapes.size(); ++k) {
                const TextOffsets was(before.text), is(after.text);
                const auto words = [&](const TextOffsets& offsets, const AnnotationShape& shape) { return std::string(offsets.part(static_cast<std::int64_t>(shape.begin), static_cast<std::int64_t>(shape.end))); };
                EXPECT_EQ(after.shapes[k].label, before.shapes[k].label) << format;
                EXPECT_EQ(words(is, after.shapes[k]), words(was, before.shapes[k])) << format;
                if (std::string(format) != "spacy") continue;
                EXPECT_EQ(after.shapes[k].begin, before.shapes[k].begin);
            }
        }
    }
}

TEST_F(ItemDesksTest, KeysOfADeskAreBoundLikeAllOthersAndNoInputMethodIsInTheWay) {
    openTable(newsText);
    ASSERT_TRUE(shows("label_texts"));
    addClass("person");
    for (auto* desk : page.findChildren<ItemDesk*>()) {
        EXPECT_FALSE(desk->workplace()->testAttribute(Qt::WA_InputMethodEnabled)) << desk->objectName().toStdString();
        EXPECT_FALSE(desk->workplace()->inputMethodQuery(Qt::ImEnabled).toBool()) << desk->objectName().toStdString();
    }
    for (const char* list : {"label_classes", "label_history_list"}) EXPECT_FALSE(find<QWidget>(list)->testAttribute(Qt::WA_InputMethodEnabled)) << list;
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_Return);
    ASSERT_EQ(text().spans().size(), 1u);
    auto bindings = LabelKeys::usual();
    bindings["mark"] = {QKeySequence("M")};
    bindings["remove"] = {QKeySequence("W")};
    EXPECT_TRUE(LabelKeys::conflicts(bindings).contains("remove")) << "W draws a box on pictures";
    bindings["tool_box"] = {QKeySequence("R")};
    EXPECT_TRUE(LabelKeys::conflicts(bindings).isEmpty()) << "R is an arrow on texts and a box on pictures: they never meet";
    page.keys().setBindings(bindings);
    key(Qt::Key_W);
    EXPECT_TRUE(text().spans().empty());
    key(Qt::Key_Right);
    key(Qt::Key_M);
    EXPECT_EQ(text().spans().size(), 1u);
    text().select({});
    key(Qt::Key_Return);
    EXPECT_EQ(text().spans().size(), 1u) << "Enter is no key any more";
    page.keys().setBindings(LabelKeys::usual());
    EXPECT_TRUE(isSaved());
    KeyDialog dialog(page.keys());
    EXPECT_EQ(lookAtDialog(dialog, "dialog_keys").join("\n").toStdString(), "");
}

TEST_F(ItemDesksTest, RowsGetAClassWithOneKeyOrANumberAndBecomeADataSet) {
    std::string csv = "width,height,colour\n";
    for (int i = 0; i < 12; ++i) csv += std::to_string(i) + "," + std::to_string(i % 5) + (i % 2 ? ",red\n" : ",blue\n");
    openTable(csv);
    ASSERT_TRUE(shows("label_rows"));
    addClass("small");
    addClass("large");
    for (int i = 0; i < 4; ++i) {
        key(i < 2 ? Qt::Key_1 : Qt::Key_2);
        ASSERT_TRUE(isAt(i + 1));
    }
    ASSERT_TRUE(isSaved());
    look("row");
    EXPECT_EQ(labels(3).size(), 1u);
    auto made = datasetOfLabels(*workspace.shared(), dataset);
    ASSERT_TRUE(made) << made.error().debugText();
    EXPECT_EQ(made->dataset.rows, 4);
    EXPECT_EQ(made->dataset.columns.back().name, "label");
    EXPECT_EQ(made->dataset.columns.back().role, "target");
    workspace.setDataset(made->dataset.id);
    EXPECT_FALSE(QTest::qWaitFor([this] { return find<QPushButton>("label_begin")->isVisible(); }, 300)) << "what was labelled is shown, not what was made of it";
    ASSERT_TRUE(isAt(4));

    for (int i = 0; i < 6; ++i) {
        key(Qt::Key_V);
        auto* field = find<QLineEdit>("label_value");
        field->setFocus();
        field->setText(i == 2 ? "many" : QString::number(i + 0.5));
        QTest::keyClick(field, Qt::Key_Return);
        if (i == 2) {
            EXPECT_EQ(page.position(), 6) << "what is no number is not kept";
            field->setText("2.5");
            QTest::keyClick(field, Qt::Key_Return);
        }
        ASSERT_TRUE(isAt(i + 5));
    }
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(labels(4)[0].document["attributes"]["value"], "0.5");
    made = datasetOfLabels(*workspace.shared(), dataset);
    ASSERT_TRUE(made) << made.error().debugText();
    EXPECT_EQ(made->dataset.rows, 6) << "more values than classes";
    EXPECT_EQ(made->dataset.columns.back().name, "value");
    EXPECT_EQ(made->dataset.columns.back().kind, "number");
}

TEST_F(ItemDesksTest, StretchesOfASeriesLieAtItsTimesAndComeBackFromAFile) {
    std::string csv = "time,load,heat\n";
    for (int i = 0; i < 60; ++i) csv += "2024-03-01 " + std::string(i < 10 ? "00:0" : "00:") + std::to_string(i) + ":00," + std::to_string(i % 7) + "," + std::to_string(20 + i * 0.1) + "\n";
    openTable(csv);
    ASSERT_TRUE(shows("label_series"));
    addClass("fault");
    auto* view = find<RangeView>("label_ranges");
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->steps() == 60; }, 5000));
    view->setCaret(10);
    view->setCaret(20, true);
    key(Qt::Key_1);
    ASSERT_TRUE(isSaved());
    look("series");
    ASSERT_EQ(labels(0).size(), 1u);
    EXPECT_EQ(labels(0)[0].document["kind"], "range");
    EXPECT_EQ(labels(0)[0].document["begin"].get<double>(), 1709251200000.0 + 10 * 60000);
    const Path file = folder / "ranges.csv";
    const auto written = exportRanges(*workspace.shared(), dataset, file);
    ASSERT_TRUE(written) << written.error().debugText();
    EXPECT_EQ(*readTextFile(file), "start,end,class\n2024-03-01 00:10:00,2024-03-01 00:20:00,fault\n");
    std::ofstream(file, std::ios::app) << "2024-03-01 00:15:00,2024-03-01 00:30:00,\"late, again\"\n";
    find<SeriesDesk>("label_series")->importFrom(QString::fromStdString(file.string()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->ranges().size() == 2; }, 5000)) << "the first is not doubled";
    EXPECT_EQ(labels(0).size(), 2u);
    const auto again = exportRanges(*workspace.shared(), dataset, file);
    EXPECT_EQ(again->ranges, 2);
    view->setFocus();
    key(Qt::Key_Space);
    EXPECT_EQ(page.position(), 0) << "a series has no next one";
}

TEST_F(ItemDesksTest, WhatIsSelectedAndTheItemHaveAttributesOfTheirOwn) {
    openTable(newsText);
    ASSERT_TRUE(shows("label_texts"));
    addClass("person");
    auto* table = find<QTableWidget>("label_attributes_table");
    const auto type = [&](const char* name, const char* value) {
        const int row = table->rowCount() - 1;
        table->setItem(row, 0, new QTableWidgetItem(name));
        table->setItem(row, 1, new QTableWidgetItem(value));
    };
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_1);
    ASSERT_TRUE(isSaved());
    type("sure", "no");
    ASSERT_TRUE(isSaved());
    auto all = labels(0);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].document["attributes"]["sure"], "no");
    EXPECT_EQ(all[0].document["kind"], "span") << "the span is what it was";
    key(Qt::Key_Right, Qt::AltModifier);
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(labels(0)[0].document["attributes"]["sure"], "no") << "a moved end does not cost them";
    text().select({});
    ASSERT_EQ(table->rowCount(), 1);
    type("source", "wire");
    ASSERT_TRUE(isSaved());
    find<QTabWidget>("label_side")->setCurrentIndex(1);
    find<QAbstractButton>("label_attributes_tab")->click();
    look("attributes");
    find<QTabWidget>("label_side")->setCurrentIndex(0);
    find<QToolButton>("label_gallery")->click();
    look("cards");
    all = labels(0);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[1].document, (nlohmann::json{{"attributes", {{"source", "wire"}}}}));
}

TEST_F(ItemDesksTest, AClassGetsAKeyOfItsOwnAndPartsOfTheSetAreMergedAndRetired) {
    openTable(newsText, true);
    ASSERT_TRUE(shows("label_texts"));
    addClass("news");
    addClass("old");
    addClass("stale");
    auto* list = page.findChild<ClassList*>();
    auto record = list->classes()[1];
    record.key = "M";
    record.colour = "#112233";
    emit list->changeWanted(record);
    ASSERT_TRUE(QTest::qWaitFor([&] { return list->classes()[1].key == "M"; }, 5000));
    key(Qt::Key_M);
    ASSERT_TRUE(isAt(1));
    ASSERT_TRUE(isSaved());
    ASSERT_EQ(labels(0).size(), 1u);
    EXPECT_EQ(labels(0)[0].classNumber, record.number);
    emit list->mergeWanted(list->classes()[2].id, list->classes()[1].id);
    ASSERT_TRUE(QTest::qWaitFor([&] { return list->classes().size() == 2; }, 5000));
    const std::string news = list->classes()[0].id;
    emit list->retireWanted(news);
    ASSERT_TRUE(QTest::qWaitFor([&] { return list->classes().size() == 1; }, 5000));
    EXPECT_EQ(list->classes()[0].name, "old");
    ClassEditor editor(list->classes()[0], list->classes());
    editor.findChild<QLineEdit*>("class_points")->setText("nose, left eye");
    editor.findChild<QLineEdit*>("class_bones")->setText("1-3");
    EXPECT_FALSE(editor.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->isEnabled()) << "there is no third point";
    editor.findChild<QLineEdit*>("class_bones")->setText("1-2");
    EXPECT_EQ(lookAtDialog(editor, "dialog_class").join("\n").toStdString(), "");
    EXPECT_TRUE(editor.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->isEnabled());
    EXPECT_EQ(editor.record().points, (std::vector<std::string>{"nose", "left eye"}));
    EXPECT_EQ(editor.record().skeleton, (std::vector<std::pair<int, int>>{{0, 1}}));
    emit list->offerWanted(news);
    EXPECT_TRUE(QTest::qWaitFor([&] { return list->classes().size() == 2; }, 5000)) << "what was retired is offered again";
}

TEST_F(ItemDesksTest, AKeyProposesTheShapesOnThePicturesBetween) {
    std::filesystem::create_directories(folder / "photos/all");
    for (int i = 0; i < 4; ++i) {
        QImage picture(80, 60, QImage::Format_RGB32);
        picture.fill(QColor(40 * i, 90, 120));
        picture.save(QString::fromStdString((folder / ("photos/all/" + std::to_string(i) + ".png")).string()));
    }
    {
        auto project = *Project::create(folder / "p.lamina");
        ImportRequest request;
        request.source = folder / "photos";
        dataset = importDataset(*project, request)->dataset;
        const auto labelling = *beginLabelling(*project, dataset);
        LabelClassRecord car;
        car.name = "car";
        ASSERT_TRUE(project->labelClasses().add(car).get());
        for (const std::int64_t row : {0, 3}) {
            const auto item = **project->labelItems().at(labelling.key, row);
            AnnotationRecord record;
            record.classNumber = 1;
            record.document = shapeToDocument(boxShape("car", 10.0 * static_cast<double>(row), 5, 10.0 * static_cast<double>(row) + 10, 15));
            ASSERT_TRUE(project->annotations().apply(addedLabel(item, "car"), LabelGesture{item.key, {record}, std::nullopt, {}, false}).get());
        }
    }
    settings::setValue("label/whole_texts", false);
    workspace.open(QString::fromStdString((folder / "p.lamina").string()));
    page.resize(1000, 640);
    page.show();
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.canvas().pictureSize() == QSize(80, 60); }, 5000));
    for (std::int64_t at = 1; at <= 3; ++at) {
        page.canvas().setFocus();
        QTest::keyClick(&page.canvas(), Qt::Key_D);
        ASSERT_TRUE(isAt(at));
    }
    QTest::keyClick(&page.canvas(), Qt::Key_I);
    ASSERT_TRUE(QTest::qWaitFor([this] { return labels(1).size() == 1 && labels(2).size() == 1; }, 5000));
    EXPECT_EQ(labels(2)[0].model, "interpolation");
    EXPECT_NEAR(boundsOf(*shapeFromDocument(labels(2)[0].document, "car")).left, 20, 1e-9);
    QTest::keyClick(&page.canvas(), Qt::Key_A);
    ASSERT_TRUE(isAt(2));
    ASSERT_TRUE(QTest::qWaitFor([this] { return page.canvas().shapes().size() == 1; }, 5000));
    EXPECT_TRUE(page.canvas().shapes()[0].proposed);
    QTest::keyClick(&page.canvas(), Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(isSaved());
    EXPECT_TRUE(labels(2)[0].model.empty()) << "accepted, it is a person's";
}

}  // namespace
}  // namespace lamina
