// The network editor: mouse, keys, what it says about edits, what it shows.
#include "widgets/graph/graph_editor.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QScrollBar>
#include <QTest>

#include "widgets/common/theme.h"
#include "widgets/graph/mini_map.h"

namespace lamina {
namespace {

std::vector<GraphLayer> layers() {
    return {{"input", "Input", "Where data enter.", "Basics", 0, 0, 0, nlohmann::json::object()},
            {"dense", "Dense", "Weighted sums.", "Basics", 0, 1, 1, {{"units", 64}}},
            {"relu", "ReLU", "Cuts off.", "Activation", 4, 1, 1, nlohmann::json::object()},
            {"add", "Add", "Adds up.", "Joining", 5, 2, 16, nlohmann::json::object()}};
}

struct Editor : GraphEditor {
    std::vector<NetworkEdit> edits;
    std::vector<std::string> ids;  ///< of input_1, dense_1, relu_1, dense_2

    Editor() {
        setLayers(layers());
        Network network;
        network.id = "network";
        ids.push_back(network.append("input", nlohmann::json::object()));
        for (const char* type : {"dense", "relu", "dense"}) ids.push_back(network.append(type, nlohmann::json::object(), ids.back()));
        connect(this, &GraphEditor::edited, this, [this](const NetworkEdit& edit) { edits.push_back(edit); });
        resize(900, 700);
        show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(this));
        activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(this));
        setNetwork(network);
        action(GraphAction::ZoomOriginal)->trigger();
        view()->centerOn(100, 180);
        view()->setFocus();
    }
    QPoint at(QPointF scene) const { return view()->mapFromScene(scene); }
    QPoint middle(std::size_t i) const { return at(view()->graph().node(ids[i])->card().center()); }
    QPoint output(std::size_t i) const { return at(view()->graph().node(ids[i])->outputPort()); }
    QPoint input(std::size_t i, int port = 0) const { return at(view()->graph().node(ids[i])->inputPort(port)); }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys = Qt::NoModifier) {
        QTest::mousePress(view()->viewport(), Qt::LeftButton, keys, from);
        QTest::mouseMove(view()->viewport(), (from + to) / 2);
        QTest::mouseMove(view()->viewport(), to);
        QTest::mouseRelease(view()->viewport(), Qt::LeftButton, keys, to);
    }
    void click(QPoint place, Qt::KeyboardModifiers keys = Qt::NoModifier) { QTest::mouseClick(view()->viewport(), Qt::LeftButton, keys, place); }
    bool linked(const std::string& from, const std::string& to, int port = 0) const {
        const auto& edges = network().edges;
        return std::find(edges.begin(), edges.end(), NetworkEdge{from, to, port}) != edges.end();
    }
    std::string idOf(const std::string& name) const {
        for (const auto& node : network().nodes)
            if (node.name == name) return node.id;
        return {};
    }
    std::string looseDense() {
        Network next = network();
        next.nodes.push_back({"loose", "dense_9", "dense", nlohmann::json::object(), 300, 0, false});
        setNetwork(next);
        ids.push_back("loose");
        return "loose";
    }
};

TEST(GraphEditor, AClickSelectsAndControlAddsToIt) {
    Editor editor;
    editor.click(editor.middle(1));
    EXPECT_EQ(editor.selection(), std::vector<std::string>{editor.ids[1]});
    editor.click(editor.middle(2), Qt::ControlModifier);
    EXPECT_EQ(editor.selection(), (std::vector<std::string>{editor.ids[2], editor.ids[1]}));
    editor.click({880, 20});
    EXPECT_TRUE(editor.selection().empty());
}

TEST(GraphEditor, DraggingANodeIsOneEditWithTheNodeMoved) {
    Editor editor;
    const double x = editor.network().node(editor.ids[2])->x;
    editor.drag(editor.middle(2), editor.middle(2) + QPoint(80, 40));
    ASSERT_EQ(editor.edits.size(), 1u);
    EXPECT_EQ(editor.edits[0].kind, NetworkEdit::Kind::Move);
    EXPECT_EQ(editor.edits[0].subject, "relu_1");
    EXPECT_EQ(editor.edits[0].network.node(editor.ids[2])->x, x + 80);
    EXPECT_EQ(editor.network(), editor.edits[0].network);
}

