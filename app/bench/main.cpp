// lamina-bench: how fast this build is on this machine, against its peers and against the machine's own limits.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/bench/data_bench.h"
#include "app/bench/peers.h"
#include "app/bench/report.h"
#include "app/bench/steps.h"

namespace {

using namespace lamina::bench;

void addTo(nlohmann::ordered_json& object, const std::vector<Figure>& figures) {
    for (const Figure& figure : figures) object[figure.name] = figure.value ? nlohmann::ordered_json(*figure.value) : nlohmann::ordered_json();
}

void print(const std::vector<Figure>& figures, bool json) {
    if (json) {
        nlohmann::ordered_json object;
        addTo(object, figures);
        std::cout << object.dump() << std::endl;
        return;
    }
    for (const Figure& figure : figures) {
        for (const std::string& text : figure.lines) std::cout << "  " << text << '\n';
        std::cout << figure.name << ": " << (figure.value ? line("%.3f", *figure.value) : "not measured: " + figure.reason) << '\n';
    }
    std::cout.flush();
}

/// One object: every figure, the reasons of those that are null, the versions of both sides.
void printEngine(const EngineReport& report, bool json) {
    if (!json) {
        for (const auto& [name, text] : report.versions) std::cout << name << ": " << text << '\n';
        return print(report.figures, false);
    }
    nlohmann::ordered_json object;
    addTo(object, report.figures);
    auto reasons = nlohmann::ordered_json::object(), versions = nlohmann::ordered_json::object();
    for (const Figure& figure : report.figures)
        if (!figure.value) reasons[figure.name] = figure.reason;
    for (const auto& [name, text] : report.versions) versions[name] = text;
    object["reasons"] = reasons;
    object["versions"] = versions;
    std::cout << object.dump() << std::endl;
}

void road(const Settings& settings, bool json) {
    std::vector<Figure> all;
    for (const auto measure : {measureCsv, measureRoadEngine, measureMetrics}) {
        auto figures = measure(settings);
        if (!json) print(figures, false);
        all.insert(all.end(), std::make_move_iterator(figures.begin()), std::make_move_iterator(figures.end()));
    }
    if (json) print(all, true);
}

void explain(const std::string& name, std::int64_t batch, bool inference, lamina::Precision precision, const Settings& settings) {
    for (const MeasuredNetwork& network : allNetworks()) {
        if (network.name != name) continue;
        Step step = inference ? Step::inference(network, batch, settings.threads) : Step::training(network, batch, settings.threads, precision);
        std::cout << step.deviceText() << '\n' << step.explain();
        const double seconds = step.measure(settings.seconds);
        std::cout << line("%.3f ms per step, %.0f samples/s, %.1f GFLOP/s\n", seconds * 1e3, static_cast<double>(batch) / seconds,
                          step.productFlops() / seconds * 1e-9);
    }
}

std::vector<std::string> networkNames() {
    std::vector<std::string> names;
    for (const MeasuredNetwork& network : allNetworks()) names.push_back(network.name);
    return names;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Measures this build of Lamina on this machine.");
    Settings settings;
    bool json = false;
    std::string kind = "mlp";
    std::int64_t batch = 64;
    app.add_option("--threads", settings.threads, "Threads for both sides")->check(CLI::Range(1, 1024));
    app.add_option("--rounds", settings.rounds, "How often both sides take turns")->check(CLI::Range(1, 100));
    app.add_option("--seconds", settings.seconds, "Per contender and round")->check(CLI::Range(0.01, 600.0));
    app.add_option("--compile-seconds", settings.compileSeconds, "How long PyTorch may compile for one network")->check(CLI::Range(0.0, 3600.0));
    app.add_option("--python", settings.python, "The Python that runs the peers (else LAMINA_PYTHON, else the system's)");
    auto* const roadCommand = app.add_subcommand("road", "All headline figures");
    roadCommand->add_flag("--json", json, "One JSON object on one line");
    auto* const engineCommand = app.add_subcommand("engine", "The engine against PyTorch, ONNX Runtime and the machine's limits");
    engineCommand->add_flag("--json", json, "One JSON object on one line");
    engineCommand->add_option("--only", settings.only, "Only figures with this in their names");
    bool inference = false, bfloat16 = false;
    auto* const explainCommand = app.add_subcommand("explain", "What runs in a training step, and how long it takes");
    explainCommand->add_option("network", kind)->check(CLI::IsMember(networkNames()));
    explainCommand->add_flag("--inference", inference, "A run for use instead of a training step");
    explainCommand->add_flag("--bfloat16", bfloat16, "A training step that multiplies in bfloat16");
    explainCommand->add_option("batch", batch)->check(CLI::Range(1, 65536));
    std::string path;
    auto* const readCommand = app.add_subcommand("read-csv", "Reads one CSV file and reports on itself");
    readCommand->add_option("file", path)->required();
    std::string folder;
    auto* const importCommand = app.add_subcommand("import-csv", "Imports one CSV file into a folder of column files and reports on itself");
    importCommand->add_option("file", path)->required();
    importCommand->add_option("folder", folder)->required();
    auto* const dataCommand = app.add_subcommand("data", "Reading tables against pandas and pyarrow, importing, cleaning, profile, sorting");
    dataCommand->add_flag("--json", json, "One JSON object on one line");
    dataCommand->add_option("--only", settings.only, "Parts: csv, import, clean, rows");
    auto* const labelCommand = app.add_subcommand("label", "Labelling with a million labels: opening, filters, commits, the page, memory");
    labelCommand->add_flag("--json", json, "One JSON object on one line");
#ifdef LAMINA_WINDOW
    auto* const windowCommand = app.add_subcommand("window", "The window: first paint, frames of its views, waiting times while a training runs");
    windowCommand->add_flag("--json", json, "One JSON object on one line");
#endif
    for (auto* command : app.get_subcommands({})) command->fallthrough();
    app.require_subcommand(1);
    CLI11_PARSE(app, argc, argv);
    settings.python = peerPython(settings.python);
    settings.progress = json;
    try {
#ifdef LAMINA_WINDOW
        if (*windowCommand) {
            print(measureWindow(argc, argv), json);
            return 0;
        }
#endif
        if (*labelCommand) print(measureLabel(argc, argv), json);
        else if (*roadCommand) road(settings, json);
        else if (*readCommand) std::cout << readCsvReport(path, settings.threads) << std::endl;
        else if (*importCommand) std::cout << importCsvReport(path, folder, settings.threads) << std::endl;
        else if (*dataCommand) printEngine({measureData(settings), {}}, json);
        else if (*engineCommand) printEngine(measureEngine(settings), json);
        else explain(kind, batch, inference, bfloat16 ? lamina::Precision::Bfloat16 : lamina::Precision::Float32, settings);
    } catch (const std::exception& e) {
        std::cerr << e.what() << '\n';
        return 1;
    }
    return 0;
}
