// The Model page with a real project.
#include "app/pages/model/model_page.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

#include <algorithm>
#include <fstream>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/training_run.h"
#include "app/pages/model/layer_settings.h"
#include "app/pages/model/layer_words.h"
#include "app/pages/model/model_opener.h"
#include "app/pages/model/problem_list.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "core/layers/layer_type.h"
#include "tests/core/onnx/wire_format.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/window_test.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"
#include "widgets/graph/graph_editor.h"
#include "widgets/graph/layer_palette.h"
#include "widgets/properties/property_field.h"
#include "widgets/properties/property_panel.h"

namespace lamina {
namespace {

/// A project on disk and the page on it.
struct Desk {
    TemporaryFolder folder;
    Workspace workspace;
    std::unique_ptr<ModelPage> page;
    std::vector<QString> problems;

    Desk() {
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, QString::fromStdString(folder.path().string()));
        qputenv("XDG_CONFIG_HOME", folder.path().c_str());
        QObject::connect(&workspace, &Workspace::problem, &workspace, [this](const QString& text) { problems.push_back(text); });
    }
    ~Desk() {
        page.reset();
        workspace.close();
    }

    Path file() const { return folder / "desk.lamina"; }
    /// Four columns and three classes.
    void makeData() {
        {
            std::ofstream csv(folder / "flowers.csv");
            csv << "a,b,c,d,kind\n";
            for (int row = 0; row < 60; ++row)
                csv << row % 7 << ".5," << row % 5 << ".25," << row << ".5," << row % 3 << ".5,"
                    << "XYZ"[row % 3] << '\n';
        }
        auto project = Project::create(file());
        ASSERT_TRUE(project);
        ImportRequest request;
        request.source = folder / "flowers.csv";
        request.target = "kind";
        const auto imported = importDataset(**project, request);
        ASSERT_TRUE(imported) << imported.error().debugText();
        ASSERT_TRUE((*project)->close());
    }
    void open() {
        QSignalSpy opened(&workspace, &Workspace::opened);
        if (std::filesystem::exists(file())) workspace.open(QString::fromStdString(file().string()));
        else workspace.create(QString::fromStdString(file().string()));
        ASSERT_TRUE(waitFor([&] { return opened.count() == 1; }));
        page = std::make_unique<ModelPage>(workspace);
        page->resize(1000, 640);
        page->show();
    }
    template <class T>
    T* child(const char* name) const {
        return page->findChild<T*>(QLatin1String(name));
    }
    GraphEditor& editor() const { return *page->findChild<GraphEditor*>(); }
    const Network& network() const { return editor().network(); }
    PropertyPanel& panel() const { return *static_cast<PropertyPanel*>(page->sidePanel()); }
    QPushButton* primary() const { return child<QPushButton>("emptyPrimary"); }
    QComboBox* chooser() const { return child<QComboBox>("networkChooser"); }