TEST(GraphEditor, EscapeInTheMiddleOfADragPutsEverythingBack) {
    Editor editor;
    const Network before = editor.network();
    const QPointF place = editor.view()->graph().node(editor.ids[1])->pos();
    QTest::mousePress(editor.view()->viewport(), Qt::LeftButton, {}, editor.middle(1));
    QTest::mouseMove(editor.view()->viewport(), editor.middle(1) + QPoint(60, 0));
    QTest::mouseMove(editor.view()->viewport(), editor.middle(1) + QPoint(90, 0));
    QTest::keyClick(editor.view(), Qt::Key_Escape);
    QTest::mouseRelease(editor.view()->viewport(), Qt::LeftButton, {}, editor.middle(1) + QPoint(90, 0));
    EXPECT_TRUE(editor.edits.empty());
    EXPECT_EQ(editor.network(), before);
    EXPECT_EQ(editor.view()->graph().node(editor.ids[1])->pos(), place);
}

TEST(GraphEditor, DraggingFromPortToPortLinks) {
    Editor editor;
    editor.looseDense();
    editor.drag(editor.output(1), editor.input(4));
    ASSERT_EQ(editor.edits.size(), 1u);
    EXPECT_EQ(editor.edits[0].kind, NetworkEdit::Kind::Connect);
    EXPECT_EQ(editor.edits[0].subject, "dense_1");
    EXPECT_EQ(editor.edits[0].object, "dense_9");
    EXPECT_TRUE(editor.linked(editor.ids[1], "loose"));
}

TEST(GraphEditor, ALinkCanBeDrawnBackwardsFromAnInput) {
    Editor editor;
    editor.looseDense();
    editor.drag(editor.input(4), editor.output(2));
    EXPECT_TRUE(editor.linked(editor.ids[2], "loose"));
}

TEST(GraphEditor, OnlySensibleTargetsLightUp) {
    Editor editor;
    editor.looseDense();
    QTest::mousePress(editor.view()->viewport(), Qt::LeftButton, {}, editor.output(2));
    const auto look = [&](std::size_t i) { return editor.view()->graph().node(editor.ids[i])->look(); };
    EXPECT_TRUE(look(4).target);
    EXPECT_TRUE(look(3).target);
    EXPECT_TRUE(look(0).dimmed) << "an input takes no link";
    EXPECT_TRUE(look(1).dimmed) << "it would close a circle";
    QTest::mouseRelease(editor.view()->viewport(), Qt::LeftButton, {}, editor.output(2));
    EXPECT_FALSE(look(1).dimmed);
    editor.drag(editor.output(3), editor.input(1));
    EXPECT_TRUE(editor.edits.empty());
}

TEST(GraphEditor, PullingALinkOffItsInputRemovesIt) {
    Editor editor;
    editor.drag(editor.input(2), editor.input(2) + QPoint(200, -30));
    ASSERT_EQ(editor.edits.size(), 1u);
    EXPECT_EQ(editor.edits[0].kind, NetworkEdit::Kind::Disconnect);
    EXPECT_FALSE(editor.linked(editor.ids[1], editor.ids[2]));
}

TEST(GraphEditor, ALooseNodeLetGoOnALinkIsInserted) {
    Editor editor;
    editor.looseDense();
    const QPoint link = (editor.output(1) + editor.input(2)) / 2;
    editor.drag(editor.middle(4), link);
    ASSERT_EQ(editor.edits.size(), 1u);
    EXPECT_EQ(editor.edits[0].kind, NetworkEdit::Kind::Insert);
    EXPECT_TRUE(editor.linked(editor.ids[1], "loose"));
    EXPECT_TRUE(editor.linked("loose", editor.ids[2]));
}

