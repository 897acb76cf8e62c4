// The engine against PyTorch, ONNX Runtime and the machine's own limits.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "app/bench/cost_growth.h"
#include "app/bench/picture_feed.h"
#include "app/bench/machine.h"
#include "app/bench/peers.h"
#include "app/bench/report.h"
#include "app/bench/steps.h"
#include "app/bench/turns.h"
#include "core/onnx/export.h"

namespace lamina::bench {

namespace {

constexpr double peerPatience = 600;

bool onOneThread(const std::string& setUp) { return setUp.ends_with("1 thread"); }

Rate rateOf(Peer& peer, const std::string& setUp, double seconds) {
    const auto answer = peer.ask({{"do", "measure"}, {"set_up", setUp}, {"seconds", seconds}}, peerPatience);
    return answer ? Rate{answer->at("rate").get<double>(), answer->at("processor_rate").get<double>()} : Rate{};
}

/// PyTorch, started once for all figures. Whether its threads should spin or sleep while they wait depends on what else the machine does, so that is
/// tried first.
class Torch {
public:
    explicit Torch(const Settings& settings) : m_settings(settings) {
        double best = -1;
        for (const char* waiting : {"active", "passive"}) {
            auto peer = std::make_unique<Peer>(settings.python, "torch_steps.py", settings.threads, waiting);
            const auto about = peer->ask({{"do", "version"}}, peerPatience);
            if (!about) return;
            m_version = about->at("version").get<std::string>();
            const auto rates = prepare(*peer, "mlp", 64, {settings.threads}, 0);
            double rate = 0;
            if (rates)
                for (const auto& [name, value] : rates->at("rates").items()) rate = std::max(rate, value.get<double>());
            if (rate <= best) continue;
            best = rate;
            m_waiting = waiting;
            m_peer = std::move(peer);
        }
    }

    bool there() const { return m_peer != nullptr; }
    std::string text() const { return there() ? "PyTorch " + m_version + " (" + m_waiting + " waiting)" : "none"; }
    std::optional<nlohmann::json> prepare(const std::string& network, int batch) {
        std::vector<int> threads{1};
        if (m_settings.threads > 1) threads.push_back(m_settings.threads);
        return there() ? prepare(*m_peer, network, batch, threads, m_settings.compileSeconds) : std::nullopt;
    }
    Rate rate(const std::string& setUp, double seconds) { return rateOf(*m_peer, setUp, seconds); }

private:
    std::optional<nlohmann::json> prepare(Peer& peer, const std::string& network, int batch, const std::vector<int>& threads, double compileSeconds) {
        return peer.ask({{"do", "prepare"},
                         {"network", network},
                         {"batch", batch},
                         {"threads", threads},
                         {"seconds", m_settings.seconds / 4},
                         {"compile_seconds", compileSeconds}},
                        peerPatience);
    }