    void startFromTemplate() {
        ASSERT_TRUE(waitFor([&] { return primary()->isVisible() && primary()->isEnabled(); }));
        primary()->click();
        ASSERT_TRUE(waitFor([&] { return !network().nodes.empty() && !note(network().nodes[0].name).shape.isEmpty(); }));
    }
    std::string idOf(const std::string& name) const {
        for (const auto& node : network().nodes)
            if (node.name == name) return node.id;
        return {};
    }
    GraphNote note(const std::string& name) const {
        const auto& notes = editor().view()->graph().notes();
        const auto found = notes.find(idOf(name));
        return found == notes.end() ? GraphNote{} : found->second;
    }
    Network saved() const {
        const auto all = workspace.shared()->networks().all();
        for (const auto& record : *all)
            if (record.id == workspace.network()) return *networkFromJson(record.document);
        return {};
    }
    std::vector<std::string> history() const {
        std::vector<std::string> names;
        const auto entries = workspace.shared()->history(20);
        for (const auto& entry : *entries)
            if (entry.kind == EditKind::Normal && entry.state == EditState::Done) names.push_back(Workspace::words(entry.name).toStdString());
        return names;
    }
    void type(const char* row, const char* text) {
        auto* line = qobject_cast<QLineEdit*>(panel().field(row)->editor());
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
    }
};

TEST(ModelPage, WithoutDataItSaysWhatIsMissingAndLeadsThere) {
    Desk desk;
    desk.open();
    ASSERT_TRUE(waitFor([&] { return desk.primary()->isVisible(); }));
    EXPECT_EQ(desk.primary()->text(), "Go to Data");
    QSignalSpy wanted(&desk.workspace, &Workspace::pageWanted);
    desk.primary()->click();
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(wanted[0][0].toString(), "data");
    // Drawing works without.
    desk.child<QPushButton>("emptySecondary")->click();
    ASSERT_TRUE(waitFor([&] { return desk.chooser()->count() == 1 && desk.editor().isVisible(); }));
    EXPECT_TRUE(waitFor([&] { return desk.page->findChild<Notice*>()->isVisible(); }));
    desk.editor().addLayer("input");
    desk.editor().addLayer("flatten");
    ASSERT_TRUE(waitFor([&] { return desk.saved().nodes.size() == 2; }));
    EXPECT_TRUE(desk.problems.empty());
}

TEST(ModelPage, DataThatCannotBeLearnedFromAreSaidInWords) {
    Desk desk;
    desk.makeData();
    {
        auto project = Project::open(desk.file(), StoreAccess::Write);
        const auto dataset = findDataset(**project, {});
        ASSERT_TRUE((*project)->datasets().setRole(dataset->columns.back().id, "ignored").get());
    }
    desk.open();
    ASSERT_TRUE(waitFor([&] { return desk.primary()->isVisible() && desk.primary()->text() == "Go to Data"; }));
    desk.child<QPushButton>("emptySecondary")->click();
    ASSERT_TRUE(waitFor([&] { return desk.page->findChild<Notice*>()->isVisible(); }));
    EXPECT_FALSE(desk.page->findChild<Notice*>()->text().isEmpty());
}

TEST(ModelPage, TheTemplateThatFitsTheDataIsOneClickAway) {
    Desk desk;
    desk.makeData();
    desk.open();
    desk.startFromTemplate();
    EXPECT_EQ(desk.chooser()->currentText(), "table");
    EXPECT_EQ(desk.note("input_1").shape, "4");
    ASSERT_TRUE(waitFor([&] { return desk.page->findChild<ElidedLabel*>("statistics")->fullText().contains("layer"); }));
    EXPECT_FALSE(desk.page->findChild<ProblemList*>()->isVisible());
    EXPECT_EQ(desk.history().front(), "Add network table");
}

TEST(ModelPage, AChangedSettingIsOneNamedEditAndShapesFollow) {
    Desk desk;
    desk.makeData();
    desk.open();
    desk.startFromTemplate();
    desk.editor().select({desk.idOf("dense_1")});
    EXPECT_EQ(desk.panel().findChild<QLabel*>("panelTitle")->text(), "Dense");
    desk.type("units", "17");
    ASSERT_TRUE(waitFor([&] { return desk.note("dense_1").shape == "17"; }));
    ASSERT_TRUE(waitFor([&] { return desk.saved().node(desk.idOf("dense_1"))->settings.value("units", 0) == 17; }));
    EXPECT_EQ(desk.history().front(), "Set units of dense_1 to 17");
    ASSERT_TRUE(waitFor([&] { return desk.workspace.undoText() == "Set units of dense_1 to 17"; }));
    EXPECT_EQ(valueText(desk.panel().field("#output")->row().value), "17");
}

TEST(ModelPage, UndoAndRedoShowOnTheCanvasAndKeepTheSelection) {
    Desk desk;
    desk.makeData();
    desk.open();
    desk.startFromTemplate();
    const auto before = desk.network();
    desk.editor().select({desk.idOf("dense_1")});
    desk.editor().addLayer("dropout");
    ASSERT_TRUE(waitFor([&] { return desk.workspace.undoText() == "Add layer dropout_2" || desk.workspace.undoText() == "Add layer dropout_1"; }));
    const auto after = desk.network();
    desk.editor().select({desk.idOf("dense_1")});
    desk.workspace.undo();
    ASSERT_TRUE(waitFor([&] { return desk.network() == before; }));
    EXPECT_EQ(desk.editor().selection(), std::vector<std::string>{desk.idOf("dense_1")});
    desk.workspace.redo();
    ASSERT_TRUE(waitFor([&] { return desk.network() == after; }));
}

TEST(ModelPage, AProblemIsSaidAtItsNodeAndItsFixMendsIt) {
    Desk desk;
    desk.makeData();
    desk.open();
    desk.startFromTemplate();
    const auto dense = desk.network().nodes[desk.network().nodes.size() - 2];
    ASSERT_EQ(dense.type, "dense");
    desk.editor().select({dense.id});
    desk.type("units", "9");
    auto* list = desk.page->findChild<ProblemList*>();
    ASSERT_TRUE(waitFor([&] { return list->isVisible(); }));
    auto* fix = desk.child<QPushButton>("fix_0_0");
    ASSERT_TRUE(fix);
    EXPECT_FALSE(desk.child<QPushButton>("trainNetwork")->isEnabled());
    EXPECT_EQ(fix->text().toStdString(), "Set the units of " + dense.name + " to 3");
    EXPECT_FALSE(desk.note("softmax_1").fix.isEmpty());
    desk.child<QPushButton>("go_0")->click();
    EXPECT_EQ(desk.editor().selection(), std::vector<std::string>{desk.idOf("softmax_1")});
    fix->click();
    ASSERT_TRUE(waitFor([&] { return !list->isVisible(); }));
    ASSERT_TRUE(waitFor([&] { return desk.saved() == desk.network(); }));
    EXPECT_EQ(desk.saved().node(dense.id)->settings["units"], 3);
    EXPECT_TRUE(desk.problems.empty());
    QSignalSpy wanted(&desk.workspace, &Workspace::pageWanted);
    ASSERT_TRUE(desk.child<QPushButton>("trainNetwork")->isEnabled());
    desk.child<QPushButton>("trainNetwork")->click();
    EXPECT_EQ(wanted.value(0).value(0).toString(), "train");
}

TEST(ModelPage, ManyQuickEditsAreSavedInOrder) {
    Desk desk;
    desk.makeData();
    desk.open();
    desk.startFromTemplate();
    desk.editor().select({desk.idOf("dense_1")});
    for (int i = 0; i < 25; ++i) desk.editor().addLayer("relu");
    const Network drawn = desk.network();
    ASSERT_TRUE(waitFor([&] { return desk.saved().nodes.size() == drawn.nodes.size(); }));
    QTest::qWait(300);
    EXPECT_EQ(desk.saved(), drawn);
    EXPECT_EQ(desk.network(), drawn) << "reading back what is saved must not take anything away";
    for (int i = 0; i < 25; ++i) desk.workspace.undo();
    ASSERT_TRUE(waitFor([&] { return desk.network().nodes.size() == drawn.nodes.size() - 25; }));
}

TEST(ModelPage, SeveralSelectedLayersAreSetTogether) {
    Desk desk;
    desk.makeData();
    desk.open();
    desk.startFromTemplate();
    std::vector<std::string> dense;
    for (const auto& node : desk.network().nodes)
        if (node.type == "dense") dense.push_back(node.id);
    ASSERT_GE(dense.size(), 2u);
    desk.editor().select(NodeIds(dense.begin(), dense.end()));
    EXPECT_TRUE(desk.panel().field("units")->row().mixed);
    EXPECT_FALSE(desk.panel().field("#name"));
    desk.type("units", "3");
    ASSERT_TRUE(waitFor([&] { return desk.saved() == desk.network(); }));
    for (const auto& id : dense) EXPECT_EQ(desk.saved().node(id)->settings["units"], 3);
    EXPECT_EQ(desk.history().front(), "Set units of " + std::to_string(dense.size()) + " layers to 3");
}

TEST(ModelPage, ALayerIsRenamedButNotToATakenName) {
    Desk desk;
    desk.makeData();
    desk.open();
    desk.startFromTemplate();
    const std::string id = desk.idOf("dense_1");
    desk.editor().select({id});
    desk.type("#name", "input_1");
    EXPECT_EQ(desk.network().node(id)->name, "dense_1");
    desk.type("#name", "first");
    ASSERT_TRUE(waitFor([&] { return desk.saved().node(id)->name == "first"; }));
    EXPECT_EQ(desk.history().front(), "Rename layer dense_1 to first");
}

TEST(ModelPage, NetworksAreDuplicatedRenamedChosenAndDeleted) {
    Desk desk;
    desk.makeData();
    desk.open();
    desk.startFromTemplate();
    const std::string first = desk.workspace.network();
    desk.page->findChild<QAction*>("duplicateNetwork")->trigger();
    ASSERT_TRUE(waitFor([&] { return desk.chooser()->count() == 2 && desk.workspace.network() != first; }));
    EXPECT_EQ(desk.chooser()->currentText(), "table 2");
    desk.page->findChild<QAction*>("renameNetwork")->trigger();
    auto* dialog = desk.page->findChild<QInputDialog*>("renameDialog");
    ASSERT_TRUE(dialog);
    dialog->setTextValue("wide");
    dialog->accept();
    ASSERT_TRUE(waitFor([&] { return desk.chooser()->currentText() == "wide"; }));
    emit desk.chooser()->activated(0);
    ASSERT_TRUE(waitFor([&] { return desk.workspace.network() == first && desk.network().id == first; }));
    desk.page->findChild<QAction*>("removeNetwork")->trigger();
    ASSERT_TRUE(waitFor([&] { return desk.chooser()->count() == 1 && desk.chooser()->currentText() == "wide"; }));
    desk.workspace.undo();
    ASSERT_TRUE(waitFor([&] { return desk.chooser()->count() == 2; }));
    desk.page->findChild<QAction*>("template_mlp")->trigger();
    ASSERT_TRUE(waitFor([&] { return desk.chooser()->currentText() == "mlp"; }));
    EXPECT_TRUE(desk.problems.empty()) << desk.problems.front().toStdString();
}

TEST(ModelPage, ANetworkThatWasTrainedIsDeletedAndItsRunGoesOnWithItsOwnCopy) {
    Desk desk;
    desk.makeData();
    {
        auto project = Project::open(desk.file(), StoreAccess::Write);
        ASSERT_TRUE(project);
        ASSERT_TRUE(splitDataset(**project, *findDataset(**project, {}), SplitSettings{}));
        ASSERT_TRUE(buildNetwork(**project, {}));
        TrainingRequest request;
        request.plan.epochs = 2;
        auto run = TrainingRun::start(**project, request);
        ASSERT_TRUE(run) << run.error().debugText();
        ASSERT_TRUE((*run)->finish());
    }
    desk.open();
    ASSERT_TRUE(waitFor([&] { return !desk.network().nodes.empty(); }));
    desk.page->findChild<QAction*>("removeNetwork")->trigger();
    ASSERT_TRUE(waitFor([&] { return desk.workspace.shared()->networks().all()->empty(); }));
    EXPECT_TRUE(desk.problems.empty()) << desk.problems.front().toStdString();
    TrainingRequest more;
    more.moreEpochs = 1;
    auto run = TrainingRun::resume(*desk.workspace.shared(), {}, more);
    ASSERT_TRUE(run) << run.error().debugText();
    EXPECT_EQ((*run)->finish()->end, TrainingEnd::Finished);
    run->reset();
    desk.workspace.undo();
    ASSERT_TRUE(waitFor([&] { return desk.workspace.shared()->networks().all()->size() == 1; }));
}

TEST(ModelPage, ChoicesAreShownInWordsAndKeptAsTheyAre) {
    const LayerType& layer = *findLayer("conv2d");
    const auto property = std::find_if(layer.properties.begin(), layer.properties.end(), [](const Property& p) { return p.id == "padding"; });
    ASSERT_NE(property, layer.properties.end());
    EXPECT_EQ(choiceTitle(layer, *property, "same"), "Keep size");
    applyLanguage("zh");
    EXPECT_EQ(choiceTitle(layer, *property, "same"), QString::fromUtf8("保持大小"));
    applyLanguage("en");
    Network network;
    const std::string id = network.append("conv2d", nlohmann::json::object());
    const auto rows = nodeRows(network, {id}, {});
    const auto row = std::find_if(rows.begin(), rows.end(), [](const PropertyRow& r) { return r.id == "padding"; });
    ASSERT_NE(row, rows.end());
    EXPECT_EQ(row->choiceTitles.value(1), "No padding");
    EXPECT_EQ(changeRow(network, {id}, "padding", std::string("valid")).network.node(id)->settings["padding"], "valid");
}

TEST(ModelPage, InputsDivideTheColumnsByTicksAndWhatDoesNotFitIsSaid) {
    NetworkNeeds needs;
    needs.task = "regression";
    needs.columns = {{"a"}, {"b", ColumnForm::Single, {}, 2}, {"soil", ColumnForm::Single, {}, 3}, {"cost"}, {"notes", ColumnForm::Single, {}, 0, true}};
    needs.input = {7};
    Network network;
    const auto left = network.append("input", {{"shape", {4}}, {"columns", {"a", "b"}}}), right = network.append("input", {{"shape", {3}}, {"columns", {"soil"}}});
    const auto joined = network.append("concat", nlohmann::json::object(), left);
    network.edges.push_back({right, joined, 1});
    network.append("dense", {{"units", 1}}, joined);

    const auto rows = nodeRows(network, {left}, {}, &needs);
    const auto row = std::find_if(rows.begin(), rows.end(), [](const PropertyRow& r) { return r.id == "columns"; });
    ASSERT_NE(row, rows.end());
    EXPECT_EQ(row->offers, (QStringList{"a", "b", "soil", "cost", "notes"}));

    const ModelCheck check = checkModel(network, needs);
    ASSERT_EQ(check.problems.size(), 2u);
    EXPECT_EQ(check.problems[0].what.code, "inputs.wrong_width");
    EXPECT_EQ(check.problems[0].what.argument("columns"), "a (1), b (2)");
    EXPECT_EQ(check.problems[0].node, left);
    EXPECT_EQ(check.problems[1].what.code, "inputs.columns_unused");
    EXPECT_EQ(check.problems[1].what.argument("columns"), "cost") << "texts that would be left out anyway are not missed";
    EXPECT_FALSE(check.problems[1].hinders);
    ASSERT_EQ(check.problems[0].fixes.size(), 1u);
    const ModelCheck mended = checkModel(check.problems[0].fixes[0].network, needs);
    EXPECT_TRUE(mended.ok());
    EXPECT_EQ(check.problems[0].fixes[0].network.node(left)->settings["shape"], nlohmann::json({3}));
}

TEST(ModelPage, ReadOnlyShowsTheNetworkAndSaysWhyItCannotBeChanged) {
    Desk desk;
    desk.makeData();
    auto writer = Project::open(desk.file(), StoreAccess::Write);
    ASSERT_TRUE(writer);
    const auto dataset = findDataset(**writer, {});
    ASSERT_TRUE(splitDataset(**writer, *dataset, SplitSettings{}));
    ASSERT_TRUE(buildNetwork(**writer, {}));
    desk.open();
    ASSERT_TRUE(waitFor([&] { return !desk.network().nodes.empty(); }));
    EXPECT_TRUE(desk.page->findChild<Notice*>()->text().contains("open elsewhere"));
    EXPECT_FALSE(desk.page->findChild<LayerPalette*>()->isEnabled());
    auto* add = desk.page->findChild<QToolButton*>("newNetwork");
    ASSERT_TRUE(add);
    EXPECT_FALSE(add->isEnabled());
    EXPECT_TRUE(add->toolTip().contains("reading only")) << add->toolTip().toStdString();
    const auto before = desk.network();
    desk.editor().addLayer("relu");
    EXPECT_EQ(desk.network(), before);
    EXPECT_TRUE(desk.problems.empty());
}

TEST(ModelPage, AHiddenPageDoesNoWorkAndCatchesUpWhenShown) {
    Desk desk;
    desk.makeData();
    desk.open();
    desk.startFromTemplate();
    desk.page->hide();
    const auto before = desk.network();
    Network next = before;
    next.nodes[0].x += 500;
    ASSERT_TRUE(desk.workspace.shared()->networks().save(desk.workspace.network(), networkToJson(next)).get());
    QTest::qWait(400);
    EXPECT_EQ(desk.network(), before);
    desk.page->show();
    ASSERT_TRUE(waitFor([&] { return desk.network().nodes[0].x == next.nodes[0].x; }));
}

TEST(ModelPage, ClosingTheProjectEmptiesThePage) {
    Desk desk;
    desk.makeData();
    desk.open();
    desk.startFromTemplate();
    desk.editor().addLayer("relu");
    desk.workspace.close();
    EXPECT_TRUE(desk.network().nodes.empty());
    QTest::qWait(200);
    EXPECT_TRUE(desk.problems.empty());
}

TEST(ModelPage, LayersSpeakTheLanguageInUse) {
    Desk desk;
    desk.makeData();
    desk.open();
    desk.startFromTemplate();
    desk.editor().select({desk.idOf("dense_1")});
    applyLanguage("zh");
    const auto* title = desk.panel().findChild<QLabel*>("panelTitle");
    EXPECT_TRUE(waitFor([&] { return title->text() == QString::fromUtf8("全连接"); })) << title->text().toStdString();
    applyLanguage("en");
    EXPECT_TRUE(waitFor([&] { return title->text() == "Dense"; }));
}

TEST(ModelPage, EveryLayerCanBePutOnTheCanvas) {
    const auto layers = graphLayers();
    EXPECT_EQ(layers.size(), layerCatalogue().size());
    for (const auto& layer : layers) {
        EXPECT_FALSE(layer.title.isEmpty()) << layer.id;
        EXPECT_FALSE(layer.summary.isEmpty()) << layer.id;
        const LayerType* type = findLayer(layer.id);
        std::any settings = type->defaults;
        EXPECT_TRUE(propertiesFromJson(type->properties, layer.settings, settings)) << layer.id;
    }
}

TEST(ModelPage, IsLookedAtInBothThemesAndLanguages) {
    if (qEnvironmentVariableIsEmpty("LAMINA_SHOTS")) GTEST_SKIP() << "LAMINA_SHOTS names no folder";
    const QString folder = qEnvironmentVariable("LAMINA_SHOTS");
    for (const auto& [language, choice] : {std::pair("en", ThemeChoice::Light), std::pair("zh", ThemeChoice::Dark)}) {
        applyTheme(choice);
        applyLanguage(language);
        Desk desk;
        desk.makeData();
        desk.open();
        ASSERT_TRUE(waitFor([&] { return desk.primary()->isVisible() && desk.primary()->isEnabled(); }));
        desk.page->grab().save(folder + "/model_empty_" + language + ".png");
        desk.startFromTemplate();
        const auto dense = desk.network().nodes[desk.network().nodes.size() - 2];
        desk.editor().select({dense.id});
        desk.type("units", "9");
        waitFor([&] { return desk.page->findChild<ProblemList*>()->isVisible(); });
        QTest::qWait(100);
        desk.page->grab().save(folder + "/model_" + language + ".png");
        for (const char* layer : {"lstm", "multiply", "normalization", "clip", "prelu"}) desk.editor().addLayer(layer);
        QTest::qWait(100);
        desk.page->grab().save(folder + "/model_many_" + language + ".png");
        auto* palette = desk.page->findChild<LayerPalette*>();
        palette->findChild<QTreeView*>()->expandAll();
        palette->setParent(nullptr);
        palette->resize(220, 1900);
        palette->show();
        QTest::qWait(50);
        palette->grab().save(folder + "/model_palette_" + language + ".png");
        palette->setParent(desk.page.get());
        desk.panel().setParent(nullptr);
        desk.panel().resize(300, 640);
        desk.panel().show();
        QTest::qWait(50);
        desk.panel().grab().save(folder + "/model_panel_" + language + ".png");
        delete &desk.panel();
    }
    applyLanguage("en");
}

/// Four numbers, three scores; between two products a rounding, so that the first cannot be trained.
Path writeForeign(const TemporaryFolder& folder) {
    using namespace wire;
    const std::vector<float> square(16, 0.25f), wide(12, 0.5f);
    std::ofstream(folder / "scores.onnx", std::ios::binary) << model(
        node("Gemm", {"x", "v", "c"}, "h") + node("Round", {"h"}, "r") + node("Gemm", {"r", "w", "b"}, "y") + bytes(5, tensor("v", {4, 4}, floats(square))) +
        bytes(5, tensor("c", {4}, floats({0, 0, 0, 0}))) + bytes(5, tensor("w", {4, 3}, floats(wide))) + bytes(5, tensor("b", {3}, floats({1, 0, -1}))) +
        value(11, "x", {4}) + value(12, "y", {3}));
    return folder / "scores.onnx";
}

TEST(ModelPage, AModelFromElsewhereIsShownBeforeItIsTakenIn) {
    Desk desk;
    desk.makeData();
    desk.open();
    ASSERT_TRUE(waitFor([&] { return desk.primary()->isVisible() && desk.primary()->isEnabled(); }));
    EXPECT_TRUE(desk.child<QAction>("openModel"));
    auto* opener = desk.page->findChild<ModelOpener*>();
    opener->open(QString::fromStdString(writeForeign(desk.folder).string()));
    const auto dialog = [&] { return desk.page->findChild<OpenModelDialog*>(); };
    ASSERT_TRUE(waitFor([&] { return dialog() && dialog()->isVisible(); }));
    EXPECT_TRUE(desk.workspace.shared()->networks().all()->empty());
    auto* layers = dialog()->findChild<QTreeWidget*>("open_model_layers");
    ASSERT_EQ(layers->topLevelItemCount(), 4);
    EXPECT_EQ(layers->topLevelItem(1)->text(4), "stays as it is");
    EXPECT_EQ(layers->topLevelItem(2)->text(1), "Round");
    EXPECT_EQ(layers->topLevelItem(3)->text(4), "can go on");
    EXPECT_TRUE(dialog()->findChild<QLabel*>("open_model_facts")->text().contains("35 parameters"));
    EXPECT_TRUE(dialog()->findChild<QLabel*>("open_model_notes")->text().contains("frozen"));
    if (const char* shots = std::getenv("LAMINA_SHOTS")) dialog()->grab().save(QString("%1/open_model.png").arg(shots));
    dialog()->findChild<QLineEdit*>("open_model_name")->setText("borrowed");
    EXPECT_TRUE(dialog()->findChild<QCheckBox*>("open_model_use")->isChecked());
    dialog()->findChild<QCheckBox*>("open_model_use")->setChecked(false);
    dialog()->findChild<QPushButton*>("open_model_take")->click();
    // With the Softmax that the data ask for.
    ASSERT_TRUE(waitFor([&] { return desk.network().nodes.size() == 5; }));
    EXPECT_FALSE(desk.saved().origin.parameters.empty());
    EXPECT_EQ(desk.history().front(), "Add network borrowed");
}

TEST(ModelPage, SeveralOutputsAreARemarkAndNoObstacle) {
    const auto two = [] {
        Network network;
        const auto input = network.append("input", {{"shape", {4}}});
        const auto body = network.append("dense", {{"units", 8}}, input);
        network.append("dense", {{"units", 3}}, body);
        network.append("dense", {{"units", 4}}, body);
        return network;
    }();
    const ModelCheck check = checkModel(two, NetworkNeeds{"d", "classification", "softmax", {4}, 3, "table"});
    ASSERT_EQ(check.problems.size(), 1u);
    EXPECT_EQ(check.problems[0].what.code, "model.more_answers");
    EXPECT_EQ(check.problems[0].what.argument("layers"), "dense_2, dense_3");
    EXPECT_FALSE(check.problems[0].fixes.empty());
    EXPECT_TRUE(check.ok());
    const ModelCheck other = checkModel(two, NetworkNeeds{"d", "classification", "softmax", {5}, 3, "table"});
    EXPECT_FALSE(other.ok());
}

}  // namespace
}  // namespace lamina
