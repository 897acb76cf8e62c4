#include "app/bench/window_graph_bench.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

#include "widgets/graph/graph_editor.h"

namespace lamina::bench {
namespace {

constexpr int columns = 20, rows = 25, frames = 120;

std::vector<GraphLayer> kinds() {
    std::vector<GraphLayer> layers;
    const char* const names[] = {"dense", "conv2d", "relu", "add"};
    for (int i = 0; i < 4; ++i) layers.push_back({names[i], QString::fromLatin1(names[i]), {}, {}, i, 1, 16, nlohmann::json::object()});
    return layers;
}

Network network500() {
    Network network;
    network.id = "bench";
    std::vector<std::string> ids;
    for (int i = 0; i < columns * rows; ++i) {
        ids.push_back(network.append(kinds()[static_cast<std::size_t>(i % 4)].id, nlohmann::json::object()));
        network.nodes.back().x = NodeRoom::column * (i % columns);
        network.nodes.back().y = NodeRoom::row * (i / columns);
    }
    for (std::size_t i = columns; network.edges.size() < 1000; i = i + 1 < ids.size() ? i + 1 : columns) {
        const std::size_t above = i - columns, beside = above % columns ? above - 1 : above + 1;
        const int port = freePort(network, ids[i]);
        network.edges.push_back({port % 2 ? ids[beside] : ids[above], ids[i], port});
    }
    return network;
}

GraphNotes notesFor(const Network& network) {
    GraphNotes notes;
    for (const auto& node : network.nodes) notes[node.id] = {"Filters 32 · Kernel 3 × 3", "32 × 28 × 28", "9.2 k param.", {}, {}};
    return notes;
}

/// A change and its painting; in milliseconds.
template <class Change>
double frame(GraphEditor& editor, Change change) {
    QElapsedTimer clock;
    clock.start();
    change();
    QApplication::sendPostedEvents();
    QApplication::processEvents();
    editor.view()->viewport()->repaint(QRect(0, 0, 1, 1));
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

void mouse(GraphEditor& editor, QEvent::Type type, QPoint place) {
    auto* viewport = editor.view()->viewport();
    const auto buttons = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, place, viewport->mapToGlobal(place), type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, buttons, Qt::NoModifier);
    QApplication::sendEvent(viewport, &event);
}

std::vector<double> dragging(GraphEditor& editor) {
    const auto& node = editor.network().nodes[12 * columns + 8];
    editor.view()->zoomTo(1);
    editor.view()->centreOnNode(node.id);
    QPoint place = editor.view()->mapFromScene(editor.view()->graph().node(node.id)->card().center());
    std::vector<double> times;
    mouse(editor, QEvent::MouseButtonPress, place);
    for (int i = 0; i < frames; ++i) {
        place += QPoint(i % 40 < 20 ? 8 : -8, 8 * (i % 3 - 1));
        times.push_back(frame(editor, [&] { mouse(editor, QEvent::MouseMove, place); }));
    }
    mouse(editor, QEvent::MouseButtonRelease, place);
    return times;
}

std::vector<double> zooming(GraphEditor& editor) {
    std::vector<double> times;
    for (int i = 0; i < frames; ++i)
        times.push_back(frame(editor, [&] { editor.view()->zoomTo(0.15 * std::pow(10, i / static_cast<double>(frames))); }));
    return times;
}

std::vector<double> scrolling(GraphEditor& editor) {
    editor.view()->zoomTo(0.7);
    auto* bar = editor.view()->horizontalScrollBar();
    std::vector<double> times;
    for (int i = 0; i < frames; ++i) times.push_back(frame(editor, [&] { bar->setValue(bar->value() + (i < frames / 2 ? 24 : -24)); }));
    return times;
}

std::vector<double> repainting(GraphEditor& editor) {
    editor.view()->fitAll();
    std::vector<double> times;
    for (int i = 0; i < frames; ++i) times.push_back(frame(editor, [&] { editor.view()->viewport()->repaint(); }));
    return times;
}

double percentile(std::vector<double> times, double part) {
    std::sort(times.begin(), times.end());
    return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
}

}  // namespace

Figure measureGraph() {
    GraphEditor editor;
    editor.setLayers(kinds());
    editor.resize(1280, 800);
    editor.show();
    const Network network = network500();
    editor.setNetwork(network);
    editor.setNotes(notesFor(network));
    QApplication::processEvents();
    Figure figure{"graph_500_frame_ms", {}, {}};
    std::vector<double> all;
    const std::pair<const char*, std::vector<double> (*)(GraphEditor&)> parts[] = {
        {"dragging a layer", dragging}, {"zooming", zooming}, {"scrolling at 0.7", scrolling}, {"repainting everything", repainting}};
    for (const auto& [name, measure] : parts) {
        const auto times = measure(editor);
        figure.lines.push_back(line("%-22s median %5.1f ms, 95 %% below %5.1f ms", name, percentile(times, 0.5), percentile(times, 0.95)));
        all.insert(all.end(), times.begin(), times.end());
    }
    figure.value = percentile(all, 0.95);
    return figure;
}

}  // namespace lamina::bench
