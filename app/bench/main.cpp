// lamina-bench: how fast this build is on this machine, against its peers and against the machine's own limits.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/bench/report.h"
#include "app/bench/steps.h"

namespace {

using namespace lamina::bench;

void print(const std::vector<Figure>& figures, bool json) {
    if (json) {
        nlohmann::ordered_json object;
        for (const Figure& figure : figures) object[figure.name] = figure.value ? nlohmann::ordered_json(*figure.value) : nlohmann::ordered_json();
        std::cout << object.dump() << std::endl;
        return;
    }
    for (const Figure& figure : figures) {
        for (const std::string& text : figure.lines) std::cout << "  " << text << '\n';
        std::cout << figure.name << ": " << (figure.value ? line("%.3f", *figure.value) : std::string("not measured")) << '\n';
    }
}

void road(const Settings& settings, bool json) {
    std::vector<Figure> all;
    for (const auto measure : {measureCsv, measureEngine, measureMetrics}) {
        auto figures = measure(settings);
        if (!json) print(figures, false);
        all.insert(all.end(), std::make_move_iterator(figures.begin()), std::make_move_iterator(figures.end()));
    }
    if (json) print(all, true);
}

void explain(const std::string& kind, std::int64_t batch, const Settings& settings) {
    TrainingStep step(kind == "mlp" ? StepKind::Mlp : StepKind::Lenet, batch, settings.threads);
    std::cout << step.deviceText() << '\n' << step.explain();
    const double seconds = step.measure(settings.seconds);
    std::cout << line("%.3f ms per step, %.0f samples/s, %.1f GFLOP/s\n", seconds * 1e3, static_cast<double>(batch) / seconds,
                      step.productFlops() / seconds * 1e-9);
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
    auto* const roadCommand = app.add_subcommand("road", "All headline figures");
    roadCommand->add_flag("--json", json, "One JSON object on one line");
    auto* const explainCommand = app.add_subcommand("explain", "What runs in a training step, and how long it takes");
    explainCommand->add_option("network", kind)->check(CLI::IsMember({"mlp", "lenet"}));
    explainCommand->add_option("batch", batch)->check(CLI::Range(1, 65536));
    std::string path;
    auto* const readCommand = app.add_subcommand("read-csv", "Reads one CSV file and reports on itself");
    readCommand->add_option("file", path)->required();
#ifdef LAMINA_WINDOW
    auto* const windowCommand = app.add_subcommand("window", "The window: first paint, frames of its views, waiting times while a training runs");
    windowCommand->add_flag("--json", json, "One JSON object on one line");
#endif
    for (auto* command : app.get_subcommands({})) command->fallthrough();
    app.require_subcommand(1);
    CLI11_PARSE(app, argc, argv);
    try {
#ifdef LAMINA_WINDOW
        if (*windowCommand) {
            print(measureWindow(argc, argv), json);
            return 0;
        }
#endif
        if (*roadCommand) road(settings, json);
        else if (*readCommand) std::cout << readCsvReport(path, settings.threads) << std::endl;
        else explain(kind, batch, settings);
    } catch (const std::exception& e) {
        std::cerr << e.what() << '\n';
        return 1;
    }
    return 0;
}