void drop(Editor& editor, const char* type, QPoint place) {
    QMimeData data;
    data.setData(layerMimeType, type);
    QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(editor.view()->viewport(), &enter);
    QDragMoveEvent move(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(editor.view()->viewport(), &move);
    QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(editor.view()->viewport(), &event);
}

TEST(GraphEditor, ALayerOfThePaletteIsDroppedOnTheCanvasOrOnALink) {
    Editor editor;
    drop(editor, "dense", {820, 80});
    ASSERT_EQ(editor.edits.size(), 1u);
    EXPECT_EQ(editor.edits[0].kind, NetworkEdit::Kind::Add);
    EXPECT_EQ(editor.network().nodes.back().settings, (nlohmann::json{{"units", 64}}));
    EXPECT_TRUE(editor.network().inputsOf(editor.network().nodes.back().id).empty());
    drop(editor, "relu", (editor.output(0) + editor.input(1)) / 2);
    ASSERT_EQ(editor.edits.size(), 2u);
    EXPECT_EQ(editor.edits[1].kind, NetworkEdit::Kind::Insert);
    EXPECT_TRUE(editor.linked(editor.ids[0], editor.idOf("relu_2")));
}

TEST(GraphEditor, ALayerDroppedALittleBesideALinkIsInsertedAndOneDroppedOnANodeLiesBesideIt) {
    Editor editor;
    drop(editor, "relu", (editor.output(0) + editor.input(1)) / 2 + QPoint(60, 0));
    EXPECT_TRUE(editor.linked(editor.ids[0], editor.idOf("relu_2")));
    drop(editor, "dense", editor.middle(1));
    const NetworkNode& added = editor.network().nodes.back();
    EXPECT_TRUE(editor.network().inputsOf(added.id).empty());
    EXPECT_GE(std::abs(added.x - editor.network().node(editor.ids[1])->x), NodeRoom::width);
}

TEST(GraphEditor, AnAddedLayerComesBehindTheSelectedOne) {
    Editor editor;
    editor.select({editor.ids[1]});
    editor.addLayer("relu");
    ASSERT_EQ(editor.edits.size(), 1u);
    EXPECT_EQ(editor.edits[0].subject, "relu_2");
    EXPECT_TRUE(editor.linked(editor.ids[1], editor.idOf("relu_2")));
    EXPECT_TRUE(editor.linked(editor.idOf("relu_2"), editor.ids[2]));
    EXPECT_EQ(editor.selection(), std::vector<std::string>{editor.idOf("relu_2")});
    editor.select({});
    editor.addLayer("dense");
    EXPECT_TRUE(editor.linked(editor.idOf("relu_2"), editor.idOf("dense_3"))) << "the next one follows the last";
}

TEST(GraphEditor, BackspaceJoinsTheNeighboursAndDeleteDoesNot) {
    Editor editor;
    editor.select({editor.ids[1]});
    QTest::keyClick(editor.view(), Qt::Key_Backspace);
    ASSERT_EQ(editor.edits.size(), 1u);
    EXPECT_EQ(editor.edits[0].subject, "dense_1");
    EXPECT_TRUE(editor.linked(editor.ids[0], editor.ids[2]));
    editor.select({editor.ids[2]});
    QTest::keyClick(editor.view(), Qt::Key_Delete);
    EXPECT_TRUE(editor.network().edges.empty());
}

TEST(GraphEditor, ASelectedLinkCanBeDeleted) {
    Editor editor;
    editor.click((editor.output(1) + editor.input(2)) / 2);
    ASSERT_TRUE(editor.view()->selectedEdge());
    QTest::keyClick(editor.view(), Qt::Key_Delete);
    EXPECT_FALSE(editor.linked(editor.ids[1], editor.ids[2]));
    EXPECT_FALSE(editor.view()->selectedEdge());
}

TEST(GraphEditor, CopyPasteAndDuplicateMakeNewLayers) {
    Editor editor;
    editor.select({editor.ids[1], editor.ids[2]});
    QTest::keyClick(editor.view(), Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(editor.view(), Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(editor.network().nodes.size(), 6u);
    EXPECT_EQ(editor.selection().size(), 2u);
    EXPECT_EQ(editor.edits.back().kind, NetworkEdit::Kind::Paste);
    EXPECT_EQ(editor.edits.back().count, 2);
    QTest::keyClick(editor.view(), Qt::Key_D, Qt::ControlModifier);
    EXPECT_EQ(editor.network().nodes.size(), 8u);
    QTest::keyClick(editor.view(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(editor.view(), Qt::Key_X, Qt::ControlModifier);
    EXPECT_TRUE(editor.network().nodes.empty());
    EXPECT_TRUE(networkFromJson(networkToJson(editor.network())));
}

TEST(GraphEditor, OtherTextOnTheClipboardIsNotPasted) {
    Editor editor;
    QApplication::clipboard()->setText("{\"format\": \"lamina-network\", \"nodes\": 7}");
    QTest::keyClick(editor.view(), Qt::Key_V, Qt::ControlModifier);
    QApplication::clipboard()->setText("hello");
    QTest::keyClick(editor.view(), Qt::Key_V, Qt::ControlModifier);
    EXPECT_TRUE(editor.edits.empty());
}

TEST(GraphEditor, ARowOfArrowKeysIsOneMove) {
    Editor editor;
    editor.select({editor.ids[3]});
    const double y = editor.network().node(editor.ids[3])->y;
    for (int i = 0; i < 5; ++i) QTest::keyClick(editor.view(), Qt::Key_Down);
    EXPECT_TRUE(editor.edits.empty());
    editor.commit();
    ASSERT_EQ(editor.edits.size(), 1u);
    EXPECT_EQ(editor.edits[0].network.node(editor.ids[3])->y, y + 40);
}

TEST(GraphEditor, TabWalksFromLayerToLayerAndThenOn) {
    Editor editor;
    for (std::size_t i = 0; i < 4; ++i) {
        QTest::keyClick(editor.view(), Qt::Key_Tab);
        EXPECT_EQ(editor.selection(), std::vector<std::string>{editor.ids[i]});
    }
    EXPECT_TRUE(editor.view()->accessibleDescription().contains("dense_2"));
    QTest::keyClick(editor.view(), Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(editor.selection(), std::vector<std::string>{editor.ids[2]});
    QTest::keyClick(editor.view(), Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
    EXPECT_EQ(editor.selection().size(), 2u);
}

TEST(GraphEditor, TwoSelectedLayersAreLinkedByKey) {
    Editor editor;
    editor.looseDense();
    editor.select({editor.ids[0], "loose"});
    // Both stand at the same height: the left one feeds.
    editor.action(GraphAction::Connect)->trigger();
    EXPECT_TRUE(editor.linked(editor.ids[0], "loose"));
    editor.select({"loose"});
    editor.action(GraphAction::Disconnect)->trigger();
    EXPECT_FALSE(editor.linked(editor.ids[0], "loose"));
}

TEST(GraphEditor, TheSameNetworkAgainKeepsSelectionZoomAndPlace) {
    Editor editor;
    editor.select({editor.ids[2]});
    editor.view()->zoomTo(1.4);
    const auto where = std::pair(editor.view()->horizontalScrollBar()->value(), editor.view()->verticalScrollBar()->value());
    Network next = editor.network();
    next.nodes[0].name = "other";
    editor.setNetwork(next);
    EXPECT_EQ(editor.selection(), std::vector<std::string>{editor.ids[2]});
    EXPECT_DOUBLE_EQ(editor.view()->zoom(), 1.4);
    EXPECT_EQ(std::pair(editor.view()->horizontalScrollBar()->value(), editor.view()->verticalScrollBar()->value()), where);
    next.nodes.erase(next.nodes.begin() + 2);
    next.edges.clear();
    editor.setNetwork(next);
    EXPECT_TRUE(editor.selection().empty()) << "what is gone is not selected";
    EXPECT_TRUE(editor.edits.empty());
}

TEST(GraphEditor, ALongNetworkIsShownFromItsBeginningInReadableSize) {
    Editor editor;
    Network chain;
    chain.id = "chain";
    std::string last = chain.append("input", nlohmann::json::object());
    for (int i = 0; i < 30; ++i) last = chain.append("relu", nlohmann::json::object(), last);
    editor.setNetwork(chain);
    EXPECT_GE(editor.view()->zoom(), 0.75);
    const QRectF first = editor.view()->graph().node(chain.nodes[0].id)->card();
    EXPECT_TRUE(editor.view()->visibleArea().contains(first));
    editor.resize(700, 500);
    EXPECT_TRUE(editor.view()->visibleArea().contains(first));
    editor.action(GraphAction::Fit)->trigger();
    EXPECT_TRUE(editor.view()->visibleArea().contains(editor.view()->graph().bounds()));
}

TEST(GraphEditor, WhatWasFittedStaysFittedInEverySizeUntilSomebodyZoomsOrScrolls) {
    Editor editor;
    const auto showsAll = [&] { return editor.view()->visibleArea().contains(editor.view()->graph().bounds()); };
    editor.action(GraphAction::Fit)->trigger();
    // What the network is told about itself makes room around it: nobody has looked elsewhere by that.
    GraphNotes notes;
    notes[editor.ids[3]] = {"8 units", "8", "72 parameters", "Something is wrong here", "Mend it"};
    editor.setNotes(notes);
    Network moved = editor.network();
    moved.nodes[3].y += 200;
    editor.setNetwork(moved);
    for (const QSize size : {QSize(500, 300), QSize(1400, 900), QSize(700, 420)}) {
        editor.resize(size);
        EXPECT_TRUE(showsAll()) << size.width();
    }
    editor.action(GraphAction::ZoomIn)->trigger();
    const double zoom = editor.view()->zoom();
    editor.resize(1300, 800);
    EXPECT_EQ(editor.view()->zoom(), zoom);

    editor.action(GraphAction::Fit)->trigger();
    QTest::mousePress(editor.view()->viewport(), Qt::MiddleButton, {}, {300, 300});
    QTest::mouseMove(editor.view()->viewport(), {360, 330});
    QTest::mouseRelease(editor.view()->viewport(), Qt::MiddleButton, {}, {360, 330});
    const double panned = editor.view()->zoom();
    editor.resize(400, 260);
    EXPECT_EQ(editor.view()->zoom(), panned);
}

TEST(GraphEditor, WhatIsAddedIsSeenAndStaysSeenWhenTheCanvasShrinks) {
    Editor editor;
    editor.action(GraphAction::Fit)->trigger();
    editor.addLayer("dense");
    EXPECT_TRUE(editor.view()->visibleArea().contains(editor.view()->graph().bounds())) << "all of it still fits";
    editor.action(GraphAction::ZoomOriginal)->trigger();
    for (int i = 0; i < 6; ++i) editor.addLayer("relu");
    const auto added = [&] { return editor.view()->graph().node(editor.selection().front())->card(); };
    EXPECT_TRUE(editor.view()->visibleArea().contains(added()));
    editor.resize(800, 420);
    EXPECT_TRUE(editor.view()->visibleArea().contains(added())) << "a list of problems below takes some of the canvas";
    EXPECT_DOUBLE_EQ(editor.view()->zoom(), 1);
}

TEST(GraphEditor, ARubberBandSelectsWhatItTouches) {
    Editor editor;
    const QPoint corner = editor.at(editor.view()->graph().node(editor.ids[1])->card().topLeft()) - QPoint(30, 4);
    editor.drag(corner, editor.middle(2));
    EXPECT_EQ(editor.view()->selection(), (NodeIds{editor.ids[1], editor.ids[2]}));
}

TEST(GraphEditor, ControlAndTheWheelZoomWhereThePointerIs) {
    Editor editor;
    const QPointF place = editor.middle(1);
    const QPointF before = editor.view()->mapToScene(place.toPoint());
    QWheelEvent event(place, editor.view()->viewport()->mapToGlobal(place), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase,
                      false);
    QTest::mouseMove(editor.view()->viewport(), place.toPoint());
    QApplication::sendEvent(editor.view()->viewport(), &event);
    EXPECT_NEAR(editor.view()->zoom(), 1.2, 1e-9);
    EXPECT_LT((editor.view()->mapToScene(place.toPoint()) - before).manhattanLength(), 3);
}

TEST(GraphEditor, TheButtonBesideAProblemAsksForItsFix) {
    Editor editor;
    editor.setNotes({{editor.ids[1], {"64 units", "", "", "dense_1 needs rows.", "Insert Flatten"}}});
    std::string asked;
    QObject::connect(&editor, &GraphEditor::fixWanted, &editor, [&](const std::string& node) { asked = node; });
    QPoint button;
    for (int y = 0; y < 120 && button.isNull(); ++y) {
        const QPointF place = editor.view()->graph().node(editor.ids[1])->pos() + QPointF(NodeRoom::width + 40, y);
        if (editor.view()->graph().fixAt(place)) button = editor.at(place) + QPoint(0, 5);
    }
    ASSERT_FALSE(button.isNull());
    editor.click(button);
    EXPECT_EQ(asked, editor.ids[1]);
    editor.select({editor.ids[1]});
    EXPECT_TRUE(editor.view()->accessibleDescription().contains("dense_1 needs rows."));
}

TEST(GraphEditor, SearchGoesFromMatchToMatch) {
    Editor editor;
    editor.action(GraphAction::Find)->trigger();
    auto* text = editor.findChild<QLineEdit*>("findText");
    QTest::keyClicks(text, "dense");
    EXPECT_EQ(editor.selection(), std::vector<std::string>{editor.ids[1]});
    EXPECT_EQ(editor.findChild<QLabel*>("findCount")->text(), "1 of 2");
    QTest::keyClick(text, Qt::Key_Return);
    EXPECT_EQ(editor.selection(), std::vector<std::string>{editor.ids[3]});
    QTest::keyClicks(text, "xyz");
    EXPECT_EQ(editor.findChild<QLabel*>("findCount")->text(), "not found");
}

TEST(GraphEditor, ReadOnlyLooksButDoesNotTouch) {
    Editor editor;
    editor.looseDense();
    editor.setReadOnly(true);
    editor.drag(editor.middle(1), editor.middle(1) + QPoint(90, 0));
    editor.drag(editor.output(1), editor.input(4));
    drop(editor, "relu", {400, 400});
    editor.addLayer("relu");
    QTest::keyClick(editor.view(), Qt::Key_Delete);
    QTest::keyClick(editor.view(), Qt::Key_Down);
    editor.commit();
    EXPECT_TRUE(editor.edits.empty());
    EXPECT_EQ(editor.network().nodes.size(), 5u);
    editor.click(editor.middle(2));
    EXPECT_EQ(editor.selection(), std::vector<std::string>{editor.ids[2]});
}

TEST(GraphEditor, TheMiniMapGoesWhereOneClicks) {
    Editor editor;
    auto* map = editor.findChild<QWidget*>("miniMap");
    EXPECT_FALSE(map->isVisible()) << "everything is seen anyway";
    Network far = editor.network();
    far.nodes.back().x = 4000;
    editor.setNetwork(far);
    editor.view()->centerOn(100, 180);
    ASSERT_TRUE(map->isVisible());
    QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(map->width() - 8, map->height() / 2));
    EXPECT_GT(editor.view()->visibleArea().center().x(), 3000);
}

Network largeNetwork() {
    Network network;
    network.id = "large";
    std::vector<std::string> ids;
    for (int i = 0; i < 500; ++i) {
        ids.push_back(network.append(i % 3 ? "dense" : "add", nlohmann::json::object()));
        network.nodes.back().x = 264 * (i % 20);
        network.nodes.back().y = 96 * (i / 20);
    }
    for (std::size_t i = 20; i < ids.size(); ++i) {
        network.edges.push_back({ids[i - 20], ids[i], 0});
        network.edges.push_back({ids[i - 20 - i % 5 % 2], ids[i], 1});
    }
    return network;
}

TEST(GraphEditor, FiveHundredLayersMoveFluently) {
    Editor editor;
    editor.setNetwork(largeNetwork());
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 20; ++i) {
        editor.view()->zoomTo(0.3 + 0.05 * i);
        editor.view()->viewport()->repaint();
    }
    EXPECT_LT(clock.elapsed() / 20, 100) << "milliseconds a frame";
}

TEST(GraphEditor, IsLookedAtInBothThemes) {
    if (qEnvironmentVariableIsEmpty("LAMINA_SHOTS")) GTEST_SKIP() << "LAMINA_SHOTS names no folder";
    for (const auto choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        applyTheme(choice);
        Editor editor;
        editor.looseDense();
        GraphNotes notes;
        for (const auto& id : editor.ids) notes[id] = {"Units 64", "1 × 28 × 28", "50.2 k param.", "", ""};
        notes[editor.ids[3]].problem = "dense_2 reads one row of numbers per item, but its input has another shape. Put a Flatten layer before it.";
        notes[editor.ids[3]].fix = "Insert Flatten before dense_2";
        editor.setNotes(notes);
        editor.select({editor.ids[1]});
        editor.action(GraphAction::Find)->trigger();
        QTest::qWait(50);
        const QString dark = choice == ThemeChoice::Dark ? "dark" : "light";
        editor.grab().save(qEnvironmentVariable("LAMINA_SHOTS") + "/graph_" + dark + ".png");
        editor.setNetwork(largeNetwork());
        QTest::qWait(50);
        editor.grab().save(qEnvironmentVariable("LAMINA_SHOTS") + "/graph_large_" + dark + ".png");
    }
}

}  // namespace
}  // namespace lamina