    const Settings& m_settings;
    std::unique_ptr<Peer> m_peer;
    std::string m_version, m_waiting;
};

/// Rates of both sides, summed up for people and as two figures: all threads, by the clock (the peer's best with any number of threads), and one
/// thread each, by processor time.
struct Comparison {
    std::vector<Contender> ours, theirs;  ///< ours: with one thread, with all; theirs: set-ups
};

using Rates = std::vector<std::vector<Rate>>;

double bestOf(const std::vector<Contender>& contenders, const Rates& rates, std::size_t first, std::size_t round, bool oneThread) {
    double best = 0;
    for (std::size_t i = 0; i < contenders.size(); ++i) {
        const Rate& rate = rates[first + i][round];
        if (!oneThread) best = std::max(best, rate.wall);
        else if (onOneThread(contenders[i].name)) best = std::max(best, rate.processor);
    }
    return best;
}

std::string ratesText(const std::vector<Contender>& contenders, const Rates& rates) {
    std::string text;
    for (std::size_t i = 0; i < contenders.size(); ++i) {
        std::vector<double> wall;
        for (const Rate& rate : rates[i]) wall.push_back(rate.wall);
        text += line("%s%s %.4g", i ? "; " : "", contenders[i].name.c_str(), median(wall));
    }
    return text + " samples/s";
}

std::vector<Figure> compare(const std::string& name, const std::string& oneThreadName, const std::string& what, const Comparison& sides,
                            const Settings& settings) {
    std::vector<Contender> all = sides.ours;
    all.insert(all.end(), sides.theirs.begin(), sides.theirs.end());
    const auto rates = takeTurns(all, settings.rounds, settings.seconds);
    std::vector<Figure> figures{{name, {}, {}}, {oneThreadName, {}, {}}};
    figures[0].lines.push_back(what + ": " + ratesText(all, rates));
    if (sides.theirs.empty()) {
        figures[0].reason = figures[1].reason = "the peer did not run";
        return figures;
    }
    for (const bool oneThread : {false, true}) {
        std::vector<double> ratios;
        for (std::size_t round = 0; round < static_cast<std::size_t>(settings.rounds); ++round) {
            const Rate& rate = rates[oneThread ? 0 : sides.ours.size() - 1][round];
            const double ours = oneThread ? rate.processor : rate.wall, theirs = bestOf(sides.theirs, rates, sides.ours.size(), round, oneThread);
            if (theirs > 0) ratios.push_back(ours / theirs);
        }
        Figure& figure = figures[oneThread ? 1 : 0];
        if (ratios.empty()) figure.reason = "the peer stopped";
        else figure.value = median(ratios);
        for (const double ratio : ratios) figure.lines.push_back(line("%s round: %.2f times", oneThread ? "one thread," : "all threads,", ratio));
    }
    return figures;
}

template <class Make>
std::vector<Contender> oursOn(const Settings& settings, std::vector<Step>& steps, double batch, Make&& make) {
    std::vector<Contender> contenders;
    std::vector<int> threads{1};
    if (settings.threads > 1) threads.push_back(settings.threads);
    steps.reserve(threads.size());
    for (const int count : threads) {
        steps.push_back(make(count));
        contenders.push_back({count == 1 ? "Lamina, 1 thread" : line("Lamina, %d threads", count), [batch, step = &steps.back()](double seconds) {
                                  const CallTime time = step->time(seconds);
                                  return Rate{batch / time.wall, batch / time.processor};
                              }});
    }
    return contenders;
}

std::vector<Figure> againstTorch(const std::string& name, const std::string& oneThreadName, const MeasuredNetwork& measured, int batch, Torch& torch,
                                 const Settings& settings) {
    std::vector<Step> steps;
    Comparison sides{oursOn(settings, steps, batch, [&](int threads) { return Step::training(measured, batch, threads); }), {}};
    const auto prepared = torch.prepare(measured.name, batch);
    if (prepared) {
        auto setUps = bestSetUps(prepared->at("rates"), 2, [](const std::string& s) { return !onOneThread(s); });
        for (auto& setUp : bestSetUps(prepared->at("rates"), 2, onOneThread)) setUps.push_back(std::move(setUp));
        for (const auto& setUp : setUps) sides.theirs.push_back({setUp, [&torch, setUp](double seconds) { return torch.rate(setUp, seconds); }});
    }
    auto figures = compare(name, oneThreadName, measured.what + line(", batch %d", batch), sides, settings);
    if (prepared && !prepared->at("refused").empty()) figures[0].lines.push_back("left out: " + prepared->at("refused").dump());
    return figures;
}

/// A rate as a fraction of the machine's limit: the best of ours over the best of the limit, both tried in turn many times for a
/// short while, because other programs slow down one and not the other.
struct Best {
    double ours = 0, limit = 0;
};
template <class Ours, class Limit>
Best bestOfBoth(const Settings& settings, Ours&& ours, Limit&& limit) {
    Best best;
    for (int turn = 0; turn < 4 * settings.rounds; ++turn) {
        best.ours = std::max(best.ours, ours());
        best.limit = std::max(best.limit, limit());
    }
    return best;
}

/// One thread by processor time, several by the clock.
double timeOf(Step& step, int threads, const Settings& settings) {
    const CallTime time = step.time(settings.seconds / 4);
    return threads == 1 ? time.processor : time.wall;
}

Figure fractionOfPeak(const char* name, int batch, int threads, const Settings& settings) {
    Step step = Step::training(mlp(), batch, threads);
    const Best best = bestOfBoth(
        settings, [&] { return step.productFlops() / timeOf(step, threads, settings); }, [&] { return peakFlops(threads); });
    return {name,
            best.ours / best.limit,
            {line("MLP 784-1024-512-10, batch %d, %d threads: %.0f samples/s, %.1f of %.1f GFLOP/s of multiply-adds in registers", batch, threads,
                  batch * best.ours / step.productFlops(), best.ours * 1e-9, best.limit * 1e-9)}};
}

Figure fractionOfBandwidth(const char* name, int threads, const Settings& settings) {
    constexpr std::int64_t numbers = 10'000'000;
    constexpr double bytes = 28.0 * numbers;  // read p, g, m, v; write p, m, v
    Step step = Step::adam(numbers, threads);
    const Best best = bestOfBoth(
        settings, [&] { return bytes / timeOf(step, threads, settings); }, [&] { return readModifyWriteBandwidth(threads); });
    return {name,
            best.ours / best.limit,
            {line("Adam over 10 million parameters, %d threads: %.1f GB/s; reading, changing and writing one array: %.1f GB/s", threads,
                  best.ours * 1e-9, best.limit * 1e-9)}};
}

/// The parameters of a step as the exporter wants them.
std::map<std::string, OnnxTensor> parametersOf(const ParameterStore& store) {
    std::map<std::string, OnnxTensor> tensors;
    for (const auto& [name, entry] : store.entries()) tensors[name] = {entry.shape, store.readFloats(name)};
    return tensors;
}

std::vector<Figure> againstOnnxRuntime(const Settings& settings, std::string& version) {
    const MeasuredNetwork measured = squeezenet();
    std::vector<Step> steps;
    Comparison sides{oursOn(settings, steps, 1, [&](int threads) { return Step::inference(measured, 1, threads); }), {}};
    const Path file = std::filesystem::temp_directory_path() / ("lamina-bench-" + std::to_string(getpid()) + ".onnx");
    const auto written = exportOnnx(measured.network, parametersOf(steps.front().parameters()), {}, file);
    Peer peer(settings.python, "onnxruntime_steps.py", settings.threads, "active");
    const auto about = peer.ask({{"do", "version"}}, peerPatience);
    if (written && about) {
        version = about->at("version").get<std::string>();
        std::vector<int> threads{1};
        if (settings.threads > 1) threads.push_back(settings.threads);
        const auto prepared =
            peer.ask({{"do", "prepare"}, {"file", file.string()}, {"threads", threads}, {"seconds", settings.seconds / 4}}, peerPatience);
        for (const auto& setUp :
             prepared ? bestSetUps(prepared->at("rates"), 8, [](const std::string&) { return true; }) : std::vector<std::string>())
            sides.theirs.push_back({setUp, [&peer, setUp](double seconds) { return rateOf(peer, setUp, seconds); }});
    }
    auto figures =
        compare("squeezenet_inference_vs_onnxruntime", "squeezenet_inference_1t_vs_onnxruntime", measured.what + ", batch 1", sides, settings);
    std::filesystem::remove(file);
    if (!written)
        for (Figure& figure : figures) figure.reason = written.error().debugText();
    return figures;
}

void append(std::vector<Figure>& to, std::vector<Figure> figures) {
    to.insert(to.end(), std::make_move_iterator(figures.begin()), std::make_move_iterator(figures.end()));
}

void tell(const Settings& settings, const char* what) {
    if (settings.progress) std::fprintf(stderr, "%s\n", what);
}

}  // namespace

std::vector<Figure> measureRoadEngine(const Settings& settings) {
    Torch torch(settings);
    std::vector<Figure> figures = againstTorch("mlp_b64_vs_torch", "mlp_b64_1t_vs_torch", mlp(), 64, torch, settings);
    figures.front().lines.insert(figures.front().lines.begin(), {Step::training(mlp(), 1, settings.threads).deviceText(), torch.text()});
    figures.push_back(fractionOfPeak("mlp_b256_fraction_of_peak", 256, settings.threads, settings));
    append(figures, againstTorch("lenet_b64_vs_torch", "lenet_b64_1t_vs_torch", lenet(), 64, torch, settings));
    figures.push_back(fractionOfBandwidth("adam_fraction_of_bandwidth", settings.threads, settings));
    return figures;
}

namespace {

struct Race {
    const char *name, *oneThread;
    MeasuredNetwork network;
    int batch;
};

std::vector<Race> races() {
    return {{"mlp_b64_2t_vs_torch", "mlp_b64_1t_vs_torch", mlp(), 64},
            {"small_b32_vs_torch", "small_b32_1t_vs_torch", smallMlp(), 32},
            {"lenet_b64_vs_torch", "lenet_b64_1t_vs_torch", lenet(), 64},
            {"resnet18_b32_vs_torch", "resnet18_b32_1t_vs_torch", resnet18(), 32},
            {"lstm_vs_torch", "lstm_1t_vs_torch", lstm(), 64},
            {"transformer_vs_torch", "transformer_1t_vs_torch", transformer(), 32}};
}

bool wanted(const Settings& settings, const std::string& name) {
    return settings.only.empty() ||
           std::any_of(settings.only.begin(), settings.only.end(), [&](const std::string& part) { return name.find(part) != std::string::npos; });
}

void addLimits(std::vector<Figure>& figures, const Settings& settings) {
    const int all = settings.threads;
    const auto add = [&](const char* name, const auto& measure) {
        if (!wanted(settings, name)) return;
        tell(settings, name);
        figures.push_back(measure(name));
    };
    add("mlp_b64_fraction_of_peak", [&](const char* name) { return fractionOfPeak(name, 64, all, settings); });
    add("mlp_b256_fraction_of_peak", [&](const char* name) { return fractionOfPeak(name, 256, all, settings); });
    add("mlp_b64_1t_fraction_of_peak", [&](const char* name) { return fractionOfPeak(name, 64, 1, settings); });
    add("mlp_b256_1t_fraction_of_peak", [&](const char* name) { return fractionOfPeak(name, 256, 1, settings); });
    add("adam_fraction_of_bandwidth", [&](const char* name) { return fractionOfBandwidth(name, all, settings); });
    add("adam_1t_fraction_of_bandwidth", [&](const char* name) { return fractionOfBandwidth(name, 1, settings); });
}

/// How much quicker the same step is where it multiplies in bfloat16.
Figure bfloat16Gain(const std::string& name, const MeasuredNetwork& network, int batch, int threads, const Settings& settings) {
    Figure figure{name, {}, {}};
    if (!cpuHasBfloat16()) {
        figure.reason = "the processor has no instruction for bfloat16";
        return figure;
    }
    std::vector<Step> steps;
    steps.reserve(2);
    std::vector<Contender> contenders;
    for (const auto& [what, precision] : {std::pair("float32", Precision::Float32), {"bfloat16", Precision::Bfloat16}}) {
        steps.push_back(Step::training(network, batch, threads, precision));
        contenders.push_back({what, [batch, step = &steps.back()](double seconds) {
                                  const CallTime time = step->time(seconds);
                                  return Rate{batch / time.wall, batch / time.processor};
                              }});
    }
    const auto rates = takeTurns(contenders, settings.rounds, settings.seconds);
    std::vector<double> ratios;
    for (std::size_t round = 0; round < rates[0].size(); ++round) {
        const auto rate = [&](std::size_t i) { return threads == 1 ? rates[i][round].processor : rates[i][round].wall; };
        ratios.push_back(rate(1) / rate(0));
    }
    figure.value = median(ratios);
    figure.lines.push_back(network.what + line(", batch %d, %d threads: ", batch, threads) + ratesText(contenders, rates));
    return figure;
}

void addBfloat16(std::vector<Figure>& figures, const Settings& settings) {
    for (const auto& [network, batch] : {std::pair(mlp(), 256), {lenet(), 64}, {transformer(), 32}, {resnet18(), 32}})
        for (const bool oneThread : {false, true}) {
            const std::string name = network.name + line("_b%d", batch) + (oneThread ? "_1t" : "") + "_bfloat16_vs_float32";
            if (!wanted(settings, name) || (oneThread && settings.threads == 1)) continue;
            tell(settings, name.c_str());
            figures.push_back(bfloat16Gain(name, network, batch, oneThread ? 1 : settings.threads, settings));
        }
}

void addCostGrowth(std::vector<Figure>& figures, const Settings& settings) {
    Figure figure{"cost_growth_1k_to_1m", {}, {}};
    if (!wanted(settings, figure.name)) return;
    tell(settings, figure.name.c_str());
    if (const auto growth = measureCostGrowth(settings.rounds, settings.threads, figure.reason)) {
        figure.value = growth->ratio();
        figure.lines.push_back(line("loading, shuffling, training steps and metrics: %.3f µs a sample with 1,000 rows, %.3f µs with 1,000,000",
                                    growth->small * 1e6, growth->large * 1e6));
    }
    figures.push_back(std::move(figure));
}

void addPictureFeed(std::vector<Figure>& figures, const Settings& settings) {
    Figure figure{"device_busy_from_disk", {}, {}};
    if (!wanted(settings, figure.name)) return;
    tell(settings, figure.name.c_str());
    if (const auto feed = measurePictureFeed(settings.threads, settings.seconds * 6, figure.reason)) {
        figure.value = feed->busy;
        figure.lines.push_back(line("training a small CNN on 64 × 64 from JPEG files of 320 × 240, with flip, rotate, crop and brightness: %.0f pictures/s; without "
                                    "waiting for pictures %.0f pictures/s", feed->picturesPerSecond, feed->fedPerSecond));
        figure.lines.push_back(line("one thread prepares %.0f pictures/s (decode, resize, augment); with decoded pictures kept in memory the device is busy %.3f of the time",
                                    feed->preparedPerSecond, feed->busyKept));
    }
    figures.push_back(std::move(figure));
}

}  // namespace

EngineReport measureEngine(const Settings& settings) {
    EngineReport report;
    std::string onnxRuntime = "not asked", torchText = "not asked";
    addLimits(report.figures, settings);
    if (wanted(settings, "squeezenet_inference_vs_onnxruntime")) {
        tell(settings, "squeezenet_inference_vs_onnxruntime");
        append(report.figures, againstOnnxRuntime(settings, onnxRuntime));
    }
    std::unique_ptr<Torch> torch;
    for (const Race& race : races()) {
        if (!wanted(settings, race.name)) continue;
        tell(settings, race.name);
        if (!torch) torch = std::make_unique<Torch>(settings);
        append(report.figures, againstTorch(race.name, race.oneThread, race.network, race.batch, *torch, settings));
    }
    if (torch) torchText = torch->text();
    torch.reset();
    addBfloat16(report.figures, settings);
    addCostGrowth(report.figures, settings);
    addPictureFeed(report.figures, settings);
    report.versions = {{"device", Step::training(mlp(), 1, settings.threads).deviceText()},
                       {"python", settings.python},
                       {"pytorch", torchText},
                       {"onnxruntime", onnxRuntime}};
    return report;
}

}  // namespace lamina::bench
