// What a measurement says: one figure for machines, and lines for people.
#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace lamina::bench {

struct Figure {
    std::string name;             ///< "mlp_b64_vs_torch"
    std::optional<double> value;  ///< empty: could not be measured here; the lines say why
    std::vector<std::string> lines;
    std::string reason = {};      ///< why there is no value
};

/// printf into a string.
template <class... Arguments>
std::string line(const char* format, Arguments... arguments) {
    std::string text(static_cast<std::size_t>(std::snprintf(nullptr, 0, format, arguments...)), ' ');
    std::snprintf(text.data(), text.size() + 1, format, arguments...);
    return text;
}

struct Settings {
    int threads = 2;
    int rounds = 3;
    double seconds = 0.7;  ///< per contender and round
    double compileSeconds = 60;  ///< how long PyTorch may compile for one network
    std::string python;    ///< runs the peers
    std::vector<std::string> only;  ///< engine: figures with one of these in their names; empty: all
    bool progress = false; ///< tells on standard error what is being measured
};

/// The road's part of the engine: training steps against PyTorch and against the machine's own limits.
std::vector<Figure> measureRoadEngine(const Settings& settings);
struct EngineReport {
    std::vector<Figure> figures;
    std::vector<std::pair<std::string, std::string>> versions;  ///< of both sides: what the figures were measured with
};
/// The engine: every kind of network against PyTorch, inference against ONNX Runtime, the machine's limits.
EngineReport measureEngine(const Settings& settings);
/// Import of a generated CSV file against pandas: time and memory.
std::vector<Figure> measureCsv(const Settings& settings);
/// Data: reading, importing, cleaning, profile, sorting and filtering; `only`: the parts csv, import, clean, rows.
std::vector<Figure> measureData(const Settings& settings);
/// What a process that reads one file says about itself, as JSON: seconds, rows, peak of memory.
std::string readCsvReport(const std::string& path, int threads);
/// Metric rows written to a project per second.
std::vector<Figure> measureMetrics(const Settings& settings);
/// Labelling with 100,000 items and a million labels: opening, filters, commits, memory; where there is a window, its page. Makes the QApplication.
std::vector<Figure> measureLabel(int& argc, char** argv);
/// The window, in this process and, for its start, in others. Makes the QApplication.
std::vector<Figure> measureWindow(int& argc, char** argv);

}  // namespace lamina::bench
